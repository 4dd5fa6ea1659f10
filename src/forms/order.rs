//! A stringjob, as typed: new, copied, or edited.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::field::is_on;
use super::{ClientForm, Errors};
use crate::i18n::Region;
use crate::models::orders::setup::{ForClient, OnFrame, OnRacket, Setup, Side, StringChoice};
use crate::models::orders::{Model, Payment, Prestretch, Row};
use crate::models::stringers::Member;
use crate::units::{Currency, Money, Sport, Tension, TensionUnit, Verdict};

/// All fields of the form; a box that is not ticked is empty.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each field is named as on the page")]
pub struct OrderForm {
    /// A client's key, `new`, or `self`.
    pub client: String,
    #[serde(flatten)]
    pub newcomer: ClientForm,
    /// A frame's key, or `new`.
    pub frame: String,
    pub racket: String,
    pub racket_nickname: String,
    /// So many new ones alike; one where it is empty.
    pub racket_count: String,
    pub sport: String,
    pub unit: String,
    pub mains_string: String,
    pub mains_add: String,
    pub mains_tension: String,
    pub mains_byo: String,
    pub mains_price: String,
    pub mains_colour: String,
    /// The crosses have the mains' string.
    pub same_string: String,
    pub crosses_string: String,
    pub crosses_add: String,
    pub crosses_tension: String,
    pub crosses_byo: String,
    pub crosses_price: String,
    pub crosses_colour: String,
    pub labor: String,
    pub discount: String,
    /// In place of the sum.
    pub total: String,
    pub prestretch: String,
    pub prestretch_kind: String,
    pub pieces: String,
    pub knots: String,
    pub method: String,
    pub dt_before: String,
    pub dt_after: String,
    pub dt_device: String,
    pub comment_public: String,
    pub comment_private: String,
    pub ordered_at: String,
    pub due_at: String,
    pub due_time: String,
    pub paid_in_advance: String,
    pub payment: String,
    pub copied_from: String,
    pub lock_version: String,
    /// A tap on plus or minus without a script: `mains_tension:+`.
    #[serde(skip_serializing)]
    pub nudge: String,
    /// Whatever else was sent: `also.<frame>` says that another racket of the client is
    /// strung as well, and how much harder.
    #[serde(flatten, skip_serializing)]
    pub others: BTreeMap<String, String>,
}

/// The most rackets that somebody brings at once.
const AT_ONCE: i64 = 9;
/// Pieces of the same string that a racket is strung with.
pub const PIECES: RangeInclusive<i64> = 1..=2;

/// What the form says, typed.
#[derive(Debug)]
pub struct Checked {
    /// For whom.
    pub client: ForClient,
    /// Which rackets; one at least.
    pub rackets: Vec<OnRacket>,
    /// The rest.
    pub setup: Setup,
    /// The order that it was copied from.
    pub copied_from: Option<Uuid>,
    /// The version that was edited.
    pub lock_version: i64,
}

impl OrderForm {
    /// An empty form with the stringer's own defaults; the sport is the racket's.
    #[must_use]
    pub fn fresh(me: &Member) -> Self {
        Self {
            unit: me.tension_unit().code().to_owned(),
            same_string: "1".to_owned(),
            labor: input(me.region(), Some(me.standard_labor()).filter(|labor| labor.minor() > 0)),
            ..Self::default()
        }
    }

    /// "Copy last": the strings, tensions and prices of an earlier order; not its
    /// dates, comments or measurements, which were of that day.
    #[must_use]
    pub fn copied(me: &Member, order: &Model, row: &Row) -> Self {
        let copy = Self::of(me, order, row);
        Self {
            ordered_at: String::new(),
            due_at: String::new(),
            due_time: String::new(),
            dt_before: String::new(),
            dt_after: String::new(),
            discount: String::new(),
            total: String::new(),
            comment_public: String::new(),
            comment_private: String::new(),
            paid_in_advance: String::new(),
            payment: String::new(),
            copied_from: order.id.to_string(),
            lock_version: String::new(),
            ..copy
        }
    }

