//! What a form of an order means.

use chrono::NaiveDate;
use uuid::Uuid;

use super::super::Errors;
use super::super::field::is_on;
use super::{DT, OrderForm, PIECES};
use crate::models::orders::setup::{ClientChoice, FrameChoice, RacketEntry, Setup};
use crate::models::orders::{Crosses, Prices, Side, StringChoice, Stringbed};
use crate::models::stringers::Member;
use crate::units::{Currency, Money, Sport, Tension, TensionUnit, Verdict};

/// The most rackets that somebody brings at once.
const AT_ONCE: i64 = 9;

/// What the form says, typed.
#[derive(Debug)]
pub struct Checked {
    /// For whom.
    pub client: ClientChoice,
    /// Which rackets; one at least.
    pub rackets: Vec<RacketEntry>,
    /// The rest.
    pub setup: Setup,
    /// The order that it was copied from.
    pub copied_from: Option<Uuid>,
    /// The version that was edited.
    pub lock_version: i64,
}

impl OrderForm {
    /// What the form says.
    ///
    /// # Errors
    /// With the fields to correct.
    pub fn check(&self, me: &Member, currency: Currency) -> Result<Checked, Errors> {
        let mut errors = Errors::default();
        let client = self.client(&mut errors);
        let setup = self.setup(me, currency, &mut errors);
        let rackets = self.rackets(&setup, &mut errors);
        match (client, rackets) {
            (Some(client), Some(rackets)) if errors.is_empty() => Ok(Checked {
                client,
                rackets,
                setup,
                copied_from: self.copied_from.parse().ok(),
                lock_version: self.lock_version.parse().unwrap_or(0),
            }),
            _ => Err(errors),
        }
    }

    /// What it costs as far as it is filled in; a price that is none counts as empty.
    #[must_use]
    pub fn total(&self, me: &Member, currency: Currency) -> Money {
        self.setup(me, currency, &mut Errors::default()).prices.total()
    }

    fn client(&self, errors: &mut Errors) -> Option<ClientChoice> {
        match (self.client.as_str(), self.client.parse()) {
            (_, Ok(id)) => Some(ClientChoice::Existing(id)),
            ("self", _) => Some(ClientChoice::Myself),
            _ => match self.newcomer.check() {
                Ok(client) => Some(ClientChoice::New(Box::new(client))),
                Err(found) => {
                    errors.extend(found);
                    None
                }
            },
        }
    }

    /// The chosen racket, or so many new ones; and the others that are strung as well.
    fn rackets(&self, setup: &Setup, errors: &mut Errors) -> Option<Vec<RacketEntry>> {
        let (chosen, count) = match self.frame.parse() {
            Ok(id) => (Some(vec![RacketEntry { frame: FrameChoice::Existing(id), by: 0 }]), 1),
            Err(_) => {
                let count = errors.number("racket_count", &self.racket_count, 1..=AT_ONCE);
                let count = count.unwrap_or(1);
                (self.new_rackets(count, errors), count)
            }
        };
        let others = self.other_rackets(errors);
        if count > 1 || !others.is_empty() {
            self.check_several(&others, setup, errors);
        }
        let mut rackets = chosen?;
        rackets.extend(others);
        Some(rackets)
    }

    fn other_rackets(&self, errors: &mut Errors) -> Vec<RacketEntry> {
        let mut rackets = Vec::new();
        for (field, by) in self.others.iter().filter(|(_, by)| !by.is_empty()) {
            let Some(frame) = field.strip_prefix("also.") else { continue };
            match (frame.parse(), by.parse::<i32>()) {
                (Ok(id), Ok(by)) if (-1000..=1000).contains(&by) => {
                    if frame != self.frame {
                        rackets.push(RacketEntry { frame: FrameChoice::Existing(id), by });
                    }
                }
                _ => errors.mark("also", "error-number"),
            }
        }
        rackets
    }

    /// What holds for one racket must hold for each of several, and what was measured on one
    /// cannot be said of them all.
    fn check_several(&self, others: &[RacketEntry], setup: &Setup, errors: &mut Errors) {
        let is_impossible = |racket: &RacketEntry| {
            let tensions = setup.bed.shifted(racket.by).tensions();
            tensions.verdict(setup.sport) == Some(Verdict::Impossible)
        };
        // The two fields of the tensions are marked by themselves.
        if errors.is_empty() && others.iter().any(is_impossible) {
            errors.mark("also", "error-tension-impossible");
        }
        let of_one =
            [("total", &self.total), ("dt_before", &self.dt_before), ("dt_after", &self.dt_after)];
        for (field, typed) in of_one {
            if !typed.trim().is_empty() {
                errors.mark(field, "error-one-racket");
            }
        }
    }

