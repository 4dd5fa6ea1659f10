//! What each job has drawn from stock. A job draws when it is strung and gives back when that is
//! undone, in the transaction that does so: the oldest reel of its string that has enough, as
//! much as the same racket took the last time, else by its head and pattern ([`super::need`]).

pub use crate::models::_entities::reel_uses::{ActiveModel, Column, Entity, Model, Relation};
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{JoinType, QueryOrder as _, QuerySelect as _};
use sea_orm_tenancy::{Connection, Policy, Txn};

use super::drawing::{chosen, draw, give_back, move_reels, row};
use super::need::lengths;
use super::{BedSide, SIDES, Stock};
use crate::models::_entities::{client_rackets, rackets};
use crate::models::{ModelError, ModelResult, orders, owned, readable, reels};

impl ActiveModelBehavior for ActiveModel {}

/// Jobs a page of a reel.
const PAGE: u64 = 20;

/// In so many of a racket's last jobs it is looked for what it took.
const LATELY: u64 = 5;

/// Mine; what was drawn is given back and drawn anew.
#[must_use]
pub fn policy() -> Policy {
    owned::<Entity>().only_settable(&["length", "cost"]).delete("this.stringer_id = :me")
}

/// What a side of a job is to draw: of which reel, and how many centimetres.
pub type Draw = (BedSide, Uuid, i64);

/// What a job drew of a reel, and of which order it is.
#[derive(Debug, Clone)]
pub struct Drawn {
    /// What was drawn.
    pub used: Model,
    /// Whose racket it was, which, and when it was strung.
    pub row: orders::Row,
}

/// The string of a side, where the stringer supplied it.
const fn supplied(order: &orders::Model, side: BedSide) -> Option<Uuid> {
    match side {
        BedSide::Mains if !order.mains_byo => order.mains_string_id,
        BedSide::Crosses if !order.crosses_byo => order.crosses_string_id,
        BedSide::Mains | BedSide::Crosses => None,
    }
}

