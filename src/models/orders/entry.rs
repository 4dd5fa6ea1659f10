//! Entering and editing orders; client, racket and strings that are new are made with them.

use chrono::Utc;
use sea_orm::ActiveValue::Set;
use sea_orm::TransactionSession;
use sea_orm::entity::prelude::*;
use sea_orm_tenancy::{Connection, Txn};

use super::setup::{ClientChoice, FrameChoice, RacketEntry, Setup, StringChoice};
use super::words::{Framed, OnSides, Strung, Whose};
use super::{ActiveModel, Crosses, Dates, Entity, Model, Step, receipt};
use crate::models::reels::uses;
use crate::models::stringers::Member;
use crate::models::{
    ModelError, ModelResult, catalogue_strings, client_profiles, client_rackets, order_state_audit,
    rackets, stringers,
};
use crate::units::Sport;

/// What was entered.
#[derive(Debug)]
pub struct Entered {
    /// Whose rackets they are.
    pub client: Uuid,
    /// An order for each racket.
    pub orders: Vec<Uuid>,
}

impl Entity {
    /// Enters an order for each racket; client, rackets and strings that are new are made
    /// with them, all in one transaction.
    ///
    /// # Errors
    /// When something that it names is not there for the caller, or a racket is of another
    /// sport.
    pub async fn enter(
        db: &impl Connection,
        me: &Member,
        client: ClientChoice,
        rackets: Vec<RacketEntry>,
        setup: Setup,
        copied_from: Option<Uuid>,
    ) -> ModelResult<Entered> {
        let txn = db.begin().await?;
        let client = client.resolve(&txn).await?;
        // Who has not said what stringing costs has said it now.
        if let Some(labor @ 1..) = setup.prices.labor
            && me.standard_labor().minor() == 0
        {
            stringers::Entity::remember_labor(&txn, me.id, labor).await?;
        }
        let mut orders = Vec::with_capacity(rackets.len());
        for RacketEntry { frame, by } in rackets {
            let frame = frame.resolve(&txn, client.id, setup.sport).await?;
            let setup = setup.shifted(by);
            let new = NewOrder { client: client.clone(), frame, copied_from };
            orders.push(Self::enter_one(&txn, me, new, &setup).await?);
        }
        txn.commit().await?;
        Ok(Entered { client: client.id, orders })
    }

    async fn enter_one(txn: &Txn, me: &Member, new: NewOrder, setup: &Setup) -> ModelResult<Uuid> {
        let NewOrder { client, frame, copied_from } = new;
        let (id, now) = (Uuid::now_v7(), Utc::now());
        let order = ActiveModel {
            id: Set(id),
            client_profile_id: Set(client.id),
            is_self: Set(client.is_self),
            client_name: Set(client.name),
            client_key: Set(client.key),
            currency: Set(me.currency()),
            ordered_at: Set(setup.ordered_at),
            copied_from: Set(copied_from),
            lock_version: Set(0),
            created_at: Set(now.into()),
            updated_at: Set(now.into()),
            ..setup.columns(frame, client.is_self, setup.strings(txn).await?)
        };
        Self::insert(order).exec_without_returning(txn).await?;
        if setup.ordered_at.is_some() {
            order_state_audit::Entity::note(txn, id, Step::Ordered, None, setup.ordered_at).await?;
        }
        Ok(id)
    }

    /// Changes an order, in every state. Where its receipt would now say something
    /// else, a new one is owed; the earlier are kept.
    ///
    /// # Errors
    /// When somebody else changed it since `lock_version`, or something that it names
    /// is not there for the caller, the racket is of another sport, or it is paid and no
    /// longer said to be so in advance.
    pub async fn edit(
        db: &impl Connection,
        id: Uuid,
        lock_version: i64,
        frame: FrameChoice,
        setup: Setup,
    ) -> ModelResult<Option<Uuid>> {
        let txn = db.begin().await?;
        let order = Model { lock_version, ..Model::find(&txn, id).await? };
        // The other dates are not the form's, and a migrated order's may be out of order.
        if order.paid_in_advance && !setup.paid_in_advance {
            Dates { paid_in_advance: false, ..order.dates() }.paid_in_order()?;
        }
        let settled = order.settled(&txn, setup.prices.total()).await?;
        let frame = frame.resolve(&txn, order.client_profile_id, setup.sport).await?;
        let mut changes = ActiveModel {
            lock_version: Set(lock_version + 1),
            ..setup.columns(frame, order.is_self, setup.strings(&txn).await?)
        };
        if let Some(settled) = settled {
            let paid = settled.paid_at;
            changes.payment_kind = Set(settled.kind);
            changes.paid_at = Set(paid);
            // What is less now than was paid before the racket was strung is paid in advance.
            let is_advance = paid.is_some_and(|day| order.strung_at.is_none_or(|it| day < it));
            changes.paid_in_advance = Set(is_advance || setup.paid_in_advance);
            if paid != order.paid_at {
                order_state_audit::Entity::note(&txn, id, Step::Paid, order.paid_at, paid).await?;
            }
        }
        order.save_if_unchanged(&txn, changes).await?;
        if order.strung_at.is_some() {
            uses::Entity::settle(&txn, &order, &Model::find(&txn, id).await?).await?;
        }
        let owed = receipt::issue_if_changed(&txn, id).await?;
        txn.commit().await?;
        Ok(owed)
    }
}

