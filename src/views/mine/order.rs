//! One order of a client.

use chrono::{NaiveDate, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::{Line, Reader, day, region};
use crate::i18n::Locale;
use crate::models::client_orders::Model;
use crate::models::mine::OwnReceipt;
use crate::models::{order_shares, stringer_cards};
use crate::views::shares::{Card, said};

/// `mine/order.html`.
#[derive(Debug, Serialize)]
pub struct Order {
    #[serde(flatten)]
    line: Line,
    town: Option<String>,
    returned: Option<String>,
    paid: Option<String>,
    mains_colour: Option<String>,
    crosses_colour: Option<String>,
    mains_byo: bool,
    crosses_byo: bool,
    method: Option<String>,
    dt_before: Option<i64>,
    dt_after: Option<i64>,
    dt_device: Option<String>,
    comment: Option<String>,
    receipts: Vec<Receipt>,
    /// Who may read it, by leave for it alone.
    readers: Vec<Reader>,
    /// It is something to share.
    may_share: bool,
    q: String,
    found: Vec<Card>,
    done: &'static str,
}

#[derive(Debug, Serialize)]
struct Receipt {
    id: Uuid,
    number: String,
    at: String,
}

impl Order {
    /// An order, and its receipts.
    #[must_use]
    pub fn new(locale: Locale, order: &Model, receipts: &[OwnReceipt]) -> Self {
        let region = region(locale, order);
        let today = Utc::now().date_naive();
        let on = |day: Option<NaiveDate>| day.map(|day| region.date(day, today));
        let receipt = |receipt: &OwnReceipt| Receipt {
            id: receipt.id,
            number: receipt.number.clone(),
            at: day(locale, receipt.created_at),
        };
        Self {
            line: Line::new(locale, order),
            town: order.stringer_town.clone(),
            returned: on(order.returned_at),
            paid: on(order.paid_at),
            mains_colour: order.mains_colour.clone(),
            crosses_colour: order.crosses_colour.clone(),
            mains_byo: order.mains_byo,
            crosses_byo: order.crosses_byo,
            method: order.method.clone(),
            dt_before: order.dt_before,
            dt_after: order.dt_after,
            dt_device: order.dt_device.clone(),
            comment: order.comment_public.clone(),
            receipts: receipts.iter().map(receipt).collect(),
            readers: Vec::new(),
            may_share: order.strung_at.is_some(),
            q: String::new(),
            found: Vec::new(),
            done: "",
        }
    }

    /// With who may read it.
    #[must_use]
    pub fn shared(
        self,
        locale: Locale,
        shares: &[order_shares::Model],
        cards: &[stringer_cards::Model],
    ) -> Self {
        let readers = shares.iter().map(|share| Reader::of_order(locale, share, cards)).collect();
        Self { readers, ..self }
    }

    /// With whom was looked for.
    #[must_use]
    pub fn found(self, q: String, found: &[stringer_cards::Model]) -> Self {
        Self { q, found: found.iter().map(Card::from).collect(), ..self }
    }

    /// After an act.
    #[must_use]
    pub fn done(self, done: Option<&str>) -> Self {
        Self { done: said(done), ..self }
    }
}
