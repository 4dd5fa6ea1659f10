//! All that is known of a person, as one document: access and portability under the law of data
//! protection (RULES 4). What a workshop notes for itself alone, and never shows to anybody
//! (RULES 1.6), is told to be there, and is that workshop's to show.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, QueryOrder as _, QuerySelect as _};
use sea_orm_tenancy::Connection;
use serde::Serialize;

use super::dealings::{Mail, Payment, mails_of, payments_of};
use super::known::File;
use super::{Column, Entity};
use crate::i18n::Locale;
use crate::models::{
    ModelResult, client_profiles, client_rackets, or_not_found, order_shares, orders,
    person_stringer_shares, rackets, readable, receipt_emissions,
};
use crate::units::{Currency, Money, Tension, TensionUnit};

/// The version of the document's shape.
const VERSION: u32 = 1;

/// The document.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "a field is called what it is")]
pub struct Portrait {
    pub version: u32,
    pub made_at: DateTimeUtc,
    pub person: Person,
    /// What each workshop keeps.
    pub workshops: Vec<Workshop>,
    /// Leave to read all orders, in force or taken back.
    pub leave_for_all: Vec<person_stringer_shares::Model>,
    /// Leave to read one order.
    pub leave_for_orders: Vec<order_shares::Model>,
}

/// Who it is.
#[derive(Debug, Serialize, FromQueryResult)]
#[expect(missing_docs, reason = "a field is called what it is")]
pub struct Person {
    pub id: Uuid,
    pub first_name: String,
    pub last_name: String,
    pub email: Option<String>,
    pub email_verified_at: Option<DateTimeUtc>,
    pub default_locale: Option<Locale>,
    pub notification_prefs: String,
    pub created_at: DateTimeUtc,
}

/// What a workshop keeps.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "a field is called what it is")]
pub struct Workshop {
    pub name: String,
    pub nickname: Option<String>,
    pub contact: Option<String>,
    pub usual_tension: Option<String>,
    /// It has notes for itself alone.
    pub has_private_notes: bool,
    pub rackets: Vec<Racket>,
    pub orders: Vec<Order>,
    pub receipts: Vec<Receipt>,
    pub payments: Vec<Payment>,
    /// Receipts that were mailed, or should have been.
    pub mails: Vec<Mail>,
}

#[derive(Debug, FromQueryResult)]
struct Notes {
    nickname: Option<String>,
    contact: Option<String>,
    default_tension_memo: Option<String>,
    internal_notes: Option<String>,
}

/// One of its rackets.
#[derive(Debug, Serialize, FromQueryResult)]
#[expect(missing_docs, reason = "a field is called what it is")]
pub struct Racket {
    pub id: Uuid,
    pub manufacturer: String,
    pub model: String,
    pub nickname: Option<String>,
    pub serial: Option<String>,
    pub grip_size: Option<String>,
}

/// A stringjob; amounts and tensions are decimal numbers, as in one's own export.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "a field is called what it is")]
pub struct Order {
    pub id: Uuid,
    pub client_racket_id: Uuid,
    pub ordered_at: Option<NaiveDate>,
    pub strung_at: Option<NaiveDate>,
    pub returned_at: Option<NaiveDate>,
    pub paid_at: Option<NaiveDate>,
    /// The only word on it where an order was paid before payments were written down.
    pub payment_kind: Option<orders::Payment>,
    pub cancelled_at: Option<NaiveDate>,
    pub mains: Option<String>,
    pub mains_tension: Option<String>,
    pub crosses: Option<String>,
    pub crosses_tension: Option<String>,
    pub tension_unit: TensionUnit,
    pub total: Option<String>,
    pub currency: Currency,
    pub receipt_number: Option<String>,
    pub comment_public: Option<String>,
}

impl From<orders::Model> for Order {
    fn from(order: orders::Model) -> Self {
        let tensions = order.tensions();
        Self {
            id: order.id,
            client_racket_id: order.client_racket_id,
            ordered_at: order.ordered_at,
            strung_at: order.strung_at,
            returned_at: order.returned_at,
            paid_at: order.paid_at,
            payment_kind: order.payment_kind,
            cancelled_at: order.cancelled_at,
            mains_tension: tensions.mains().map(Tension::plain),
            crosses_tension: tensions.crosses().map(Tension::plain),
            tension_unit: tensions.unit(),
            mains: order.mains_name,
            crosses: order.crosses_name,
            total: order.total.map(|total| Money::from_minor(total, order.currency).plain()),
            currency: order.currency,
            receipt_number: order.receipt_number,
            comment_public: order.comment_public,
        }
    }
}

