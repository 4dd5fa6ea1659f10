//! Makes a book from a document, in an empty one: with keys of its own, for the document's may
//! be another's here; all else is as the document says. A receipt is rendered again from what it
//! said.

mod naming;
mod stock;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::prelude::Uuid;
use sea_orm::{DbErr, EntityTrait as _, QuerySelect as _};
use sea_orm_tenancy::Txn;

use super::document::{Document, Moved, Order, Receipt};
use super::paid::PaidOff;
use super::planning::{Named, Planned, Whole, says};
use super::stock::{Drawn, Reel};
use crate::models::catalogue_strings;
use crate::models::orders::{self, OnSides, Strung, Whose};
use crate::models::v1_import_rows::{self, Taken};
use crate::models::{ModelResult, client_profiles, client_rackets, or_not_found};
use crate::models::{
    logos, order_state_audit, payments, receipt_counters, receipt_emissions, stringers, taxes,
};
use crate::pictures::Picture;
use crate::units::{Currency, Sport};

/// What is summed up of an order, to be compared with what the book has of it.
#[derive(Debug)]
pub(in crate::models) struct Restored {
    pub(in crate::models) id: Uuid,
    pub(in crate::models) is_own: bool,
    pub(in crate::models) ordered: Option<NaiveDate>,
    pub(in crate::models) strung: Option<NaiveDate>,
    pub(in crate::models) total: i64,
    pub(in crate::models) currency: Currency,
}

impl Restored {
    const fn new(id: Uuid, order: &Planned, currency: Currency) -> Self {
        Self {
            id,
            is_own: order.is_own,
            ordered: order.ordered,
            strung: order.strung,
            total: order.total,
            currency,
        }
    }
}

/// Whether a book has no client, no racket and no order yet.
pub(in crate::models) async fn is_empty(txn: &Txn) -> Result<bool, DbErr> {
    let clients = client_profiles::Entity::search(txn, "", 0).await?.0;
    let racket = client_rackets::Entity::find().select_only().column(client_rackets::Column::Id);
    let racket: Option<Uuid> = racket.limit(1).into_tuple().one(txn).await?;
    // An order has both.
    Ok(clients.is_empty() && racket.is_none())
}

/// A book on its way into the database.
pub(in crate::models) struct Restoring<'t> {
    txn: &'t Txn,
    import: Uuid,
    clients: HashMap<Uuid, Whose>,
    /// With the names by which orders know them.
    frames: HashMap<Uuid, orders::Framed>,
    /// Own entries, which are used before others of their name.
    models: HashMap<(Sport, String), Uuid>,
    strings: HashMap<(Sport, String), Strung>,
    /// The keys of orders here, and when each was entered.
    orders: HashMap<Uuid, (Uuid, DateTime<Utc>)>,
    steps: Vec<Moved>,
    receipts: Vec<Receipt>,
    reels: Vec<Reel>,
    drawn: Vec<Drawn>,
    payments: Vec<PaidOff>,
    /// How much was paid for each order of the document.
    received: HashMap<Uuid, i64>,
    /// To be written.
    left: std::vec::IntoIter<Order>,
}

