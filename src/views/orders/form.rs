//! The form of an order.

use chrono::{NaiveDate, Weekday};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::forms::{Errors, OrderForm, PIECES};
use crate::models::client_profiles::Client;
use crate::models::client_rackets;
use crate::models::orders::{Model, Payment, Prestretch, Row};
use crate::models::stringers::Member;
use crate::units::{Sport, Tension, TensionUnit};
use crate::values::Vocabulary as _;
use crate::views::Return;

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
    frames: Vec<FrameOption>,
    /// Another racket is strung as well.
    has_others: bool,
    /// When the copied order was strung or ordered.
    copied: Option<String>,
    /// Nobody has said yet what stringing costs; what is said now is remembered.
    is_first_labor: bool,
    /// What it costs as it is filled in.
    total: String,
    sports: Vec<&'static str>,
    units: Vec<&'static str>,
    prestretches: Vec<&'static str>,
    payments: Vec<&'static str>,
    /// Something was paid already, and each payment says how.
    is_paid_for: bool,
    pieces: Vec<String>,
    currency: &'static str,
    /// One tap, in the form's unit.
    nudge: String,
    /// The same in each unit, as JSON for the script.
    nudges: String,
    /// Where plus and minus begin, in each sport and unit, as JSON for the script.
    usual: String,
    offsets: Vec<Offset>,
    today: String,
    /// Other set-ups of the client, to begin with instead.
    setups: Vec<LastSetup>,
    due_shortcuts: Vec<Shortcut>,
    #[serde(flatten)]
    returned: Return,
}

/// A set-up that the client has had.
#[derive(Debug, Serialize)]
struct LastSetup {
    href: String,
    mains: Option<String>,
    crosses: Option<String>,
    strings: String,
    date: String,
    /// The form begins with it.
    is_this: bool,
}

/// A day that is often meant.
#[derive(Debug, Serialize)]
struct Shortcut {
    date: String,
    name: String,
}

#[derive(Debug, Serialize)]
struct FrameOption {
    id: Uuid,
    name: String,
    nickname: Option<String>,
    /// An order of it that is still to be strung.
    waits: Option<Uuid>,
    sport: &'static str,
    /// Strung as well, and how much harder; see [`OrderForm::also`].
    also: String,
}

impl FrameOption {
    fn new(frame: &client_rackets::Frame, form: &OrderForm) -> Self {
        Self {
            id: frame.id,
            name: frame.short_name().to_owned(),
            nickname: frame.nickname.clone(),
            waits: frame.waits,
            sport: frame.sport.code(),
            also: form.also(frame.id).to_owned(),
        }
    }
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
pub struct FormContext<'c> {
    /// The client, unless new or the stringer itself.
    pub client: Option<&'c Client>,
    /// Their frames.
    pub frames: &'c [client_rackets::Frame],
}

