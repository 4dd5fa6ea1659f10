//! What is entered about an order: for whom, which racket, which strings, how hard.

use chrono::{NaiveDate, NaiveTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::TransactionSession;
use sea_orm::entity::prelude::*;

use super::{ActiveModel, Dates, Entity, Model, Payment, Prestretch, Prices, Step, receipt};
use crate::models::client_profiles::NewClient;
use crate::models::receipt_emissions::Cause;
use crate::models::stringers::Member;
use crate::models::{
    ModelError, ModelResult, catalogue_strings, client_profiles, client_rackets, order_state_audit,
    rackets,
};
use crate::units::{Currency, Money, Sport, Tension, TensionUnit};
use sea_orm_tenancy::{Connection, Txn};

/// For whom.
#[derive(Debug, Clone)]
pub enum ForClient {
    /// A client who is known.
    Known(Uuid),
    /// Somebody new, made with the order or not at all.
    New(Box<NewClient>),
    /// The stringer itself.
    Myself,
}

/// Which racket.
#[derive(Debug, Clone)]
pub enum OnFrame {
    /// A frame that the client has brought before.
    Known(Uuid),
    /// A new frame: what model it is, and what tells it from its twin.
    New {
        /// Maker and model, as in the catalogue or new to it.
        model: String,
        /// A nickname, `red grip` perhaps.
        nickname: Option<String>,
        /// Which one of several that come at once.
        number: Option<u32>,
    },
}

/// One of the rackets that are strung in one go, all alike but for their tension.
#[derive(Debug, Clone)]
pub struct OnRacket {
    /// The racket.
    pub frame: OnFrame,
    /// How much harder than the setup says, in hundredths of its unit; less where negative.
    pub by: i32,
}

/// What was entered.
#[derive(Debug)]
pub struct Entered {
    /// Whose rackets they are.
    pub client: Uuid,
    /// An order for each racket.
    pub orders: Vec<Uuid>,
}

/// Which string.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum StringChoice {
    /// None yet.
    #[default]
    Nothing,
    /// A name: the catalogue's entry where it is written so, else free text.
    Named(String),
    /// A name that shall become an entry of the stringer's own catalogue.
    Added(String),
}

/// One side of the stringbed.
#[derive(Debug, Clone, Default)]
pub struct Side {
    /// Its string.
    pub string: StringChoice,
    /// How hard it is pulled.
    pub tension: Option<Tension>,
    /// What the string costs, unless the client brought it.
    pub price: Option<Money>,
    /// The client brought the string.
    pub byo: bool,
    /// The string's colour.
    pub colour: Option<String>,
}

