//! Orders: list, form, page.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::Pages;
use super::job::{Job, Knot, thread};
use crate::forms::{Errors, OrderForm, PIECES};
use crate::models::client_profiles::Client;
use crate::models::client_rackets;
use crate::models::order_state_audit;
use crate::models::orders::list::{Filter, Query, Sort};
use crate::models::orders::{Model, Payment, Prestretch, Row, State, Step};
use crate::models::receipt_emissions::Issue;
use crate::models::stringers::Member;
use crate::units::{Sport, Tension, TensionUnit};

/// `orders/index.html` and `orders/_list.html`.
#[derive(Debug, Serialize)]
pub struct Index {
    /// The page's orders.
    pub jobs: Vec<Job>,
    /// What was searched for.
    pub q: String,
    /// The chosen filter.
    pub state: &'static str,
    /// The filters on offer.
    pub filters: Vec<&'static str>,
    /// Only with strings of the client's own.
    pub byo: &'static str,
    /// The chosen year, if one is.
    pub year: String,
    /// The years on offer.
    pub years: Vec<String>,
    /// The chosen order.
    pub sort: &'static str,
    /// The orders on offer.
    pub sorts: Vec<&'static str>,
    /// What a link to another page of the same list carries on.
    pub extra: String,
    /// Which page.
    #[serde(flatten)]
    pub pages: Pages,
}

impl Index {
    /// A page of the list.
    #[must_use]
    pub fn new(jobs: Vec<Job>, query: Query, years: &[i32], more: bool) -> Self {
        let rest = rest(&query);
        Self {
            jobs,
            state: query.filter.code(),
            filters: Filter::ALL.into_iter().map(Filter::code).collect(),
            byo: if query.byo { "1" } else { "" },
            year: query.year.map(|year| year.to_string()).unwrap_or_default(),
            years: years.iter().map(ToString::to_string).collect(),
            sort: query.sort.code(),
            sorts: Sort::ALL.into_iter().map(Sort::code).collect(),
            extra: format!("&{}{rest}", encoded(&[("state", query.filter.code())])),
            pages: Pages { page: query.page, more },
            q: query.words,
        }
    }
}

/// What was chosen beside the state and the words; empty for what is usual.
fn rest(query: &Query) -> String {
    let year = query.year.map(|year| year.to_string());
    let chosen = [
        query.byo.then_some(("byo", "1")),
        year.as_deref().map(|year| ("year", year)),
        (query.sort != Sort::default()).then(|| ("sort", query.sort.code())),
    ];
    let chosen: Vec<_> = chosen.into_iter().flatten().collect();
    if chosen.is_empty() { String::new() } else { format!("&{}", encoded(&chosen)) }
}

fn encoded(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// `orders/form.html`: a new order, a copied one, or one that is edited.
#[derive(Debug, Serialize)]
pub struct Form {
    form: OrderForm,
    errors: Errors,
    /// Where it is sent.
    action: String,
    /// The order that is edited.
    editing: Option<Uuid>,
    /// Saving will issue the receipt again.
    reissues: bool,
    /// Nobody yet: the client is typed here.
    is_new_client: bool,
    is_self: bool,
    client: Option<String>,
    tension_memo: Option<String>,
    frames: Vec<Frame>,
    /// Another racket is strung as well.
    has_others: bool,
    /// When the copied order was strung or ordered.
    copied: Option<String>,
    /// What it costs as it is filled in.
    total: String,
    sports: Vec<&'static str>,
    units: Vec<&'static str>,
    prestretches: Vec<&'static str>,
    payments: Vec<&'static str>,
    pieces: Vec<String>,
    currency: &'static str,
    /// One tap, in the form's unit.
    nudge: String,
    offsets: Vec<Offset>,
    today: String,
}

#[derive(Debug, Serialize)]
struct Frame {
    id: Uuid,
    name: String,
    nickname: Option<String>,
    sport: &'static str,
    /// Strung as well, and how much harder; see [`OrderForm::also`].
    also: String,
}

/// What can be said of another racket that is strung as well.
#[derive(Debug, Serialize)]
struct Offset {
    value: String,
    /// `−1`; empty for the same.
    shown: String,
}

/// Whose order is typed.
#[derive(Debug)]
pub struct Whose<'c> {
    /// The client, unless new or the stringer itself.
    pub client: Option<&'c Client>,
    /// Their frames.
    pub frames: &'c [client_rackets::Frame],
}

