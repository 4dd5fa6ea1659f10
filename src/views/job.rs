//! A job as it appears everywhere: who and what, and the two numbers that the hands
//! need.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use crate::i18n::Region;
use crate::models::orders::{Dates, Row, State, Step};
use crate::models::stringers::Member;
use crate::units::{Sport, Tension, Verdict};
use crate::values::Vocabulary;

/// `job` of `jobs/_job.html`.
#[derive(Debug, Serialize)]
pub struct Job {
    id: Uuid,
    client_id: Uuid,
    racket_id: Uuid,
    /// Nobody: the stringer's own racket.
    client: Option<String>,
    racket: String,
    nickname: Option<String>,
    /// Where it is not tennis.
    sport: Option<&'static str>,
    mains: Option<String>,
    crosses: Option<String>,
    unit: &'static str,
    mains_string: Option<String>,
    /// Where it is another than the mains'.
    crosses_string: Option<String>,
    is_unusual: bool,
    byo: Option<&'static str>,
    due: Option<Due>,
    /// `2 of 3`, where a client has brought several that are still to be strung.
    nth: Option<Nth>,
    state: &'static str,
    is_unpaid: bool,
    total: Option<String>,
    /// What is left to be paid of what was strung.
    rest: Option<String>,
    ordered: Option<String>,
    strung: Option<String>,
    number: Option<String>,
    /// Why it was set aside.
    void_reason: Option<String>,
    /// The quick steps of a job that waits: returned, paid.
    waits_for: Vec<&'static str>,
    /// It waits to be strung.
    is_open: bool,
    /// Earlier jobs that were just the same.
    alike: Vec<Alike>,
}

/// A job that was as the one above it.
#[derive(Debug, Serialize)]
struct Alike {
    id: Uuid,
    strung: String,
}

/// Which of a client's waiting rackets it is.
#[derive(Debug, Serialize)]
struct Nth {
    number: usize,
    of: usize,
}

/// When it is wanted, and how pressing that is.
#[derive(Debug, Serialize)]
struct Due {
    key: &'static str,
    level: &'static str,
    /// The day's page.
    day: String,
    date: String,
    time: Option<String>,
}

/// The four dates of an order; `is_next` is marked.
#[derive(Debug, Serialize)]
pub struct Milestone {
    step: &'static str,
    date: Option<String>,
    is_done: bool,
    is_next: bool,
}

impl Job {
    /// A row for one reader.
    #[must_use]
    pub fn new(me: &Member, row: &Row) -> Self {
        let (region, today, dates) = (me.region(), me.today(), row.dates);
        let state = dates.state();
        let mains = row.mains_string().map(str::to_owned);
        let crosses = row.crosses_string().map(str::to_owned);
        let shown = |tension: Option<Tension>| tension.map(|tension| region.tension(tension));
        Self {
            id: row.id,
            client_id: row.client_profile_id,
            racket_id: row.client_racket_id,
            client: row.client().map(str::to_owned),
            racket: row.racket().to_owned(),
            nickname: row.nickname().map(str::to_owned),
            sport: (row.sport != Sport::Tennis).then(|| row.sport.code()),
            mains: shown(row.tensions.mains()),
            crosses: shown(row.tensions.crosses()),
            unit: row.tensions.unit().code(),
            is_unusual: row
                .tensions
                .verdict(row.sport)
                .is_some_and(|verdict| verdict != Verdict::Usual),
            crosses_string: crosses.filter(|crosses| Some(crosses) != mains.as_ref()),
            mains_string: mains,
            byo: byo(row),
            due: due(row, region, today).filter(|_| matches!(state, State::Ordered | State::Draft)),
            nth: None,
            state: state.code(),
            is_unpaid: dates.is_unpaid(),
            total: (!dates.is_self).then(|| region.money(row.prices().total())),
            rest: dates.is_unpaid().then(|| region.money(row.priced.rest())),
            ordered: dates.ordered.map(|date| region.date(date, today)),
            strung: dates.strung.map(|date| region.date(date, today)),
            number: row.receipt_number.clone(),
            void_reason: row.void_reason.clone(),
            waits_for: dates.waits_for().map(Step::code).collect(),
            is_open: matches!(state, State::Ordered | State::Draft),
            alike: Vec::new(),
        }
    }

