//! Makes a book from a document, in an empty one: with keys of its own, for the document's may
//! be another's here; all else is as it was. A receipt is rendered again from what it said.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::prelude::Uuid;
use sea_orm::{DbErr, EntityTrait as _};
use sea_orm_tenancy::Txn;

use super::columns::{facts_of, gauge, said_of};
use super::document::{Client, Document, Moved, Order, Receipt};
use super::planning::{Named, Planned, Whole, label_of, line, paragraphs, says, word};
use crate::models::catalogue_strings::{self, Material};
use crate::models::orders::{self, OnSides, Strung, Whose};
use crate::models::persons::{self, NewPerson};
use crate::models::v1_import_rows::{self, Taken};
use crate::models::{ModelResult, client_profiles, client_rackets, or_not_found, rackets};
use crate::models::{order_state_audit, receipt_counters, receipt_emissions, stringers};
use crate::values::{Vocabulary as _, address};

/// What is summed up of an order, to be compared with what the book has of it.
#[derive(Debug)]
pub(in crate::models) struct Restored {
    pub(in crate::models) id: Uuid,
    pub(in crate::models) is_own: bool,
    pub(in crate::models) ordered: Option<NaiveDate>,
    pub(in crate::models) strung: Option<NaiveDate>,
    pub(in crate::models) total: i64,
}

/// Whether a book has no client and no order yet.
pub(in crate::models) async fn is_empty(txn: &Txn) -> Result<bool, DbErr> {
    let clients = client_profiles::Entity::search(txn, "", 0).await?.0;
    Ok(clients.is_empty() && orders::Entity::keys(txn).await?.is_empty())
}