impl Form {
    /// A form for a new order.
    #[must_use]
    pub fn new(me: &Member, form: OrderForm, errors: Errors, context: &FormContext<'_>) -> Self {
        let is_self = form.client == "self"
            || context.client.is_some_and(|client| client.is_self_for_stringer);
        let frame = |frame: &client_rackets::Frame| FrameOption::new(frame, &form);
        let unit = form.tension_unit(me);
        Self {
            action: "/orders".to_owned(),
            editing: None,
            reissues: false,
            is_new_client: form.client == "new",
            is_self,
            client: context.client.and_then(Client::name),
            tension_memo: context.client.and_then(|client| client.default_tension_memo.clone()),
            frames: context.frames.iter().map(frame).collect(),
            has_others: context.frames.iter().any(|frame| !form.also(frame.id).is_empty()),
            copied: None,
            is_first_labor: me.standard_labor().minor() == 0,
            total: me.region().money(form.total(me, me.currency())),
            sports: Sport::codes(),
            units: TensionUnit::codes(),
            prestretches: Prestretch::codes(),
            payments: Payment::codes(),
            is_paid_for: false,
            pieces: PIECES.map(|pieces| pieces.to_string()).collect(),
            currency: me.currency().code(),
            nudge: Tension::from_hundredths(unit.nudge(), unit).plain(),
            nudges: nudges().to_string(),
            usual: usual().to_string(),
            offsets: offsets(me, unit),
            today: me.today().to_string(),
            setups: Vec::new(),
            due_shortcuts: due_shortcuts(me),
            returned: Return::default(),
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

    /// With the set-ups that the client has had, the latest first: each once, three at most.
    #[must_use]
    pub fn with_setups(mut self, me: &Member, rows: &[Row]) -> Self {
        let strings = |row: &Row| {
            let both = [row.mains_string(), row.crosses_string()];
            let mut both: Vec<_> = both.into_iter().flatten().collect();
            both.dedup();
            both.join(" / ")
        };
        let mut seen = Vec::new();
        for row in rows {
            let said = (strings(row), row.tensions, row.sport);
            if !seen.contains(&said) && seen.len() < 3 {
                let date = row.dates.strung.or(row.dates.ordered);
                let shown = |tension: Option<Tension>| tension.map(|t| me.region().tension(t));
                self.setups.push(LastSetup {
                    href: match self.form.frame.parse::<Uuid>() {
                        Ok(frame) => format!("/orders/new?from={}&frame={frame}", row.id),
                        Err(_) => format!("/orders/new?from={}", row.id),
                    },
                    mains: shown(row.tensions.mains()),
                    crosses: shown(row.tensions.crosses()),
                    strings: said.0.clone(),
                    date: date.map(|day| me.region().date(day, me.today())).unwrap_or_default(),
                    is_this: self.form.copied_from == row.id.to_string(),
                });
                seen.push(said);
            }
        }
        // One alone is what the form begins with.
        if seen.len() < 2 {
            self.setups.clear();
        }
        self
    }

    /// Says how it came to its page again; what was typed into it is not to be lost by a tap
    /// on another set-up.
    #[must_use]
    pub fn returned(self, returned: Return) -> Self {
        Self { returned, setups: Vec::new(), ..self }
    }

    /// Makes it a form that changes an order.
    #[must_use]
    pub fn editing(mut self, me: &Member, order: &Model) -> Self {
        self.action = format!("/orders/{}", order.id);
        self.editing = Some(order.id);
        self.currency = order.currency.code();
        self.is_paid_for = order.received > 0;
        self.total = me.region().money(self.form.total(me, order.currency));
        self.reissues = order.receipt_number.is_some() && order.strung_at.is_some();
        self
    }
}

/// Today, tomorrow, and the Saturday that comes.
fn due_shortcuts(me: &Member) -> Vec<Shortcut> {
    let (today, t) = (me.today(), |key: &str| me.locale().t(key));
    let saturday = today.week(Weekday::Sun).last_day();
    let shortcut = |date: NaiveDate, name| Shortcut { date: date.to_string(), name };
    let mut days = vec![shortcut(today, t("due-shortcut-today"))];
    days.extend(today.succ_opt().map(|day| shortcut(day, t("due-shortcut-tomorrow"))));
    if (saturday - today).num_days() > 1 {
        days.push(shortcut(saturday, me.region().weekday(saturday, today)));
    }
    days
}

fn nudges() -> Value {
    let nudge = |unit: &TensionUnit| {
        let by = Tension::from_hundredths(unit.nudge(), *unit).plain();
        (unit.code().to_owned(), Value::from(by))
    };
    Value::Object(TensionUnit::ALL.iter().map(nudge).collect())
}

fn usual() -> Value {
    let of_sport = |sport: &Sport| {
        let middle = |unit: &TensionUnit| {
            (unit.code().to_owned(), Value::from(Tension::middle(*sport, *unit).plain()))
        };
        let units = TensionUnit::ALL.iter().map(middle).collect();
        (sport.code().to_owned(), Value::Object(units))
    };
    Value::Object(Sport::ALL.iter().map(of_sport).collect())
}

/// A nudge and two to either side.
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
    [0, -2 * nudge, -nudge, nudge, 2 * nudge].map(offset).into()
}
