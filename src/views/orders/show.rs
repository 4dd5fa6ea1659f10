//! An order's page.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::{PaidSoFar, Receipt};
use crate::models::orders::pricing::{PriceLine, PricePart};
use crate::models::orders::{Dates, Model, Prestretch, Prices, Row, State, Step};
use crate::models::stringers::Member;
use crate::models::{order_state_audit, payments};
use crate::values::Vocabulary;
use crate::views::job::{Job, Milestone, timeline};

/// `orders/show.html` and `orders/_order.html`.
#[derive(Debug, Serialize)]
pub struct Show {
    id: Uuid,
    job: Job,
    timeline: Vec<Milestone>,
    /// The filled button.
    next: Option<&'static str>,
    /// Quiet buttons beside it.
    others: Vec<&'static str>,
    /// Steps that can be taken back or moved.
    done_steps: Vec<&'static str>,
    may_cancel: bool,
    may_set_aside: bool,
    is_cancelled: bool,
    /// Why it was set aside with its number.
    void_reason: Option<String>,
    is_self: bool,
    /// Its client can be told.
    is_ready: bool,
    #[serde(flatten)]
    work: Work,
    prices: Vec<Price>,
    #[serde(flatten)]
    paid: PaidSoFar,
    comment_public: Option<String>,
    comment_private: Option<String>,
    audit: Vec<Event>,
    receipt: Receipt,
    today: String,
    /// The step that was just taken: a toast offers to undo it.
    done: Option<&'static str>,
    done_key: Option<String>,
    /// The date that undoing gives back to it, where it was moved.
    former: Option<String>,
    /// What was typed for a step's date and refused.
    refused_date: Option<RefusedDate>,
    /// The order was just saved.
    saved: bool,
    /// Letters on the receipt that no font has.
    unprintable: String,
    /// Why something could not be done.
    refused: Option<&'static str>,
    /// Stiffness as it was typed with a step that was refused.
    dt_typed: String,
    /// A reason that was refused.
    refused_reason: Option<String>,
}

/// `jobs/_how.html`: how it is strung.
#[derive(Debug, Serialize)]
pub struct Work {
    pieces: i64,
    method: Option<String>,
    prestretch: Option<i64>,
    prestretch_kind: Option<&'static str>,
    knots: Option<i64>,
    colours: Vec<String>,
    dt_before: Option<i64>,
    dt_after: Option<i64>,
    dt_device: Option<String>,
}

#[derive(Debug, Serialize)]
struct Price {
    key: &'static str,
    amount: Option<String>,
}

#[derive(Debug, Serialize)]
struct Event {
    step: &'static str,
    from: Option<String>,
    to: Option<String>,
    at: String,
}

/// What was just done on the page.
#[derive(Debug, Default)]
pub struct Flash {
    /// A step was taken.
    pub done: Option<Step>,
    /// It was moved from this date.
    pub former: Option<NaiveDate>,
    /// A date was refused.
    pub refused_date: Option<RefusedDate>,
    /// The order was saved.
    pub saved: bool,
    /// Something was refused, and why.
    pub refused: Option<&'static str>,
    /// Stiffness as it was typed with a step that was refused.
    pub dt_after: String,
    /// An amount as it was typed with a payment that was refused.
    pub amount: String,
    /// What was typed for a reason and refused.
    pub refused_reason: Option<String>,
}

/// A date that could not be taken, for its owner to correct.
#[derive(Debug, Serialize)]
pub struct RefusedDate {
    /// The step that it was meant for.
    pub step: &'static str,
    /// As typed.
    pub date: String,
}

/// What is told of an order besides itself.
#[derive(Debug, Clone, Copy)]
pub struct Told<'o> {
    /// Its steps, the latest first.
    pub audit: &'o [order_state_audit::Model],
    /// What was paid so far.
    pub payments: &'o [payments::Model],
    /// Letters that its receipt would show as boxes.
    pub without: &'o [char],
}

