//! The life of an order: five dates, the state that they tell, and the steps.
//!
//! The state is derived and stored nowhere else (RULES 2).

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::TransactionSession;
use sea_orm::entity::prelude::*;

use super::{ActiveModel, Column, Entity, Model, receipt};
use crate::models::receipt_emissions::Cause;
use crate::models::stringers::Member;
use crate::models::{ModelError, ModelResult, order_state_audit, receipt_counters};
use sea_orm_tenancy::{Connection, Txn};

/// A dated event of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The client ordered it.
    Ordered,
    /// The racket was strung.
    Strung,
    /// The client has the racket back.
    Returned,
    /// The client has paid.
    Paid,
    /// It will not be strung.
    Cancelled,
}

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// A self job without a date.
    Draft,
    /// Waiting to be strung.
    Ordered,
    /// Waiting for pick-up and payment.
    Strung,
    /// Picked up, not paid.
    Returned,
    /// Paid, not picked up.
    Paid,
    /// Nothing left to do.
    Done,
    /// Called off.
    Cancelled,
}

/// An order's dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dates {
    /// A stringer's own racket.
    pub is_self: bool,
    /// See [`Step::Ordered`].
    pub ordered: Option<NaiveDate>,
    /// See [`Step::Strung`].
    pub strung: Option<NaiveDate>,
    /// See [`Step::Returned`].
    pub returned: Option<NaiveDate>,
    /// See [`Step::Paid`].
    pub paid: Option<NaiveDate>,
    /// See [`Step::Cancelled`].
    pub cancelled: Option<NaiveDate>,
    /// Paid before it was strung, and said so.
    pub paid_in_advance: bool,
    /// It has a receipt number, which it keeps for ever.
    pub has_number: bool,
}

/// Why a step cannot be taken; each has a sentence in the locale files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StepRefused {
    /// The date is in the future.
    #[error("the date is in the future")]
    Future,
    /// Strung before it was ordered.
    #[error("strung before ordered")]
    StrungBeforeOrdered,
    /// Returned before it was strung.
    #[error("returned before strung")]
    ReturnedBeforeStrung,
    /// Paid before it was strung, and not in advance.
    #[error("paid before strung")]
    PaidBeforeStrung,
    /// A called-off order has no further steps.
    #[error("cancelled")]
    IsCancelled,
    /// What is strung cannot be called off.
    #[error("strung, not to be cancelled")]
    CancelStrung,
    /// A void order keeps its number and is not called off.
    #[error("numbered, not to be cancelled")]
    CancelNumbered,
    /// Stringing cannot be undone once the racket was returned or paid.
    #[error("returned or paid already")]
    UndoStrung,
    /// A client's order always has the date on which it was ordered.
    #[error("an order keeps its order date")]
    UndoOrdered,
    /// A self job is neither returned nor paid.
    #[error("a self job has no such step")]
    SelfJob,
}

impl Step {
    /// All steps.
    pub const ALL: [Self; 5] =
        [Self::Ordered, Self::Strung, Self::Returned, Self::Paid, Self::Cancelled];

    /// As it is kept in the audit and stands in URLs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ordered => "ordered",
            Self::Strung => "strung",
            Self::Returned => "returned",
            Self::Paid => "paid",
            Self::Cancelled => "cancelled",
        }
    }

    /// The step with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }
}

impl StepRefused {
    /// The key of its sentence.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Future => "step-future",
            Self::StrungBeforeOrdered => "step-strung-before-ordered",
            Self::ReturnedBeforeStrung => "step-returned-before-strung",
            Self::PaidBeforeStrung => "step-paid-before-strung",
            Self::IsCancelled => "step-is-cancelled",
            Self::CancelStrung => "step-cancel-strung",
            Self::CancelNumbered => "step-cancel-numbered",
            Self::UndoStrung => "step-undo-strung",
            Self::UndoOrdered => "step-undo-ordered",
            Self::SelfJob => "step-self-job",
        }
    }
}

impl State {
    /// For style and text keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Ordered => "ordered",
            Self::Strung => "strung",
            Self::Returned => "returned",
            Self::Paid => "paid",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
        }
    }
}

impl Dates {
    /// The state that the dates tell.
    #[must_use]
    pub const fn state(&self) -> State {
        if self.cancelled.is_some() {
            return State::Cancelled;
        }
        match (self.strung.is_some(), self.returned.is_some(), self.paid.is_some()) {
            (false, _, _) if self.ordered.is_some() => State::Ordered,
            (false, _, _) => State::Draft,
            (true, _, _) if self.is_self => State::Done,
            (true, false, false) => State::Strung,
            (true, true, false) => State::Returned,
            (true, false, true) => State::Paid,
            (true, true, true) => State::Done,
        }
    }

