//! What stands in the sample: seven years of one stringer's work.

use chrono::{Days, NaiveDate};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};

/// A string with its gauge in millimetres and a price a side.
pub(crate) type Str = (&'static str, &'static str, f64, f64);

const STRINGS: [Str; 12] = [
    ("Luxilon", "ALU Power", 1.25, 14.0),
    ("Luxilon", "4G", 1.25, 13.0),
    ("Babolat", "RPM Blast", 1.25, 12.0),
    ("Babolat", "RPM Blast", 1.30, 12.0),
    ("Babolat", "VS Touch", 1.30, 25.0),
    ("Wilson", "NXT", 1.30, 11.0),
    ("Wilson", "Natural Gut", 1.30, 24.0),
    ("Tecnifibre", "X-One Biphase", 1.24, 12.5),
    ("Tecnifibre", "Black Code", 1.28, 9.0),
    ("Solinco", "Hyper-G", 1.20, 10.0),
    ("Yonex", "Poly Tour Pro", 1.25, 10.5),
    ("Head", "Velocity MLT", 1.30, 8.0),
];

/// Model, head size in cm², pattern.
const RACKETS: [(&str, u32, &str); 10] = [
    ("Babolat Pure Aero 98", 632, "16/20"),
    ("Babolat Pure Drive", 645, "16/19"),
    ("Wilson Blade 98 v8", 632, "16/19"),
    ("Wilson Clash 100", 645, "16/19"),
    ("Head Speed MP", 645, "16/19"),
    ("Head Radical Pro", 632, "16/19"),
    ("Yonex Ezone 98", 632, "16/19"),
    ("Yonex Vcore 100", 645, "16/19"),
    ("Tecnifibre T-Fight 305", 632, "18/19"),
    ("Prince Textreme Tour 100P", 645, "18/20"),
];

const FIRST: [&str; 16] = [
    "Sara", "Luca", "Anna", "Jürg", "Chloé", "Nico", "Ueli", "Rahel", "Zoë", "Pia", "Reto", "Mia",
    "Øyvind", "Beat", "Lea", "Urs",
];
const LAST: [&str; 14] = [
    "Frei",
    "Müller",
    "Rossi",
    "O’Brien",
    "Keller",
    "Weiß",
    "Aebi",
    "Şener",
    "Graf",
    "Baumann",
    "Widmer",
    "de Vries",
    "Łukasz",
    "Zürcher",
];

pub(crate) struct Side {
    pub(crate) string: Str,
    pub(crate) tension: f64,
    pub(crate) byo: bool,
}

pub(crate) struct Order {
    pub(crate) id: u32,
    pub(crate) ordered: NaiveDate,
    pub(crate) strung: Option<NaiveDate>,
    pub(crate) returned: Option<NaiveDate>,
    pub(crate) paid: Option<NaiveDate>,
    pub(crate) player: (&'static str, &'static str),
    pub(crate) racket: String,
    pub(crate) head: u32,
    pub(crate) pattern: &'static str,
    pub(crate) mains: Side,
    pub(crate) crosses: Side,
    pub(crate) labor: f64,
    pub(crate) stiffness: Option<u32>,
    pub(crate) comment: Option<&'static str>,
}

impl Order {
    /// What the client pays for strings: a side that was brought costs nothing.
    pub(crate) fn strings(&self) -> f64 {
        let price = |side: &Side| if side.byo { 0.0 } else { side.string.3 };
        price(&self.mains) + price(&self.crosses)
    }
}

pub(crate) struct Job {
    pub(crate) id: u32,
    pub(crate) strung: NaiveDate,
    pub(crate) racket: usize,
    pub(crate) mains: Side,
    pub(crate) crosses: Side,
    pub(crate) stiffness: Option<u32>,
}

pub(crate) struct Racket {
    pub(crate) id: String,
    pub(crate) model: usize,
    pub(crate) year: u32,
    pub(crate) is_current: bool,
}

pub(crate) struct Book {
    pub(crate) orders: Vec<Order>,
    pub(crate) own: Vec<Job>,
    pub(crate) rackets: Vec<Racket>,
}

