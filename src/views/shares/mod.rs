//! Orders that other stringers may read.

mod log;
mod order;

pub use log::Log;
pub use order::Show;

use serde::Serialize;
use uuid::Uuid;

use super::Pages;
use super::job::Job;
use crate::models::client_profiles::Client;
use crate::models::orders::Row;
use crate::models::shared_orders::Model;
use crate::models::sharing::{self, Wanted};
use crate::models::stringer_cards;
use crate::models::stringers::Member;

/// A stringer's card.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    id: Uuid,
    name: String,
    town: Option<String>,
}

impl From<&stringer_cards::Model> for Card {
    fn from(card: &stringer_cards::Model) -> Self {
        Self { id: card.id, name: card.display_name.clone(), town: card.town.clone() }
    }
}

/// `shares/index.html`: what others let me read.
#[derive(Debug, Serialize)]
pub struct Received {
    orders: Vec<Line>,
    /// Who lets me read orders.
    sources: Vec<Source>,
    from: String,
    /// Whose orders that one lets me read.
    clients: Vec<String>,
    client: String,
    /// What a link to another page of the same list carries on.
    extra: String,
    done: &'static str,
    #[serde(flatten)]
    pages: Pages,
}

#[derive(Debug, Serialize)]
struct Source {
    id: String,
    name: String,
}

/// An order in the list of what others let me read.
#[derive(Debug, Serialize)]
struct Line {
    share: Uuid,
    order: Uuid,
    client: Option<String>,
    racket: String,
    stringer: String,
    strung: Option<String>,
    /// It is a client's leave for all of its orders, which ends as a whole.
    ends_all: bool,
}

impl Received {
    /// A page of the list.
    #[must_use]
    pub fn new(
        me: &Member,
        rows: &[Model],
        sources: Vec<(Uuid, String)>,
        wanted: Wanted,
        more: bool,
    ) -> Self {
        let line = |row: &Model| Line {
            share: row.share_id,
            order: row.id,
            client: row.client_first_name.clone(),
            racket: row.racket(),
            stringer: row.stringer_name.clone(),
            strung: row.strung_at.map(|date| me.region().date(date, me.today())),
            ends_all: row.rule == 3,
        };
        let source = |(id, name): (Uuid, String)| Source { id: id.to_string(), name };
        let from = wanted.from.map(|id| id.to_string()).unwrap_or_default();
        Self {
            orders: rows.iter().map(line).collect(),
            sources: sources.into_iter().map(source).collect(),
            clients: Vec::new(),
            extra: extra(&from, wanted.client.as_deref()),
            client: wanted.client.unwrap_or_default(),
            from,
            done: "",
            pages: Pages { page: wanted.page, more },
        }
    }

    /// With whose orders a stringer lets me read.
    #[must_use]
    pub fn of_clients(self, clients: Vec<String>) -> Self {
        Self { clients, ..self }
    }

    /// After an act.
    #[must_use]
    pub fn done(self, done: Option<&str>) -> Self {
        Self { done: said(done), ..self }
    }
}

/// What a link to another page of the list carries on.
fn extra(from: &str, client: Option<&str>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    if !from.is_empty() {
        query.append_pair("from", from);
    }
    if let Some(client) = client {
        query.append_pair("client", client);
    }
    let query = query.finish();
    if query.is_empty() { query } else { format!("&{query}") }
}

/// What was done with leave, on the page that follows.
pub(super) fn said(done: Option<&str>) -> &'static str {
    match done {
        Some("granted") => "share-granted",
        Some("revoked") => "share-revoked",
        _ => "",
    }
}

/// `shares/given.html`: what others may read of mine.
#[derive(Debug, Serialize)]
pub struct Given {
    grants: Vec<Grant>,
    done: &'static str,
    #[serde(flatten)]
    pages: Pages,
}

#[derive(Debug, Serialize)]
struct Grant {
    id: Uuid,
    order: Uuid,
    what: Option<Job>,
    /// Nobody, where they do not string here any more.
    whom: Option<Card>,
    since: String,
}

impl Given {
    /// A page of the list.
    #[must_use]
    pub fn new(
        me: &Member,
        given: &[sharing::Given],
        cards: &[stringer_cards::Model],
        rows: &[Row],
        pages: Pages,
    ) -> Self {
        let grant = |one: &sharing::Given| Grant {
            id: one.id,
            order: one.order_id,
            what: rows.iter().find(|row| row.id == one.order_id).map(|row| Job::new(me, row)),
            whom: cards.iter().find(|card| card.id == one.grantee_id).map(Card::from),
            since: me.moment(one.granted_at),
        };
        Self { grants: given.iter().map(grant).collect(), done: "", pages }
    }

    /// After an act.
    #[must_use]
    pub fn done(self, done: Option<&str>) -> Self {
        Self { done: said(done), ..self }
    }
}

/// `shares/new.html`: whom, and which orders.
#[derive(Debug, Serialize)]
pub struct New {
    client: Uuid,
    name: Option<String>,
    jobs: Vec<Job>,
    q: String,
    found: Vec<Card>,
    /// Whom it is shared with, once chosen.
    to: Option<Card>,
    is_none_chosen: bool,
    /// What a link to another page carries on.
    extra: String,
    #[serde(flatten)]
    pages: Pages,
}

impl New {
    /// Of a client's orders.
    #[must_use]
    pub fn of(
        client: &Client,
        jobs: Vec<Job>,
        q: String,
        found: &[stringer_cards::Model],
        to: Option<&stringer_cards::Model>,
    ) -> Self {
        Self {
            client: client.id,
            name: client.name(),
            jobs,
            q,
            found: found.iter().map(Card::from).collect(),
            to: to.map(Card::from),
            is_none_chosen: false,
            extra: to.map(|to| format!("&client={}&to={}", client.id, to.id)).unwrap_or_default(),
            pages: Pages { page: 0, more: false },
        }
    }

    /// Which page of the orders.
    #[must_use]
    pub fn page(self, pages: Pages) -> Self {
        Self { pages, ..self }
    }

    /// Nothing was chosen, and is asked for.
    #[must_use]
    pub fn none_chosen(self, is_none_chosen: bool) -> Self {
        Self { is_none_chosen, ..self }
    }
}
