//! Who moved which date of an order, and when. Append-only.

pub use super::_entities::order_state_audit::{ActiveModel, Column, Entity, Model};
use chrono::{NaiveDate, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use sea_orm_tenancy::{Connection, Policy};

use super::book::document::Moved;
use super::orders::Step;
use super::{owned, readable};

impl ActiveModelBehavior for ActiveModel {}

/// Mine, added by me, and never changed.
#[must_use]
pub fn policy() -> Policy {
    owned::<Entity>().stamp("actor_id").append_only()
}

/// So many go into one statement.
const AT_ONCE: usize = 60;

fn moved(
    order_id: Uuid,
    step: Step,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) -> ActiveModel {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        order_id: Set(order_id),
        at: Set(Utc::now().into()),
        step: Set(step),
        from_date: Set(from),
        to_date: Set(to),
        ..Default::default()
    }
}

impl Entity {
    /// Notes that a step's date went from one to another.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn note(
        db: &impl Connection,
        order_id: Uuid,
        step: Step,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    ) -> Result<(), DbErr> {
        Self::insert(moved(order_id, step, from, to)).exec_without_returning(db).await.map(drop)
    }

    /// Notes the dates that orders came with.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn note_all(
        db: &impl Connection,
        dates: Vec<(Uuid, Step, NaiveDate)>,
    ) -> Result<(), DbErr> {
        let rows =
            dates.into_iter().map(|(order, step, date)| moved(order, step, None, Some(date)));
        let rows: Vec<_> = rows.collect();
        if rows.is_empty() {
            return Ok(());
        }
        Self::insert_many(rows).exec_without_returning(db).await.map(drop)
    }

    /// Notes steps that were taken in a book that comes from elsewhere, when they were.
    pub(super) async fn restore(
        db: &impl Connection,
        steps: Vec<(Uuid, &Moved)>,
    ) -> Result<(), DbErr> {
        for some in steps.chunks(AT_ONCE) {
            let row = |(order, step): &(Uuid, &Moved)| ActiveModel {
                at: Set(step.at.into()),
                ..moved(*order, step.step, step.from, step.to)
            };
            Self::insert_many(some.iter().map(row)).exec_without_returning(db).await?;
        }
        Ok(())
    }

    /// Sees all of it, the oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn each(db: &impl Connection, see: impl FnMut(&Model) + Send) -> Result<(), DbErr> {
        readable::each(Self::find().order_by_asc(Column::Id), db, see).await
    }

    /// An order's history, the latest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of_order(db: &impl Connection, order_id: Uuid) -> Result<Vec<Model>, DbErr> {
        let steps = Self::find().filter(Column::OrderId.eq(order_id));
        readable::all(steps.order_by_desc(Column::At).order_by_desc(Column::Id), db).await
    }
}