    /// Several rows.
    #[must_use]
    pub fn list(me: &Member, rows: &[Row]) -> Vec<Self> {
        rows.iter().map(|row| Self::new(me, row)).collect()
    }
}

impl Job {
    /// Several rows in which jobs that are done, and just as the one before them, stand with
    /// it: a history of forty equal rows tells nothing.
    #[must_use]
    pub fn grouped(me: &Member, rows: &[Row]) -> Vec<Self> {
        let mut jobs: Vec<Self> = Vec::new();
        for mut job in Self::list(me, rows) {
            match (jobs.last_mut(), job.strung.take()) {
                (Some(last), Some(strung)) if last.is_like(&job) => {
                    last.alike.push(Alike { id: job.id, strung });
                }
                (_, strung) => jobs.push(Self { strung, ..job }),
            }
        }
        jobs
    }

    fn is_like(&self, other: &Self) -> bool {
        let said = |job: &Self| {
            let strings = [job.mains.clone(), job.crosses.clone(), job.mains_string.clone()];
            (strings, job.crosses_string.clone(), job.unit, job.byo, job.total.clone())
        };
        self.strung.is_some()
            && [self.state, other.state] == [State::Done.code(); 2]
            && self.racket_id == other.racket_id
            && said(self) == said(other)
    }

    /// What waits to be strung: of several rackets of a client each says which it is, as far
    /// as these are all.
    #[must_use]
    pub fn queue(me: &Member, rows: &[Row], are_all: bool) -> Vec<Self> {
        let rackets_of = |client: Uuid| {
            let mut rackets: Vec<Uuid> = Vec::new();
            for row in rows.iter().filter(|row| row.client_profile_id == client) {
                if !rackets.contains(&row.client_racket_id) {
                    rackets.push(row.client_racket_id);
                }
            }
            rackets
        };
        let nth = |row: &Row| {
            let rackets = rackets_of(row.client_profile_id);
            let number = rackets.iter().position(|one| *one == row.client_racket_id)? + 1;
            (are_all && rackets.len() > 1).then_some(Nth { number, of: rackets.len() })
        };
        rows.iter().map(|row| Self { nth: nth(row), ..Self::new(me, row) }).collect()
    }
}

const fn byo(row: &Row) -> Option<&'static str> {
    match (row.priced.mains_byo, row.priced.crosses_byo) {
        (true, true) => Some("byo-both"),
        (true, false) => Some("byo-mains"),
        (false, true) => Some("byo-crosses"),
        (false, false) => None,
    }
}

fn due(row: &Row, region: Region, today: NaiveDate) -> Option<Due> {
    let date = row.due_at?;
    let (key, level) = match (date - today).num_days() {
        days if days < 0 => ("due-late", "late"),
        0 => ("due-today", "late"),
        1 => ("due-tomorrow", "due"),
        2..=6 => ("due-on", "due"),
        _ => ("due-on", "plain"),
    };
    Some(Due {
        key,
        level,
        day: date.to_string(),
        date: region.weekday(date, today),
        time: row.due_time.map(|time| time.format("%H:%M").to_string()),
    })
}

/// An order's timeline.
#[must_use]
pub fn timeline(me: &Member, dates: &Dates) -> Vec<Milestone> {
    let steps: &[Step] = if dates.is_self {
        &[Step::Ordered, Step::Strung]
    } else {
        &[Step::Ordered, Step::Strung, Step::Returned, Step::Paid]
    };
    let milestone = |step: &Step| Milestone {
        step: step.code(),
        date: dates.of(*step).map(|date| me.region().date(date, me.today())),
        is_done: dates.of(*step).is_some(),
        is_next: dates.next() == Some(*step),
    };
    steps.iter().map(milestone).collect()
}
