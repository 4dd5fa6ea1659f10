//! Clients.

use std::collections::HashMap;

use serde::Serialize;
use uuid::Uuid;

use super::chart::{Gaps, TensionChart};
use super::job::Job;
use super::{Pages, Return};
use crate::forms::{ClientForm, Errors};
use crate::models::client_profiles::Client;
use crate::models::client_rackets;
use crate::models::orders::Row;
use crate::models::orders::wear::Bed;
use crate::models::person_claims::LINK_DAYS;
use crate::models::stringers::Member;

/// A client in a list.
#[derive(Debug, Serialize)]
pub struct Line {
    id: Uuid,
    name: Option<String>,
    nickname: Option<String>,
    jobs: i64,
    last_strung: Option<String>,
    /// What tells it from another of the same name.
    racket: Option<String>,
}

impl Line {
    /// A client for one reader.
    #[must_use]
    pub fn new(me: &Member, client: &Client) -> Self {
        Self {
            id: client.id,
            racket: None,
            name: client.name(),
            nickname: client.nickname.clone(),
            jobs: client.jobs,
            last_strung: client.last_strung.map(|date| me.region().date(date, me.today())),
        }
    }

    /// Several clients; those who share a name with their rackets.
    #[must_use]
    pub fn list(me: &Member, clients: &[Client], rackets: &HashMap<Uuid, String>) -> Vec<Self> {
        let line = |client: &Client| Self {
            racket: rackets.get(&client.id).cloned(),
            ..Self::new(me, client)
        };
        clients.iter().map(line).collect()
    }
}

/// `clients/index.html` and `clients/_list.html`.
#[derive(Debug, Serialize)]
pub struct Index {
    /// The page's clients.
    pub clients: Vec<Line>,
    /// What was searched for.
    pub q: String,
    /// Which page.
    #[serde(flatten)]
    pub pages: Pages,
}

/// `clients/new.html`.
#[derive(Debug, Serialize)]
pub struct New {
    /// What was typed.
    pub form: ClientForm,
    /// What is to be corrected.
    pub errors: Errors,
    /// How it came to its page again.
    #[serde(flatten)]
    pub returned: Return,
}

/// `clients/edit.html`.
#[derive(Debug, Serialize)]
pub struct Edit {
    /// Whose file it is.
    pub id: Uuid,
    /// What was typed.
    pub form: ClientForm,
    /// What is to be corrected.
    pub errors: Errors,
    /// How it came to its page again.
    #[serde(flatten)]
    pub returned: Return,
}

/// `clients/link.html`.
#[derive(Debug, Serialize)]
pub struct OwnLink {
    client: Uuid,
    name: String,
    first_name: String,
    link: String,
    /// So long it is good for.
    days: i64,
}

impl OwnLink {
    /// A link that was made just now.
    #[must_use]
    pub fn new(client: &Client, link: String) -> Self {
        Self {
            client: client.id,
            name: client.name().unwrap_or_default(),
            first_name: client.first_name.clone().unwrap_or_default(),
            link,
            days: LINK_DAYS,
        }
    }
}

/// `clients/show.html`.
#[derive(Debug, Serialize)]
pub struct Show {
    client: Line,
    email: Option<String>,
    contact: Option<String>,
    /// The number among it, to be called with one tap.
    phone: Option<String>,
    notes: Option<String>,
    tension_memo: Option<String>,
    rackets: Vec<Racket>,
    jobs: Vec<Job>,
    chart: Option<TensionChart>,
    gaps: Option<Gaps>,
    /// So many were just saved.
    saved: u8,
    /// What is known of it was just changed: open receipts may say so too.
    is_edited: bool,
    /// They were just issued again.
    is_issued: bool,
    /// Where that has ended.
    after: Option<Uuid>,
    #[serde(flatten)]
    pages: Pages,
}

#[derive(Debug, Serialize)]
struct Racket {
    id: Uuid,
    name: String,
    nickname: Option<String>,
    last_strung: Option<String>,
    /// What is in it now, as far as the page's history tells.
    setup: Option<Setup>,
}

/// What is in a racket.
#[derive(Debug, Serialize)]
pub struct Setup {
    #[serde(skip)]
    racket: Uuid,
    job: Job,
}

impl Setup {
    /// The latest of each racket among these orders, the latest first.
    #[must_use]
    pub fn current(me: &Member, rows: &[Row]) -> Vec<Self> {
        let mut setups: Vec<Self> = Vec::new();
        for row in rows.iter().filter(|row| row.dates.strung.is_some()) {
            if setups.iter().all(|setup| setup.racket != row.client_racket_id) {
                setups.push(Self { racket: row.client_racket_id, job: Job::new(me, row) });
            }
        }
        setups
    }
}

/// The first line that looks like a telephone number, without what only people read.
fn phone(contact: &str) -> Option<String> {
    // Who dials the country leaves the nought out that is written for those who do not.
    let digits = |line: &str| -> String {
        let line = if line.starts_with('+') { line.replace("(0)", "") } else { line.to_owned() };
        line.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    };
    let is_number = |line: &&str| {
        let said = line.starts_with(['+', '0', '('])
            && !line.contains('.')
            && line.chars().all(|c| c.is_ascii_digit() || " +-/().\u{a0}".contains(c));
        said && (7..=16).contains(&digits(line).len())
    };
    contact.lines().map(str::trim).find(is_number).map(digits)
}

impl Show {
    /// A client's page.
    #[must_use]
    pub fn new(
        me: &Member,
        client: &Client,
        rackets: &[client_rackets::Frame],
        jobs: Vec<Job>,
        beds: &[Bed],
        pages: Pages,
    ) -> Self {
        let racket = |frame: &client_rackets::Frame| Racket {
            id: frame.id,
            name: frame.name(),
            nickname: frame.nickname.clone(),
            last_strung: frame.last_strung.map(|date| me.region().date(date, me.today())),
            setup: None,
        };
        Self {
            client: Line::new(me, client),
            email: client.email.clone(),
            phone: client.contact.as_deref().and_then(phone),
            contact: client.contact.clone(),
            notes: client.internal_notes.clone(),
            tension_memo: client.default_tension_memo.clone(),
            rackets: rackets.iter().map(racket).collect(),
            jobs,
            chart: TensionChart::new(me, beds),
            gaps: Gaps::new(me, beds),
            saved: 0,
            is_edited: false,
            is_issued: false,
            after: None,
            pages,
        }
    }

    /// With what is in the rackets now.
    #[must_use]
    pub fn strung_as(mut self, setups: Vec<Setup>) -> Self {
        for setup in setups {
            let racket = self.rackets.iter_mut().find(|racket| racket.id == setup.racket);
            if let Some(racket) = racket {
                racket.setup = Some(setup);
            }
        }
        self
    }

    /// After so many jobs were saved in one go.
    #[must_use]
    pub fn saved(self, saved: u8) -> Self {
        Self { saved, ..self }
    }

    /// After what is known of the client was changed, or open receipts were issued again.
    #[must_use]
    pub fn changed(self, is_edited: bool, is_issued: bool, after: Option<Uuid>) -> Self {
        Self { is_edited, is_issued, after, ..self }
    }
}
