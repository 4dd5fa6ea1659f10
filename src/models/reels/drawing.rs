//! How drawing is written: which reels give, and what each has given.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::ExprTrait as _;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm_tenancy::Txn;

use super::uses::{ActiveModel, Column, Draw, Entity, Model};
use super::{BedSide, ReelKind, Stock};
use crate::models::{ModelResult, orders, reels};

/// The reels that an order draws from by itself: the oldest that has enough, else the oldest.
pub(super) async fn chosen(
    txn: &Txn,
    order: &orders::Model,
    wanted: &[(BedSide, Uuid)],
) -> ModelResult<Vec<(BedSide, Stock, i64)>> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let strings: Vec<Uuid> = wanted.iter().map(|(_, string)| *string).collect();
    let mut stock = Stock::for_strings(txn, &strings, &[]).await?;
    stock.retain(|reel| reel.bought_at.is_none_or(|bought| order.strung_at >= Some(bought)));
    if stock.is_empty() {
        return Ok(Vec::new());
    }
    let [mains, crosses] = Entity::usual(txn, order).await?;
    let mut taken: BTreeMap<Uuid, i64> = BTreeMap::new();
    let mut drawn = Vec::new();
    for (side, string) in wanted {
        let by_reel = if *side == BedSide::Mains { mains } else { crosses };
        let need = |reel: &Stock| match reel.kind {
            ReelKind::Reel => by_reel,
            // A set is cut for one racket, whatever its pattern.
            ReelKind::Set => Ord::max(reel.length / 2, 1),
        };
        let of_it = || stock.iter().filter(|reel| reel.string_id == *string);
        let left = |reel: &Stock| reel.left() - taken.get(&reel.id).copied().unwrap_or_default();
        let reel = of_it().find(|reel| left(reel) >= need(reel)).or_else(|| of_it().next());
        if let Some(reel) = reel {
            let length = need(reel);
            *taken.entry(reel.id).or_default() += length;
            drawn.push((*side, reel.clone(), length));
        }
    }
    Ok(drawn)
}

/// What each reel has to give, or gets back.
pub(super) type Moved = BTreeMap<Uuid, i64>;

pub(super) async fn give_back(
    txn: &Txn,
    order: Uuid,
    sides: &[BedSide],
    moved: &mut Moved,
) -> ModelResult<()> {
    let gone: Vec<Model> = Entity::of_order(txn, order).await?;
    let gone: Vec<&Model> = gone.iter().filter(|one| sides.contains(&one.side)).collect();
    for one in &gone {
        *moved.entry(one.reel_id).or_default() -= one.length;
    }
    if !gone.is_empty() {
        let keys = gone.iter().map(|one| one.id);
        Entity::delete_many().filter(Column::Id.is_in(keys)).exec(txn).await?;
    }
    Ok(())
}

pub(super) async fn draw(
    txn: &Txn,
    order: Uuid,
    drawn: &[(BedSide, impl std::borrow::Borrow<Stock> + Sync, i64)],
    moved: &mut Moved,
) -> ModelResult<()> {
    let now = Utc::now();
    let mut rows = Vec::new();
    for (side, reel, length) in drawn {
        let reel: &Stock = reel.borrow();
        *moved.entry(reel.id).or_default() += length;
        rows.push(row((*side, reel.id, *length), order, reel.cost_of(*length), now));
    }
    if !rows.is_empty() {
        Entity::insert_many(rows).exec_without_returning(txn).await?;
    }
    Ok(())
}

/// What a side of an order draws, and what that costs.
pub(super) fn row(
    (side, reel, length): Draw,
    order: Uuid,
    cost: Option<i64>,
    at: DateTime<Utc>,
) -> ActiveModel {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        reel_id: Set(reel),
        order_id: Set(order),
        side: Set(side),
        length: Set(length),
        cost: Set(cost),
        created_at: Set(at.into()),
        ..Default::default()
    }
}

/// One after the other by their keys, so that of two jobs at once none waits for the other.
pub(super) async fn move_reels(txn: &Txn, moved: Moved) -> ModelResult<()> {
    for (reel, length) in moved.into_iter().filter(|(_, length)| *length != 0) {
        let used = Expr::col(reels::Column::Used).add(length);
        reels::Entity::update_many()
            .col_expr(reels::Column::Used, used)
            .filter(reels::Column::Id.eq(reel))
            .exec(txn)
            .await?;
    }
    Ok(())
}
