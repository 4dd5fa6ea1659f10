//! Taking a step, moving its date and taking it back, with what is written beside it.

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::TransactionSession;
use sea_orm::entity::prelude::*;
use sea_orm_tenancy::{Connection, Txn};

use super::{ActiveModel, Column, Entity, Model, Step, receipt};
use crate::models::receipt_emissions::Cause;
use crate::models::stringers::Member;
use crate::models::{ModelError, ModelResult, order_state_audit, receipt_counters};

/// What a step brought about.
#[derive(Debug, PartialEq, Eq)]
pub struct Transition {
    /// The receipt that is owed now, for the nudge after the commit.
    pub owed: Option<Uuid>,
    /// It was not taken before.
    pub is_first: bool,
    /// The date that it had before, where it was moved to another.
    pub former: Option<NaiveDate>,
}

impl Entity {
    /// Sets a step's date; without one, today. A step that is set already keeps its
    /// date unless another is given: a second tap changes nothing.
    ///
    /// # Errors
    /// When the order's life does not allow it, or there is no such order.
    pub async fn mark(
        db: &impl Connection,
        me: &Member,
        id: Uuid,
        step: Step,
        date: Option<NaiveDate>,
    ) -> ModelResult<Transition> {
        let txn = db.begin().await?;
        let order = Model::find(&txn, id).await?;
        let wanted = date.or(order.dates().of(step)).unwrap_or_else(|| me.today());
        let taken = order.apply(&txn, me, step, Some(wanted)).await?;
        txn.commit().await?;
        Ok(taken)
    }

    /// Takes a step back.
    ///
    /// # Errors
    /// When the order's life does not allow it, or there is no such order.
    pub async fn undo(db: &impl Connection, me: &Member, id: Uuid, step: Step) -> ModelResult<()> {
        let txn = db.begin().await?;
        let order = Model::find(&txn, id).await?;
        order.apply(&txn, me, step, None).await?;
        txn.commit().await?;
        Ok(())
    }
}

impl Model {
    async fn apply(
        self,
        txn: &Txn,
        me: &Member,
        step: Step,
        date: Option<NaiveDate>,
    ) -> ModelResult<Transition> {
        let before = self.dates();
        let from = before.of(step);
        if from == date {
            return Ok(Transition { owed: None, is_first: false, former: None });
        }
        before.after(step, date, me.today())?;
        // The receipt shows the day of stringing, and no other.
        let is_shown = step == Step::Strung && date.is_some() && !self.is_self;
        let former = from.filter(|_| date.is_some());
        let mut changes =
            ActiveModel { lock_version: Set(self.lock_version + 1), ..Default::default() };
        changes.set(column_of(step), date.into());
        if is_shown && self.receipt_number.is_none() {
            let year = chrono::Datelike::year(&me.today());
            changes.receipt_number = Set(Some(receipt_counters::Entity::take(txn, year).await?));
        }
        self.save_if_unchanged(txn, changes).await?;
        order_state_audit::Entity::note(txn, self.id, step, from, date).await?;
        let owed = if is_shown {
            let again = self.receipt_number.is_some();
            let cause = if again { Cause::Edit } else { Cause::First };
            Some(receipt::issue(txn, self.id, cause).await?)
        } else {
            None
        };
        Ok(Transition { owed, is_first: from.is_none(), former })
    }

    /// Writes only if nobody else has since the row was read.
    pub(super) async fn save_if_unchanged(
        &self,
        db: &impl Connection,
        mut changes: ActiveModel,
    ) -> ModelResult<()> {
        changes.updated_at = Set(chrono::Utc::now().into());
        let done = Entity::update_many()
            .set(changes)
            .filter(Column::Id.eq(self.id))
            .filter(Column::LockVersion.eq(self.lock_version))
            .exec(db)
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(ModelError::Stale) }
    }
}

const fn column_of(step: Step) -> Column {
    match step {
        Step::Ordered => Column::OrderedAt,
        Step::Strung => Column::StrungAt,
        Step::Returned => Column::ReturnedAt,
        Step::Paid => Column::PaidAt,
        Step::Cancelled => Column::CancelledAt,
    }
}
