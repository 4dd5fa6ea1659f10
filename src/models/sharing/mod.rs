//! Leave for another stringer to read orders of one's own (Rule 1): given, seen, taken back. Each
//! act stands in the audit and is told to the other side, in one transaction.

pub(super) mod ending;
pub mod own;
mod received;
mod sheet;

pub use received::{Wanted, clients, read, received, sources};

use std::collections::HashSet;

use chrono::Utc;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{FromQueryResult, QueryOrder as _, QuerySelect as _, TransactionSession as _};
use sea_orm_tenancy::{Connection, Txn};

use super::notifications::{self, NotificationKind};
use super::order_shares::{self, Column, Entity};
use super::share_audit::{self, ShareEvent};
use super::stringer_cards;
use super::{ModelError, ModelResult, is_unique_violation, or_not_found, orders, readable};
use crate::models::search_key;

/// Rows on a page of a list.
pub const PAGE: u64 = 50;

/// So many orders are shared in one go.
pub const AT_ONCE: usize = 50;

/// The rule by which a stringer shares (RULES 6).
const RULE: i64 = 1;

/// A picker of stringers shows so many.
const PICKED: usize = 8;

/// Of so many stringers a name is looked for.
const LOOKED_AT: u64 = 5_000;

/// A grant of mine that is in force.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Given {
    /// The grant.
    pub id: Uuid,
    /// Who reads.
    pub grantee_id: Uuid,
    /// What is read.
    pub order_id: Uuid,
    /// Since when.
    pub granted_at: DateTimeUtc,
}

/// Active stringers whose name and town have all words of the query; nobody for a query of less
/// than two letters, and never oneself.
///
/// # Errors
/// When the database does not answer.
pub async fn find_stringers(
    db: &impl Connection,
    me: Uuid,
    query: &str,
) -> Result<Vec<stringer_cards::Model>, DbErr> {
    let words = super::words_of(query);
    if words.iter().map(String::len).sum::<usize>() < 2 {
        return Ok(Vec::new());
    }
    let cards = stringer_cards::Entity::find()
        .order_by_asc(stringer_cards::Column::DisplayName)
        .order_by_asc(stringer_cards::Column::Id)
        .limit(LOOKED_AT);
    let cards: Vec<stringer_cards::Model> = readable::all(cards, db).await?;
    let fits = |card: &stringer_cards::Model| {
        let key = search_key([card.display_name.as_str(), card.town.as_deref().unwrap_or("")]);
        card.id != me && words.iter().all(|word| key.contains(word))
    };
    Ok(cards.into_iter().filter(fits).take(PICKED).collect())
}

/// The card of another active stringer.
///
/// # Errors
/// When there is none, or it is one's own.
pub async fn card(db: &impl Connection, me: Uuid, id: Uuid) -> ModelResult<stringer_cards::Model> {
    if id == me {
        return Err(ModelError::NotFound);
    }
    or_not_found(readable::one(stringer_cards::Entity::find_by_id(id), db).await?)
}

/// Lets a stringer read orders of mine; how many it could not read before.
///
/// # Errors
/// When there is no such order of mine, or no such stringer.
pub async fn grant(db: &impl Connection, grantee: Uuid, orders: &[Uuid]) -> ModelResult<usize> {
    let txn = db.begin().await?;
    let known = Entity::find()
        .select_only()
        .column(Column::OrderId)
        .filter(Column::GranteeId.eq(grantee))
        .filter(Column::Rule.eq(RULE))
        .filter(Column::OrderId.is_in(orders.iter().copied()))
        .filter(Column::RevokedAt.is_null());
    let known: HashSet<Uuid> = known.into_tuple().all(&txn).await?.into_iter().collect();
    let mine: HashSet<Uuid> = orders::Entity::strung(&txn, orders).await?;
    let mut granted = 0;
    for order in orders.iter().filter(|order| !known.contains(order)) {
        if !mine.contains(order) {
            return Err(ModelError::NotFound);
        }
        grant_one(&txn, grantee, *order).await?;
        granted += 1;
    }
    txn.commit().await?;
    Ok(granted)
}