/// A book on its way into the database.
pub(in crate::models) struct Restoring<'t> {
    txn: &'t Txn,
    import: Uuid,
    clients: HashMap<Uuid, Whose>,
    /// With the names by which orders know them.
    frames: HashMap<Uuid, orders::Framed>,
    strings: HashMap<String, Strung>,
    /// The keys of orders here, and when each was entered.
    orders: HashMap<Uuid, (Uuid, DateTime<Utc>)>,
    steps: Vec<Moved>,
    receipts: Vec<Receipt>,
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
        // Lists that are alike in all else are in the order of their keys.
        let key = |order: &Order| (order.id, (Uuid::now_v7(), order.created_at));
        let orders = left.iter().map(key).collect();
        // What was copied stands before its copies.
        left.sort_by_key(|order| order.created_at);
        let mut restoring = Self {
            txn,
            import,
            clients: HashMap::new(),
            frames: HashMap::new(),
            strings: HashMap::new(),
            orders,
            steps: std::mem::take(&mut document.steps),
            receipts: std::mem::take(&mut document.receipts),
            left: left.into_iter(),
        };
        stringers::Entity::take_over(txn, me, &document.workshop).await?;
        restoring.catalogue(&document).await?;
        for client in &document.clients {
            restoring.client(client).await?;
        }
        restoring.rackets(&document).await?;
        Ok(restoring)
    }

    async fn catalogue(&mut self, document: &Document) -> ModelResult<()> {
        for model in &document.models {
            let facts = rackets::Facts {
                year: model.year,
                head_size: model.head_size_cm2,
                string_pattern: word(&model.string_pattern),
                weight: model.weight_g,
                balance: model.balance_mm,
            };
            let said = said_of(&model.manufacturer, &model.model, facts);
            rackets::Entity::find_or_add(self.txn, model.sport, said).await?;
        }
        for string in &document.strings {
            let said = catalogue_strings::Said {
                manufacturer: line(&string.manufacturer).unwrap_or_default(),
                model: line(&string.model).unwrap_or_default(),
                gauge: gauge(&string.gauge_mm).flatten(),
                material: string.material.as_deref().and_then(Material::from_code),
                colour: word(&string.colour),
                length: string.length_cm,
            };
            catalogue_strings::Entity::find_or_add(self.txn, string.sport, said).await?;
        }
        Ok(())
    }

    async fn client(&mut self, client: &Client) -> ModelResult<()> {
        let text = |text: &str| line(text).unwrap_or_default();
        let person = NewPerson {
            first_name: text(&client.first_name),
            last_name: text(&client.last_name),
            email: client.email.as_deref().and_then(address),
            locale: client.locale,
        };
        let nickname = word(&client.nickname);
        let key = match client.is_myself {
            true => String::new(),
            false => person.search_key(nickname.as_deref()),
        };
        let profile = client_profiles::ActiveModel {
            nickname: Set(nickname),
            contact: Set(paragraphs(&client.contact)),
            internal_notes: Set(paragraphs(&client.notes)),
            default_tension_memo: Set(word(&client.tension_memo)),
            search_key: Set(key.clone()),
            touched_at: Set(Some(client.touched_at.unwrap_or(client.created_at).into())),
            updated_at: Set(Utc::now().into()),
            ..Default::default()
        };
        let (id, name) = if client.is_myself {
            (self.myself(client, profile).await?, None)
        } else {
            let name = Some(person.name());
            let person = persons::Entity::add(self.txn, &person).await?;
            (self.file(client, Some(person), profile).await?, name)
        };
        self.clients.insert(client.id, Whose { id, is_self: client.is_myself, name, key });
        Ok(())
    }

    /// The file on oneself, which a first racket of one's own may have made already.
    async fn myself(
        &self,
        client: &Client,
        profile: client_profiles::ActiveModel,
    ) -> ModelResult<Uuid> {
        let Some(known) = client_profiles::Entity::find_myself(self.txn).await? else {
            return self.file(client, None, profile).await;
        };
        client_profiles::Entity::overwrite(self.txn, known, profile).await?;
        Ok(known)
    }

    async fn file(
        &self,
        client: &Client,
        person: Option<Uuid>,
        profile: client_profiles::ActiveModel,
    ) -> ModelResult<Uuid> {
        let id = Uuid::now_v7();
        let profile = client_profiles::ActiveModel {
            id: Set(id),
            person_id: Set(person),
            is_self_for_stringer: Set(client.is_myself),
            created_at: Set(client.created_at.into()),
            ..profile
        };
        client_profiles::Entity::insert(profile).exec_without_returning(self.txn).await?;
        Ok(id)
    }

    async fn rackets(&mut self, document: &Document) -> ModelResult<()> {
        for racket in &document.rackets {
            let facts = facts_of(racket);
            let said = said_of(&racket.manufacturer, &racket.model, facts);
            let sport = racket.sport.unwrap_or(crate::units::Sport::Tennis);
            let model = rackets::Entity::find_or_add(self.txn, sport, said).await?;
            let client = or_not_found(self.clients.get(&racket.client))?.id;
            let traits = client_rackets::Traits {
                nickname: word(&racket.nickname),
                serial: word(&racket.serial),
                grip_size: word(&racket.grip_size),
                in_rotation: racket.in_rotation,
            };
            let label = or_not_found(label_of(racket))?;
            let id =
                client_rackets::Entity::labelled(self.txn, client, model, traits, &label).await?;
            let (framed, _) = orders::Framed::hold(self.txn, id).await?;
            self.frames.insert(racket.id, framed);
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
            restored.push(Restored {
                id,
                is_own: order.is_own,
                ordered: order.ordered,
                strung: order.strung,
                total: order.total,
            });
            if let (Some(number), Some(digest)) = (&order.external_ref, order.import_digest) {
                taken.push((number.clone(), Taken { order: id, digest }));
            }
            rows.push(orders::ActiveModel {
                id: Set(id),
                copied_from: Set(before),
                external_ref: Set(order.external_ref),
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
        let said = match named {
            None => return Ok(Strung::default()),
            Some(Named::Text(text)) => {
                let text = Some(text.clone());
                return Ok(Strung { entry: None, text: text.clone(), name: text });
            }
            Some(Named::Entry(said)) => said,
        };
        let name = catalogue_strings::name(&said.manufacturer, &said.model, said.gauge);
        if let Some(known) = self.strings.get(&name) {
            return Ok(known.clone());
        }
        let entry =
            catalogue_strings::Entity::find_or_add(self.txn, order.sport, said.clone()).await?;
        let strung = Strung { entry: Some(entry.id), text: None, name: Some(entry.name()) };
        self.strings.insert(name, strung.clone());
        Ok(strung)
    }

    /// Writes what is about all of the orders: when they took their steps, and their receipts.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(in crate::models) async fn end(self) -> ModelResult<()> {
        let Self { txn, orders, steps, receipts, .. } = self;
        let key = |order: &Uuid| orders.get(order).map(|(key, _)| *key);
        let steps = steps.iter().filter_map(|step| Some((key(&step.order)?, step)));
        order_state_audit::Entity::restore(txn, steps.collect()).await?;
        let receipts = receipts.into_iter();
        let receipts = receipts.filter_map(|it| Some((key(&it.order)?, says(&it)?, it)));
        Ok(receipt_emissions::Entity::restore(txn, receipts).await?)
    }
}
