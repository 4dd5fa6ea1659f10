//! The end of all leave that a person gave: it is joined with another one, erased, or proves who
//! it is and knows nothing of what was done in its name before.

use std::collections::HashSet;

use chrono::Utc;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{ExprTrait as _, QueryOrder as _, QuerySelect as _};
use sea_orm_tenancy::Txn;

use super::own::NOTED;
use super::{AT_ONCE, noted};
use crate::models::notifications::{self, NotificationKind};
use crate::models::share_audit::{self, ShareEvent};
use crate::models::{client_profiles, order_shares, orders, person_stringer_shares};

/// Whose order, which order, and who might read it.
type Read = (Uuid, Uuid, Uuid);

/// Ends it, notes it with each order (of Rule 3: the latest ones) and tells each reader once; in
/// the name of an admin, or of the person itself.
pub(in crate::models) async fn end_all_leave_of(
    txn: &Txn,
    person: Uuid,
    admin: Option<Uuid>,
) -> Result<(), DbErr> {
    let mut ended = end_of_orders(txn, person).await?;
    let targets = end_of_all(txn, person).await?;
    if !targets.is_empty() {
        let orders = orders_of(txn, person).await?;
        for target in targets {
            let readable = orders.iter().filter(|(stringer, _)| *stringer != target);
            ended.extend(readable.map(|(stringer, order)| (*stringer, *order, target)));
        }
    }
    note(txn, person, admin, &ended).await?;
    tell(txn, person, admin, &ended).await
}

async fn end_of_orders(txn: &Txn, person: Uuid) -> Result<Vec<Read>, DbErr> {
    use order_shares::{Column, Entity};
    let given = || Column::GrantedByPersonId.eq(person).and(Column::RevokedAt.is_null());
    let shares = Entity::find()
        .select_only()
        .columns([Column::StringerId, Column::OrderId, Column::GranteeId])
        .filter(given());
    let shares = shares.into_tuple().all(txn).await?;
    let ended = Entity::update_many().col_expr(Column::RevokedAt, Expr::value(Utc::now()));
    ended.filter(given()).exec(txn).await?;
    Ok(shares)
}

async fn end_of_all(txn: &Txn, person: Uuid) -> Result<Vec<Uuid>, DbErr> {
    use person_stringer_shares::{Column, Entity};
    let given = || Column::PersonId.eq(person).and(Column::RevokedAt.is_null());
    let shares = Entity::find().select_only().column(Column::TargetStringerId).filter(given());
    let shares = shares.into_tuple().all(txn).await?;
    let ended = Entity::update_many().col_expr(Column::RevokedAt, Expr::value(Utc::now()));
    ended.filter(given()).exec(txn).await?;
    Ok(shares)
}

async fn orders_of(txn: &Txn, person: Uuid) -> Result<Vec<(Uuid, Uuid)>, DbErr> {
    let orders = orders::Entity::find()
        .select_only()
        .columns([orders::Column::StringerId, orders::Column::Id])
        .inner_join(client_profiles::Entity)
        .filter(client_profiles::Column::PersonId.eq(person))
        .order_by_desc(orders::Column::Id)
        .limit(NOTED);
    orders.into_tuple().all(txn).await
}

async fn note(txn: &Txn, person: Uuid, admin: Option<Uuid>, ended: &[Read]) -> Result<(), DbErr> {
    for some in ended.chunks(AT_ONCE) {
        let rows = some.iter().map(|(stringer, order, grantee)| share_audit::ActiveModel {
            actor_id: Set(admin),
            actor_person_id: Set(admin.is_none().then_some(person)),
            ..noted(*stringer, *order, *grantee, ShareEvent::Revoked)
        });
        share_audit::Entity::insert_many(rows).exec_without_returning(txn).await?;
    }
    Ok(())
}

async fn tell(txn: &Txn, person: Uuid, admin: Option<Uuid>, ended: &[Read]) -> Result<(), DbErr> {
    let mut told = HashSet::new();
    for (stringer, order, grantee) in ended {
        if !told.insert(*grantee) {
            continue;
        }
        let row = notifications::ActiveModel {
            id: Set(Uuid::now_v7()),
            stringer_id: Set(*grantee),
            actor_id: Set(admin),
            actor_person_id: Set(admin.is_none().then_some(person)),
            kind: Set(NotificationKind::ShareRevokedFromMe),
            order_stringer_id: Set(Some(*stringer)),
            order_id: Set(Some(*order)),
            at: Set(Utc::now().into()),
            ..Default::default()
        };
        notifications::Entity::insert(row).exec_without_returning(txn).await?;
    }
    Ok(())
}