impl<'t> Restoring<'t> {
    /// Writes all that orders name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(in crate::models) async fn begin(
        txn: &'t Txn,
        me: Uuid,
        import: Uuid,
        whole: Whole,
    ) -> ModelResult<Self> {
        let Whole(mut document) = whole;
        let mut left = std::mem::take(&mut document.orders);
        let numbers = left.iter().filter_map(|order| order.receipt_number.as_deref());
        receipt_counters::Entity::reach(txn, numbers).await?;
        // Lists that are alike in all else are in the order of their keys: as they were.
        left.sort_by_key(|order| order.id);
        let key = |order: &Order| (order.id, (Uuid::now_v7(), order.created_at));
        let orders = left.iter().map(key).collect();
        // What was copied stands before its copies.
        left.sort_by_key(|order| order.created_at);
        let mut restoring = Self {
            txn,
            import,
            clients: HashMap::new(),
            frames: HashMap::new(),
            models: HashMap::new(),
            strings: HashMap::new(),
            orders,
            steps: std::mem::take(&mut document.steps),
            receipts: std::mem::take(&mut document.receipts),
            reels: std::mem::take(&mut document.reels),
            drawn: std::mem::take(&mut document.drawn),
            received: PaidOff::sums(&document.payments),
            payments: std::mem::take(&mut document.payments),
            left: left.into_iter(),
        };
        restoring.workshop(me, &mut document).await?;
        restoring.catalogue(&document).await?;
        for client in &document.clients {
            restoring.client(client).await?;
        }
        restoring.rackets(&document).await?;
        restoring.names(&document).await?;
        Ok(restoring)
    }

    /// Writes what it says of itself, and what its receipts show.
    async fn workshop(&self, me: Uuid, document: &mut Document) -> ModelResult<()> {
        let txn = self.txn;
        stringers::Entity::take_over(txn, me, &document.workshop).await?;
        for logo in std::mem::take(&mut document.logos) {
            // It was looked through before.
            let picture = or_not_found(Picture::kept(&logo.png).ok())?;
            logos::Entity::keep(txn, &logo.digest, picture).await?;
        }
        logos::Entity::take_over(txn, me, document.workshop.logo.as_deref()).await?;
        for said in &document.taxes {
            // It was looked through before.
            taxes::Entity::say(txn, said.since, &or_not_found(said.tax().ok())?).await?;
        }
        Ok(())
    }

    /// Writes the next orders, so many at the most; none where all are there.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(in crate::models) async fn some(&mut self, at_most: usize) -> ModelResult<Vec<Restored>> {
        let (mut rows, mut taken, mut restored) = (Vec::new(), Vec::new(), Vec::new());
        let some: Vec<Order> = self.left.by_ref().take(at_most).collect();
        for said in some {
            let before = self.copied(&said);
            // It was looked through before.
            let order = or_not_found(Planned::new(&said).ok())?;
            let (id, _) = *or_not_found(self.orders.get(&order.id))?;
            let OnSides { mains, crosses } = self.strings(&order).await?;
            let client = or_not_found(self.clients.get(&order.client))?.clone();
            let frame = or_not_found(self.frames.get(&order.racket))?.clone();
            restored.push(Restored::new(id, &order, said.currency));
            // Without what its row has said, it is asked about when that comes again.
            if let Some(number) = &order.external_ref {
                let digest = order.import_digest.unwrap_or_default();
                taken.push((number.clone(), Taken { order: id, digest }));
            }
            rows.push(orders::ActiveModel {
                id: Set(id),
                copied_from: Set(before),
                external_ref: Set(order.external_ref),
                received: Set(self.received.get(&said.id).copied().unwrap_or_default()),
                receipt_number: Set(order.receipt_number),
                lock_version: Set(0),
                ..orders::Entity::called(order.row, client, frame, OnSides { mains, crosses })
            });
        }
        if rows.is_empty() {
            return Ok(restored);
        }
        orders::Entity::insert_many(rows).exec_without_returning(self.txn).await?;
        v1_import_rows::Entity::note(self.txn, self.import, taken).await?;
        Ok(restored)
    }

    /// Of which order it is a copy: one that was there before it.
    fn copied(&self, order: &Order) -> Option<Uuid> {
        let (before, at) = self.orders.get(&order.copied_from?)?;
        (*at < order.created_at).then_some(*before)
    }

    async fn strings(&mut self, order: &Planned) -> ModelResult<OnSides> {
        let [mains, crosses] = &order.strings;
        let mains = self.string(order, mains.as_ref()).await?;
        Ok(OnSides { mains, crosses: self.string(order, crosses.as_ref()).await? })
    }

    async fn string(&mut self, order: &Planned, named: Option<&Named>) -> ModelResult<Strung> {
        match named {
            None => Ok(Strung::default()),
            Some(Named::Text(text)) => {
                let text = Some(text.clone());
                Ok(Strung { entry: None, text: text.clone(), name: text })
            }
            Some(Named::Entry(said)) => self.entry(order.sport, said).await,
        }
    }

    /// The own entry of that name, or else anybody's, or a new one.
    async fn entry(&mut self, sport: Sport, said: &catalogue_strings::Said) -> ModelResult<Strung> {
        let name = catalogue_strings::name(&said.manufacturer, &said.model, said.gauge);
        let place = (sport, name);
        if let Some(known) = self.strings.get(&place) {
            return Ok(known.clone());
        }
        let entry = catalogue_strings::Entity::find_or_add(self.txn, sport, said.clone()).await?;
        let strung = Strung { entry: Some(entry.id), text: None, name: Some(entry.name()) };
        self.strings.insert(place, strung.clone());
        Ok(strung)
    }

    /// Writes what is about all of the orders: when they took their steps, and their receipts.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(in crate::models) async fn end(mut self) -> ModelResult<()> {
        self.stock().await?;
        let Self { txn, orders, steps, receipts, payments, .. } = self;
        let key = |order: &Uuid| orders.get(order).map(|(key, _)| *key);
        let paid = payments.iter().filter_map(|one| Some((key(&one.order)?, one.paid())));
        payments::Entity::restore(txn, paid.collect()).await?;
        let steps = steps.iter().filter_map(|step| Some((key(&step.order)?, step)));
        order_state_audit::Entity::restore(txn, steps.collect()).await?;
        let receipts = receipts.into_iter();
        let receipts = receipts.filter_map(|it| Some((key(&it.order)?, says(&it)?, it)));
        Ok(receipt_emissions::Entity::restore(txn, receipts).await?)
    }
}
