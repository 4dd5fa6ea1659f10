//! What outside feeds say, for the admins.

use serde::Serialize;
use uuid::Uuid;

use super::Pages;
use super::catalogue::Facts;
use crate::forms::{Errors, ReasonForm};
use crate::models::catalogue::{Entry, Kind};
use crate::models::catalogue_imports::{Feed, Standing, Waiting, Wanted};
use crate::values::Vocabulary as _;

/// `admin/feeds.html`.
#[derive(Debug, Serialize)]
pub struct Index {
    rows: Vec<Row>,
    feeds: Vec<Kept>,
    source: String,
    kind: &'static str,
    q: String,
    /// What a link to another page of the same list carries on.
    extra: String,
    done: &'static str,
    /// How many became what, where some were taken.
    taken: Option<[u64; 3]>,
    form: ReasonForm,
    errors: Errors,
    #[serde(flatten)]
    pages: Pages,
}

#[derive(Debug, Serialize)]
struct Kept {
    source: String,
    kind: &'static str,
    rows: i64,
    is_shown: bool,
}

/// A row of a feed.
#[derive(Debug, Serialize)]
struct Row {
    id: Uuid,
    name: String,
    source: String,
    kind: &'static str,
    sport: &'static str,
    facts: Facts,
    /// `new`, `same`, `renews` or `kept`.
    standing: &'static str,
    /// What everybody has, and what is known of it.
    entry: Option<Known>,
    is_chosen: bool,
}

#[derive(Debug, Serialize)]
struct Known {
    id: Uuid,
    kind: &'static str,
    name: String,
    facts: Facts,
}

impl Known {
    fn new(entry: &Entry) -> Self {
        let (kind, facts) = (entry.kind().code(), Facts::new(entry));
        Self { id: entry.id(), kind, name: entry.label(), facts }
    }
}

impl Row {
    fn new(waiting: &Waiting) -> Self {
        let Waiting { row, standing } = waiting;
        let (standing, entry) = match standing {
            Standing::New => ("new", None),
            Standing::Same(entry) => ("same", Some(entry)),
            Standing::Renews(entry) => ("renews", Some(entry)),
            Standing::Kept(entry) => ("kept", Some(entry)),
        };
        Self {
            id: row.id,
            name: row.name(),
            source: row.source.clone(),
            kind: row.kind.code(),
            sport: row.sport.code(),
            facts: Facts::said(&row.said()),
            standing,
            entry: entry.map(Known::new),
            is_chosen: false,
        }
    }
}

impl Index {
    /// A page of what waits.
    #[must_use]
    pub fn new(rows: &[Waiting], feeds: &[Feed], wanted: Wanted, more: bool) -> Self {
        let (source, kind) = (wanted.source.unwrap_or_default(), wanted.kind);
        let feed = |feed: &Feed| Kept {
            source: feed.source.clone(),
            kind: feed.kind.code(),
            rows: feed.rows,
            is_shown: feed.source == source && kind == Some(feed.kind),
        };
        let feeds = feeds.iter().map(feed).collect();
        let kind = kind.map_or("", Kind::code);
        let asked = [("source", source.as_str()), ("kind", kind)];
        let asked = serde_urlencoded::to_string(asked).unwrap_or_default();
        Self {
            rows: rows.iter().map(Row::new).collect(),
            feeds,
            extra: format!("&{asked}"),
            source,
            kind,
            q: wanted.words,
            done: "",
            taken: None,
            form: ReasonForm::default(),
            errors: Errors::default(),
            pages: Pages { page: wanted.page, more },
        }
    }

    /// After a decision.
    #[must_use]
    pub fn done(self, done: Option<&str>) -> Self {
        let taken = done.and_then(|done| done.strip_prefix("taken-")).and_then(|counts| {
            let counts: Vec<u64> = counts.split('-').map_while(|it| it.parse().ok()).collect();
            <[u64; 3]>::try_from(counts).ok()
        });
        let done = match done {
            Some("none-chosen") => "submissions-none-chosen",
            Some("rejected") => "feed-rejected",
            Some("matched") => "feed-matched",
            Some("changed") => "feed-changed",
            _ => "",
        };
        Self { done, taken, ..self }
    }

    /// With a reason that cannot be taken, and what was chosen.
    #[must_use]
    pub fn with(mut self, chosen: Vec<Uuid>, form: ReasonForm, errors: Errors) -> Self {
        for row in &mut self.rows {
            row.is_chosen = chosen.contains(&row.id);
        }
        Self { form, errors, ..self }
    }
}

/// `admin/feed_row.html`.
#[derive(Debug, Serialize)]
pub struct Show {
    row: Row,
    /// What everybody has and is called alike.
    alike: Vec<Known>,
    q: String,
}

impl Show {
    /// A row beside what it may be.
    #[must_use]
    pub fn new(waiting: &Waiting, alike: &[Entry], words: String) -> Self {
        let alike = alike.iter().map(Known::new).collect();
        Self { row: Row::new(waiting), alike, q: words }
    }
}
