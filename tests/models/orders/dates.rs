//! The states that an order's dates tell, and the steps between them.

use chrono::NaiveDate;
use rbo::models::orders::{Dates, State, Step, StepRefused};

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
    let numbered = Dates { strung: None, cancelled: day(23), ..strung() };
    assert_eq!(numbered.state(), State::Void);
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
    for later in [Dates { returned: day(23), ..strung() }, Dates { paid: day(23), ..strung() }] {
        assert_eq!(later.after(Step::Strung, None, today()), Err(StepRefused::UndoStrung));
    }
}

#[test]
fn only_what_was_never_strung_is_called_off() {
    assert!(ordered().after(Step::Cancelled, day(24), today()).is_ok());
    let void = Dates { strung: None, ..strung() };
    for (order, why) in [(strung(), StepRefused::CancelStrung), (void, StepRefused::CancelNumbered)]
    {
        assert_eq!(order.after(Step::Cancelled, day(24), today()), Err(why));
    }
    let off = Dates { cancelled: day(21), ..ordered() };
    assert_eq!(off.after(Step::Strung, day(22), today()), Err(StepRefused::IsCancelled));
    assert!(off.after(Step::Cancelled, None, today()).is_ok());
    // The page offers what is possible, also where a job has no day of ordering.
    assert!(!off.may_cancel());
    for order in [ordered(), strung(), void] {
        for order in [order, Dates { ordered: None, ..order }] {
            let is_possible = order.after(Step::Cancelled, day(24), today()).is_ok();
            assert_eq!(order.may_cancel(), is_possible, "{order:?}");
        }
    }
}

#[test]
fn a_self_job_may_be_strung_without_an_order_and_is_never_paid() {
    let own = Dates { is_self: true, ..Dates::default() };
    assert!(own.after(Step::Strung, day(24), today()).is_ok());
    for step in [Step::Returned, Step::Paid] {
        assert_eq!(own.after(step, day(24), today()), Err(StepRefused::SelfJob));
    }
}
