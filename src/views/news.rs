//! What a stringer was told.

use serde::Serialize;
use uuid::Uuid;

use super::Pages;
use crate::models::notifications::{MANY, Model, NotificationKind};
use crate::models::orders::list;
use crate::models::orders::tally::TooLong;
use crate::models::stringer_cards;
use crate::models::stringers::Member;
use crate::values::Vocabulary as _;

/// `news/index.html`.
#[derive(Debug, Serialize)]
pub struct Index {
    news: Vec<News>,
    has_unread: bool,
    #[serde(flatten)]
    overdue: Overdue,
    #[serde(flatten)]
    pages: Pages,
}

/// `news/_overdue.html`: what has waited for longer than the stringer wants.
#[derive(Debug, Serialize)]
pub struct Overdue {
    /// Rackets that were not collected.
    overdue_ready: u64,
    /// Bills that were not paid.
    overdue_unpaid: u64,
}

impl From<TooLong> for Overdue {
    fn from(TooLong { ready, unpaid }: TooLong) -> Self {
        Self { overdue_ready: ready.min(list::MANY), overdue_unpaid: unpaid.min(list::MANY) }
    }
}

/// What a stringer was told.
#[derive(Debug, Serialize)]
struct News {
    id: Uuid,
    kind: &'static str,
    /// Nobody, where they do not string here any more.
    who: Option<String>,
    at: String,
    is_unread: bool,
    /// Where there is more of it.
    page: Option<String>,
}

impl News {
    fn new(me: &Member, one: &Model, actors: &[stringer_cards::Model]) -> Self {
        let order = one.order_id.filter(|_| one.order_stringer_id == Some(me.id));
        let page = match one.kind {
            NotificationKind::ShareGrantedToMe => Some("/shares".to_owned()),
            NotificationKind::ShareRevokedFromMe
            | NotificationKind::MyOrderVisibleToThirdParty
            | NotificationKind::ReceiptNotMailed => order.map(|order| format!("/orders/{order}")),
            NotificationKind::CatalogueSubmissionPending => {
                me.is_admin().then(|| "/admin/catalogue".to_owned())
            }
            NotificationKind::CatalogueSubmissionDecided => Some("/catalogue".to_owned()),
        };
        let who = actors.iter().find(|card| Some(card.id) == one.actor_id);
        Self {
            id: one.id,
            kind: one.kind.code(),
            who: who.map(|card| card.display_name.clone()),
            at: me.moment(one.at.to_utc()),
            is_unread: one.read_at.is_none(),
            page,
        }
    }
}

impl Index {
    /// A page of what a stringer was told.
    #[must_use]
    pub fn new(
        me: &Member,
        news: &[Model],
        actors: &[stringer_cards::Model],
        overdue: TooLong,
        pages: Pages,
    ) -> Self {
        let news: Vec<News> = news.iter().map(|one| News::new(me, one, actors)).collect();
        let has_unread = news.iter().any(|one| one.is_unread);
        Self { has_unread, news, overdue: overdue.into(), pages }
    }
}

/// `news/_badge.html`: how much there is that a stringer has not said it knows.
#[derive(Debug, Serialize)]
pub struct Badge {
    /// `99+` where it is more; `None` where there is nothing.
    count: Option<String>,
}

impl Badge {
    /// Of so much.
    #[must_use]
    pub fn of(unread: u64) -> Self {
        let count = match unread {
            0 => None,
            many if many > MANY => Some(format!("{MANY}+")),
            some => Some(some.to_string()),
        };
        Self { count }
    }
}