/// All that can be said about a stringjob besides whose racket it is.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The sport, which decides what tensions are possible.
    pub sport: Sport,
    /// The unit of both tensions.
    pub unit: TensionUnit,
    /// The currency of its prices.
    pub currency: Currency,
    /// The mains.
    pub mains: Side,
    /// The crosses; `None` for the same string as the mains, with this tension.
    pub crosses: Option<Side>,
    /// The crosses' tension where the string is the mains'.
    pub crosses_tension: Option<Tension>,
    /// Pre-stretch in percent, of both sides.
    pub prestretch: Option<i64>,
    /// What stretches them.
    pub prestretch_kind: Option<Prestretch>,
    /// Pieces of string where both sides have the same; different ones are two.
    pub pieces: Option<i64>,
    /// Knots.
    pub knots: Option<i64>,
    /// How it is strung, in the stringer's words.
    pub method: Option<String>,
    /// Stringing, without strings.
    pub labor: Option<Money>,
    /// Taken off the sum.
    pub discount: Option<Money>,
    /// What is paid in place of the sum.
    pub total: Option<Money>,
    /// Stiffness before the old string was cut out.
    pub dt_before: Option<i64>,
    /// Stiffness after stringing.
    pub dt_after: Option<i64>,
    /// What measured it.
    pub dt_device: Option<String>,
    /// May be printed.
    pub comment_public: Option<String>,
    /// Never leaves the stringer.
    pub comment_private: Option<String>,
    /// When it was ordered.
    pub ordered_at: Option<NaiveDate>,
    /// When it is wanted.
    pub due_at: Option<NaiveDate>,
    /// At what time it is wanted.
    pub due_time: Option<NaiveTime>,
    /// Paid before it is strung.
    pub paid_in_advance: bool,
    /// How it is paid.
    pub payment: Option<Payment>,
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
        client: ForClient,
        rackets: Vec<OnRacket>,
        setup: Setup,
        copied_from: Option<Uuid>,
    ) -> ModelResult<Entered> {
        let txn = db.begin().await?;
        let (client, is_self) = client.resolve(&txn).await?;
        client_profiles::Entity::touch(&txn, client).await?;
        let mut orders = Vec::with_capacity(rackets.len());
        for OnRacket { frame, by } in rackets {
            let frame = frame.resolve(&txn, client, setup.sport).await?;
            let setup = setup.harder(by);
            let whose = Whose { client, frame, is_self, copied_from };
            orders.push(Self::enter_one(&txn, me, whose, &setup).await?);
        }
        txn.commit().await?;
        Ok(Entered { client, orders })
    }

    async fn enter_one(txn: &Txn, me: &Member, whose: Whose, setup: &Setup) -> ModelResult<Uuid> {
        let Whose { client, frame, is_self, copied_from } = whose;
        let (id, now) = (Uuid::now_v7(), Utc::now());
        let order = ActiveModel {
            id: Set(id),
            client_profile_id: Set(client),
            is_self: Set(is_self),
            client_racket_id: Set(frame),
            currency: Set(me.currency().code().to_owned()),
            ordered_at: Set(setup.ordered_at),
            copied_from: Set(copied_from),
            lock_version: Set(0),
            created_at: Set(now.into()),
            updated_at: Set(now.into()),
            ..setup.columns(txn, is_self).await?
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
        frame: OnFrame,
        setup: Setup,
    ) -> ModelResult<Option<Uuid>> {
        let txn = db.begin().await?;
        let order = Model { lock_version, ..Self::order(&txn, id).await? };
        // The other dates are not the form's, and a migrated order's may be out of order.
        if order.paid_in_advance && !setup.paid_in_advance {
            Dates { paid_in_advance: false, ..order.dates() }.paid_in_order()?;
        }
        let shown = receipt::shown(&txn, &order).await?;
        let frame = frame.resolve(&txn, order.client_profile_id, setup.sport).await?;
        let changes = ActiveModel {
            client_racket_id: Set(frame),
            lock_version: Set(lock_version + 1),
            ..setup.columns(&txn, order.is_self).await?
        };
        order.save_if_unchanged(&txn, changes).await?;
        let changed = Self::order(&txn, id).await?;
        let owed = if receipt::shown(&txn, &changed).await? == shown {
            None
        } else {
            Some(receipt::issue(&txn, id, Cause::Edit).await?)
        };
        txn.commit().await?;
        Ok(owed)
    }
}

/// Whose racket an order is about.
struct Whose {
    client: Uuid,
    frame: Uuid,
    is_self: bool,
    copied_from: Option<Uuid>,
}

impl ForClient {
    /// The profile, and whether it is the stringer's own: a copied self job names it by key.
    async fn resolve(self, txn: &Txn) -> ModelResult<(Uuid, bool)> {
        Ok(match self {
            Self::Known(id) => {
                let known = client_profiles::Entity::client(txn, id).await?;
                (known.id, known.is_self_for_stringer)
            }
            Self::New(client) => (client_profiles::Entity::add(txn, &client).await?, false),
            Self::Myself => (client_profiles::Entity::myself(txn).await?, true),
        })
    }
}

impl OnFrame {
    async fn resolve(self, txn: &Txn, client: Uuid, sport: Sport) -> ModelResult<Uuid> {
        match self {
            Self::Known(id) => match client_rackets::Entity::frame(txn, id).await? {
                frame if frame.sport() == sport => Ok(frame.id),
                frame => Err(ModelError::OtherSport(frame.id)),
            },
            Self::New { model, nickname, number } => {
                let racket = rackets::Entity::named(txn, sport, &model).await?;
                client_rackets::Entity::add(txn, client, racket, nickname, number).await
            }
        }
    }
}