async fn grant_one(txn: &Txn, grantee: Uuid, order: Uuid) -> ModelResult<()> {
    let share = order_shares::ActiveModel {
        id: Set(Uuid::now_v7()),
        order_id: Set(order),
        grantee_id: Set(grantee),
        rule: Set(RULE),
        granted_at: Set(Utc::now().into()),
        ..Default::default()
    };
    let share = match Entity::insert(share).exec_with_returning(txn).await {
        // Of two taps at once one has won, and this one is told to look again.
        Err(error) if is_unique_violation(&error) => return Err(ModelError::Stale),
        share => share?,
    };
    note(txn, &share, ShareEvent::Granted).await?;
    tell(txn, &share, grantee, NotificationKind::ShareGrantedToMe).await
}

/// Takes a grant back, as who gave it or as who got it, at once and for good.
///
/// What was taken back before, by either side, is done.
///
/// # Errors
/// When there is none that is mine to take back.
pub async fn revoke(db: &impl Connection, me: Uuid, id: Uuid) -> ModelResult<()> {
    let txn = db.begin().await?;
    let share: Option<order_shares::Model> = readable::one(Entity::find_by_id(id), &txn).await?;
    let Some(share) = share else { return received::leave(txn, id).await };
    let other = if share.stringer_id == me { share.grantee_id } else { share.stringer_id };
    end(txn, &share, other).await
}

/// Ends a grant, and tells the other side; what was ended before is done.
async fn end(txn: Txn, share: &order_shares::Model, whom: Uuid) -> ModelResult<()> {
    let revoked = Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(Utc::now()))
        .filter(Column::Id.eq(share.id))
        .filter(Column::RevokedAt.is_null());
    if revoked.exec(&txn).await?.rows_affected == 0 {
        return Ok(());
    }
    note(&txn, share, ShareEvent::Revoked).await?;
    tell(&txn, share, whom, NotificationKind::ShareRevokedFromMe).await?;
    Ok(txn.commit().await?)
}

/// Grants of mine that are in force, the latest first, and whether there are more.
///
/// # Errors
/// When the database does not answer.
pub async fn given(db: &impl Connection, me: Uuid, page: u64) -> Result<(Vec<Given>, bool), DbErr> {
    let given = Entity::find()
        .select_only()
        .columns([Column::Id, Column::GranteeId, Column::OrderId, Column::GrantedAt])
        .filter(Column::StringerId.eq(me))
        .filter(Column::Rule.eq(RULE))
        .filter(Column::RevokedAt.is_null())
        .order_by_desc(Column::GrantedAt)
        .order_by_desc(Column::Id);
    readable::page(given, page, PAGE, db).await
}

/// Who is meant by these keys, as far as they are active.
///
/// # Errors
/// When the database does not answer.
pub async fn cards(
    db: &impl Connection,
    ids: HashSet<Uuid>,
) -> Result<Vec<stringer_cards::Model>, DbErr> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let cards = stringer_cards::Entity::find().filter(stringer_cards::Column::Id.is_in(ids));
    readable::all(cards, db).await
}

fn noted(
    stringer: Uuid,
    order: Uuid,
    grantee: Uuid,
    event: ShareEvent,
) -> share_audit::ActiveModel {
    share_audit::ActiveModel {
        id: Set(Uuid::now_v7()),
        stringer_id: Set(stringer),
        order_id: Set(order),
        grantee_id: Set(grantee),
        event: Set(event),
        at: Set(Utc::now().into()),
        ..Default::default()
    }
}

async fn note(txn: &Txn, share: &order_shares::Model, event: ShareEvent) -> ModelResult<()> {
    let row = noted(share.stringer_id, share.order_id, share.grantee_id, event);
    share_audit::Entity::insert(row).exec_without_returning(txn).await?;
    Ok(())
}

/// Notes an act about many orders with each of them, named with whoever strung it.
async fn note_all(
    txn: &Txn,
    orders: &[(Uuid, Uuid)],
    grantee: Uuid,
    event: ShareEvent,
) -> ModelResult<()> {
    for some in orders.chunks(AT_ONCE) {
        let rows = some.iter().map(|(of, order)| noted(*of, *order, grantee, event));
        share_audit::Entity::insert_many(rows).exec_without_returning(txn).await?;
    }
    Ok(())
}

async fn tell(
    txn: &Txn,
    share: &order_shares::Model,
    whom: Uuid,
    kind: NotificationKind,
) -> ModelResult<()> {
    let order = (share.stringer_id, share.order_id);
    Ok(notifications::Entity::tell_of(txn, order, whom, kind).await?)
}