    /// An order as it is, to be edited.
    #[must_use]
    pub fn of(me: &Member, order: &Model, row: &Row) -> Self {
        let region = me.region();
        let (prices, pulls) = (order.prices(), order.pulled());
        let same = order.has_one_string();
        let day = |date: Option<NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
        let number = |number: Option<i64>| number.map(|n| n.to_string()).unwrap_or_default();
        let price = |minor: Option<i64>| input(region, minor.map(|m| prices.money(m)));
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            client: order.client_profile_id.to_string(),
            frame: order.client_racket_id.to_string(),
            sport: order.sport.clone(),
            unit: order.tension_unit.clone(),
            mains_string: row.mains_string().unwrap_or_default(),
            mains_tension: pulled(region, pulls.mains()),
            mains_byo: tick(order.mains_byo),
            mains_price: price(order.mains_price),
            mains_colour: text(&order.mains_colour),
            same_string: tick(same),
            crosses_string: if same {
                String::new()
            } else {
                row.crosses_string().unwrap_or_default()
            },
            crosses_tension: pulled(region, pulls.crosses()),
            crosses_byo: tick(order.crosses_byo && !same),
            crosses_price: price(order.crosses_price),
            crosses_colour: if same { String::new() } else { text(&order.crosses_colour) },
            labor: price(order.labor),
            discount: price(order.discount),
            total: price(order.total_override),
            prestretch: number(order.mains_prestretch),
            prestretch_kind: text(&order.prestretch_kind),
            pieces: number(order.pieces.filter(|_| same)),
            knots: number(order.knots),
            method: text(&order.method),
            dt_before: number(order.dt_before),
            dt_after: number(order.dt_after),
            dt_device: text(&order.dt_device),
            comment_public: text(&order.comment_public),
            comment_private: text(&order.comment_private),
            ordered_at: day(order.ordered_at),
            due_at: day(order.due_at),
            due_time: order.due_time.map(|t| t.format("%H:%M").to_string()).unwrap_or_default(),
            paid_in_advance: tick(order.paid_in_advance),
            payment: text(&order.payment_kind),
            lock_version: order.lock_version.to_string(),
            ..Self::default()
        }
    }

    /// The unit that is chosen on the form.
    #[must_use]
    pub fn tension_unit(&self, me: &Member) -> TensionUnit {
        TensionUnit::from_code(&self.unit).unwrap_or_else(|| me.tension_unit())
    }

    /// The form after a tap on plus or minus, for browsers without scripts.
    #[must_use]
    pub fn nudged(mut self, me: &Member) -> Self {
        let unit = self.tension_unit(me);
        let Some((field, direction)) = self.nudge.split_once(':') else { return self };
        let step = if direction == "-" { -unit.nudge() } else { unit.nudge() };
        let field = match field {
            "crosses_tension" => &mut self.crosses_tension,
            _ => &mut self.mains_tension,
        };
        if let Ok(tension) = Tension::parse(field, unit) {
            let moved = Tension::from_hundredths(tension.hundredths() + step, unit);
            *field = me.region().input(&moved.plain());
        }
        self.nudge.clear();
        self
    }

    /// What the form says.
    ///
    /// # Errors
    /// With the fields to mend.
    pub fn check(&self, me: &Member, currency: Currency) -> Result<Checked, Errors> {
        let mut errors = Errors::default();
        let client = self.for_client(&mut errors);
        let setup = self.setup(me, currency, &mut errors);
        let rackets = self.on_rackets(&setup, &mut errors);
        let checked = Checked {
            client,
            rackets,
            setup,
            copied_from: self.copied_from.parse().ok(),
            lock_version: self.lock_version.parse().unwrap_or(0),
        };
        if errors.is_empty() { Ok(checked) } else { Err(errors) }
    }

    fn for_client(&self, errors: &mut Errors) -> ForClient {
        match (self.client.as_str(), self.client.parse()) {
            (_, Ok(id)) => ForClient::Known(id),
            ("self", _) => ForClient::Myself,
            _ => match self.newcomer.check() {
                Ok(client) => ForClient::New(Box::new(client)),
                Err(found) => {
                    for field in ["first_name", "last_name", "email", "nickname"] {
                        if let Some(key) = found.of(field) {
                            errors.mark(field, key);
                        }
                    }
                    ForClient::Myself
                }
            },
        }
    }

    /// What is said of another racket of the client's: empty where it is not strung now,
    /// else how much harder, in hundredths of the unit.
    #[must_use]
    pub fn also(&self, frame: Uuid) -> &str {
        self.others.get(&format!("also.{frame}")).map_or("", String::as_str)
    }

    /// The chosen racket, or so many new ones; and the others that are strung as well.
    fn on_rackets(&self, setup: &Setup, errors: &mut Errors) -> Vec<OnRacket> {
        let mut rackets = match self.frame.parse() {
            Ok(id) => vec![OnRacket { frame: OnFrame::Known(id), by: 0 }],
            Err(_) => self.new_rackets(errors),
        };
        for (field, by) in self.others.iter().filter(|(_, by)| !by.is_empty()) {
            let Some(frame) = field.strip_prefix("also.") else { continue };
            match (frame.parse(), by.parse::<i32>()) {
                (Ok(id), Ok(by)) if (-1000..=1000).contains(&by) => {
                    if frame != self.frame {
                        rackets.push(OnRacket { frame: OnFrame::Known(id), by });
                    }
                }
                _ => errors.mark("also", "error-number"),
            }
        }
        let all = rackets.iter().flat_map(|racket| {
            let harder = setup.harder(racket.by);
            harder.tensions().collect::<Vec<_>>()
        });
        // The two fields above are marked by themselves.
        if rackets.len() > 1
            && errors.is_empty()
            && all.into_iter().any(|tension| tension.verdict(setup.sport) == Verdict::Impossible)
        {
            errors.mark("also", "error-tension-impossible");
        }
        if rackets.len() > 1 {
            for (field, typed) in self.of_one_racket() {
                if !typed.trim().is_empty() {
                    errors.mark(field, "error-one-racket");
                }
            }
        }
        rackets
    }

    /// What was measured, or agreed on, for one racket alone.
    fn of_one_racket(&self) -> [(&'static str, &str); 3] {
        [("total", &self.total), ("dt_before", &self.dt_before), ("dt_after", &self.dt_after)]
    }

    /// What it costs as far as it is filled in; a price that is none counts as empty.
    #[must_use]
    pub fn total(&self, me: &Member, currency: Currency) -> Money {
        self.setup(me, currency, &mut Errors::default()).prices().total()
    }

    /// The fields that are judged anew when one has changed: the racket decides the sport, the
    /// sport what is possible.
    pub fn judged_with(changed: &str) -> impl Iterator<Item = &str> {
        let field = if changed.starts_with("also.") { "also" } else { changed };
        let others: &[&str] = match field {
            "sport" | "unit" | "frame" | "racket" => {
                &["sport", "mains_tension", "crosses_tension", "also"]
            }
            "mains_tension" | "crosses_tension" => &["mains_tension", "crosses_tension", "also"],
            "also" | "racket_count" => &["total", "dt_before", "dt_after"],
            _ => &[],
        };
        [field].into_iter().chain(others.iter().copied())
    }

    /// Twins are numbered.
    fn new_rackets(&self, errors: &mut Errors) -> Vec<OnRacket> {
        let model = errors.line("racket", &self.racket);
        if model.is_none() {
            errors.mark("racket", "error-racket");
        }
        let count = errors.number("racket_count", &self.racket_count, 1..=AT_ONCE).unwrap_or(1);
        let nickname = errors.line("racket_nickname", &self.racket_nickname);
        let model = model.unwrap_or_default();
        let new = |number: u32| OnFrame::New {
            model: model.clone(),
            nickname: nickname.clone(),
            number: (count > 1).then_some(number),
        };
        let count = u32::try_from(count).unwrap_or(1);
        (1..=count).map(|number| OnRacket { frame: new(number), by: 0 }).collect()
    }

    fn setup(&self, me: &Member, currency: Currency, errors: &mut Errors) -> Setup {
        let sport = Sport::from_code(&self.sport).unwrap_or(Sport::Tennis);
        let unit = self.tension_unit(me);
        let mains_tension = pull(errors, "mains_tension", &self.mains_tension, unit, sport);
        let crosses_tension =
            pull(errors, "crosses_tension", &self.crosses_tension, unit, sport).or(mains_tension);
        let mains = Side {
            string: choice(errors, "mains_string", &self.mains_string, &self.mains_add),
            tension: mains_tension,
            price: errors.money("mains_price", &self.mains_price, currency),
            byo: is_on(&self.mains_byo),
            colour: errors.line("mains_colour", &self.mains_colour),
        };
        let crosses = (!is_on(&self.same_string)).then(|| Side {
            string: choice(errors, "crosses_string", &self.crosses_string, &self.crosses_add),
            tension: crosses_tension,
            price: errors.money("crosses_price", &self.crosses_price, currency),
            byo: is_on(&self.crosses_byo),
            colour: errors.line("crosses_colour", &self.crosses_colour),
        });
        Setup {
            sport,
            unit,
            currency,
            mains,
            crosses,
            crosses_tension,
            prestretch: errors.number("prestretch", &self.prestretch, 0..=30),
            prestretch_kind: Prestretch::from_code(&self.prestretch_kind),
            pieces: errors.number("pieces", &self.pieces, PIECES),
            knots: errors.number("knots", &self.knots, 0..=8),
            method: errors.line("method", &self.method),
            labor: errors.money("labor", &self.labor, currency),
            discount: errors.money("discount", &self.discount, currency),
            total: errors.money("total", &self.total, currency),
            dt_before: errors.number("dt_before", &self.dt_before, 1..=99),
            dt_after: errors.number("dt_after", &self.dt_after, 1..=99),
            dt_device: errors.line("dt_device", &self.dt_device),
            comment_public: errors.text("comment_public", &self.comment_public),
            comment_private: errors.text("comment_private", &self.comment_private),
            ordered_at: self.order_date(me, errors),
            due_at: errors.date("due_at", &self.due_at),
            due_time: errors.time("due_time", &self.due_time),
            paid_in_advance: is_on(&self.paid_in_advance),
            payment: Payment::from_code(&self.payment),
        }
    }

    /// Ordered defaults to today when it is saved (RULES 2).
    fn order_date(&self, me: &Member, errors: &mut Errors) -> Option<NaiveDate> {
        let date = errors.date("ordered_at", &self.ordered_at);
        if date.is_some_and(|date| date > me.today()) {
            errors.mark("ordered_at", "step-future");
        }
        Some(date.unwrap_or_else(|| me.today()))
    }
}

fn pull(
    errors: &mut Errors,
    field: &'static str,
    text: &str,
    unit: TensionUnit,
    sport: Sport,
) -> Option<Tension> {
    let tension = errors.tension(field, text, unit)?;
    if tension.verdict(sport) == Verdict::Impossible {
        errors.mark(field, "error-tension-impossible");
    }
    Some(tension)
}

fn choice(errors: &mut Errors, field: &'static str, name: &str, add: &str) -> StringChoice {
    match errors.line(field, name) {
        None => StringChoice::Nothing,
        Some(name) if is_on(add) => StringChoice::Added(name),
        Some(name) => StringChoice::Named(name),
    }
}

fn tick(on: bool) -> String {
    if on { "1".to_owned() } else { String::new() }
}

fn input(region: Region, money: Option<Money>) -> String {
    money.map(|money| region.input(&money.plain())).unwrap_or_default()
}

fn pulled(region: Region, tension: Option<Tension>) -> String {
    tension.map(|tension| region.input(&tension.plain())).unwrap_or_default()
}
