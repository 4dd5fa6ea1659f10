//! Mails of receipts: one is owed when an order becomes strung, and whenever the stringer asks for
//! one. The row is the record: what is owed, whether it went out, and where nobody can know.
//!
//! A mail is taken before it is sent, and what became of it is written down after. Whoever dies
//! between the two leaves it as taken; it is then never sent again by itself, since it may have
//! arrived. Other than the design, which keeps this with the emission: one emission may be mailed
//! more than once.

mod delivering;
mod recipient;

pub use super::_entities::receipt_mails::{ActiveModel, Column, Entity, Model};
use chrono::{Duration, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    FromQueryResult, QueryOrder as _, QuerySelect as _, Select, TransactionSession as _,
};
use sea_orm_tenancy::{Connection, Policy};

pub use self::delivering::{Answer, Next};
pub use self::recipient::Recipient;
use super::{ModelResult, Owing, orders, owned, readable, receipt_emissions, says};
use crate::values::stored_words;

impl ActiveModelBehavior for ActiveModel {}

/// Mine. Which receipt it brings may change until it goes out; what became of it is written down.
#[must_use]
pub fn policy() -> Policy {
    owned::<Entity>().only_settable(&[
        "emission_id",
        "state",
        "address",
        "by_hand",
        "attempts",
        "next_attempt_at",
        "last_error",
        "taken_at",
        "settled_at",
    ])
}

/// So long a step can be taken back before its mail goes out (RULES 3).
pub const CALLED_BACK_WITHIN_MINUTES: i64 = 2;

/// A job that was strung longer ago is written down late, and its receipt is no news to anybody:
/// it is mailed when the stringer says so.
const NEWS_FOR_DAYS: i64 = 7;

/// Whoever asks again so soon has tapped twice.
const ONE_TAP_MINUTES: i64 = 1;

stored_words! {
    "snake_case";

    /// What became of a mail.
    pub enum Delivery {
        /// To be sent.
        Owed,
        /// A process is at it.
        Sending,
        /// The mail server has taken it.
        Sent,
        /// It was handed to the mail server, and no answer was seen: it may have arrived.
        Unknown,
        /// The mail server knows no such address.
        Refused,
        /// It could not be sent, for another reason.
        GivenUp,
        /// The step was taken back before it went out.
        CalledBack,
        /// When it was due there was no address, or no wish for mails.
        Nobody,
        /// When it was due there was no mail server.
        NoServer,
    }
}

impl Delivery {
    /// It is on its way: nothing else is sent for the order.
    #[must_use]
    pub const fn is_on_its_way(self) -> bool {
        matches!(self, Self::Owed | Self::Sending)
    }

    /// It did not arrive, or nobody knows.
    #[must_use]
    pub const fn is_trouble(self) -> bool {
        matches!(self, Self::Unknown | Self::Refused | Self::GivenUp)
    }
}

/// A mail, as an order's page shows it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Mail {
    /// The mail's key.
    pub id: Uuid,
    /// The emission that it brings.
    pub emission_id: Uuid,
    /// What became of it.
    pub state: Delivery,
    /// To whom it was sent.
    pub address: Option<String>,
    /// When it is tried next.
    pub next_attempt_at: DateTimeUtc,
    /// Why it was put off, in nobody's language, where it was.
    pub last_error: Option<String>,
    /// When it became what it is.
    pub settled_at: Option<DateTimeUtc>,
}

/// Whether a receipt can be mailed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// There is an address that wants mails.
    Reached,
    /// There is an address, and no wish for mails.
    Unwilling,
    /// There is none.
    NoAddress,
}

impl From<Option<&Recipient>> for Reach {
    fn from(recipient: Option<&Recipient>) -> Self {
        match recipient {
            None => Self::NoAddress,
            Some(recipient) if recipient.wants_mail => Self::Reached,
            Some(_) => Self::Unwilling,
        }
    }
}

impl Owing for Entity {
    const ID: Column = Column::Id;
    const STRINGER_ID: Column = Column::StringerId;
    const NEXT_ATTEMPT_AT: Column = Column::NextAttemptAt;

    fn is_owed() -> Expr {
        says(Column::State, &[Delivery::Owed, Delivery::Sending])
    }
}

impl Entity {
    /// Owes the mail of a receipt that was issued because its order became strung on a day, to
    /// whoever has an address then.
    pub(super) async fn owe(
        db: &impl Connection,
        order: &orders::Model,
        emission: Uuid,
        days_ago: i64,
    ) -> ModelResult<()> {
        let recipient = Recipient::find(db, order.client_profile_id).await?;
        if days_ago > NEWS_FOR_DAYS || Reach::from(recipient.as_ref()) != Reach::Reached {
            return Ok(());
        }
        let due = Utc::now() + Duration::minutes(CALLED_BACK_WITHIN_MINUTES);
        Self::add(db, order.id, emission, due, false).await
    }

