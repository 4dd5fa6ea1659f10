//! A client's leave for another stringer to read: of one order (Rule 2), or of all its orders,
//! future ones too (Rule 3). In the person's own scope; each act stands in the audit and is told
//! to the stringers, in one transaction.

use chrono::Utc;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{QueryOrder as _, QuerySelect as _, TransactionSession as _};
use sea_orm_tenancy::{Connection, Txn};

use super::{PAGE, end, note, note_all, tell};
use crate::models::notifications::{self, NotificationKind};
use crate::models::share_audit::ShareEvent;
use crate::models::{ModelError, ModelResult, client_orders, client_reads, is_unique_violation};
use crate::models::{or_not_found, order_shares, person_stringer_shares, readable};

/// The rule by which a client shares one order (RULES 6).
const RULE: i64 = 2;

/// Of so many orders, the latest ones, an act about all of them is noted.
pub(super) const NOTED: u64 = 500;

/// What a client has shared and not taken back.
#[derive(Debug, Clone)]
pub struct Granted {
    /// All its orders, with whom.
    pub all: Vec<person_stringer_shares::Model>,
    /// One order each.
    pub orders: Vec<order_shares::Model>,
}

/// Grants of mine that are in force, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn granted(db: &impl Connection) -> Result<Granted, DbErr> {
    let all = {
        use person_stringer_shares::{Column, Entity};
        let all = Entity::find().filter(Column::RevokedAt.is_null());
        readable::all(all.order_by_desc(Column::GrantedAt).limit(PAGE), db).await?
    };
    use order_shares::{Column, Entity};
    let orders = Entity::find().filter(Column::RevokedAt.is_null());
    let orders = orders.order_by_desc(Column::GrantedAt).order_by_desc(Column::Id).limit(PAGE);
    Ok(Granted { all, orders: readable::all(orders, db).await? })
}

/// Who may read an order by leave for it alone.
///
/// # Errors
/// When the database does not answer.
pub async fn of_order(
    db: &impl Connection,
    order: Uuid,
) -> Result<Vec<order_shares::Model>, DbErr> {
    use order_shares::{Column, Entity};
    let shares = Entity::find()
        .filter(Column::OrderId.eq(order))
        .filter(Column::RevokedAt.is_null())
        .order_by_desc(Column::GrantedAt)
        .limit(PAGE);
    readable::all(shares, db).await
}

/// Leave given and taken back, and looks by it, the latest first; and whether there are more.
///
/// # Errors
/// When the database does not answer.
pub async fn reads(
    db: &impl Connection,
    page: u64,
) -> Result<(Vec<client_reads::Model>, bool), DbErr> {
    use client_reads::{Column, Entity};
    let reads = Entity::find().order_by_desc(Column::At).order_by_desc(Column::Id);
    readable::page(reads, page, PAGE, db).await
}

/// Lets a stringer read an order of mine; what it may read already, it may.
///
/// # Errors
/// When there is no such order of mine, or no such stringer; the one who strung it needs no leave.
pub async fn grant_order(db: &impl Connection, order: Uuid, grantee: Uuid) -> ModelResult<()> {
    let txn = db.begin().await?;
    let order: Option<client_orders::Model> =
        readable::one(client_orders::Entity::find_by_id(order), &txn).await?;
    let order = or_not_found(order)?;
    if order.stringer_id == grantee {
        return Err(ModelError::Reference);
    }
    let share = order_shares::ActiveModel {
        id: Set(Uuid::now_v7()),
        stringer_id: Set(order.stringer_id),
        order_id: Set(order.id),
        grantee_id: Set(grantee),
        rule: Set(RULE),
        granted_at: Set(Utc::now().into()),
        ..Default::default()
    };
    let share = match order_shares::Entity::insert(share).exec_with_returning(&txn).await {
        Err(error) if is_unique_violation(&error) => return Ok(()),
        share => share?,
    };
    note(&txn, &share, ShareEvent::Granted).await?;
    tell(&txn, &share, grantee, NotificationKind::ShareGrantedToMe).await?;
    let owner = NotificationKind::MyOrderVisibleToThirdParty;
    tell(&txn, &share, share.stringer_id, owner).await?;
    Ok(txn.commit().await?)
}

