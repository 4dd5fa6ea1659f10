//! What clients have paid, as a document says it and a book has it.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::QueryOrder as _;
use sea_orm::prelude::Uuid;
use sea_orm::{DbErr, EntityTrait as _};
use sea_orm_tenancy::Connection;
use serde::{Deserialize, Serialize};

use super::Book;
use super::columns::{Read, ensure, is_day};
use super::document::{Document, Order};
use crate::models::orders::Payment;
use crate::models::orders::Settled;
use crate::models::payments::{self, Paid};
use crate::models::readable;
use crate::units::{Currency, Money};

/// Something that was paid for an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/EXPORT.md explains each field")]
pub struct PaidOff {
    pub order: Uuid,
    pub on: NaiveDate,
    pub kind: Option<Payment>,
    pub amount: String,
}

impl Book {
    /// Sees each payment, in the order in which they were written down.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn each_payment(
        db: &impl Connection,
        mut see: impl FnMut(&PaidOff) + Send,
    ) -> Result<(), DbErr> {
        let payments = payments::Entity::find().order_by_asc(payments::Column::Id);
        readable::each(payments, db, |one: &payments::Model| {
            see(&PaidOff {
                order: one.order_id,
                on: one.paid_on,
                kind: one.kind,
                // All currencies have two places.
                amount: Money::from_minor(one.amount, Currency::Chf).plain(),
            });
        })
        .await
    }
}

impl PaidOff {
    /// # Errors
    /// With the field that says what no book of ours has.
    pub(super) fn check(&self) -> Read<()> {
        ensure(is_day(self.on), "on")?;
        ensure(self.amount()? > 0, "amount")
    }

    /// In the smallest unit of whatever currency.
    fn amount(&self) -> Read<i64> {
        Money::parse_sum(&self.amount, Currency::Chf).map(Money::minor).map_err(|_| "amount")
    }

    /// As its row has it; nothing of what is no amount.
    pub(super) fn paid(&self) -> Paid {
        Paid { on: self.on, kind: self.kind, amount: self.amount().unwrap_or_default() }
    }

    /// How much was paid for each order.
    pub(super) fn sums(all: &[Self]) -> HashMap<Uuid, i64> {
        let mut sums = HashMap::new();
        for one in all {
            *sums.entry(one.order).or_default() += one.paid().amount;
        }
        sums
    }
}

/// Names each payment that is none, and each order that its payments contradict: it is paid when
/// they cover it, and open while they do not.
pub(super) fn look_through(
    document: &Document,
    mut fault: impl FnMut(&'static str, usize, &'static str),
) {
    let total = |order: &Order| Money::parse_sum(&order.total, order.currency).ok();
    let orders = document.orders.iter().enumerate().filter(|(_, order)| !order.is_own);
    let orders: HashMap<Uuid, _> =
        orders.filter_map(|(nth, it)| Some((it.id, (nth, total(it)?, it.paid_at)))).collect();
    let mut paid: HashMap<Uuid, Vec<Paid>> = HashMap::new();
    for (nth, one) in document.payments.iter().enumerate() {
        match ensure(orders.contains_key(&one.order), "order").and_then(|()| one.check()) {
            Ok(()) => paid.entry(one.order).or_default().push(one.paid()),
            Err(field) => fault("payments", nth, field),
        }
    }
    for (order, all) in paid {
        let (nth, total, paid_at) = orders[&order];
        if Settled::by(total, &all).paid_at.is_some() != paid_at.is_some() {
            fault("orders", nth, "paid_at");
        }
    }
}