    /// The one step that comes next; returned before paid, as hands do it.
    #[must_use]
    pub const fn next(&self) -> Option<Step> {
        match self.state() {
            State::Draft | State::Ordered => Some(Step::Strung),
            State::Strung | State::Paid => Some(Step::Returned),
            State::Returned => Some(Step::Paid),
            State::Done | State::Cancelled => None,
        }
    }

    /// The date of a step.
    #[must_use]
    pub const fn of(&self, step: Step) -> Option<NaiveDate> {
        match step {
            Step::Ordered => self.ordered,
            Step::Strung => self.strung,
            Step::Returned => self.returned,
            Step::Paid => self.paid,
            Step::Cancelled => self.cancelled,
        }
    }

    const fn with(mut self, step: Step, date: Option<NaiveDate>) -> Self {
        match step {
            Step::Ordered => self.ordered = date,
            Step::Strung => self.strung = date,
            Step::Returned => self.returned = date,
            Step::Paid => self.paid = date,
            Step::Cancelled => self.cancelled = date,
        }
        self
    }

    /// The dates after a step was set, moved or (with `None`) undone.
    ///
    /// # Errors
    /// Says why the step is not possible.
    pub fn after(
        self,
        step: Step,
        date: Option<NaiveDate>,
        today: NaiveDate,
    ) -> Result<Self, StepRefused> {
        self.allows(step, date)?;
        if date.is_some_and(|date| date > today) {
            return Err(StepRefused::Future);
        }
        let after = self.with(step, date);
        after.in_order()?;
        Ok(after)
    }

    fn allows(&self, step: Step, date: Option<NaiveDate>) -> Result<(), StepRefused> {
        let undo = date.is_none();
        match step {
            _ if self.cancelled.is_some() && step != Step::Cancelled => {
                Err(StepRefused::IsCancelled)
            }
            Step::Cancelled if undo => Ok(()),
            Step::Cancelled if self.strung.is_some() => Err(StepRefused::CancelStrung),
            Step::Cancelled if self.has_number => Err(StepRefused::CancelNumbered),
            Step::Returned | Step::Paid if self.is_self => Err(StepRefused::SelfJob),
            Step::Ordered if undo && !self.is_self => Err(StepRefused::UndoOrdered),
            Step::Strung if undo && self.returned.is_some() => Err(StepRefused::UndoStrung),
            Step::Strung if undo && self.paid.is_some() && !self.paid_in_advance => {
                Err(StepRefused::UndoStrung)
            }
            _ => Ok(()),
        }
    }

    /// Dates that are present keep their causal order.
    fn in_order(&self) -> Result<(), StepRefused> {
        if before(self.strung, self.ordered) || before(self.cancelled, self.ordered) {
            return Err(StepRefused::StrungBeforeOrdered);
        }
        if self.returned.is_some() && self.strung.is_none() || before(self.returned, self.strung) {
            return Err(StepRefused::ReturnedBeforeStrung);
        }
        self.paid_in_order()
    }

    /// What is paid before it is strung was paid in advance.
    pub(super) fn paid_in_order(&self) -> Result<(), StepRefused> {
        let unstrung = self.paid.is_some() && self.strung.is_none();
        if !self.paid_in_advance && (unstrung || before(self.paid, self.strung)) {
            return Err(StepRefused::PaidBeforeStrung);
        }
        Ok(())
    }
}

fn before(one: Option<NaiveDate>, other: Option<NaiveDate>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one < other)
}

impl Model {
    /// Its dates.
    #[must_use]
    pub const fn dates(&self) -> Dates {
        Dates {
            is_self: self.is_self,
            ordered: self.ordered_at,
            strung: self.strung_at,
            returned: self.returned_at,
            paid: self.paid_at,
            cancelled: self.cancelled_at,
            paid_in_advance: self.paid_in_advance,
            has_number: self.receipt_number.is_some(),
        }
    }
}

/// What a step brought about.
#[derive(Debug, PartialEq, Eq)]
pub struct Taken {
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
    ) -> ModelResult<Taken> {
        let txn = db.begin().await?;
        let order = Self::order(&txn, id).await?;
        let wanted = date.or(order.dates().of(step)).unwrap_or_else(|| me.today());
        let taken = order.go(&txn, me, step, Some(wanted)).await?;
        txn.commit().await?;
        Ok(taken)
    }

    /// Takes a step back.
    ///
    /// # Errors
    /// When the order's life does not allow it, or there is no such order.
    pub async fn undo(db: &impl Connection, me: &Member, id: Uuid, step: Step) -> ModelResult<()> {
        let txn = db.begin().await?;
        let order = Self::order(&txn, id).await?;
        order.go(&txn, me, step, None).await?;
        txn.commit().await?;
        Ok(())
    }
}