/// A receipt, as it was issued.
#[derive(Debug, Serialize, FromQueryResult)]
#[expect(missing_docs, reason = "a field is called what it is")]
pub struct Receipt {
    pub number: String,
    pub created_at: DateTimeUtc,
    pub snapshot: String,
}

impl Portrait {
    /// Of a person, by the bypass.
    ///
    /// # Errors
    /// When there is none.
    pub async fn of(db: &impl Connection, id: Uuid) -> ModelResult<Self> {
        let person = person(db, id).await?;
        let mut workshops = Vec::new();
        for file in Entity::files(db, id).await? {
            workshops.push(workshop(db, file).await?);
        }
        let of_all = person_stringer_shares::Entity::find()
            .filter(person_stringer_shares::Column::PersonId.eq(id));
        let of_orders =
            order_shares::Entity::find().filter(order_shares::Column::GrantedByPersonId.eq(id));
        Ok(Self {
            version: VERSION,
            made_at: chrono::Utc::now(),
            person,
            workshops,
            leave_for_all: readable::all(of_all, db).await?,
            leave_for_orders: readable::all(of_orders, db).await?,
        })
    }
}

async fn person(db: &impl Connection, id: Uuid) -> ModelResult<Person> {
    let person = Entity::find_by_id(id)
        .select_only()
        .columns([
            Column::Id,
            Column::Email,
            Column::EmailVerifiedAt,
            Column::DefaultLocale,
            Column::NotificationPrefs,
            Column::CreatedAt,
        ])
        .column_as(Column::DisplayFirstName, "first_name")
        .column_as(Column::DisplayLastName, "last_name");
    or_not_found(readable::one(person, db).await?)
}

async fn workshop(db: &impl Connection, file: File) -> ModelResult<Workshop> {
    use client_profiles::Column;
    let notes = client_profiles::Entity::find_by_id(file.id).select_only().columns([
        Column::Nickname,
        Column::Contact,
        Column::DefaultTensionMemo,
        Column::InternalNotes,
    ]);
    let notes: Notes = or_not_found(readable::one(notes, db).await?)?;
    let Notes { nickname, contact, default_tension_memo, internal_notes } = notes;
    Ok(Workshop {
        nickname,
        contact,
        usual_tension: default_tension_memo,
        has_private_notes: internal_notes.is_some(),
        rackets: rackets_of(db, &file).await?,
        orders: orders_of(db, &file).await?,
        receipts: receipts_of(db, &file).await?,
        payments: payments_of(db, &file).await?,
        mails: mails_of(db, &file).await?,
        name: file.stringer,
    })
}

async fn rackets_of(db: &impl Connection, file: &File) -> Result<Vec<Racket>, DbErr> {
    use client_rackets::Column;
    let frames = client_rackets::Entity::find()
        .select_only()
        .columns([Column::Id, Column::Nickname, Column::Serial, Column::GripSize])
        .inner_join(rackets::Entity)
        .columns([rackets::Column::Manufacturer, rackets::Column::Model])
        .filter(Column::StringerId.eq(file.stringer_id))
        .filter(Column::ClientProfileId.eq(file.id))
        .order_by_asc(Column::Id);
    readable::all(frames, db).await
}

async fn orders_of(db: &impl Connection, file: &File) -> Result<Vec<Order>, DbErr> {
    let orders = super::erasing::orders_of(file).order_by_asc(orders::Column::Id);
    let orders: Vec<orders::Model> = readable::all(orders, db).await?;
    Ok(orders.into_iter().map(Order::from).collect())
}

async fn receipts_of(db: &impl Connection, file: &File) -> Result<Vec<Receipt>, DbErr> {
    use receipt_emissions::Column;
    let receipts = super::erasing::receipts_of(file)
        .select_only()
        .columns([Column::Number, Column::CreatedAt, Column::Snapshot])
        .order_by_asc(Column::Id);
    readable::all(receipts, db).await
}
