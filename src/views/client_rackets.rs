//! A client's racket: what is in it, what it has gone through, and its label.

use serde::Serialize;
use uuid::Uuid;

use super::chart::{Gaps, TensionChart};
use super::job::Job;
use super::{Pages, Return};
use crate::forms::{Errors, RacketForm};
use crate::labels::{Label, Size};
use crate::models::client_profiles::Client;
use crate::models::orders::Row;
use crate::models::orders::wear::{Bed, Wear};
use crate::models::stringers::Member;
use crate::models::{client_rackets, rackets};
use crate::units::HeadSize;
use crate::values::Vocabulary as _;

/// `client_rackets/show.html`.
#[derive(Debug, Serialize)]
pub struct Show {
    id: Uuid,
    client_id: Uuid,
    /// Nobody: the stringer's own racket.
    client: Option<String>,
    racket: String,
    nickname: Option<String>,
    in_rotation: bool,
    label_code: String,
    serial: Option<String>,
    grip_size: Option<String>,
    head_size: Option<Head>,
    string_pattern: Option<String>,
    /// What is in it now.
    last: Option<Job>,
    wear: Age,
    chart: Option<TensionChart>,
    gaps: Option<Gaps>,
    jobs: Vec<Job>,
    /// Those of other pages too.
    total: u64,
    /// There is a job to copy.
    copies: bool,
    /// It was just changed.
    saved: bool,
    #[serde(flatten)]
    pages: Pages,
}

#[derive(Debug, Serialize)]
struct Age {
    age: Option<i64>,
    usual: Option<i64>,
    lost: Option<Lost>,
    due: Option<String>,
    due_key: &'static str,
    level: &'static str,
}

#[derive(Debug, Serialize)]
struct Lost {
    percent: i64,
    days: i64,
}

/// A racket's head in the unit that players say, and in the one that makers print.
#[derive(Debug, Serialize)]
pub(super) struct Head {
    square_inches: i64,
    square_centimetres: i64,
}

impl Head {
    /// Of what a model says, in cm².
    pub(super) const fn new(square_centimetres: i64) -> Self {
        let size = HeadSize::from_square_centimetres(square_centimetres);
        Self { square_inches: size.square_inches(), square_centimetres }
    }
}

/// What is known of a racket.
#[derive(Debug)]
pub struct RacketFile<'k> {
    /// The frame.
    pub frame: &'k client_rackets::Model,
    /// Its model.
    pub model: &'k rackets::Model,
    /// Whose it is.
    pub client: &'k Client,
    /// A page of its orders, the latest first.
    pub rows: &'k [Row],
    /// Which page.
    pub pages: Pages,
    /// How many there are.
    pub total: u64,
    /// One of them can be copied: it is not cancelled.
    pub copies: bool,
    /// The order that is in it.
    pub in_it: Option<&'k Row>,
    /// Its stringbeds, the oldest first.
    pub beds: &'k [Bed],
    /// What they have gone through.
    pub wear: &'k Wear,
}

impl Show {
    /// A racket's page.
    #[must_use]
    pub fn new(me: &Member, file: &RacketFile<'_>, saved: bool) -> Self {
        let RacketFile { frame, model, client, rows, pages, total, copies, in_it, beds, wear } =
            *file;
        Self {
            id: frame.id,
            client_id: frame.client_profile_id,
            client: client.name(),
            racket: model.name(),
            nickname: frame.nickname.clone(),
            in_rotation: frame.in_rotation,
            label_code: frame.label_code.clone(),
            serial: frame.serial.clone(),
            grip_size: frame.grip_size.clone(),
            head_size: model.head_size.map(Head::new),
            string_pattern: model.string_pattern.clone(),
            last: in_it.map(|row| Job::new(me, row)),
            wear: Age::new(me, wear),
            chart: TensionChart::new(me, beds),
            gaps: Gaps::new(me, beds),
            jobs: Job::list(me, rows),
            total,
            copies,
            saved,
            pages,
        }
    }
}

impl Age {
    fn new(me: &Member, wear: &Wear) -> Self {
        let left = wear.due.map(|due| (due - me.today()).num_days());
        let (due_key, level) = match left {
            Some(days) if days < 0 => ("restring-was-due", "late"),
            Some(days) if days <= 7 => ("restring-due", "due"),
            _ => ("restring-due", "plain"),
        };
        Self {
            age: wear.age,
            usual: wear.usual,
            lost: wear.lost.map(|loss| Lost { percent: loss.percent, days: loss.days }),
            due: wear.due.map(|due| me.region().date(due, me.today())),
            due_key,
            level,
        }
    }
}

/// `client_rackets/edit.html`.
#[derive(Debug, Serialize)]
pub struct Edit {
    id: Uuid,
    racket: String,
    form: RacketForm,
    errors: Errors,
    #[serde(flatten)]
    returned: Return,
}

impl Edit {
    /// The form, with what is to be corrected.
    #[must_use]
    pub fn new(id: Uuid, model: &rackets::Model, form: RacketForm, errors: Errors) -> Self {
        Self { id, racket: model.name(), form, errors, returned: Return::default() }
    }

    /// Says how it came to its page again.
    #[must_use]
    pub fn returned(self, returned: Return) -> Self {
        Self { returned, ..self }
    }
}

/// What the label of an order says: the same two numbers as everywhere.
#[must_use]
pub fn label(
    me: &Member,
    row: &Row,
    frame: &client_rackets::Frame,
    size: Size,
    public_url: &str,
) -> Label {
    let region = me.region();
    let shown = |tension: Option<crate::units::Tension>| {
        tension.map_or_else(|| "–".to_owned(), |tension| region.tension(tension))
    };
    let strings = [row.mains_string(), row.crosses_string()];
    let mut strings: Vec<_> = strings.into_iter().flatten().map(str::to_owned).collect();
    strings.dedup();
    let racket = match row.nickname() {
        Some(nickname) => format!("{} · {nickname}", row.racket()),
        None => row.racket().to_owned(),
    };
    let which = row.nickname().unwrap_or_else(|| frame.short_name()).to_owned();
    let day = row.dates.strung;
    Label {
        size,
        locale: me.locale().code().to_owned(),
        stringer: me.display_name.clone(),
        name: row.client().unwrap_or(&me.display_name).to_owned(),
        racket,
        which,
        numbers: format!(
            "{} / {} {}",
            shown(row.tensions.mains()),
            shown(row.tensions.crosses()),
            row.tensions.unit().code()
        ),
        strings,
        date: day.map(|day| region.long_date(day)).unwrap_or_default(),
        label: frame.label_code.clone(),
        url: format!("{}/r/{}", public_url.trim_end_matches('/'), frame.label_code),
    }
}
