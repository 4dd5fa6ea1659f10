//! Erasure in two steps (RULES 4): a person is gone for itself and for whoever reads by its leave,
//! which can be undone; and after thirty days all that names it is scrubbed, for good.
//!
//! Scrubbed are the person, what workshops noted of it, its rackets' names, comments of its orders,
//! and its receipts, whose files are made again without it. Kept are orders, files, numbers,
//! amounts and audits: the books of the workshops, which the law wants kept. A workshop tells its
//! erased clients apart by a few letters of their keys.

use chrono::{Duration, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{
    Condition, QueryOrder as _, QuerySelect as _, QueryTrait as _, TransactionSession as _,
};
use sea_orm_tenancy::Connection;

use super::joining::Decision;
use super::known::{File, Known};
use super::{ActiveModel, Column, Entity, scrubbing};
use crate::models::dsar_log::{self, RequestEvent, RequestKind};
use crate::models::sharing::ending::end_all_leave_of;
use crate::models::{
    ModelError, ModelResult, hold, is_unique_violation, orders, receipt_emissions,
};

/// An erasure can be undone for so many days.
pub const UNDONE_WITHIN_DAYS: i64 = 30;

/// So many are scrubbed in one go.
pub const AT_ONCE: u64 = 20;

/// An erasure that is due, and what it would scrub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Who it is.
    pub person: Known,
    /// The files of workshops.
    pub files: Vec<File>,
    /// Orders with a comment.
    pub comments: u64,
    /// Receipts that are made again.
    pub receipts: u64,
}

impl Entity {
    /// Erases a person, which can be undone.
    ///
    /// # Errors
    /// [`ModelError::NotFound`] where it is gone, or another one stands for it.
    pub async fn erase(db: &impl Connection, person: Uuid, decision: &Decision) -> ModelResult<()> {
        let txn = db.begin().await?;
        hold::<Self>(&txn, person).await?;
        let request =
            dsar_log::Entity::write_down(&txn, person, RequestKind::Erasure, decision).await?;
        let now = Utc::now();
        let gone = ActiveModel {
            deleted_at: Set(Some(now.into())),
            updated_at: Set(now.into()),
            ..Default::default()
        };
        let erased = Self::update_many()
            .set(gone)
            .filter(super::address::alive().add(Column::Id.eq(person)));
        if erased.exec(&txn).await?.rows_affected == 0 {
            return Err(ModelError::NotFound);
        }
        end_all_leave_of(&txn, person, Some(decision.admin)).await?;
        dsar_log::Entity::note(&txn, request, RequestEvent::Deleted, decision).await?;
        Ok(txn.commit().await?)
    }

    /// Undoes an erasure that is not final. Leave that had ended with it stays ended: the person
    /// may give it anew.
    ///
    /// # Errors
    /// [`ModelError::NotFound`] where there is none, [`ModelError::Stale`] where somebody else has
    /// proven the person's address meanwhile.
    pub async fn restore(
        db: &impl Connection,
        person: Uuid,
        decision: &Decision,
    ) -> ModelResult<()> {
        let txn = db.begin().await?;
        let back = ActiveModel {
            deleted_at: Set(None),
            updated_at: Set(Utc::now().into()),
            ..Default::default()
        };
        let erased = Condition::all()
            .add(Column::Id.eq(person))
            .add(Column::DeletedAt.is_not_null())
            .add(Column::ScrubbedAt.is_null());
        let restored = match Self::update_many().set(back).filter(erased).exec(&txn).await {
            Err(error) if is_unique_violation(&error) => return Err(ModelError::Stale),
            restored => restored?,
        };
        if restored.rows_affected == 0 {
            return Err(ModelError::NotFound);
        }
        for request in dsar_log::Entity::of_person(&txn, person).await? {
            if request.kind == RequestKind::Erasure && request.is_open() {
                let event = RequestEvent::Restored;
                dsar_log::Entity::note(&txn, request.id, event, decision).await?;
            }
        }
        Ok(txn.commit().await?)
    }

    /// Erasures that cannot be undone any more and are not final, those of longest ago first, and
    /// what each would scrub: what scrubs reads the same.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn due(db: &impl Connection) -> Result<Vec<Due>, DbErr> {
        let mut due = Vec::new();
        for person in Self::these(db, due_ones(db).await?).await? {
            let files = Self::files(db, person.id).await?;
            let (mut comments, mut receipts) = (0, 0);
            for file in &files {
                comments += orders_of(file).filter(has_comment()).count(db).await?;
                receipts += receipts_of(file).count(db).await?;
            }
            due.push(Due { person, files, comments, receipts });
        }
        Ok(due)
    }

    /// Scrubs what names these persons, as far as they are due: all of them or none.
    ///
    /// # Errors
    /// [`ModelError::Stale`] where one of them is not due any more.
    pub async fn finalise(
        db: &impl Connection,
        persons: &[Uuid],
        decision: &Decision,
    ) -> ModelResult<()> {
        let txn = db.begin().await?;
        for person in persons {
            hold::<Self>(&txn, *person).await?;
        }
        let due = due_ones(&txn).await?;
        if !persons.iter().all(|person| due.contains(person)) {
            return Err(ModelError::Stale);
        }
        for person in persons {
            scrubbing::scrub(&txn, *person, decision).await?;
        }
        Ok(txn.commit().await?)
    }
}

async fn due_ones(db: &impl Connection) -> Result<Vec<Uuid>, DbErr> {
    let before = Utc::now() - Duration::days(UNDONE_WITHIN_DAYS);
    let due = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::DeletedAt.lt(before))
        .filter(Column::ScrubbedAt.is_null())
        .order_by_asc(Column::DeletedAt)
        .limit(AT_ONCE);
    due.into_tuple().all(db).await
}

pub(super) fn orders_of(file: &File) -> sea_orm::Select<orders::Entity> {
    orders::Entity::find()
        .filter(orders::Column::StringerId.eq(file.stringer_id))
        .filter(orders::Column::ClientProfileId.eq(file.id))
}

fn has_comment() -> Condition {
    Condition::any()
        .add(orders::Column::CommentPublic.is_not_null())
        .add(orders::Column::CommentPrivate.is_not_null())
}

pub(super) fn receipts_of(file: &File) -> sea_orm::Select<receipt_emissions::Entity> {
    let orders = orders_of(file).select_only().column(orders::Column::Id);
    receipt_emissions::Entity::find()
        .filter(receipt_emissions::Column::StringerId.eq(file.stringer_id))
        .filter(receipt_emissions::Column::OrderId.in_subquery(orders.into_query()))
}