    /// Twins are numbered.
    fn new_rackets(&self, count: i64, errors: &mut Errors) -> Option<Vec<RacketEntry>> {
        let nickname = errors.line("racket_nickname", &self.racket_nickname);
        let model = errors.line("racket", &self.racket);
        let (model, count) =
            (errors.needed("racket", "error-racket", model)?, u32::try_from(count).ok()?);
        let new = |number: u32| FrameChoice::New {
            model: model.clone(),
            nickname: nickname.clone(),
            number: (count > 1).then_some(number),
        };
        Some((1..=count).map(|number| RacketEntry { frame: new(number), by: 0 }).collect())
    }

    fn setup(&self, me: &Member, currency: Currency, errors: &mut Errors) -> Setup {
        let sport = self.sport(errors);
        let bed = self.bed(me, sport, currency, errors);
        let labor = errors.money("labor", &self.labor, currency);
        let discount = errors.money("discount", &self.discount, currency);
        let total = errors.money("total", &self.total, currency);
        Setup {
            sport,
            prices: Prices::new(&bed, currency, labor, discount, total),
            bed,
            prestretch: errors.percent("prestretch", &self.prestretch, 0..=30),
            prestretch_kind: errors.choice("prestretch_kind", &self.prestretch_kind),
            pieces: errors.number("pieces", &self.pieces, PIECES),
            knots: errors.number("knots", &self.knots, 0..=8),
            method: errors.line("method", &self.method),
            dt_before: errors.number("dt_before", &self.dt_before, DT),
            dt_after: errors.number("dt_after", &self.dt_after, DT),
            dt_device: errors.line("dt_device", &self.dt_device),
            comment_public: errors.printed("comment_public", &self.comment_public),
            comment_private: errors.text("comment_private", &self.comment_private),
            ordered_at: self.order_date(me, errors),
            due_at: errors.date("due_at", &self.due_at),
            due_time: errors.time("due_time", &self.due_time),
            paid_in_advance: is_on(&self.paid_in_advance),
            payment: errors.choice("payment", &self.payment),
        }
    }

    /// Tennis until another is said, as the form shows it; the rest is judged as for tennis
    /// beside one that is marked.
    fn sport(&self, errors: &mut Errors) -> Sport {
        errors.choice("sport", &self.sport).unwrap_or(Sport::Tennis)
    }

    fn bed(
        &self,
        me: &Member,
        sport: Sport,
        currency: Currency,
        errors: &mut Errors,
    ) -> Stringbed<StringChoice> {
        let unit = errors.choice("unit", &self.unit).unwrap_or_else(|| me.tension_unit());
        let (on_mains, on_crosses) = self.tensions_typed();
        let mains = Side {
            string: choice(errors, "mains_string", &self.mains_string, &self.mains_add),
            tension: parse_tension(errors, "mains_tension", on_mains, unit, sport),
            price: errors.money("mains_price", &self.mains_price, currency),
            byo: is_on(&self.mains_byo),
            colour: errors.line("mains_colour", &self.mains_colour),
        };
        let tension = parse_tension(errors, "crosses_tension", on_crosses, unit, sport);
        let tension = tension.or(mains.tension);
        let crosses = if is_on(&self.same_string) {
            Crosses::AsMains { tension }
        } else {
            let string = choice(errors, "crosses_string", &self.crosses_string, &self.crosses_add);
            let price = errors.money("crosses_price", &self.crosses_price, currency);
            // A receipt would ask for money for a string without a name.
            if string == StringChoice::Nothing && price.is_some_and(|price| price.minor() != 0) {
                errors.mark("crosses_string", "error-string-of-price");
            }
            Crosses::Own(Side {
                string,
                tension,
                price,
                byo: is_on(&self.crosses_byo),
                colour: errors.line("crosses_colour", &self.crosses_colour),
            })
        };
        Stringbed { unit, mains, crosses }
    }

    /// What is typed for mains and crosses: two numbers in one field, as in `24/23`, are both,
    /// unless the other field says something of its own.
    fn tensions_typed(&self) -> (&str, &str) {
        let (mains, crosses) = (self.mains_tension.trim(), self.crosses_tension.trim());
        let halves = |text: &str| text.find('/').filter(|at| (1..text.len() - 1).contains(at));
        match (halves(mains), halves(crosses)) {
            (Some(at), _) if crosses.is_empty() || crosses == mains => {
                (mains[..at].trim(), mains[at + 1..].trim())
            }
            (Some(at), None) if mains[at + 1..].trim() == crosses => (mains[..at].trim(), crosses),
            (None, Some(at)) if mains.is_empty() || crosses[..at].trim() == mains => {
                (crosses[..at].trim(), crosses[at + 1..].trim())
            }
            _ => (mains, crosses),
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

fn parse_tension(
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