impl Form {
    /// A form for a new order.
    #[must_use]
    pub fn new(me: &Member, form: OrderForm, errors: Errors, whose: &Whose<'_>) -> Self {
        let is_self =
            form.client == "self" || whose.client.is_some_and(|client| client.is_self_for_stringer);
        let frame = |frame: &client_rackets::Frame| Frame {
            id: frame.id,
            name: frame.short_name().to_owned(),
            nickname: frame.nickname.clone(),
            sport: frame.sport().code(),
            also: form.also(frame.id).to_owned(),
        };
        let unit = form.tension_unit(me);
        Self {
            action: "/orders".to_owned(),
            editing: None,
            reissues: false,
            is_new_client: form.client == "new",
            is_self,
            client: whose.client.and_then(Client::name),
            tension_memo: whose.client.and_then(|client| client.default_tension_memo.clone()),
            frames: whose.frames.iter().map(frame).collect(),
            has_others: whose.frames.iter().any(|frame| !form.also(frame.id).is_empty()),
            copied: None,
            total: me.region().money(form.total(me, me.currency())),
            sports: Sport::ALL.into_iter().map(Sport::code).collect(),
            units: [TensionUnit::Kg, TensionUnit::Lb].map(TensionUnit::code).to_vec(),
            prestretches: Prestretch::ALL.map(Prestretch::code).into(),
            payments: Payment::ALL.map(Payment::code).into(),
            pieces: PIECES.map(|pieces| pieces.to_string()).collect(),
            currency: me.currency().code(),
            nudge: (unit.nudge() / 100).to_string(),
            offsets: offsets(me, unit),
            today: me.today().to_string(),
            form,
            errors,
        }
    }

    /// Says what was copied.
    #[must_use]
    pub fn copied_from(mut self, me: &Member, order: &Model) -> Self {
        let date = order.strung_at.or(order.ordered_at);
        self.copied = date.map(|date| me.region().date(date, me.today()));
        self
    }

    /// Makes it a form that changes an order.
    #[must_use]
    pub fn editing(mut self, me: &Member, order: &Model) -> Self {
        self.action = format!("/orders/{}", order.id);
        self.editing = Some(order.id);
        self.currency = order.currency().code();
        self.total = me.region().money(self.form.total(me, order.currency()));
        self.reissues = order.receipt_number.is_some() && order.strung_at.is_some();
        self
    }
}

