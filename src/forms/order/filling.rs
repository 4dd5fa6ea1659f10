//! A form of an order, or for one.

use chrono::NaiveDate;
use uuid::Uuid;

use super::OrderForm;
use crate::forms::ClientForm;
use crate::i18n::Region;
use crate::models::orders::{Crosses, Model, Row, Stringbed};
use crate::models::shared_orders;
use crate::models::stringers::Member;
use crate::units::{Money, Tension};
use crate::values::Vocabulary;

impl OrderForm {
    /// An empty form with the stringer's own defaults; the sport is the racket's.
    #[must_use]
    pub fn fresh(me: &Member) -> Self {
        Self {
            unit: me.tension_unit().code().to_owned(),
            same_string: "1".to_owned(),
            labor: amount(me.region(), Some(me.standard_labor()).filter(|labor| labor.minor() > 0)),
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

    /// "Copy last" of an order that another stringer shares: its client is somebody new here, and
    /// so is the racket; what it cost there is nobody's business.
    #[must_use]
    pub fn shared(me: &Member, order: &shared_orders::Model) -> Self {
        let number = |number: Option<i64>| number.map(|n| n.to_string()).unwrap_or_default();
        let shown = |tension: Option<Tension>| {
            tension.map(|tension| me.region().input(&tension.plain())).unwrap_or_default()
        };
        let ([mains, crosses], [on_mains, on_crosses]) = (order.strings(), order.tensions());
        // What only the other one's catalogue has becomes an entry of one's own.
        let added = |entry: Option<Uuid>| ticked(entry.is_some());
        let has_one_string = order.has_one_string();
        let first_name = order.client_first_name.clone().unwrap_or_default();
        // With its year, by which the catalogue knows it.
        let year = order.racket_year.map(|year| format!(" {year}")).unwrap_or_default();
        Self {
            client: "new".to_owned(),
            newcomer: ClientForm { first_name, ..ClientForm::default() },
            frame: "new".to_owned(),
            racket: order.racket() + &year,
            sport: order.sport.clone(),
            unit: order.tension_unit.clone(),
            mains_string: mains.unwrap_or_default(),
            mains_add: added(order.mains_string_id),
            mains_tension: shown(on_mains),
            mains_colour: order.mains_colour.clone().unwrap_or_default(),
            same_string: ticked(has_one_string),
            crosses_string: crosses.filter(|_| !has_one_string).unwrap_or_default(),
            crosses_add: ticked(!has_one_string && order.crosses_string_id.is_some()),
            crosses_tension: shown(on_crosses),
            crosses_colour: order.crosses_colour.clone().unwrap_or_default(),
            prestretch: number(order.mains_prestretch),
            prestretch_kind: order.prestretch_kind.clone().unwrap_or_default(),
            pieces: number(order.pieces.filter(|_| has_one_string)),
            knots: number(order.knots),
            method: order.method.clone().unwrap_or_default(),
            ..Self::fresh(me)
        }
    }

    /// An order as it is, to be edited.
    #[must_use]
    pub fn of(me: &Member, order: &Model, row: &Row) -> Self {
        let bed = order.stringbed(row);
        let money = |minor: Option<i64>| {
            let money = minor.map(|minor| Money::from_minor(minor, order.currency));
            amount(me.region(), money)
        };
        Self {
            client: order.client_profile_id.to_string(),
            frame: order.client_racket_id.to_string(),
            sport: order.sport.code().to_owned(),
            labor: money(order.labor),
            discount: money(order.discount),
            total: money(order.total_override),
            paid_in_advance: ticked(order.paid_in_advance),
            payment: order.payment_kind.map(Vocabulary::code).unwrap_or_default().to_owned(),
            lock_version: order.lock_version.to_string(),
            ..Self::of_work(order).with_bed(me.region(), &bed)
        }
    }

    /// How it is strung, when, and what was said and measured.
    fn of_work(order: &Model) -> Self {
        let day = |date: Option<NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
        let number = |number: Option<i64>| number.map(|n| n.to_string()).unwrap_or_default();
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            prestretch: number(order.mains_prestretch),
            prestretch_kind: order
                .prestretch_kind
                .map(Vocabulary::code)
                .unwrap_or_default()
                .to_owned(),
            pieces: number(order.pieces.filter(|_| order.has_one_string())),
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
            ..Self::default()
        }
    }

    /// The fields of both sides. What one string on both sides shares stands with the mains.
    fn with_bed(self, region: Region, bed: &Stringbed<Option<String>>) -> Self {
        let shown = |tension: Option<Tension>| {
            tension.map(|tension| region.input(&tension.plain())).unwrap_or_default()
        };
        let (mains, crosses) = (&bed.mains, &bed.crosses);
        let with_mains = Self {
            unit: bed.unit.code().to_owned(),
            mains_string: mains.string.clone().unwrap_or_default(),
            mains_tension: shown(mains.tension),
            mains_byo: ticked(mains.byo),
            mains_price: amount(region, mains.price),
            mains_colour: mains.colour.clone().unwrap_or_default(),
            same_string: ticked(bed.has_one_string()),
            crosses_tension: shown(bed.crosses_tension()),
            ..self
        };
        match crosses {
            Crosses::AsMains { .. } => with_mains,
            Crosses::Own(side) => Self {
                crosses_string: side.string.clone().unwrap_or_default(),
                crosses_byo: ticked(side.byo),
                crosses_price: amount(region, side.price),
                crosses_colour: side.colour.clone().unwrap_or_default(),
                ..with_mains
            },
        }
    }
}

fn ticked(on: bool) -> String {
    if on { "1".to_owned() } else { String::new() }
}

fn amount(region: Region, money: Option<Money>) -> String {
    money.map(|money| region.input(&money.plain())).unwrap_or_default()
}
