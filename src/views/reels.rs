//! String in stock.

use serde::Serialize;
use uuid::Uuid;

use super::{Pages, Return};
use crate::forms::reel::unit_of;
use crate::forms::{DrawForm, Errors, ReelForm};
use crate::models::orders;
use crate::models::reels::uses::{self, Drawn};
use crate::models::reels::{BedSide, ReelKind, Stock};
use crate::models::stringers::Member;
use crate::units::{Currency, Length, Money, Sport};
use crate::values::Vocabulary as _;

/// How much, in metres or sets.
#[derive(Debug, Serialize)]
struct Amount {
    text: String,
    /// What the key of its sentence ends in.
    of: &'static str,
}

impl Amount {
    fn new(me: &Member, reel: &Stock, length: i64) -> Self {
        let unit = unit_of(reel.kind, reel.length);
        let of = match reel.kind {
            ReelKind::Reel => "reel",
            ReelKind::Set if length == reel.length => "set-one",
            ReelKind::Set => "set",
        };
        let length = Length::from_centimetres(Ord::max(length, 0));
        Self { text: me.region().number(&length.plain_in(unit)), of }
    }
}

/// A reel, or some sets, as a list shows it.
#[derive(Debug, Serialize)]
pub struct Line {
    id: Uuid,
    name: String,
    kind: &'static str,
    /// Never less than none.
    left: Amount,
    total: Amount,
    /// In hundredths of what it had.
    percent: i64,
    is_low: bool,
    /// The book says that more was drawn than there was.
    is_overdrawn: bool,
    /// Of what a racket takes: a metre, or a set.
    price: Option<String>,
    finished: Option<String>,
}

impl Line {
    fn new(me: &Member, reel: &Stock) -> Self {
        let unit = unit_of(reel.kind, reel.length);
        let left = Ord::max(reel.left(), 0);
        Self {
            id: reel.id,
            name: reel.name(),
            kind: reel.kind.code(),
            left: Amount::new(me, reel, left),
            total: Amount::new(me, reel, reel.total()),
            percent: 100 * Ord::min(left, reel.total()) / reel.total(),
            is_low: reel.is_low(),
            is_overdrawn: reel.left() < 0,
            price: reel.money_of(unit.centimetres()).map(|money| me.region().money(money)),
            finished: reel.finished_at.map(|day| me.region().date(day, me.today())),
        }
    }
}

/// `reels/index.html`.
#[derive(Debug, Serialize)]
pub struct Index {
    reels: Vec<Line>,
    is_finished: bool,
    extra: &'static str,
    #[serde(flatten)]
    pages: Pages,
}

impl Index {
    /// What is in stock, or what is used up.
    #[must_use]
    pub fn new(me: &Member, reels: &[Stock], is_finished: bool, pages: Pages) -> Self {
        let reels = reels.iter().map(|reel| Line::new(me, reel)).collect();
        Self { reels, is_finished, extra: if is_finished { "&finished=1" } else { "" }, pages }
    }
}

/// `reels/show.html`.
#[derive(Debug, Serialize)]
pub struct Show {
    reel: Line,
    price: Option<String>,
    bought: Option<String>,
    /// Less than this is told.
    warn_below: Amount,
    /// What was cut off beside all jobs.
    lost: Option<String>,
    uses: Vec<Use>,
    is_saved: bool,
    #[serde(flatten)]
    pages: Pages,
}

/// What a job drew.
#[derive(Debug, Serialize)]
struct Use {
    order: Uuid,
    side: &'static str,
    client: Option<String>,
    racket: String,
    strung: Option<String>,
    length: String,
    cost: Option<String>,
}

impl Show {
    /// A reel's page, with a page of what jobs drew of it.
    #[must_use]
    pub fn new(me: &Member, reel: &Stock, uses: &[Drawn], pages: Pages, is_saved: bool) -> Self {
        let region = me.region();
        let money = |minor: i64| region.money(Money::from_minor(minor, reel.currency));
        let metres = |length: i64| region.number(&Length::from_centimetres(length).plain());
        let of_use = |one: &Drawn| Use {
            order: one.row.id,
            side: one.used.side.code(),
            client: one.row.client().map(str::to_owned),
            racket: one.row.racket().to_owned(),
            strung: one.row.dates.strung.map(|day| region.date(day, me.today())),
            length: metres(one.used.length),
            cost: one.used.cost.map(money),
        };
        Self {
            reel: Line::new(me, reel),
            price: reel.price.map(money),
            bought: reel.bought_at.map(|day| region.date(day, me.today())),
            warn_below: Amount::new(me, reel, reel.warn_below),
            lost: (reel.lost > 0).then(|| metres(reel.lost)),
            uses: uses.iter().map(of_use).collect(),
            is_saved,
            pages,
        }
    }
}

