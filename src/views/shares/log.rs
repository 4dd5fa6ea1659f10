//! What was done with leave to read one's own orders.

use serde::Serialize;
use uuid::Uuid;

use crate::models::orders::Row;
use crate::models::share_audit;
use crate::models::stringer_cards;
use crate::models::stringers::Member;
use crate::values::Vocabulary as _;
use crate::views::Pages;
use crate::views::job::Job;

/// `shares/log.html`.
#[derive(Debug, Serialize)]
pub struct Log {
    acts: Vec<Act>,
    #[serde(flatten)]
    pages: Pages,
}

/// What somebody did.
#[derive(Debug, Serialize)]
struct Act {
    event: &'static str,
    order: Uuid,
    what: Option<Job>,
    /// Whose leave it is or was; nobody, where they do not string here any more.
    whom: Option<String>,
    /// `me`, `them`, `client` or `admin`.
    by: &'static str,
    at: String,
}

impl Log {
    /// A page of it.
    #[must_use]
    pub fn new(
        me: &Member,
        acts: &[share_audit::Model],
        cards: &[stringer_cards::Model],
        rows: &[Row],
        pages: Pages,
    ) -> Self {
        let name = |id: Uuid| {
            let card = cards.iter().find(|card| card.id == id);
            card.map(|card| card.display_name.clone())
        };
        let act = |act: &share_audit::Model| Act {
            event: act.event.code(),
            order: act.order_id,
            what: rows.iter().find(|row| row.id == act.order_id).map(|row| Job::new(me, row)),
            whom: name(act.grantee_id),
            by: by(me, act),
            at: me.moment(act.at.to_utc()),
        };
        Self { acts: acts.iter().map(act).collect(), pages }
    }
}

fn by(me: &Member, act: &share_audit::Model) -> &'static str {
    match act.actor_id {
        Some(actor) if actor == me.id => "me",
        Some(actor) if actor == act.grantee_id => "them",
        Some(_) => "admin",
        None => "client",
    }
}