    /// What is still to be sent brings the receipt that was issued last.
    pub(super) async fn bring(
        db: &impl Connection,
        order_id: Uuid,
        emission: Uuid,
    ) -> Result<(), DbErr> {
        Self::update_many()
            .col_expr(Column::EmissionId, Expr::value(emission))
            .filter(Column::OrderId.eq(order_id))
            .filter(Column::State.eq(Delivery::Owed))
            .exec(db)
            .await
            .map(drop)
    }

    /// What was not sent yet is not sent any more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn call_back(db: &impl Connection, order_id: Uuid) -> Result<(), DbErr> {
        Self::update_many()
            .col_expr(Column::State, Expr::value(Delivery::CalledBack))
            .col_expr(Column::SettledAt, Expr::value(Utc::now()))
            .filter(Column::OrderId.eq(order_id))
            .filter(Column::State.eq(Delivery::Owed))
            .exec(db)
            .await
            .map(drop)
    }

    /// Owes the mail of an order's latest receipt, now, because the stringer wants it so: also to
    /// an address that was refused before. One that waits goes out at once. `false` where there is
    /// nothing to send, or nobody to send it to.
    ///
    /// # Errors
    /// When there is no such order for the caller.
    pub async fn ask(db: &impl Connection, order_id: Uuid) -> ModelResult<bool> {
        let txn = db.begin().await?;
        let db = &txn;
        let order = orders::Model::find(db, order_id).await?;
        let recipient = Recipient::find(db, order.client_profile_id).await?;
        let emission = receipt_emissions::Entity::latest(db, order_id).await?;
        let Some(emission) = emission.filter(|_| order.strung_at.is_some()) else {
            return Ok(false);
        };
        let Some(recipient) = recipient.filter(|one| one.wants_mail) else { return Ok(false) };
        let now = Utc::now();
        let hurried = Self::update_many()
            .col_expr(Column::NextAttemptAt, Expr::value(now))
            .col_expr(Column::ByHand, Expr::value(true))
            .filter(Column::OrderId.eq(order_id))
            .filter(Column::State.eq(Delivery::Owed))
            .exec(db)
            .await?;
        // A second tap finds the first one's mail gone already.
        let just_sent = Self::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::OrderId.eq(order_id))
            .filter(Column::EmissionId.eq(emission))
            .filter(Column::Address.eq(recipient.address))
            .filter(Column::State.eq(Delivery::Sent))
            .filter(Column::SettledAt.gt(now - Duration::minutes(ONE_TAP_MINUTES)))
            .into_tuple::<Uuid>();
        if hurried.rows_affected == 0 && just_sent.one(db).await?.is_none() {
            Self::add(db, order_id, emission, now, true).await?;
        }
        txn.commit().await?;
        Ok(true)
    }

    /// The mails of an order, the latest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of_order(db: &impl Connection, order_id: Uuid) -> Result<Vec<Mail>, DbErr> {
        let mails = Self::find()
            .select_only()
            .columns([
                Column::Id,
                Column::EmissionId,
                Column::State,
                Column::Address,
                Column::NextAttemptAt,
                Column::LastError,
                Column::SettledAt,
            ])
            .filter(Column::OrderId.eq(order_id))
            .order_by_desc(Column::Id);
        readable::all(mails, db).await
    }

    /// How many went out since a moment, whosever they were; for the counter's own scope.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn taken_since(db: &impl Connection, since: DateTimeUtc) -> Result<u64, DbErr> {
        let taken = Self::find().select_only().column(Column::Id);
        taken.filter(Column::TakenAt.gt(since)).count(db).await
    }

    async fn add(
        db: &impl Connection,
        order_id: Uuid,
        emission: Uuid,
        due: DateTimeUtc,
        by_hand: bool,
    ) -> ModelResult<()> {
        let row = ActiveModel {
            id: Set(Uuid::now_v7()),
            order_id: Set(order_id),
            emission_id: Set(emission),
            state: Set(Delivery::Owed),
            by_hand: Set(by_hand),
            attempts: Set(0),
            next_attempt_at: Set(due.into()),
            created_at: Set(Utc::now().into()),
            ..Default::default()
        };
        // Of two who ask at one instant the second finds a mail that is on its way.
        let once = OnConflict::new().do_nothing().to_owned();
        Self::insert(row).on_conflict(once).exec_without_returning(db).await?;
        Ok(())
    }
}

/// What the mail server said last of an address of mine, where it said anything of it.
fn last_said_of(address: &str) -> Select<Entity> {
    Entity::find()
        .select_only()
        .column(Column::State)
        .filter(says(Column::State, &[Delivery::Refused, Delivery::Sent]))
        .filter(Column::Address.eq(address))
        .order_by_desc(Column::SettledAt)
        .limit(1)
}