impl Show {
    /// An order's page.
    #[must_use]
    pub fn new(
        me: &Member,
        order: &Model,
        row: &Row,
        Told { audit, payments, without }: Told<'_>,
        receipt: Receipt,
        flash: Flash,
    ) -> Self {
        let dates = order.dates();
        let next = dates.next();
        let done = flash.done_step(&dates, audit);
        Self {
            id: order.id,
            job: Job::new(me, row),
            timeline: timeline(me, &dates),
            next: next.map(Step::code),
            others: dates.waits_for().filter(|step| next != Some(*step)).map(Step::code).collect(),
            done_steps: taken(&dates).map(Step::code).collect(),
            may_cancel: dates.may_cancel(),
            may_set_aside: dates.may_set_aside(),
            is_cancelled: matches!(dates.state(), State::Cancelled | State::Void),
            void_reason: order.void_reason.clone(),
            is_self: order.is_self,
            is_ready: order.is_ready(),
            work: Work::new(order),
            prices: prices(me, order),
            paid: PaidSoFar::new(me, order, payments, flash.amount.clone()),
            comment_public: order.comment_public.clone(),
            comment_private: order.comment_private.clone(),
            audit: audit.iter().map(|event| Event::new(me, event)).collect(),
            receipt,
            today: me.today().to_string(),
            done: done.map(Step::code),
            done_key: done.map(|step| flash.key(step, order.is_self)),
            former: flash.former.map(|date| date.to_string()),
            refused_date: flash.refused_date,
            saved: flash.saved,
            unprintable: without.iter().map(char::to_string).collect::<Vec<_>>().join(" "),
            refused: flash.refused,
            dt_typed: flash.dt_after,
            refused_reason: flash.refused_reason,
        }
    }
}

/// The steps that can be taken back or moved.
fn taken(dates: &Dates) -> impl Iterator<Item = Step> {
    let steps = Step::ALL.iter().copied().filter(|step| *step != Step::Cancelled);
    steps.filter(|step| dates.of(*step).is_some())
}

impl Flash {
    /// The step that was just taken. An address that was kept may tell of one that was
    /// taken back since.
    fn done_step(&self, dates: &Dates, audit: &[order_state_audit::Model]) -> Option<Step> {
        let is_so = |step: &Step| match self.former {
            None => dates.of(*step).is_some(),
            // The last that was written of this step is that it was moved from there.
            Some(former) => audit.iter().find(|event| event.step == *step).is_some_and(|last| {
                last.from_date == Some(former) && last.to_date == dates.of(*step)
            }),
        };
        self.done.filter(is_so)
    }

    fn key(&self, step: Step, is_self: bool) -> String {
        match (step, is_self) {
            _ if self.former.is_some() => "done-moved".to_owned(),
            (Step::Strung, true) => "done-strung-self".to_owned(),
            _ => format!("done-{}", step.code()),
        }
    }
}

impl Work {
    /// As the order says.
    pub(in crate::views) fn new(order: &Model) -> Self {
        Self {
            pieces: order.pieces(),
            method: order.method.clone(),
            prestretch: order.mains_prestretch.filter(|percent| *percent > 0),
            prestretch_kind: order.prestretch_kind.map(Prestretch::code),
            knots: order.knots,
            colours: order.colours(),
            dt_before: order.dt_before,
            dt_after: order.dt_after,
            dt_device: order.dt_device.clone(),
        }
    }
}

impl Event {
    fn new(me: &Member, event: &order_state_audit::Model) -> Self {
        let day = |date: Option<NaiveDate>| date.map(|d| me.region().date(d, me.today()));
        Self {
            step: event.step.code(),
            from: day(event.from_date),
            to: day(event.to_date),
            at: me.moment(event.at.to_utc()),
        }
    }
}

/// What an order's receipt shows of what was typed; a stringer's own racket has none.
#[must_use]
pub fn printed(order: &Model, row: &Row) -> String {
    if order.is_self {
        return String::new();
    }
    let texts = [
        row.client(),
        Some(row.racket()),
        row.nickname(),
        row.mains_string(),
        row.crosses_string(),
        order.method.as_deref(),
        order.comment_public.as_deref(),
    ];
    texts.map(Option::unwrap_or_default).concat()
}

fn prices(me: &Member, order: &Model) -> Vec<Price> {
    if order.is_self {
        return Vec::new();
    }
    let price = |line: PriceLine| Price {
        key: match line.part {
            PricePart::Labor => "price-labor",
            PricePart::Mains if order.has_one_string() => "price-string-one",
            PricePart::Mains => "price-mains",
            PricePart::Crosses => "price-crosses",
            PricePart::Discount => "price-discount",
            PricePart::Adjustment => "price-adjustment",
        },
        amount: line.amount.map(|amount| me.region().amount(amount)),
    };
    // That no labor was asked for is said here; a receipt leaves the line out.
    let prices = order.prices();
    let prices = Prices { labor: prices.labor.or(Some(0)), ..prices };
    prices.lines().into_iter().map(price).collect()
}
