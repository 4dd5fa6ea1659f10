//! The receipts of an order and their mails, on its page.

use chrono::Utc;
use serde::Serialize;
use uuid::Uuid;

use crate::models::orders;
use crate::models::receipt_emissions::{Issue, PdfState};
use crate::models::receipt_mails::{Delivery, Mail, Reach};
use crate::models::stringers::Member;
use crate::values::Vocabulary as _;

/// `orders/_receipt.html`.
#[derive(Debug, Serialize)]
pub struct Receipt {
    /// The order.
    pub id: Uuid,
    issues: Vec<Emission>,
    /// A PDF is on its way: nothing else is asked for until it is there.
    is_pending: bool,
    /// The fragment asks again after so many seconds, while something is on its way.
    asks_again: Option<u64>,
    mailing: Option<Mailing>,
}

#[derive(Debug, Serialize)]
struct Emission {
    id: Uuid,
    number: String,
    cause: &'static str,
    state: &'static str,
    at: String,
    /// What it says of the money.
    total: String,
    paid: String,
    /// The language that it says it in.
    lang: &'static str,
    /// A later one stands in its place.
    is_replaced: bool,
    mails: Vec<Mailed>,
}

/// What became of a mail.
#[derive(Debug, Serialize)]
struct Mailed {
    state: &'static str,
    is_trouble: bool,
    address: String,
    at: String,
}

/// What can be done about the mail.
#[derive(Debug, Serialize)]
struct Mailing {
    /// Why it cannot be mailed: `receipt-mail-not-…`.
    not: Option<&'static str>,
    /// One waits, and can be called back.
    waits: bool,
    /// One is on its way, and no other goes out.
    is_on_its_way: bool,
    /// One has gone out, or was tried.
    is_again: bool,
}

impl Mailed {
    fn new(me: &Member, mail: &Mail) -> Self {
        let at = mail.settled_at.unwrap_or(mail.next_attempt_at);
        let is_put_off = mail.state == Delivery::Owed && mail.last_error.is_some();
        Self {
            state: if is_put_off { "put_off" } else { mail.state.code() },
            is_trouble: mail.state.is_trouble(),
            address: mail.address.clone().unwrap_or_default(),
            at: me.moment(at),
        }
    }
}

impl Mailing {
    fn new(mails: &[Mail], reach: Option<Reach>) -> Self {
        let not = match reach {
            None => Some("server"),
            Some(Reach::NoAddress) => Some("address"),
            Some(Reach::Unwilling) => Some("wanted"),
            Some(Reach::Reached) => None,
        };
        let last = mails.first().map(|mail| mail.state);
        Self {
            not,
            waits: last == Some(Delivery::Owed),
            is_on_its_way: last.is_some_and(Delivery::is_on_its_way),
            is_again: last.is_some_and(|state| state == Delivery::Sent || state.is_trouble()),
        }
    }
}

impl Receipt {
    /// Of an order that has none yet.
    #[must_use]
    pub const fn none(id: Uuid) -> Self {
        Self { id, issues: Vec::new(), is_pending: false, asks_again: None, mailing: None }
    }

    /// The emissions of an order with their mails, and whether more can be mailed; `reach` is
    /// `None` without a mail server.
    #[must_use]
    pub fn new(
        me: &Member,
        order: &orders::Model,
        issues: Vec<Issue>,
        mails: Vec<Mail>,
        reach: Option<Reach>,
    ) -> Self {
        let is_pending = issues.iter().any(|issue| issue.pdf_state == PdfState::Pending);
        let now = Utc::now();
        let is_going_out = mails
            .first()
            .is_some_and(|mail| mail.state.is_on_its_way() && mail.next_attempt_at <= now)
            || mails.iter().any(|mail| mail.state == Delivery::Sending);
        let asks_again = if is_pending { Some(1) } else { is_going_out.then_some(5) };
        let mailing = order.strung_at.map(|_| Mailing::new(&mails, reach));
        let latest = issues.first().map(|issue| issue.id);
        let emission = |issue: Issue| {
            let (total, paid) = issue.says().unwrap_or_default();
            let of_it = mails.iter().filter(|mail| mail.emission_id == issue.id);
            Emission {
                id: issue.id,
                is_replaced: latest != Some(issue.id),
                total,
                paid,
                lang: issue.locale.code(),
                number: issue.number,
                cause: issue.cause.code(),
                state: issue.pdf_state.code(),
                at: me.moment(issue.created_at),
                mails: of_it.map(|mail| Mailed::new(me, mail)).collect(),
            }
        };
        let issues = issues.into_iter().map(emission).collect();
        Self { id: order.id, issues, is_pending, asks_again, mailing }
    }
}
