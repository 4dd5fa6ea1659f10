//! The five dates of an order, and the state that they tell.
//!
//! The state is derived and stored nowhere else (RULES 2). Nothing here asks the database.

use chrono::NaiveDate;
use sea_orm::FromQueryResult;
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::{Column, Model, Step, StepRefused};

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
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
    /// Set aside with a number that no other order gets.
    Void,
}

/// An order's dates. A list reads them by [`Dates::COLUMNS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, FromQueryResult)]
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

impl Dates {
    /// The columns that they are read from, and what each is called.
    pub(super) const COLUMNS: [(Column, &'static str); 7] = [
        (Column::IsSelf, "is_self"),
        (Column::OrderedAt, "ordered"),
        (Column::StrungAt, "strung"),
        (Column::ReturnedAt, "returned"),
        (Column::PaidAt, "paid"),
        (Column::CancelledAt, "cancelled"),
        (Column::PaidInAdvance, "paid_in_advance"),
    ];

    /// The state that the dates tell.
    #[must_use]
    pub const fn state(&self) -> State {
        if self.cancelled.is_some() {
            return if self.has_number { State::Void } else { State::Cancelled };
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
            State::Done | State::Cancelled | State::Void => None,
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

    /// What a strung order waits for, in the order in which hands do it.
    pub fn waits_for(&self) -> impl Iterator<Item = Step> {
        let (dates, is_waiting) = (*self, self.strung.is_some() && !self.is_self);
        [Step::Returned, Step::Paid]
            .into_iter()
            .filter(move |step| is_waiting && dates.of(*step).is_none())
    }

    /// Whether a client has its racket strung and has not paid for it.
    #[must_use]
    pub fn is_unpaid(&self) -> bool {
        self.waits_for().any(|step| step == Step::Paid)
    }

    /// Whether it can be called off: it is not yet, is not strung, and has no number.
    #[must_use]
    pub fn may_cancel(&self) -> bool {
        self.cancelled.is_none() && self.allows(Step::Cancelled, false).is_ok()
    }

    /// Whether it can be set aside as void: it has a number and, with its stringing taken
    /// back, no receipt.
    #[must_use]
    pub const fn may_set_aside(&self) -> bool {
        self.has_number && self.strung.is_none() && self.cancelled.is_none()
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
        self.allows(step, date.is_none())?;
        if date.is_some_and(|date| date > today) {
            return Err(StepRefused::Future);
        }
        let after = self.with(step, date);
        // What came out of order from an older book stays possible, and gets no worse.
        match after.faults().find(|fault| self.faults().all(|known| known != *fault)) {
            Some(fault) => Err(fault),
            None => Ok(after),
        }
    }

    /// A part of the price may be paid on any day that was, before the racket is strung too.
    ///
    /// # Errors
    /// Says why it cannot be.
    pub fn may_pay_in_part(&self, on: NaiveDate, today: NaiveDate) -> Result<(), StepRefused> {
        self.allows(Step::Paid, false)?;
        if on > today { Err(StepRefused::Future) } else { Ok(()) }
    }

    fn allows(&self, step: Step, undo: bool) -> Result<(), StepRefused> {
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

    /// Where the dates that are present do not keep their causal order.
    pub(in crate::models) fn faults(&self) -> impl Iterator<Item = StepRefused> + use<> {
        let strung = before(self.strung, self.ordered) || before(self.cancelled, self.ordered);
        let unstrung = self.returned.is_some() && self.strung.is_none();
        let returned = unstrung || before(self.returned, self.strung);
        [
            strung.then_some(StepRefused::StrungBeforeOrdered),
            returned.then_some(StepRefused::ReturnedBeforeStrung),
            self.paid_in_order().err(),
        ]
        .into_iter()
        .flatten()
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
