//! A client's own pages.

mod order;
mod settings;
mod sharing;

pub use order::Order;
pub use settings::Settings;
pub use sharing::Sharing;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::Pages;
use crate::forms::{AddressForm, Errors};
use crate::i18n::{Locale, Region};
use crate::models::client_orders::Model;
use crate::models::mine::OwnRacket;
use crate::models::orders::State;
use crate::models::person_claims::KnownPerson;
use crate::models::person_proofs::Offered;
use crate::models::persons::Candidate;
use crate::models::{order_shares, stringer_cards};
use crate::units::Tension;
use crate::values::Vocabulary as _;

/// `mine/start.html`: for whom nobody has let in.
#[derive(Debug, Default, Serialize)]
pub struct Start {
    /// A link was shown that is not good any more.
    is_spent: bool,
    /// A link can be asked for.
    can_mail: bool,
    /// It was asked for.
    is_mailed: bool,
    form: AddressForm,
    errors: Errors,
}

impl Start {
    /// With the form, where a link can be mailed.
    #[must_use]
    pub fn new(can_mail: bool) -> Self {
        Self { can_mail, ..Self::default() }
    }

    /// After a link that is not good.
    #[must_use]
    pub fn spent(self) -> Self {
        Self { is_spent: true, ..self }
    }

    /// With what is to be corrected.
    #[must_use]
    pub fn with(self, form: AddressForm, errors: Errors) -> Self {
        Self { form, errors, ..self }
    }

    /// After a link was asked for.
    #[must_use]
    pub fn mailed(self, form: AddressForm) -> Self {
        Self { form, is_mailed: true, ..self }
    }
}

/// `mine/proof.html`.
#[derive(Debug, Serialize)]
pub struct Proof {
    token_hash: String,
    address: String,
    who: Vec<Other>,
    /// The only one: its key need not be chosen.
    only: Option<Uuid>,
    is_nobody_chosen: bool,
}

impl Proof {
    /// Whom the link is for.
    #[must_use]
    pub fn new(token_hash: String, offered: &Offered) -> Self {
        let who: Vec<Other> = offered.who.iter().map(Other::new).collect();
        let only = if let [one] = who.as_slice() { Some(one.id) } else { None };
        let address = offered.address.clone();
        Self { token_hash, address, who, only, is_nobody_chosen: false }
    }

    /// The question who it is was left open.
    #[must_use]
    pub fn nobody_chosen(self) -> Self {
        Self { is_nobody_chosen: true, ..self }
    }
}

/// Somebody who has an address, as a workshop calls it.
#[derive(Debug, Serialize)]
struct Other {
    id: Uuid,
    first_name: String,
    stringer: Option<String>,
}

impl Other {
    fn new(one: &Candidate) -> Self {
        let (first_name, stringer) = (one.first_name.clone(), one.stringer.clone());
        Self { id: one.id, first_name, stringer }
    }
}

/// `mine/link.html`.
#[derive(Debug, Serialize)]
pub struct Link {
    /// What the link carries.
    pub token_hash: String,
    /// Whom it is for.
    pub first_name: String,
    /// Who has made it.
    pub stringer: String,
}

/// A client's clock is nobody's to know: days are told as they are in UTC.
pub(super) fn day(locale: Locale, at: DateTime<Utc>) -> String {
    let region = Region::new(locale, crate::units::Currency::ALL[0]);
    region.date(at.date_naive(), Utc::now().date_naive())
}

/// `mine/index.html`.
#[derive(Debug, Serialize)]
pub struct Home {
    first_name: String,
    rackets: Vec<Racket>,
    orders: Vec<Line>,
    /// Others with the same address.
    others: Vec<Other>,
    done: &'static str,
    #[serde(flatten)]
    pages: Pages,
}

/// A racket, and where it is.
#[derive(Debug, Serialize)]
struct Racket {
    #[serde(flatten)]
    last: Line,
    /// `waiting`, `ready`, or `played`.
    place: &'static str,
    /// When it was last strung.
    since: Option<String>,
    /// When it is due again, going by how often it was strung so far.
    due: Option<String>,
    is_due: bool,
}