impl StringChoice {
    /// The catalogue's entry, or the free text.
    async fn resolve(
        &self,
        txn: &Txn,
        sport: Sport,
    ) -> ModelResult<(Option<Uuid>, Option<String>)> {
        match self {
            Self::Nothing => Ok((None, None)),
            Self::Named(name) => {
                let entry = catalogue_strings::Entity::find_by_name(txn, name).await?;
                Ok(match entry {
                    Some(entry) => (Some(entry.id), None),
                    None => (None, Some(name.clone())),
                })
            }
            Self::Added(name) => {
                let known = catalogue_strings::Entity::find_by_name(txn, name).await?;
                let id = match known {
                    Some(entry) => entry.id,
                    None => catalogue_strings::Entity::add(txn, sport, name).await?,
                };
                Ok((Some(id), None))
            }
        }
    }
}

impl Setup {
    /// The same with both tensions moved, by hundredths of its unit.
    #[must_use]
    pub fn harder(&self, by: i32) -> Self {
        let moved = |tension: Option<Tension>| {
            tension.map(|tension| Tension::from_hundredths(tension.hundredths() + by, self.unit))
        };
        let side = |side: &Side| Side { tension: moved(side.tension), ..side.clone() };
        Self {
            mains: side(&self.mains),
            crosses: self.crosses.as_ref().map(side),
            crosses_tension: moved(self.crosses_tension),
            ..self.clone()
        }
    }

    /// What it costs, unless it is strung for nobody.
    #[must_use]
    pub fn prices(&self) -> Prices {
        let minor = |money: Option<Money>| money.map(Money::minor);
        let string = |side: &Side| minor(side.price.filter(|_| !side.byo));
        Prices {
            currency: self.currency,
            labor: minor(self.labor),
            mains: string(&self.mains),
            crosses: self.crosses.as_ref().and_then(string),
            discount: minor(self.discount),
            total_override: minor(self.total),
        }
    }

    /// Its tensions.
    pub fn tensions(&self) -> impl Iterator<Item = Tension> {
        [self.mains.tension, self.crosses_tension].into_iter().flatten()
    }

    async fn columns(&self, txn: &Txn, is_self: bool) -> ModelResult<ActiveModel> {
        let price = |minor: Option<i64>| minor.filter(|_| !is_self);
        let prices = self.prices();
        let hundredths = |tension: Option<Tension>| tension.map(|t| i64::from(t.hundredths()));
        let mains = &self.mains;
        let (mains_id, mains_text) = mains.string.resolve(txn, self.sport).await?;
        let (crosses_id, crosses_text) = match &self.crosses {
            None => (mains_id, mains_text.clone()),
            Some(crosses) => crosses.string.resolve(txn, self.sport).await?,
        };
        let own = self.crosses.as_ref();
        Ok(ActiveModel {
            sport: Set(self.sport.code().to_owned()),
            tension_unit: Set(self.unit.code().to_owned()),
            mains_string_id: Set(mains_id),
            mains_string_text: Set(mains_text),
            mains_tension: Set(hundredths(mains.tension)),
            mains_price: Set(price(prices.mains)),
            mains_byo: Set(mains.byo),
            mains_colour: Set(mains.colour.clone()),
            mains_prestretch: Set(self.prestretch),
            crosses_string_id: Set(crosses_id),
            crosses_string_text: Set(crosses_text),
            crosses_tension: Set(hundredths(self.crosses_tension)),
            crosses_price: Set(price(prices.crosses)),
            crosses_byo: Set(own.map_or(mains.byo, |side| side.byo)),
            crosses_colour: Set(own.map_or(mains.colour.clone(), |side| side.colour.clone())),
            crosses_prestretch: Set(self.prestretch),
            prestretch_kind: Set(self.prestretch_kind.map(|kind| kind.code().to_owned())),
            pieces: Set(own.map_or(self.pieces, |_| Some(2))),
            knots: Set(self.knots),
            method: Set(self.method.clone()),
            labor: Set(price(prices.labor)),
            discount: Set(price(prices.discount)),
            total_override: Set(price(prices.total_override)),
            dt_before: Set(self.dt_before),
            dt_after: Set(self.dt_after),
            dt_device: Set(self.dt_device.clone()),
            comment_public: Set(self.comment_public.clone()),
            comment_private: Set(self.comment_private.clone()),
            due_at: Set(self.due_at),
            due_time: Set(self.due_time),
            paid_in_advance: Set(self.paid_in_advance && !is_self),
            payment_kind: Set(self.payment.filter(|_| !is_self).map(|kind| kind.code().to_owned())),
            ..Default::default()
        })
    }
}
