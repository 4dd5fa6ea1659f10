//! Two persons that are one: from now on one of them stands for both, in every book.
//!
//! A workshop that has a file on either says itself that they are two, and there they stay two: so
//! members of a family with one address are not melted into one, and no book is rearranged by
//! somebody else. What leave was given in the name of one who had not proven who it is, ends: it
//! was given for less than what it would open now.

use chrono::Utc;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{FromQueryResult, QuerySelect as _, TransactionSession as _};
use sea_orm_tenancy::{Connection, Txn};

use super::{ActiveModel, Column, Entity, NewPerson};
use crate::models::sharing::ending::end_all_leave_of;
use crate::models::{
    ModelError, ModelResult, client_profiles, dsar_log, hold, or_not_found, orders, person_merges,
    readable,
};

/// An admin's decision.
#[derive(Debug, Clone)]
pub struct Decision {
    /// Who decided.
    pub admin: Uuid,
    /// Why.
    pub reason: String,
    /// The request that the log lines name.
    pub request_id: Option<String>,
}

/// Who somebody is, as far as joining needs to know.
#[derive(Debug, Clone, FromQueryResult)]
struct Known {
    email: Option<String>,
    email_normalised: Option<String>,
    email_verified_at: Option<DateTimeUtc>,
    subject: Option<String>,
    display_first_name: String,
    display_last_name: String,
}

/// A file that a workshop has.
type File = (Uuid, Uuid, Option<String>);

async fn known(db: &impl Connection, id: Uuid) -> ModelResult<Known> {
    let known = Entity::find_by_id(id)
        .select_only()
        .columns([
            Column::Email,
            Column::EmailNormalised,
            Column::EmailVerifiedAt,
            Column::Subject,
            Column::DisplayFirstName,
            Column::DisplayLastName,
        ])
        .filter(super::address::alive());
    or_not_found(readable::one(known, db).await?)
}

async fn files(db: &impl Connection, person: Uuid) -> Result<Vec<File>, DbErr> {
    use client_profiles::Column;
    let files = client_profiles::Entity::find()
        .select_only()
        .columns([Column::Id, Column::StringerId, Column::Nickname])
        .filter(Column::PersonId.eq(person));
    files.into_tuple().all(db).await
}

/// Has one person stand for another, in the caller's transaction.
///
/// # Errors
/// [`ModelError::NotFound`] where either is not there any more, or stands for nobody: so none is
/// joined twice, or in a circle. [`ModelError::Reference`] where they are one already, or where a
/// workshop has a file on both. [`ModelError::Stale`] where the one that goes has asked for
/// something that is not answered: it would be lost.
pub(in crate::models) async fn join(
    txn: &Txn,
    from: Uuid,
    into: Uuid,
    decision: Option<&Decision>,
) -> ModelResult<()> {
    if from == into {
        return Err(ModelError::Reference);
    }
    // In one order, whoever is joined with whom: two who join the same two at once wait.
    for person in [from.min(into), from.max(into)] {
        hold::<Entity>(txn, person).await?;
    }
    let (gone, stays) = (known(txn, from).await?, known(txn, into).await?);
    let (moved, theirs) = (files(txn, from).await?, files(txn, into).await?);
    let of = |files: &[File]| files.iter().map(|(_, stringer, _)| *stringer).collect::<Vec<_>>();
    let theirs = of(&theirs);
    if of(&moved).iter().any(|stringer| theirs.contains(stringer)) {
        return Err(ModelError::Reference);
    }
    let asked = dsar_log::Entity::of_person(txn, from).await?;
    if asked.iter().any(dsar_log::Request::is_open) {
        return Err(ModelError::Stale);
    }
    let admin = decision.map(|decision| decision.admin);
    end_all_leave_of(txn, from, admin).await?;
    if stays.email_verified_at.is_none() {
        end_all_leave_of(txn, into, admin).await?;
    }
    let count = i64::try_from(moved.len()).unwrap_or(i64::MAX);
    for file in moved {
        re_file(txn, file, into, &stays).await?;
    }
    stand_for(txn, from, into, gone, &stays).await?;
    note(txn, from, into, count, decision).await
}

/// The same by an admin's decision.
///
/// # Errors
/// As [`join`].
pub async fn decide(
    db: &impl Connection,
    from: Uuid,
    into: Uuid,
    decision: &Decision,
) -> ModelResult<()> {
    let txn = db.begin().await?;
    join(&txn, from, into, Some(decision)).await?;
    Ok(txn.commit().await?)
}

/// A workshop's file is on the other one now, and its orders are called so.
async fn re_file(
    txn: &Txn,
    (file, stringer, nickname): File,
    into: Uuid,
    stays: &Known,
) -> Result<(), DbErr> {
    let person = NewPerson {
        first_name: stays.display_first_name.clone(),
        last_name: stays.display_last_name.clone(),
        ..NewPerson::default()
    };
    let key = person.search_key(nickname.as_deref());
    let refiled = client_profiles::ActiveModel {
        person_id: Set(Some(into)),
        search_key: Set(key.clone()),
        ..Default::default()
    };
    client_profiles::Entity::overwrite(txn, file, refiled).await?;
    orders::Entity::rename_client_of(txn, stringer, file, Some(person.name()), key).await
}

/// Whoever stood for the one that goes, stands for the one that stays; an address that only the
/// one that goes has proven is the other's now.
async fn stand_for(
    txn: &Txn,
    from: Uuid,
    into: Uuid,
    gone: Known,
    stays: &Known,
) -> Result<(), DbErr> {
    let now = Utc::now();
    let gives_way = ActiveModel {
        merged_into: Set(Some(into)),
        subject: Set(None),
        updated_at: Set(now.into()),
        ..Default::default()
    };
    Entity::update_many().set(gives_way).filter(Column::Id.eq(from)).exec(txn).await?;
    Entity::update_many()
        .col_expr(Column::MergedInto, Expr::value(into))
        .filter(Column::MergedInto.eq(from))
        .exec(txn)
        .await?;
    if stays.email_verified_at.is_some() || gone.email_verified_at.is_none() {
        return Ok(());
    }
    let proven = ActiveModel {
        email: Set(gone.email),
        email_normalised: Set(gone.email_normalised),
        email_verified_at: Set(gone.email_verified_at.map(Into::into)),
        subject: Set(gone.subject),
        updated_at: Set(now.into()),
        ..Default::default()
    };
    Entity::update_many().set(proven).filter(Column::Id.eq(into)).exec(txn).await.map(drop)
}

async fn note(
    txn: &Txn,
    from: Uuid,
    into: Uuid,
    files: i64,
    decision: Option<&Decision>,
) -> ModelResult<()> {
    let row = person_merges::ActiveModel {
        id: Set(Uuid::now_v7()),
        survivor_id: Set(into),
        merged_id: Set(from),
        admin_id: Set(decision.map(|decision| decision.admin)),
        reason: Set(decision.map(|decision| decision.reason.clone())),
        request_id: Set(decision.and_then(|decision| decision.request_id.clone())),
        files: Set(files),
        at: Set(Utc::now().into()),
    };
    person_merges::Entity::insert(row).exec_without_returning(txn).await?;
    Ok(())
}