/// Whose racket an order is about.
struct NewOrder {
    client: Whose,
    frame: Framed,
    copied_from: Option<Uuid>,
}

impl ClientChoice {
    /// The profile; a copied self job names the stringer's own by its key.
    async fn resolve(self, txn: &Txn) -> ModelResult<Whose> {
        Ok(match self {
            Self::Existing(id) => {
                // Who renames a client waits for this, or this for them: the name that is read
                // stays the client's until the order stands.
                client_profiles::Entity::touch(txn, id).await?;
                Whose::find(txn, id).await?
            }
            Self::New(client) => {
                let id = client_profiles::Entity::add(txn, &client).await?;
                let key = client.person.search_key(client.nickname.as_deref());
                Whose { id, is_self: false, name: Some(client.person.name()), key }
            }
            Self::Myself => {
                let id = client_profiles::Entity::myself(txn).await?;
                client_profiles::Entity::touch(txn, id).await?;
                Whose { id, is_self: true, name: None, key: String::new() }
            }
        })
    }
}

impl FrameChoice {
    async fn resolve(self, txn: &Txn, client: Uuid, sport: Sport) -> ModelResult<Framed> {
        let id = match self {
            Self::Existing(id) => id,
            Self::New { model, nickname, number } => {
                let racket = rackets::Entity::find_or_create(txn, sport, &model).await?;
                client_rackets::Entity::add(txn, client, racket, nickname, number).await?
            }
        };
        // As with its client's name.
        let (frame, is_of) = Framed::hold(txn, id).await?;
        if is_of != sport {
            return Err(ModelError::OtherSport(id));
        }
        Ok(frame)
    }
}

impl StringChoice {
    /// The catalogue's entry, or the free text.
    async fn resolve(&self, txn: &Txn, sport: Sport) -> ModelResult<Strung> {
        let (name, is_added) = match self {
            Self::Nothing => return Ok(Strung::default()),
            Self::Named(name) => (name, false),
            Self::Added(name) => (name, true),
        };
        let mut entry = catalogue_strings::Entity::find_by_name(txn, name).await?;
        if entry.is_none() && is_added {
            catalogue_strings::Entity::add_named(txn, sport, name).await?;
            entry = catalogue_strings::Entity::find_by_name(txn, name).await?;
        }
        Ok(match entry {
            Some(entry) => Strung { entry: Some(entry.id), text: None, name: Some(entry.name()) },
            None => Strung { entry: None, text: Some(name.clone()), name: Some(name.clone()) },
        })
    }
}

impl Setup {
    /// What is stored of it. Prices, payment and advance are not a self job's to have, and
    /// the database refuses them.
    pub(super) fn columns(&self, frame: Framed, is_self: bool, on: OnSides) -> ActiveModel {
        let bed = self.bed_columns(on);
        let prices = &self.prices;
        let price = |minor: Option<i64>| Set(minor.filter(|_| !is_self));
        ActiveModel {
            client_racket_id: Set(frame.id),
            racket_name: Set(frame.name),
            racket_nickname: Set(frame.nickname),
            sport: Set(self.sport),
            mains_price: price(prices.mains.minor()),
            crosses_price: price(prices.crosses.minor()),
            mains_prestretch: Set(self.prestretch),
            crosses_prestretch: Set(self.prestretch),
            prestretch_kind: Set(self.prestretch_kind),
            pieces: Set(if self.bed.has_one_string() { self.pieces } else { Some(2) }),
            knots: Set(self.knots),
            method: Set(self.method.clone()),
            labor: price(prices.labor),
            discount: price(prices.discount),
            total_override: price(prices.total_override),
            total: price(Some(prices.total().minor())),
            dt_before: Set(self.dt_before),
            dt_after: Set(self.dt_after),
            dt_device: Set(self.dt_device.clone()),
            comment_public: Set(self.comment_public.clone()),
            comment_private: Set(self.comment_private.clone()),
            due_at: Set(self.due_at),
            due_time: Set(self.due_time),
            paid_in_advance: Set(self.paid_in_advance && !is_self),
            payment_kind: Set(self.payment.filter(|_| !is_self)),
            ..bed
        }
    }

    /// The strings of both sides, as the catalogue has them.
    async fn strings(&self, txn: &Txn) -> ModelResult<OnSides> {
        let mains = self.bed.mains.string.resolve(txn, self.sport).await?;
        let crosses = match &self.bed.crosses {
            Crosses::AsMains { .. } => mains.clone(),
            Crosses::Own(own) => own.string.resolve(txn, self.sport).await?,
        };
        Ok(OnSides { mains, crosses })
    }

    fn bed_columns(&self, on: OnSides) -> ActiveModel {
        let (mains, crosses) = (&self.bed.mains, self.bed.crosses_side());
        let (mains_tension, crosses_tension) = self.bed.tensions().hundredths();
        on.columns(ActiveModel {
            tension_unit: Set(self.bed.unit),
            mains_tension: Set(mains_tension),
            mains_byo: Set(mains.byo),
            mains_colour: Set(mains.colour.clone()),
            crosses_tension: Set(crosses_tension),
            crosses_byo: Set(crosses.byo),
            crosses_colour: Set(crosses.colour.clone()),
            ..Default::default()
        })
    }
}
