//! What a client has paid for an order, by day, kind and amount. An order is paid when its
//! payments cover its total. One that was paid in an older book, or before payments were written
//! down, has none and is paid in full.

use chrono::{NaiveDate, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder as _;
use sea_orm::entity::prelude::*;
use sea_orm_tenancy::{Connection, Policy, Txn};

pub use super::_entities::payments::{ActiveModel, Column, Entity, Model, Relation};
use super::orders::Payment;
use super::{ModelResult, moments, or_not_found, orders, owned, readable};
use crate::units::Money;

impl ActiveModelBehavior for ActiveModel {}

/// Mine; what was paid is given back or moved to another day, and how and how much stays.
#[must_use]
pub fn policy() -> Policy {
    owned::<Entity>().only_settable(&["paid_on"]).delete("this.stringer_id = :me")
}

/// What is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paid {
    /// On which day.
    pub on: NaiveDate,
    /// How, where somebody says.
    pub kind: Option<Payment>,
    /// How much, in the smallest unit of the order's currency.
    pub amount: i64,
}

impl Paid {
    fn row(self, order: Uuid, at: DateTimeUtc) -> ActiveModel {
        ActiveModel {
            id: Set(Uuid::now_v7()),
            order_id: Set(order),
            paid_on: Set(self.on),
            kind: Set(self.kind),
            amount: Set(self.amount),
            created_at: Set(at.into()),
            ..Default::default()
        }
    }
}

impl Model {
    /// What was paid.
    #[must_use]
    pub const fn paid(&self) -> Paid {
        Paid { on: self.paid_on, kind: self.kind, amount: self.amount }
    }
}

/// What was paid, of each.
#[must_use]
pub fn paid(payments: &[Model]) -> Vec<Paid> {
    payments.iter().map(Model::paid).collect()
}

/// Whether coins and notes are among the payments.
#[must_use]
pub fn is_in_cash(payments: &[Paid]) -> bool {
    payments.iter().any(|paid| paid.kind == Some(Payment::Cash))
}

/// Whether so much covers a total. Where some of it is cash, what coins do not make up is not
/// owed.
#[must_use]
pub fn covers(total: Money, received: i64, is_in_cash: bool) -> bool {
    received - rounding(total, received, is_in_cash) >= total.minor()
}

/// What coins have made of a total (see [`Money::in_cash`]): received beyond it, or less than
/// nothing; none where the difference is more than that, or nothing was paid in cash.
#[must_use]
pub fn rounding(total: Money, received: i64, is_in_cash: bool) -> i64 {
    let beyond = received - total.minor();
    let difference = Money::from_minor(beyond.abs(), total.currency());
    let is_less_than_a_coin = difference.in_cash().is_some_and(|coins| coins.minor() == 0);
    if is_in_cash && received > 0 && is_less_than_a_coin { beyond } else { 0 }
}

impl Entity {
    /// In the order in which it was written down.
    pub(super) async fn of_order(db: &impl Connection, order: Uuid) -> Result<Vec<Model>, DbErr> {
        let payments = Self::find().filter(Column::OrderId.eq(order));
        let payments = payments.order_by_asc(Column::CreatedAt).order_by_asc(Column::Id);
        readable::all(payments, db).await
    }

    /// What was paid for an order that is at hand; where that is nothing, nobody is asked.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of(db: &impl Connection, order: &orders::Model) -> Result<Vec<Model>, DbErr> {
        match order.received {
            0 => Ok(Vec::new()),
            _ => Self::of_order(db, order.id).await,
        }
    }

    /// One of an order's payments.
    ///
    /// # Errors
    /// When there is none such for the caller.
    pub(super) async fn one(txn: &Txn, order: Uuid, id: Uuid) -> ModelResult<Model> {
        let payment = Self::find_by_id(id).filter(Column::OrderId.eq(order));
        or_not_found(readable::one(payment, txn).await?)
    }

    /// Writes a payment down, after the last one there is: it is the last from then on, whichever
    /// process writes it.
    pub(super) async fn add(
        txn: &Txn,
        order: Uuid,
        paid: Paid,
        last: Option<&Model>,
    ) -> Result<(), DbErr> {
        let at = moments::after(last.map(|last| last.created_at.to_utc()));
        Self::insert(paid.row(order, at)).exec_without_returning(txn).await.map(drop)
    }

    /// It was on another day.
    pub(super) async fn move_to(txn: &Txn, id: Uuid, on: NaiveDate) -> Result<(), DbErr> {
        let said = ActiveModel { paid_on: Set(on), ..Default::default() };
        Self::update_many().set(said).filter(Column::Id.eq(id)).exec(txn).await.map(drop)
    }

    /// The money went back, or never came.
    pub(super) async fn give_back(txn: &Txn, id: Uuid) -> Result<(), DbErr> {
        Self::delete_many().filter(Column::Id.eq(id)).exec(txn).await.map(drop)
    }

    /// Nothing that was written down of an order holds any more: an older book's word is taken.
    pub(super) async fn forget(txn: &Txn, order: Uuid) -> Result<(), DbErr> {
        Self::delete_many().filter(Column::OrderId.eq(order)).exec(txn).await.map(drop)
    }

    /// As a book that is taken over has it.
    pub(super) async fn restore(txn: &Txn, payments: Vec<(Uuid, Paid)>) -> Result<(), DbErr> {
        let row = |(order, paid): (Uuid, Paid)| paid.row(order, Utc::now());
        let rows: Vec<_> = payments.into_iter().map(row).collect();
        for some in rows.chunks(AT_ONCE) {
            Self::insert_many(some.to_vec()).exec_without_returning(txn).await?;
        }
        Ok(())
    }
}

/// So many go into one statement.
const AT_ONCE: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Currency;

    #[test]
    fn what_coins_do_not_make_up_is_not_owed_in_cash_and_is_by_transfer() {
        let total = |minor| Money::from_minor(minor, Currency::Chf);
        assert!(covers(total(4753), 4753, false) && covers(total(4753), 5000, false));
        assert!(!covers(total(4753), 4750, false) && !covers(total(4753), 4750, true));
        // 47.53 is 47.55 in coins, and 47.52 is 47.50.
        assert!(covers(total(4753), 4755, true));
        assert!(covers(total(4752), 4750, true) && !covers(total(4752), 4750, false));
        assert!(!covers(Money::from_minor(4752, Currency::Eur), 4750, true));
        assert!(!covers(total(4750), 0, true));
    }
}
