//! Taking a step, moving its date and taking it back, with what is written beside it.

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::TransactionSession;
use sea_orm::entity::prelude::*;
use sea_orm_tenancy::{Connection, Txn};

use super::{ActiveModel, Column, Entity, Model, Payment, Step, StepRefused, receipt};
use crate::models::receipt_emissions::Cause;
use crate::models::reels::uses;
use crate::models::stringers::Member;
use crate::models::{ModelError, ModelResult, order_state_audit, receipt_counters, receipt_mails};

/// What a step brought about.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Transition {
    /// The receipt that is owed now, for the nudge after the commit.
    pub owed: Option<Uuid>,
    /// It was not taken before.
    pub is_first: bool,
    /// The date that it had before, where it was moved to another.
    pub former: Option<NaiveDate>,
}

/// What is said with a step.
#[derive(Debug, Clone, Copy, Default)]
pub struct Said {
    /// When it was; today, where nothing is said.
    pub date: Option<NaiveDate>,
    /// How it was paid.
    pub payment: Option<Payment>,
    /// How much was paid, in the smallest unit of the order's currency; all that is due, where
    /// nothing is said.
    pub amount: Option<i64>,
    /// What was seen when that was said: the same part is not paid twice.
    pub version: Option<i64>,
    /// Stiffness of the bed that was just strung.
    pub dt_after: Option<i64>,
    /// It costs nothing, and is meant to.
    pub is_free: bool,
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
        said: Said,
    ) -> ModelResult<Transition> {
        let txn = db.begin().await?;
        let order = Model::find(&txn, id).await?;
        if step == Step::Paid {
            let paid = match order.paid_at {
                Some(_) => order.move_payment(&txn, me, said).await?,
                None => order.take(&txn, me, said).await?,
            };
            txn.commit().await?;
            return Ok(paid);
        }
        let wanted = said.date.or(order.dates().of(step)).unwrap_or_else(|| me.today());
        if step == Step::Strung && !said.is_free && order.is_given_away() {
            order.dates().after(step, Some(wanted), me.today())?;
            return Err(StepRefused::Free.into());
        }
        let mut changes = ActiveModel::new();
        if let (Step::Strung, Some(dt)) = (step, said.dt_after) {
            changes.dt_after = Set(Some(dt));
        }
        let taken = order.apply(&txn, me, step, Some(wanted), changes).await?;
        txn.commit().await?;
        Ok(taken)
    }

    /// Takes a step back, and with it the payment that it was paid off with, what the bed was
    /// measured to have, or why it was set aside. The receipt that is owed now, where it was shown on one.
    ///
    /// # Errors
    /// When the order's life does not allow it, or there is no such order.
    pub async fn undo(
        db: &impl Connection,
        me: &Member,
        id: Uuid,
        step: Step,
    ) -> ModelResult<Option<Uuid>> {
        let txn = db.begin().await?;
        let order = Model::find(&txn, id).await?;
        if step == Step::Paid {
            let owed = order.undo_payment(&txn, me).await?;
            txn.commit().await?;
            return Ok(owed);
        }
        let mut changes = ActiveModel::new();
        match step {
            Step::Cancelled => changes.void_reason = Set(None),
            // A bed that is not strung has no stiffness; the next one has its own.
            Step::Strung => changes.dt_after = Set(None),
            Step::Ordered | Step::Returned | Step::Paid => {}
        }
        let taken = order.apply(&txn, me, step, None, changes).await?;
        txn.commit().await?;
        Ok(taken.owed)
    }

    /// Sets an order with a number aside, so that the number is explained (RULES 2).
    ///
    /// # Errors
    /// When it has none, is strung, or is called off already; or there is no such order.
    pub async fn set_aside(
        db: &impl Connection,
        me: &Member,
        id: Uuid,
        reason: &str,
    ) -> ModelResult<()> {
        let txn = db.begin().await?;
        let order = Model::find(&txn, id).await?;
        if !order.dates().may_set_aside() {
            return Err(StepRefused::SetAside.into());
        }
        order.owes_nothing()?;
        let changes = ActiveModel {
            cancelled_at: Set(Some(me.today())),
            void_reason: Set(Some(reason.to_owned())),
            lock_version: Set(order.lock_version + 1),
            ..Default::default()
        };
        order.save_if_unchanged(&txn, changes).await?;
        let today = Some(me.today());
        order_state_audit::Entity::note(&txn, id, Step::Cancelled, None, today).await?;
        txn.commit().await?;
        Ok(())
    }
}

impl Model {
    pub(super) async fn apply(
        self,
        txn: &Txn,
        me: &Member,
        step: Step,
        date: Option<NaiveDate>,
        said: ActiveModel,
    ) -> ModelResult<Transition> {
        let before = self.dates();
        let from = before.of(step);
        if from == date {
            return Ok(Transition { owed: None, is_first: false, former: None });
        }
        before.after(step, date, me.today())?;
        if step == Step::Cancelled && date.is_some() {
            self.owes_nothing()?;
        }
        let is_strung = step == Step::Strung && date.is_some() && !self.is_self;
        let former = from.filter(|_| date.is_some());
        let mut changes = ActiveModel { lock_version: Set(self.lock_version + 1), ..said };
        changes.set(column_of(step), date.into());
        if is_strung && self.receipt_number.is_none() {
            let year = chrono::Datelike::year(&me.today());
            changes.receipt_number = Set(Some(receipt_counters::Entity::take(txn, year).await?));
        }
        self.save_if_unchanged(txn, changes).await?;
        order_state_audit::Entity::note(txn, self.id, step, from, date).await?;
        if step == Step::Strung {
            let now = Self { strung_at: date, ..self.clone() };
            uses::Entity::settle(txn, &self, &now).await?;
        }
        let owed = self.receipt_for(txn, me, step, date).await?;
        Ok(Transition { owed, is_first: from.is_none(), former })
    }

    /// The receipt that a step brings about, which shows the day of stringing and whether it is
    /// paid; and its mail.
    async fn receipt_for(
        &self,
        txn: &Txn,
        me: &Member,
        step: Step,
        date: Option<NaiveDate>,
    ) -> ModelResult<Option<Uuid>> {
        match (step, date) {
            (Step::Strung, Some(day)) if !self.is_self && self.strung_at.is_none() => {
                let again = self.receipt_number.is_some();
                let cause = if again { Cause::Edit } else { Cause::First };
                let emission = receipt::issue(txn, self.id, cause).await?;
                let days_ago = (me.today() - day).num_days();
                receipt_mails::Entity::owe(txn, self, emission, days_ago).await?;
                Ok(Some(emission))
            }
            (Step::Strung, None) => {
                receipt_mails::Entity::call_back(txn, self.id).await?;
                Ok(None)
            }
            (Step::Strung | Step::Paid, _) => receipt::issue_if_changed(txn, self.id).await,
            (Step::Ordered | Step::Returned | Step::Cancelled, _) => Ok(None),
        }
    }

    /// Who was paid for a job gives the money back before it is called off.
    fn owes_nothing(&self) -> Result<(), StepRefused> {
        let is_paid = self.paid_at.is_some() && self.prices().total().minor() > 0;
        if self.received > 0 || is_paid { Err(StepRefused::CancelPaid) } else { Ok(()) }
    }

    /// A client's racket that nobody has named a price for, and that has no number yet.
    fn is_given_away(&self) -> bool {
        !self.is_self && self.receipt_number.is_none() && self.prices().total().minor() == 0
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
