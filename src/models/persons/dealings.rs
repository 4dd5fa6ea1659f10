//! What a person has paid in a workshop, and which receipts were mailed to it.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, QueryOrder as _, QuerySelect as _, QueryTrait as _};
use sea_orm_tenancy::Connection;
use serde::Serialize;

use super::erasing::orders_of;
use super::known::File;
use crate::models::{orders, payments, readable, receipt_mails};
use crate::units::{Currency, Money};

/// What was paid for an order, as a decimal number.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "a field is called what it is")]
pub struct Payment {
    pub order_id: Uuid,
    pub paid_on: NaiveDate,
    pub kind: Option<orders::Payment>,
    pub amount: String,
    pub currency: Currency,
}

#[derive(Debug, FromQueryResult)]
struct Paid {
    order_id: Uuid,
    paid_on: NaiveDate,
    kind: Option<orders::Payment>,
    amount: i64,
    currency: Currency,
}

impl From<Paid> for Payment {
    fn from(paid: Paid) -> Self {
        Self {
            order_id: paid.order_id,
            paid_on: paid.paid_on,
            kind: paid.kind,
            amount: Money::from_minor(paid.amount, paid.currency).plain(),
            currency: paid.currency,
        }
    }
}

/// A mail with a receipt: where it went, what became of it and when.
#[derive(Debug, Serialize, FromQueryResult)]
#[expect(missing_docs, reason = "a field is called what it is")]
pub struct Mail {
    pub order_id: Uuid,
    pub address: Option<String>,
    pub state: receipt_mails::Delivery,
    pub created_at: DateTimeUtc,
    pub settled_at: Option<DateTimeUtc>,
}

pub(super) async fn payments_of(db: &impl Connection, file: &File) -> Result<Vec<Payment>, DbErr> {
    use payments::Column;
    let paid = payments::Entity::find()
        .select_only()
        .columns([Column::OrderId, Column::PaidOn, Column::Kind, Column::Amount])
        .inner_join(orders::Entity)
        .column(orders::Column::Currency)
        .filter(orders::Column::StringerId.eq(file.stringer_id))
        .filter(orders::Column::ClientProfileId.eq(file.id))
        .order_by_asc(Column::Id);
    let paid: Vec<Paid> = readable::all(paid, db).await?;
    Ok(paid.into_iter().map(Payment::from).collect())
}

pub(super) async fn mails_of(db: &impl Connection, file: &File) -> Result<Vec<Mail>, DbErr> {
    use receipt_mails::Column;
    let orders = orders_of(file).select_only().column(orders::Column::Id);
    let mails = receipt_mails::Entity::find()
        .select_only()
        .columns([Column::OrderId, Column::Address, Column::State])
        .columns([Column::CreatedAt, Column::SettledAt])
        .filter(Column::StringerId.eq(file.stringer_id))
        .filter(Column::OrderId.in_subquery(orders.into_query()))
        .order_by_asc(Column::Id);
    readable::all(mails, db).await
}