impl Model {
    async fn go(
        self,
        txn: &Txn,
        me: &Member,
        step: Step,
        date: Option<NaiveDate>,
    ) -> ModelResult<Taken> {
        let before = self.dates();
        let from = before.of(step);
        if from == date {
            return Ok(Taken { owed: None, is_first: false, former: None });
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
        Ok(Taken { owed, is_first: from.is_none(), former })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(2026, 11, day)
    }

    fn today() -> NaiveDate {
        day(24).expect("a date")
    }

    fn ordered() -> Dates {
        Dates { ordered: day(20), ..Dates::default() }
    }

    fn strung() -> Dates {
        Dates { strung: day(22), has_number: true, ..ordered() }
    }

    #[test]
    fn the_state_follows_from_the_dates() {
        assert_eq!(Dates { is_self: true, ..Dates::default() }.state(), State::Draft);
        assert_eq!(ordered().state(), State::Ordered);
        assert_eq!(strung().state(), State::Strung);
        assert_eq!(Dates { returned: day(23), ..strung() }.state(), State::Returned);
        assert_eq!(Dates { paid: day(23), ..strung() }.state(), State::Paid);
        assert_eq!(Dates { paid: day(23), returned: day(23), ..strung() }.state(), State::Done);
        assert_eq!(Dates { cancelled: day(21), ..ordered() }.state(), State::Cancelled);
        let own = Dates { is_self: true, strung: day(22), ..Dates::default() };
        assert_eq!(own.state(), State::Done);
    }

    #[test]
    fn the_usual_road_goes_through() {
        let order = ordered().after(Step::Strung, day(24), today()).expect("strung");
        let order = order.after(Step::Returned, day(24), today()).expect("returned");
        let order = order.after(Step::Paid, day(24), today()).expect("paid");
        assert_eq!(order.state(), State::Done);
    }

    #[test]
    fn what_comes_before_cannot_be_dated_after() {
        use StepRefused as No;
        let refused = |dates: Dates, step, date| dates.after(step, date, today()).err();
        assert_eq!(refused(ordered(), Step::Strung, day(19)), Some(No::StrungBeforeOrdered));
        assert_eq!(refused(ordered(), Step::Strung, day(25)), Some(No::Future));
        assert_eq!(refused(ordered(), Step::Returned, day(24)), Some(No::ReturnedBeforeStrung));
        assert_eq!(refused(ordered(), Step::Paid, day(24)), Some(No::PaidBeforeStrung));
        assert_eq!(refused(strung(), Step::Returned, day(21)), Some(No::ReturnedBeforeStrung));
        assert_eq!(refused(strung(), Step::Paid, day(21)), Some(No::PaidBeforeStrung));
        assert_eq!(refused(strung(), Step::Ordered, day(23)), Some(No::StrungBeforeOrdered));
    }

    #[test]
    fn paid_in_advance_may_come_first() {
        let order = Dates { paid_in_advance: true, ..ordered() };
        let order = order.after(Step::Paid, day(20), today()).expect("paid in advance");
        assert_eq!(order.state(), State::Ordered);
        let order = order.after(Step::Strung, day(22), today()).expect("strung");
        assert_eq!(order.state(), State::Paid);
        assert!(order.after(Step::Strung, None, today()).is_ok());
    }

    #[test]
    fn stringing_is_undone_only_before_returned_or_paid() {
        assert!(strung().after(Step::Strung, None, today()).is_ok());
        for later in [Dates { returned: day(23), ..strung() }, Dates { paid: day(23), ..strung() }]
        {
            assert_eq!(later.after(Step::Strung, None, today()), Err(StepRefused::UndoStrung));
        }
    }

    #[test]
    fn only_what_was_never_strung_is_called_off() {
        assert!(ordered().after(Step::Cancelled, day(24), today()).is_ok());
        let void = Dates { strung: None, ..strung() };
        for (order, why) in
            [(strung(), StepRefused::CancelStrung), (void, StepRefused::CancelNumbered)]
        {
            assert_eq!(order.after(Step::Cancelled, day(24), today()), Err(why));
        }
        let off = Dates { cancelled: day(21), ..ordered() };
        assert_eq!(off.after(Step::Strung, day(22), today()), Err(StepRefused::IsCancelled));
        assert!(off.after(Step::Cancelled, None, today()).is_ok());
    }

    #[test]
    fn a_self_job_may_be_strung_without_an_order_and_is_never_paid() {
        let own = Dates { is_self: true, ..Dates::default() };
        assert!(own.after(Step::Strung, day(24), today()).is_ok());
        for step in [Step::Returned, Step::Paid] {
            assert_eq!(own.after(step, day(24), today()), Err(StepRefused::SelfJob));
        }
    }
}