/// `orders/show.html` and `orders/_order.html`.
#[derive(Debug, Serialize)]
pub struct Show {
    id: Uuid,
    job: Job,
    thread: Vec<Knot>,
    /// The filled button.
    next: Option<&'static str>,
    /// Quiet buttons beside it.
    others: Vec<&'static str>,
    /// Steps that can be taken back or moved.
    done_steps: Vec<&'static str>,
    may_cancel: bool,
    is_cancelled: bool,
    is_self: bool,
    pieces: i64,
    method: Option<String>,
    prestretch: Option<i64>,
    prestretch_kind: Option<String>,
    knots: Option<i64>,
    colours: Vec<String>,
    dt_before: Option<i64>,
    dt_after: Option<i64>,
    dt_device: Option<String>,
    prices: Vec<Price>,
    payment: Option<String>,
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
    kept: Option<Kept>,
    /// The order was just saved.
    saved: bool,
    /// Why something could not be done.
    refused: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct Price {
    key: &'static str,
    amount: Option<String>,
}

#[derive(Debug, Serialize)]
struct Event {
    step: String,
    from: Option<String>,
    to: Option<String>,
    at: String,
}

/// `orders/_receipt.html`.
#[derive(Debug, Serialize)]
pub struct Receipt {
    /// The order.
    pub id: Uuid,
    issues: Vec<Emission>,
    /// A PDF is on its way: the fragment asks again.
    is_pending: bool,
}

#[derive(Debug, Serialize)]
struct Emission {
    id: Uuid,
    number: String,
    cause: String,
    state: String,
    at: String,
}

/// What was just done on the page.
#[derive(Debug, Default)]
pub struct Just {
    /// A step was taken.
    pub done: Option<Step>,
    /// It was moved from this date.
    pub former: Option<NaiveDate>,
    /// A date was refused.
    pub kept: Option<Kept>,
    /// The order was saved.
    pub saved: bool,
    /// Something was refused, and why.
    pub refused: Option<&'static str>,
}

/// A date that could not be taken, for its owner to mend.
#[derive(Debug, Serialize)]
pub struct Kept {
    /// The step that it was meant for.
    pub step: &'static str,
    /// As typed.
    pub date: String,
}

impl Receipt {
    /// The emissions of an order.
    #[must_use]
    pub fn new(me: &Member, id: Uuid, issues: Vec<Issue>) -> Self {
        let emission = |issue: Issue| Emission {
            id: issue.id,
            number: issue.number,
            cause: issue.cause,
            state: issue.pdf_state,
            at: me.moment(issue.created_at),
        };
        let issues: Vec<_> = issues.into_iter().map(emission).collect();
        Self { id, is_pending: issues.iter().any(|issue| issue.state == "pending"), issues }
    }
}

impl Show {
    /// An order's page.
    #[must_use]
    pub fn new(
        me: &Member,
        order: &Model,
        row: &Row,
        audit: &[order_state_audit::Model],
        receipt: Receipt,
        just: Just,
    ) -> Self {
        let dates = order.dates();
        let next = dates.next();
        let state = dates.state();
        // An address that was kept may tell of a step that was taken back since.
        let is_so = |step: &Step| match just.former {
            None => dates.of(*step).is_some(),
            // The last that was written of this step is that it was moved from there.
            Some(former) => {
                audit.iter().find(|event| event.step == step.code()).is_some_and(|last| {
                    last.from_date == Some(former) && last.to_date == dates.of(*step)
                })
            }
        };
        let done = just.done.filter(is_so);
        let waiting = [Step::Returned, Step::Paid].into_iter().filter(|step| {
            dates.strung.is_some()
                && !dates.is_self
                && dates.of(*step).is_none()
                && next != Some(*step)
        });
        Self {
            id: order.id,
            job: Job::new(me, row),
            thread: thread(me, &dates),
            next: next.map(Step::code),
            others: waiting.map(Step::code).collect(),
            done_steps: Step::ALL
                .into_iter()
                .filter(|step| dates.of(*step).is_some() && *step != Step::Cancelled)
                .map(Step::code)
                .collect(),
            may_cancel: matches!(state, State::Draft | State::Ordered) && !dates.has_number,
            is_cancelled: state == State::Cancelled,
            is_self: order.is_self,
            pieces: order.pieces(),
            method: order.method.clone(),
            prestretch: order.mains_prestretch.filter(|percent| *percent > 0),
            prestretch_kind: order.prestretch_kind.clone(),
            knots: order.knots,
            colours: colours(order),
            dt_before: order.dt_before,
            dt_after: order.dt_after,
            dt_device: order.dt_device.clone(),
            prices: prices(me, order),
            payment: order.payment_kind.clone(),
            comment_public: order.comment_public.clone(),
            comment_private: order.comment_private.clone(),
            audit: audit.iter().map(|event| Event::new(me, event)).collect(),
            receipt,
            today: me.today().to_string(),
            done: done.map(Step::code),
            done_key: done.map(|step| match (step, order.is_self) {
                _ if just.former.is_some() => "done-moved".to_owned(),
                (Step::Strung, true) => "done-strung-self".to_owned(),
                _ => format!("done-{}", step.code()),
            }),
            former: just.former.map(|date| date.to_string()),
            kept: just.kept,
            saved: just.saved,
            refused: just.refused,
        }
    }
}

/// A nudge and half a nudge to either side.
fn offsets(me: &Member, unit: TensionUnit) -> Vec<Offset> {
    let nudge = unit.nudge();
    let offset = |by: i32| {
        let amount = me.region().tension(Tension::from_hundredths(by.abs(), unit));
        let shown = match by {
            0 => String::new(),
            1.. => format!("+{amount}"),
            _ => format!("−{amount}"),
        };
        Offset { value: by.to_string(), shown }
    };
    [0, -nudge, -nudge / 2, nudge / 2, nudge].map(offset).into()
}

impl Event {
    fn new(me: &Member, event: &order_state_audit::Model) -> Self {
        let day = |date: Option<NaiveDate>| date.map(|d| me.region().date(d, me.today()));
        Self {
            step: event.step.clone(),
            from: day(event.from_date),
            to: day(event.to_date),
            at: me.moment(event.at.to_utc()),
        }
    }
}

/// The strings' colours; one where both have the same.
fn colours(order: &Model) -> Vec<String> {
    let both = [&order.mains_colour, &order.crosses_colour];
    let mut colours: Vec<_> = both.into_iter().flatten().cloned().collect();
    colours.dedup();
    colours
}

fn prices(me: &Member, order: &Model) -> Vec<Price> {
    if order.is_self {
        return Vec::new();
    }
    let prices = order.prices();
    let amount = |minor: Option<i64>| minor.map(|minor| me.region().amount(prices.money(minor)));
    let line = |key, amount| Price { key, amount };
    let mut lines = vec![line("price-labor", amount(prices.labor.or(Some(0))))];
    if order.mains_byo || prices.mains.is_some() {
        lines.push(line("price-mains", amount(prices.mains)));
    }
    if order.crosses_byo || prices.crosses.is_some() {
        lines.push(line("price-crosses", amount(prices.crosses)));
    }
    if let Some(discount) = prices.discount.filter(|minor| *minor > 0) {
        lines.push(line("price-discount", amount(Some(-discount))));
    }
    if let Some(adjustment) = prices.adjustment() {
        lines.push(line("price-adjustment", amount(Some(adjustment))));
    }
    lines
}
