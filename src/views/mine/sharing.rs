//! Who may read a client's orders, and who has.

use serde::Serialize;
use uuid::Uuid;

use super::{Reader, day, name_of};
use crate::i18n::Locale;
use crate::models::share_audit::ShareEvent;
use crate::models::sharing::own::Granted;
use crate::models::{client_reads, stringer_cards};
use crate::values::Vocabulary as _;
use crate::views::Pages;
use crate::views::shares::{Card, said};

/// `mine/sharing.html`.
#[derive(Debug, Serialize)]
pub struct Sharing {
    #[serde(skip)]
    locale: Locale,
    /// Who may read all orders.
    all: Vec<Reader>,
    /// Who may read one.
    orders: Vec<Reader>,
    reads: Vec<Read>,
    q: String,
    found: Vec<Card>,
    done: &'static str,
    #[serde(flatten)]
    pages: Pages,
}

/// What was done with leave.
#[derive(Debug, Serialize)]
struct Read {
    event: &'static str,
    who: String,
    order: Uuid,
    racket: String,
    stringer: String,
    at: String,
    /// So many orders at once.
    orders: usize,
}

impl Read {
    /// Leave for all orders is noted with each of them, and told once.
    fn is_with(&self, other: &Self) -> bool {
        let is_of_all = self.event != ShareEvent::Read.code();
        is_of_all && (self.event, &self.who, &self.at) == (other.event, &other.who, &other.at)
    }
}

impl Sharing {
    /// Who may read.
    #[must_use]
    pub fn new(locale: Locale, granted: &Granted, cards: &[stringer_cards::Model]) -> Self {
        let all = granted.all.iter().map(|share| Reader {
            share: share.id,
            name: name_of(cards, share.target_stringer_id),
            since: day(locale, share.granted_at.to_utc()),
            order: None,
        });
        let orders = granted.orders.iter();
        let orders = orders.map(|share| Reader::of_order(locale, share, cards));
        Self {
            locale,
            all: all.collect(),
            orders: orders.collect(),
            reads: Vec::new(),
            q: String::new(),
            found: Vec::new(),
            done: "",
            pages: Pages { page: 0, more: false },
        }
    }

    /// With whom was looked for.
    #[must_use]
    pub fn found(self, q: String, found: &[stringer_cards::Model]) -> Self {
        Self { q, found: found.iter().map(Card::from).collect(), ..self }
    }

    /// With a page of what was done.
    #[must_use]
    pub fn reads(self, reads: &[client_reads::Model], pages: Pages) -> Self {
        let locale = self.locale;
        let read = |read: &client_reads::Model| Read {
            event: read.event.code(),
            who: read.grantee_name.clone(),
            order: read.order_id,
            racket: read.racket_name.clone(),
            stringer: read.stringer_name.clone(),
            at: day(locale, read.at.to_utc()),
            orders: 1,
        };
        let mut told: Vec<Read> = Vec::new();
        for read in reads.iter().map(read) {
            match told.last_mut().filter(|last| last.is_with(&read)) {
                Some(last) => last.orders += 1,
                None => told.push(read),
            }
        }
        Self { reads: told, pages, ..self }
    }

    /// After an act.
    #[must_use]
    pub fn done(self, done: Option<&str>) -> Self {
        Self { done: said(done), ..self }
    }
}