/// Takes leave for one order back; what was taken back before is done.
///
/// # Errors
/// When there is none of mine.
pub async fn revoke_order(db: &impl Connection, id: Uuid) -> ModelResult<()> {
    let txn = db.begin().await?;
    let share: Option<order_shares::Model> =
        readable::one(order_shares::Entity::find_by_id(id), &txn).await?;
    let share = or_not_found(share)?;
    end(txn, &share, share.grantee_id).await
}

/// Lets a stringer read all orders of mine, whoever strings, future ones too.
///
/// # Errors
/// When there is no such stringer.
pub async fn grant_all(db: &impl Connection, target: Uuid) -> ModelResult<()> {
    use person_stringer_shares::{ActiveModel, Entity};
    let txn = db.begin().await?;
    let share = ActiveModel {
        id: Set(Uuid::now_v7()),
        target_stringer_id: Set(target),
        granted_at: Set(Utc::now().into()),
        ..Default::default()
    };
    match Entity::insert(share).exec_without_returning(&txn).await {
        Err(error) if is_unique_violation(&error) => return Ok(()),
        inserted => drop(inserted?),
    }
    all_noted(&txn, target, ShareEvent::Granted).await?;
    Ok(txn.commit().await?)
}

/// Takes leave for all orders back; what was taken back before is done.
///
/// # Errors
/// When there is none of mine.
pub async fn revoke_all(db: &impl Connection, id: Uuid) -> ModelResult<()> {
    use person_stringer_shares::{Column, Entity};
    let txn = db.begin().await?;
    let share: Option<person_stringer_shares::Model> =
        readable::one(Entity::find_by_id(id), &txn).await?;
    let share = or_not_found(share)?;
    let revoked = Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(Utc::now()))
        .filter(Column::Id.eq(id))
        .filter(Column::RevokedAt.is_null());
    if revoked.exec(&txn).await?.rows_affected == 0 {
        return Ok(());
    }
    all_noted(&txn, share.target_stringer_id, ShareEvent::Revoked).await?;
    Ok(txn.commit().await?)
}

/// An act about all orders is noted with each of them, and told once to each stringer.
async fn all_noted(txn: &Txn, target: Uuid, event: ShareEvent) -> ModelResult<()> {
    use client_orders::{Column, Entity};
    let orders = Entity::find()
        .select_only()
        .columns([Column::StringerId, Column::Id])
        .filter(Column::StringerId.ne(target))
        .order_by_desc(Column::Id)
        .limit(NOTED);
    let orders: Vec<(Uuid, Uuid)> = orders.into_tuple().all(txn).await?;
    note_all(txn, &orders, target, event).await?;
    let (to_target, to_owner) = match event {
        ShareEvent::Revoked => (NotificationKind::ShareRevokedFromMe, None),
        _ => {
            (NotificationKind::ShareGrantedToMe, Some(NotificationKind::MyOrderVisibleToThirdParty))
        }
    };
    if let Some(order) = orders.first() {
        notifications::Entity::tell_of(txn, *order, target, to_target).await?;
    }
    if let Some(kind) = to_owner {
        for order in one_of_each_owner(txn, target).await? {
            notifications::Entity::tell_of(txn, order, order.0, kind).await?;
        }
    }
    Ok(())
}

/// An order of mine of each stringer but one, however many they are.
async fn one_of_each_owner(txn: &Txn, but: Uuid) -> Result<Vec<(Uuid, Uuid)>, DbErr> {
    use client_orders::{Column, Entity};
    let owners = Entity::find()
        .select_only()
        .column(Column::StringerId)
        .filter(Column::StringerId.ne(but))
        .distinct();
    let owners: Vec<Uuid> = owners.into_tuple().all(txn).await?;
    let mut orders = Vec::with_capacity(owners.len());
    for owner in owners {
        let latest = Entity::find()
            .select_only()
            .columns([Column::StringerId, Column::Id])
            .filter(Column::StringerId.eq(owner))
            .order_by_desc(Column::Id)
            .limit(1);
        orders.extend(latest.into_tuple::<(Uuid, Uuid)>().one(txn).await?);
    }
    Ok(orders)
}