/// Spread over the years that V1 was used, to its last day.
fn day(from: NaiveDate, to: NaiveDate, nth: u32, of: u32) -> NaiveDate {
    let days = u64::try_from((to - from).num_days()).unwrap_or(0);
    from + Days::new(days * u64::from(nth) / u64::from(of.saturating_sub(1).max(1)))
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// A name as it was typed that day: 65 spellings of some 10 rackets, in the end.
fn spelling(rng: &mut StdRng, model: &str) -> String {
    match rng.random_range(0..10) {
        0 => model.to_lowercase(),
        1 => model.replace(' ', "  "),
        2 => model.replace("Babolat ", "").replace("Wilson ", ""),
        3 => format!("{model} "),
        4 => model.replace(' ', "-"),
        5 => model.to_uppercase(),
        _ => model.to_owned(),
    }
}

fn sides(rng: &mut StdRng) -> (Side, Side) {
    let string = |rng: &mut StdRng| STRINGS.choose(rng).copied().unwrap_or(STRINGS[0]);
    let mains = string(rng);
    // Of a hundred, 89 have one string for both sides.
    let crosses = if rng.random_ratio(89, 100) { mains } else { string(rng) };
    let tension = f64::from(rng.random_range(40..=54)) / 2.0;
    let softer = if rng.random_ratio(1, 4) { 1.0 } else { 0.0 };
    let byo = rng.random_ratio(48, 100);
    let side = |string, tension| Side { string, tension, byo };
    (side(mains, tension), side(crosses, tension - softer))
}

impl Book {
    pub(crate) fn generate(seed: u64, orders: u32, own: u32, players: u32) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let rackets: Vec<Racket> = (0..30)
            .map(|nth| Racket {
                id: format!("R{:02}_{}_{:02}", nth % 10, 2016 + nth / 3, nth + 1),
                model: usize::try_from(nth % 10).unwrap_or(0),
                year: 2016 + nth / 3,
                is_current: nth >= 20,
            })
            .collect();
        let client_orders = (0..orders).map(|nth| order(&mut rng, nth, orders, players)).collect();
        let jobs = (0..own).map(|nth| job(&mut rng, nth, own, rackets.len())).collect();
        Self { orders: client_orders, own: jobs, rackets }
    }
}

fn order(rng: &mut StdRng, nth: u32, of: u32, players: u32) -> Order {
    let ordered = day(date(2019, 5, 2), date(2026, 4, 25), nth, of);
    let later = |rng: &mut StdRng, from: NaiveDate| from + Days::new(rng.random_range(0..6));
    // The latest are still at work.
    let is_open = nth + 3 >= of;
    let strung = (!is_open).then(|| later(rng, ordered));
    let returned = strung.map(|strung| later(rng, strung));
    let paid = strung.filter(|_| nth + 12 < of).map(|strung| later(rng, strung));
    let player = usize::try_from(rng.random_range(0..players.max(1))).unwrap_or(0);
    let player = (FIRST[player % FIRST.len()], LAST[player / 4 % LAST.len()]);
    let (model, head, pattern) = *RACKETS.choose(rng).unwrap_or(&RACKETS[0]);
    let (mains, crosses) = sides(rng);
    Order {
        id: nth + 1,
        ordered,
        strung,
        returned,
        paid,
        player,
        racket: spelling(rng, model),
        head,
        pattern,
        mains,
        crosses,
        labor: if nth < of / 2 { 18.0 } else { 20.0 },
        stiffness: rng.random_ratio(1, 3).then(|| rng.random_range(30..46)),
        comment: ["Schutzband gewechselt", "Öse ersetzt", "in a hurry"]
            .get(usize::from(rng.random_range(0..20_u8)))
            .copied(),
    }
}

fn job(rng: &mut StdRng, nth: u32, of: u32, rackets: usize) -> Job {
    let (mains, crosses) = sides(rng);
    Job {
        id: nth + 1,
        strung: day(date(2020, 3, 1), date(2026, 4, 20), nth, of),
        racket: rng.random_range(0..rackets),
        mains,
        crosses,
        stiffness: rng.random_ratio(1, 2).then(|| rng.random_range(30..46)),
    }
}

/// A model as `Lists` calls it.
pub(crate) fn model(nth: usize) -> (&'static str, u32, &'static str) {
    RACKETS[nth % RACKETS.len()]
}
