//! The catalogue.

mod queue;

pub use queue::Queue;

use serde::Serialize;
use uuid::Uuid;

use super::client_rackets::Head;
use super::{Pages, Return};
use crate::forms::{EntryForm, Errors, ReasonForm};
use crate::models::catalogue::{Entry, Kind, Said, Wanted};
use crate::models::catalogue_strings::Material;
use crate::models::catalogue_submissions;
use crate::models::orders::Used;
use crate::models::stringers::Member;
use crate::units::{Gauge, Length, Sport};
use crate::values::Vocabulary as _;

/// `catalogue/index.html` and `catalogue/_list.html`.
#[derive(Debug, Serialize)]
pub struct Index {
    kind: &'static str,
    kinds: Vec<&'static str>,
    entries: Vec<Line>,
    q: String,
    sport: &'static str,
    sports: Vec<&'static str>,
    own: &'static str,
    /// What a link to another page of the same list carries on.
    extra: String,
    #[serde(flatten)]
    pages: Pages,
}

#[derive(Debug, Serialize)]
struct Line {
    id: Uuid,
    name: String,
    sport: &'static str,
    facts: Facts,
    is_shared: bool,
}

impl Index {
    /// A page of the list.
    #[must_use]
    pub fn new(kind: Kind, entries: &[Entry], wanted: Wanted, more: bool) -> Self {
        let sport = wanted.sport.map_or("", Sport::code);
        let own = if wanted.visibility.is_some() { "1" } else { "" };
        let line = |entry: &Entry| Line {
            id: entry.id(),
            name: entry.label(),
            sport: entry.sport().code(),
            facts: Facts::new(entry),
            is_shared: entry.is_shared(),
        };
        Self {
            kind: kind.code(),
            kinds: Kind::codes(),
            entries: entries.iter().map(line).collect(),
            sport,
            sports: Sport::codes(),
            own,
            extra: format!("&sport={sport}&own={own}"),
            pages: Pages { page: wanted.page, more },
            q: wanted.words,
        }
    }
}

/// What is known of an entry beside its name.
#[derive(Debug, Default, Serialize)]
pub(super) struct Facts {
    year: Option<i64>,
    head_size: Option<Head>,
    string_pattern: Option<String>,
    weight: Option<i64>,
    balance: Option<i64>,
    gauge: Option<String>,
    /// A word of ours, whose text is in the reader's language.
    material: Option<&'static str>,
    /// Somebody else's word.
    material_said: Option<String>,
    colour: Option<String>,
    length: Option<String>,
}

impl Facts {
    /// Of what a row of a feed says.
    pub(super) fn said(said: &Said) -> Self {
        match said {
            Said::Racket(said) => {
                let facts = &said.facts;
                Self {
                    year: facts.year,
                    head_size: facts.head_size.map(Head::new),
                    string_pattern: facts.string_pattern.clone(),
                    weight: facts.weight,
                    balance: facts.balance,
                    ..Self::default()
                }
            }
            Said::String(said) => Self {
                colour: said.colour.clone(),
                length: said.length.map(|it| Length::from_centimetres(it).plain()),
                ..Self::made_of(said.material.as_deref())
            },
        }
    }

    fn made_of(material: Option<&str>) -> Self {
        let ours = material.and_then(Material::from_code);
        Self {
            material: ours.map(Material::code),
            material_said: material.filter(|_| ours.is_none()).map(str::to_owned),
            ..Self::default()
        }
    }

    pub(super) fn new(entry: &Entry) -> Self {
        match entry {
            Entry::Racket(racket) => Self {
                year: racket.year,
                head_size: racket.head_size.map(Head::new),
                string_pattern: racket.string_pattern.clone(),
                weight: racket.weight,
                balance: racket.balance,
                ..Self::default()
            },
            Entry::String(string) => Self {
                gauge: string.gauge().map(Gauge::plain),
                colour: string.colour.clone(),
                length: string.length.map(|it| Length::from_centimetres(it).plain()),
                ..Self::made_of(string.material.as_deref())
            },
        }
    }
}

/// `catalogue/show.html`.
#[derive(Debug, Serialize)]
pub struct Show {
    kind: &'static str,
    id: Uuid,
    name: String,
    /// What its orders are found by.
    named: String,
    sport: &'static str,
    facts: Facts,
    is_shared: bool,
    jobs: u64,
    /// They are more than are counted.
    is_many: bool,
    last: Option<String>,
    is_saved: bool,
    /// Another one was joined with it, and whoever looked for that came here.
    is_joined: bool,
    /// What became of it when it was offered to everybody.
    offer: Option<&'static str>,
    /// Why it was not taken.
    reason: Option<String>,
}

impl Show {
    /// An entry's page, with its use in the reader's own orders.
    #[must_use]
    pub fn new(me: &Member, entry: &Entry, used: Used) -> Self {
        let named = match entry {
            Entry::Racket(racket) => racket.name(),
            Entry::String(string) => string.name(),
        };
        Self {
            kind: entry.kind().code(),
            id: entry.id(),
            name: entry.label(),
            named,
            sport: entry.sport().code(),
            facts: Facts::new(entry),
            is_shared: entry.is_shared(),
            jobs: used.jobs,
            is_many: used.is_more,
            last: used.last.map(|date| me.region().date(date, me.today())),
            is_saved: false,
            is_joined: false,
            offer: None,
            reason: None,
        }
    }

    /// After it was saved, or for whoever looked for what was joined with it.
    #[must_use]
    pub fn said(self, is_saved: bool, is_joined: bool) -> Self {
        Self { is_saved, is_joined, ..self }
    }

    /// With what became of the reader's latest offer of it.
    #[must_use]
    pub fn offered(self, offer: Option<&catalogue_submissions::Model>) -> Self {
        let reason = offer.and_then(|offer| offer.reason.clone());
        Self { offer: offer.map(|offer| offer.state.code()), reason, ..self }
    }
}

/// `catalogue/new.html`, and the fields of `catalogue/edit.html`.
#[derive(Debug, Serialize)]
pub struct Fields {
    kind: &'static str,
    sports: Vec<&'static str>,
    materials: Vec<&'static str>,
    form: EntryForm,
    errors: Errors,
    #[serde(flatten)]
    returned: Return,
}

impl Fields {
    /// The form of a new entry.
    #[must_use]
    pub fn new(kind: Kind, form: EntryForm, errors: Errors, returned: Return) -> Self {
        let (sports, materials) = (Sport::codes(), Material::codes());
        Self { kind: kind.code(), sports, materials, form, errors, returned }
    }
}

/// `catalogue/edit.html`.
#[derive(Debug, Serialize)]
pub struct Edit {
    id: Uuid,
    /// As it is called until it is saved.
    name: String,
    #[serde(flatten)]
    fields: Fields,
}

/// `admin/entry.html`: the same, and why.
#[derive(Debug, Serialize)]
pub struct SharedEdit {
    #[serde(flatten)]
    edit: Edit,
    why: ReasonForm,
}

impl SharedEdit {
    /// The form of what everybody has.
    #[must_use]
    pub fn new(edit: Edit, why: ReasonForm) -> Self {
        Self { edit, why }
    }
}

impl Edit {
    /// The form of an entry.
    #[must_use]
    pub fn new(entry: &Entry, form: EntryForm, errors: Errors, returned: Return) -> Self {
        let fields = Fields::new(entry.kind(), form, errors, returned);
        Self { id: entry.id(), name: entry.label(), fields }
    }
}
