//! What a document says, in the types of the book; or where it contradicts itself. Nothing here
//! asks the database.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::prelude::Uuid;

use super::columns::{Read, ensure, is_day, is_moment, is_nobodys, named, of_order};
use super::document::{Client, Document, Order, Racket, Receipt};
use crate::models::catalogue_strings as strings;
use crate::models::{orders, receipt_counters};
use crate::receipts::Snapshot;
use crate::units::Sport;
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
        let number = order.receipt_number.as_deref();
        let is_number = number.is_none_or(|number| receipt_counters::parts_of(number).is_some());
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
            import_digest: order.import_digest.clone(),
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
        let mut lists = Lists::default();
        lists.take(&document);
        lists.orders(&document);
        lists.steps(&document);
        lists.receipts(&document);
        let faults = lists.faults;
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

    /// Clients other than the stringer itself.
    pub(in crate::models) fn clients(&self) -> usize {
        self.0.clients.iter().filter(|client| !client.is_myself).count()
    }

    /// The numbers of its receipts.
    pub(in crate::models) fn numbers(&self) -> impl Iterator<Item = &str> {
        self.0.orders.iter().filter_map(|order| order.receipt_number.as_deref())
    }
}

/// What a receipt says; `None` where it says nothing that could be printed, or of another one.
pub(super) fn says(receipt: &Receipt) -> Option<String> {
    let says: Snapshot = serde_json::from_str(receipt.says.get()).ok()?;
    (says.number == receipt.number).then(|| says.to_json())
}

/// Who and what the document knows, by its keys.
#[derive(Default)]
struct Lists<'d> {
    clients: HashMap<Uuid, &'d Client>,
    rackets: HashMap<Uuid, &'d Racket>,
    entered: HashSet<Uuid>,
    /// Whose each receipt number is.
    numbers: HashMap<&'d str, Uuid>,
    faults: Vec<Complaint>,
}

impl<'d> Lists<'d> {
    fn fault(&mut self, list: &'static str, nth: usize, field: &str) {
        self.faults.push(Complaint::of_book(list, nth, field));
    }

    fn take(&mut self, document: &'d Document) {
        let mut has_myself = false;
        for (nth, client) in document.clients.iter().enumerate() {
            let is_second = client.is_myself && std::mem::replace(&mut has_myself, true);
            let is_nobody = !client.is_myself && name_of(client).is_none();
            if self.clients.insert(client.id, client).is_some() {
                self.fault("clients", nth, "id");
            } else if is_second {
                self.fault("clients", nth, "is_myself");
            } else if is_nobody {
                self.fault("clients", nth, "first_name");
            } else if ![Some(client.created_at), client.touched_at]
                .into_iter()
                .flatten()
                .all(is_moment)
            {
                self.fault("clients", nth, "created_at");
            }
        }
        let mut labels = HashSet::new();
        for (nth, racket) in document.rackets.iter().enumerate() {
            if self.rackets.insert(racket.id, racket).is_some() {
                self.fault("rackets", nth, "id");
            } else if !self.clients.contains_key(&racket.client) {
                self.fault("rackets", nth, "client");
            } else if typed::line(&racket.model).is_empty() {
                self.fault("rackets", nth, "model");
            } else if label_of(racket).is_none_or(|label| !labels.insert(label)) {
                self.fault("rackets", nth, "label_code");
            }
        }
        for (nth, order) in document.orders.iter().enumerate() {
            if !self.entered.insert(order.id) {
                self.fault("orders", nth, "id");
            }
        }
    }

    fn orders(&mut self, document: &'d Document) {
        let mut refs = HashSet::new();
        for (nth, order) in document.orders.iter().enumerate() {
            let number = order.receipt_number.as_deref();
            let is_second = number.is_some_and(|it| self.numbers.insert(it, order.id).is_some());
            let external_ref = word(&order.external_ref);
            match self.order(order) {
                _ if is_second => self.fault("orders", nth, "receipt_number"),
                _ if external_ref.is_some_and(|name| !refs.insert(name)) => {
                    self.fault("orders", nth, "external_ref");
                }
                Ok(()) => {}
                Err(field) => self.fault("orders", nth, field),
            }
        }
    }

    fn steps(&mut self, document: &Document) {
        for (nth, step) in document.steps.iter().enumerate() {
            let days = [step.from, step.to, Some(step.at.date_naive())];
            if !self.entered.contains(&step.order) {
                self.fault("steps", nth, "order");
            } else if !days.into_iter().flatten().all(is_day) {
                self.fault("steps", nth, "at");
            }
        }
    }

    fn receipts(&mut self, document: &Document) {
        for (nth, receipt) in document.receipts.iter().enumerate() {
            if self.numbers.get(&*receipt.number) != Some(&receipt.order) {
                self.fault("receipts", nth, "number");
            } else if !is_moment(receipt.issued_at) {
                self.fault("receipts", nth, "issued_at");
            } else if says(receipt).is_none() {
                self.fault("receipts", nth, "says");
            }
        }
    }

    fn order(&self, order: &Order) -> Read<()> {
        let client = self.clients.get(&order.client).ok_or("client")?;
        let racket = self.rackets.get(&order.racket).ok_or("racket")?;
        ensure(racket.client == order.client, "racket")?;
        ensure(client.is_myself == order.is_own, "is_own")?;
        ensure(racket.sport.unwrap_or(order.sport) == order.sport, "sport")?;
        Planned::new(order).map(drop)
    }
}

/// A client's name; nobody is without one.
fn name_of(client: &Client) -> Option<String> {
    line(&format!("{} {}", client.first_name, client.last_name))
}

/// What stands on a racket's label.
pub(super) fn label_of(racket: &Racket) -> Option<String> {
    Some(typed::sign(&racket.label_code)).filter(|label| !label.is_empty())
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
