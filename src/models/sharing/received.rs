//! What others let me read, and what I am told of it.

use chrono::Utc;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{QueryOrder as _, QuerySelect as _, TransactionSession as _};
use sea_orm_tenancy::{Connection, Txn};

use super::{PAGE, note_all, noted};
use crate::models::share_audit::{self, ShareEvent};
use crate::models::shared_orders;
use crate::models::{ModelResult, or_not_found, person_stringer_shares, readable};

/// What a list of others' orders is asked for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Of one stringer alone.
    pub from: Option<Uuid>,
    /// Of its clients of one first name alone.
    pub client: Option<String>,
    /// Which page, counted from nought.
    pub page: u64,
}

/// Orders that others let me read, what was shared last first; and whether there are more.
///
/// # Errors
/// When the database does not answer.
pub async fn received(
    db: &impl Connection,
    wanted: &Wanted,
) -> Result<(Vec<shared_orders::Model>, bool), DbErr> {
    use shared_orders::{Column, Entity};
    let mut received = Entity::find();
    if let Some(from) = wanted.from {
        received = received.filter(Column::StringerId.eq(from));
    }
    if let Some(client) = &wanted.client {
        received = received.filter(Column::ClientFirstName.eq(client.as_str()));
    }
    let received = received.order_by_desc(Column::GrantedAt).order_by_desc(Column::Id);
    readable::page(received, wanted.page, PAGE, db).await
}

/// An order that somebody lets me read; the audit has that I did.
///
/// # Errors
/// When nobody lets me read such an order, or not any more.
pub async fn read(
    db: &impl Connection,
    share: Uuid,
    order: Uuid,
) -> ModelResult<shared_orders::Model> {
    use shared_orders::{Column, Entity};
    let seen = Entity::find().filter(Column::ShareId.eq(share)).filter(Column::Id.eq(order));
    let seen: shared_orders::Model = or_not_found(readable::one(seen, db).await?)?;
    let row = noted(seen.stringer_id, seen.id, seen.grantee_id, ShareEvent::Read);
    // Nothing is shown that is not written down; what was taken back meanwhile is neither.
    share_audit::Entity::insert(row).exec_without_returning(db).await?;
    Ok(seen)
}

/// Gives up leave for all orders of a client, which that client has given.
///
/// # Errors
/// When there is none to me.
pub(super) async fn leave(txn: Txn, id: Uuid) -> ModelResult<()> {
    use person_stringer_shares::{Column, Entity};
    let leave: Option<person_stringer_shares::Model> =
        readable::one(Entity::find_by_id(id), &txn).await?;
    let leave = or_not_found(leave)?;
    if leave.revoked_at.is_some() {
        return Ok(());
    }
    let me = leave.target_stringer_id;
    // Its end is noted before it: what is in force links me with the orders.
    let orders = shared_orders::Entity::find()
        .select_only()
        .columns([shared_orders::Column::StringerId, shared_orders::Column::Id])
        .filter(shared_orders::Column::ShareId.eq(id));
    let orders: Vec<(Uuid, Uuid)> = orders.into_tuple().all(&txn).await?;
    note_all(&txn, &orders, me, ShareEvent::Revoked).await?;
    let ended = Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(Utc::now()))
        .filter(Column::Id.eq(id))
        .filter(Column::RevokedAt.is_null());
    // The other side has ended it in the same instant, and has noted that.
    if ended.exec(&txn).await?.rows_affected == 0 {
        return Ok(());
    }
    Ok(txn.commit().await?)
}

/// Which clients' orders a stringer lets me read, by their first names.
///
/// # Errors
/// When the database does not answer.
pub async fn clients(db: &impl Connection, from: Uuid) -> Result<Vec<String>, DbErr> {
    use shared_orders::{Column, Entity};
    let clients = Entity::find()
        .select_only()
        .column(Column::ClientFirstName)
        .filter(Column::StringerId.eq(from))
        .filter(Column::ClientFirstName.is_not_null())
        .distinct()
        .order_by_asc(Column::ClientFirstName)
        .limit(PAGE);
    clients.into_tuple().all(db).await
}

/// Who lets me read orders, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn sources(db: &impl Connection) -> Result<Vec<(Uuid, String)>, DbErr> {
    use shared_orders::{Column, Entity};
    let sources = Entity::find()
        .select_only()
        .columns([Column::StringerId, Column::StringerName])
        .distinct()
        .order_by_asc(Column::StringerName)
        .limit(PAGE);
    sources.into_tuple().all(db).await
}