impl Entity {
    /// What an order has drawn.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of_order(db: &impl Connection, order: Uuid) -> Result<Vec<Model>, DbErr> {
        readable::all(Self::find().filter(Column::OrderId.eq(order)), db).await
    }

    /// A page of what jobs drew of a reel, the latest first, and whether there are more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of_reel(
        db: &impl Connection,
        reel: Uuid,
        page: u64,
    ) -> Result<(Vec<Drawn>, bool), DbErr> {
        let used = Self::find()
            .filter(Column::ReelId.eq(reel))
            .order_by_desc(Column::CreatedAt)
            .order_by_desc(Column::Id);
        let (used, more) = readable::page::<_, Model>(used, page, PAGE, db).await?;
        // First which, then what they are: no join sees more than the page.
        let rows = orders::Entity::rows_of(db, used.iter().map(|one| one.order_id).collect());
        let rows = rows.await?;
        let drawn = used.into_iter().filter_map(|used| {
            let row = rows.iter().find(|row| row.id == used.order_id)?.clone();
            Some(Drawn { used, row })
        });
        Ok((drawn.collect(), more))
    }

    /// Draws for an order as it is now, on the sides that are not as they were before: where it
    /// was not strung, on both.
    pub(in crate::models) async fn settle(
        txn: &Txn,
        before: &orders::Model,
        now: &orders::Model,
    ) -> ModelResult<()> {
        let changed: Vec<BedSide> = match (before.strung_at, now.strung_at) {
            (None, None) => return Ok(()),
            (Some(_), Some(_)) => SIDES
                .into_iter()
                .filter(|side| supplied(before, *side) != supplied(now, *side))
                .collect(),
            // Whatever was said by hand on a side is given back with the rest.
            (None, Some(_)) | (Some(_), None) => SIDES.to_vec(),
        };
        if changed.is_empty() {
            return Ok(());
        }
        let mut moved = BTreeMap::new();
        give_back(txn, now.id, &changed, &mut moved).await?;
        let wanted: Vec<(BedSide, Uuid)> = changed
            .into_iter()
            .filter(|_| now.strung_at.is_some())
            .filter_map(|side| Some((side, supplied(now, side)?)))
            .collect();
        let drawn = chosen(txn, now, &wanted).await?;
        draw(txn, now.id, &drawn, &mut moved).await?;
        move_reels(txn, moved).await
    }

    /// What an order has drawn instead, by the stringer's own word; what is not named draws
    /// nothing.
    ///
    /// # Errors
    /// [`ModelError::Reference`] where a reel is not there for the caller.
    pub async fn say(txn: &Txn, order: Uuid, draws: &[Draw]) -> ModelResult<()> {
        let reels: Vec<Uuid> = draws.iter().map(|(_, reel, _)| *reel).collect();
        let stock = Stock::for_strings(txn, &[], &reels).await?;
        let find = |id: Uuid| stock.iter().find(|reel| reel.id == id);
        let drawn = draws.iter().map(|(side, reel, length)| Some((*side, find(*reel)?, *length)));
        let drawn: Option<Vec<_>> = drawn.collect();
        let drawn = drawn.ok_or(ModelError::Reference)?;
        let mut moved = BTreeMap::new();
        give_back(txn, order, &SIDES, &mut moved).await?;
        draw(txn, order, &drawn, &mut moved).await?;
        move_reels(txn, moved).await
    }

    /// What is likely to be drawn by an order: the last that its racket took, or what its head
    /// and pattern say.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn usual(db: &impl Connection, order: &orders::Model) -> Result<[i64; 2], DbErr> {
        let racket = client_rackets::Entity::find_by_id(order.client_racket_id)
            .select_only()
            .join(JoinType::InnerJoin, client_rackets::Relation::Rackets.def())
            .columns([rackets::Column::HeadSize, rackets::Column::StringPattern]);
        let racket: Option<(Option<i64>, Option<String>)> = racket.into_tuple().one(db).await?;
        let (head, pattern) = racket.unwrap_or_default();
        let mut usual = lengths(order.sport, head, pattern.as_deref());
        let before = orders::Entity::find()
            .select_only()
            .column(orders::Column::Id)
            .filter(orders::Column::ClientRacketId.eq(order.client_racket_id))
            .filter(orders::Column::StrungAt.is_not_null())
            .filter(orders::Column::Id.ne(order.id))
            .order_by_desc(orders::Column::StrungAt)
            .order_by_desc(orders::Column::Id)
            .limit(LATELY);
        let before: Vec<Uuid> = before.into_tuple().all(db).await?;
        let last = Self::find()
            .select_only()
            .columns([Column::Side, Column::Length])
            .filter(Column::OrderId.is_in(before))
            .order_by_asc(Column::CreatedAt)
            .order_by_asc(Column::Id);
        for (side, length) in last.into_tuple::<(BedSide, i64)>().all(db).await? {
            usual[usize::from(side == BedSide::Crosses)] = length;
        }
        Ok(usual)
    }

    /// What was drawn of a reel costs what it costs now.
    pub(super) async fn reckon(txn: &Txn, reel: &reels::Model) -> ModelResult<()> {
        let lengths = Self::find()
            .select_only()
            .column(Column::Length)
            .filter(Column::ReelId.eq(reel.id))
            .distinct();
        // Each length once: most jobs take the same.
        for length in lengths.into_tuple::<i64>().all(txn).await? {
            Self::update_many()
                .col_expr(Column::Cost, Expr::value(reel.cost_of(length)))
                .filter(Column::ReelId.eq(reel.id))
                .filter(Column::Length.eq(length))
                .exec(txn)
                .await?;
        }
        Ok(())
    }

    /// As a book that is taken over has it.
    pub(in crate::models) async fn restore(
        txn: &Txn,
        uses: Vec<(Draw, Uuid, Option<i64>, DateTime<Utc>)>,
    ) -> ModelResult<()> {
        let rows = uses.into_iter().map(|(draw, order, cost, at)| row(draw, order, cost, at));
        let rows: Vec<_> = rows.collect();
        // No database takes more values in one statement than some ten thousands.
        for some in rows.chunks(200) {
            Self::insert_many(some.to_vec()).exec_without_returning(txn).await?;
        }
        Ok(())
    }
}
