//! What a document says, in the types of the book; or where it contradicts itself. Nothing here
//! asks the database.

use chrono::NaiveDate;
use sea_orm::prelude::Uuid;

use super::checking::faults;
use super::columns::{Read, ensure, is_nobodys, named, of_order};
use super::document::{Document, Order, Receipt};
use crate::models::catalogue_strings as strings;
use crate::models::{orders, receipt_counters};
use crate::receipts::Snapshot;
use crate::units::{Currency, Sport};
use crate::v1::Complaint;
use crate::values::typed;

/// An order whose client, racket and strings are still to be found or made.
#[derive(Debug)]
pub(super) struct Planned {
    /// What the document knows it, its client and its racket by.
    pub(super) id: Uuid,
    pub(super) client: Uuid,
    pub(super) racket: Uuid,
    pub(super) is_own: bool,
    pub(super) sport: Sport,
    pub(super) strings: [Option<Named>; 2],
    /// All else that its row says.
    pub(super) row: orders::ActiveModel,
    pub(super) ordered: Option<NaiveDate>,
    pub(super) strung: Option<NaiveDate>,
    /// What its client pays, in the smallest unit of its currency.
    pub(super) total: i64,
    pub(super) receipt_number: Option<String>,
    /// What it came from a file as, and what its row there has said.
    pub(super) external_ref: Option<String>,
    pub(super) import_digest: Option<String>,
}

/// A string as an order has it.
#[derive(Debug, Clone)]
pub(super) enum Named {
    Entry(strings::Said),
    Text(String),
}

impl Planned {
    /// # Errors
    /// With the field that says what no book of ours has.
    pub(super) fn new(order: &Order) -> Read<Self> {
        let strings = [named(&order.mains, "mains")?, named(&order.crosses, "crosses")?];
        let (row, total) = of_order(order)?;
        ensure(!order.is_own || total == 0 && is_nobodys(order), "is_own")?;
        let is_number = match order.receipt_number.as_deref() {
            Some(number) => receipt_counters::parts_of(number).is_some(),
            // What was strung for a client has one (RULES 3).
            None => order.is_own || order.strung_at.is_none(),
        };
        ensure(is_number, "receipt_number")?;
        Ok(Self {
            id: order.id,
            client: order.client,
            racket: order.racket,
            is_own: order.is_own,
            sport: order.sport,
            strings,
            row,
            ordered: order.ordered_at,
            strung: order.strung_at,
            total,
            receipt_number: order.receipt_number.clone(),
            external_ref: word(&order.external_ref),
            import_digest: order.import_digest.clone().filter(|it| is_digest(it)),
        })
    }
}

/// A document in which every place fits to the others, and which is to be a book. It is kept as
/// it came, and not in the types of the book, which take twice the memory.
#[derive(Debug)]
pub struct Whole(pub(super) Document);

impl Whole {
    /// Looks through all of a document.
    ///
    /// # Errors
    /// With every place that contradicts another, or says what no book of ours has.
    pub fn new(document: Document) -> Result<Self, Vec<Complaint>> {
        let faults = faults(&document);
        if faults.is_empty() { Ok(Self(document)) } else { Err(faults) }
    }

    /// Its orders.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.orders.len()
    }

    /// It has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.orders.is_empty()
    }

    /// What its workshop is paid in.
    pub(in crate::models) const fn currency(&self) -> Currency {
        self.0.workshop.currency
    }

    /// Clients other than the stringer itself.
    pub(in crate::models) fn clients(&self) -> usize {
        self.0.clients.iter().filter(|client| !client.is_myself).count()
    }

    /// The numbers of its receipts.
    pub(in crate::models) fn numbers(&self) -> impl Iterator<Item = &str> {
        self.0.orders.iter().filter_map(|order| order.receipt_number.as_deref())
    }
}

/// What was said in a file, as it is kept.
fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// No receipt of ours has more lines of a kind; each costs the one who sets it time.
const LINES: usize = 40;

/// An account and a link.
const WAYS: usize = 2;

/// No code says more (guidelines QR-bill, 4.2.2).
const SAID: usize = 997;

/// What a receipt says; `None` where it says nothing that could be printed, or of another one.
pub(super) fn says(receipt: &Receipt) -> Option<String> {
    let says = Snapshot::from_json(receipt.says.get()).ok()?;
    let lines = [says.details.len(), says.prices.len(), says.business.len()];
    let ways = says.pay.as_ref().map_or(&[][..], |pay| &pay.ways);
    let scans = ways.len() <= WAYS
        && ways.iter().all(|way| way.lines.len() <= LINES && way.says.len() <= SAID);
    let fits = says.number == receipt.number
        && (1..=Snapshot::TEMPLATE).contains(&says.template)
        && scans
        && lines.into_iter().all(|lines| lines <= LINES);
    fits.then(|| says.to_json())
}

/// A text of one line, where it says anything.
pub(super) fn line(text: &str) -> Option<String> {
    Some(typed::line(text)).filter(|text| !text.is_empty())
}

/// The same of several lines.
pub(super) fn paragraphs(text: &Option<String>) -> Option<String> {
    text.as_deref().map(typed::paragraphs).filter(|text| !text.is_empty())
}

/// A text of one line that may not be there.
pub(super) fn word(text: &Option<String>) -> Option<String> {
    text.as_deref().and_then(line)
}