/// `reels/new.html`, and the fields of `reels/edit.html`.
#[derive(Debug, Serialize)]
pub struct Fields {
    sports: Vec<&'static str>,
    kinds: Vec<&'static str>,
    currency: &'static str,
    form: ReelForm,
    errors: Errors,
    #[serde(flatten)]
    returned: Return,
}

impl Fields {
    /// The form of a new one.
    #[must_use]
    pub fn new(currency: Currency, form: ReelForm, errors: Errors, returned: Return) -> Self {
        let (sports, kinds) = (Sport::codes(), ReelKind::codes());
        Self { sports, kinds, currency: currency.code(), form, errors, returned }
    }
}

/// `reels/edit.html`.
#[derive(Debug, Serialize)]
pub struct Edit {
    id: Uuid,
    name: String,
    #[serde(flatten)]
    fields: Fields,
}

impl Edit {
    /// The form of a reel.
    #[must_use]
    pub fn new(reel: &Stock, form: ReelForm, errors: Errors, returned: Return) -> Self {
        let fields = Fields::new(reel.currency, form, errors, returned);
        Self { id: reel.id, name: reel.name(), fields }
    }
}

/// `orders/string.html`: what a job drew.
#[derive(Debug, Serialize)]
pub struct Draws {
    order: Uuid,
    client: Option<String>,
    racket: String,
    strung: Option<String>,
    sides: Vec<Side>,
    /// What the string of this job cost.
    cost: Option<String>,
    form: DrawForm,
    errors: Errors,
    is_kept: bool,
}

/// A side of a bed, and the reels that it may be drawn from.
#[derive(Debug, Serialize)]
struct Side {
    side: &'static str,
    string: Option<String>,
    is_byo: bool,
    /// Why a reel may be missing: the string is in nobody's catalogue.
    is_text: bool,
    reels: Vec<Choice>,
}

#[derive(Debug, Serialize)]
struct Choice {
    id: Uuid,
    name: String,
    left: Amount,
}

/// What there is to say of a job's string.
#[derive(Debug)]
pub struct Job<'o> {
    /// The order.
    pub order: &'o orders::Model,
    /// What it has drawn.
    pub drawn: &'o [uses::Model],
    /// What it may draw from.
    pub stock: &'o [Stock],
}

impl Job<'_> {
    /// What its string cost, where all of it is known, and in one currency.
    fn cost(&self) -> Option<Money> {
        let of = |one: &uses::Model| {
            let reel = self.stock.iter().find(|reel| reel.id == one.reel_id)?;
            Some((reel.currency, one.cost?))
        };
        let costs: Option<Vec<_>> = self.drawn.iter().map(of).collect();
        let costs = costs?;
        let (currency, _) = *costs.first()?;
        let is_one = costs.iter().all(|(other, _)| *other == currency);
        let sum = costs.iter().map(|(_, cost)| cost).sum();
        is_one.then(|| Money::from_minor(sum, currency))
    }

    fn side(&self, me: &Member, side: BedSide, string: (Option<Uuid>, &Option<String>)) -> Side {
        let (entry, name) = string;
        let mine = self.drawn.iter().find(|one| one.side == side).map(|one| one.reel_id);
        let fits = |reel: &&Stock| {
            Some(reel.string_id) == entry && reel.finished_at.is_none() || Some(reel.id) == mine
        };
        Side {
            side: side.code(),
            string: name.clone(),
            is_byo: match side {
                BedSide::Mains => self.order.mains_byo,
                BedSide::Crosses => self.order.crosses_byo,
            },
            is_text: entry.is_none() && name.is_some(),
            reels: self.stock.iter().filter(fits).map(|reel| Choice::new(me, reel)).collect(),
        }
    }
}

impl Draws {
    /// What a job drew, to be said otherwise.
    #[must_use]
    pub fn new(me: &Member, job: &Job<'_>, form: DrawForm, errors: Errors, is_kept: bool) -> Self {
        let Job { order, .. } = job;
        Self {
            order: order.id,
            client: order.client_name.clone(),
            racket: order.racket_name.clone(),
            strung: order.strung_at.map(|day| me.region().date(day, me.today())),
            sides: vec![
                job.side(me, BedSide::Mains, (order.mains_string_id, &order.mains_name)),
                job.side(me, BedSide::Crosses, (order.crosses_string_id, &order.crosses_name)),
            ],
            cost: job.cost().map(|money| me.region().money(money)),
            form,
            errors,
            is_kept,
        }
    }
}

impl Choice {
    fn new(me: &Member, reel: &Stock) -> Self {
        Self { id: reel.id, name: reel.name(), left: Amount::new(me, reel, reel.left()) }
    }
}