/// An order in a list.
#[derive(Debug, Serialize)]
struct Line {
    id: Uuid,
    racket: String,
    nickname: Option<String>,
    sport: Option<&'static str>,
    stringer: String,
    state: &'static str,
    is_unpaid: bool,
    ordered: Option<String>,
    strung: Option<String>,
    wanted: Option<String>,
    mains: Option<String>,
    crosses: Option<String>,
    unit: &'static str,
    mains_string: Option<String>,
    /// Where it is another one.
    crosses_string: Option<String>,
    total: Option<String>,
}

/// How the order's amounts and days are written for its client.
fn region(locale: Locale, order: &Model) -> Region {
    Region::new(locale, order.currency)
}

impl Line {
    fn new(locale: Locale, order: &Model) -> Self {
        let region = region(locale, order);
        let today = Utc::now().date_naive();
        let day = |day: Option<NaiveDate>| day.map(|day| region.date(day, today));
        let shown = |tension: Option<Tension>| tension.map(|tension| region.tension(tension));
        let (dates, tensions) = (order.dates(), order.tensions());
        let crosses = order.crosses_name.clone();
        Self {
            id: order.id,
            racket: order.racket_name.clone(),
            nickname: order.racket_nickname.clone(),
            sport: order.other_sport(),
            stringer: order.stringer_name.clone(),
            state: dates.state().code(),
            is_unpaid: dates.is_unpaid(),
            ordered: day(dates.ordered),
            strung: day(dates.strung),
            wanted: day(order.due_at).filter(|_| dates.strung.is_none()),
            mains: shown(tensions.mains()),
            crosses: shown(tensions.crosses()),
            unit: tensions.unit().code(),
            mains_string: order.mains_name.clone(),
            crosses_string: crosses.filter(|crosses| Some(crosses) != order.mains_name.as_ref()),
            total: order.total().map(|total| region.money(total)),
        }
    }
}

impl Racket {
    fn new(locale: Locale, racket: &OwnRacket) -> Self {
        let region = region(locale, &racket.last);
        let today = Utc::now().date_naive();
        let day = |day: Option<NaiveDate>| day.map(|day| region.date(day, today));
        Self {
            place: match racket.last.dates().state() {
                State::Ordered | State::Draft => "waiting",
                State::Strung | State::Paid => "ready",
                _ => "played",
            },
            since: day(racket.strung),
            due: day(racket.due),
            is_due: racket.due.is_some_and(|due| due <= today),
            last: Line::new(locale, &racket.last),
        }
    }
}

impl Home {
    /// Rackets first, then the history.
    #[must_use]
    pub fn new(
        locale: Locale,
        me: &KnownPerson,
        rackets: &[OwnRacket],
        orders: &[Model],
        pages: Pages,
    ) -> Self {
        Self {
            first_name: me.first_name.clone(),
            rackets: rackets.iter().map(|racket| Racket::new(locale, racket)).collect(),
            orders: orders.iter().map(|order| Line::new(locale, order)).collect(),
            others: Vec::new(),
            done: "",
            pages,
        }
    }

    /// With others that workshops know by the same address.
    #[must_use]
    pub fn others(self, others: &[Candidate]) -> Self {
        Self { others: others.iter().map(Other::new).collect(), ..self }
    }

    /// After a word about one of them.
    #[must_use]
    pub fn done(self, done: Option<&str>) -> Self {
        let done = match done {
            Some("joined") => "mine-joined",
            Some("kept-apart") => "mine-kept-apart",
            Some("changed") => "mine-answered",
            Some("later") => "mine-later",
            _ => "",
        };
        Self { done, ..self }
    }
}

/// Who may read.
#[derive(Debug, Serialize)]
pub(super) struct Reader {
    share: Uuid,
    name: Option<String>,
    since: String,
    /// One order, where it is not all of them.
    order: Option<Uuid>,
}

impl Reader {
    pub(super) fn of_order(
        locale: Locale,
        share: &order_shares::Model,
        cards: &[stringer_cards::Model],
    ) -> Self {
        Self {
            share: share.id,
            name: name_of(cards, share.grantee_id),
            since: day(locale, share.granted_at.to_utc()),
            order: Some(share.order_id),
        }
    }
}

/// Nobody, where they do not string here any more.
fn name_of(cards: &[stringer_cards::Model], id: Uuid) -> Option<String> {
    cards.iter().find(|card| card.id == id).map(|card| card.display_name.clone())
}
