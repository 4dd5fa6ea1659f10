//! Being paid: at once with one tap, or in parts. What the payments cover decides whether the
//! order is paid (RULES 2), here and nowhere else.

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use sea_orm::TransactionSession as _;
use sea_orm::entity::prelude::*;
use sea_orm_tenancy::{Connection, Txn};

use super::transitions::{Said, Transition};
use super::{ActiveModel, Entity, Model, Payment, Step, StepRefused, receipt};
use crate::models::ModelResult;
use crate::models::payments::{self, Paid, covers, is_in_cash};
use crate::models::stringers::Member;
use crate::units::Money;

impl Entity {
    /// A payment was none: it is taken back, and the order is open again where the others do
    /// not cover it. The receipt that is owed now.
    ///
    /// # Errors
    /// When there is no such payment of such an order, or its life does not allow it.
    pub async fn give_back(
        db: &impl Connection,
        me: &Member,
        id: Uuid,
        payment: Uuid,
    ) -> ModelResult<Option<Uuid>> {
        let txn = db.begin().await?;
        let order = Model::find(&txn, id).await?;
        let payment = payments::Entity::one(&txn, id, payment).await?;
        let owed = order.give_back(&txn, me, payment).await?;
        txn.commit().await?;
        Ok(owed)
    }
}

impl Model {
    /// What is still to be paid; on the table, where it is in cash.
    #[must_use]
    pub fn due(&self, kind: Option<Payment>) -> Money {
        let rest = self.rest();
        let is_in_coins = |coins: &Money| kind == Some(Payment::Cash) && coins.minor() > 0;
        rest.in_cash().filter(is_in_coins).unwrap_or(rest)
    }

    /// Takes a payment: all that is due, where no amount is said.
    pub(super) async fn take(self, txn: &Txn, me: &Member, said: Said) -> ModelResult<Transition> {
        let kind = said.payment.or(self.payment_kind);
        let due = self.due(kind);
        let amount = said.amount.unwrap_or(due.minor());
        let on = said.date.unwrap_or_else(|| me.today());
        if amount > Ord::max(due.minor(), self.rest().minor()) {
            return Err(StepRefused::PaidTooMuch.into());
        }
        let received = self.received + amount;
        let changes =
            ActiveModel { received: Set(received), payment_kind: Set(kind), ..Default::default() };
        let is_covered = covers(self.prices().total(), received, kind == Some(Payment::Cash));
        if !is_covered {
            self.dates().may_pay_in_part(on, me.today())?;
        }
        if amount > 0 {
            payments::Entity::add(txn, self.id, Paid { on, kind, amount }).await?;
        }
        if is_covered {
            return self.apply(txn, me, Step::Paid, Some(on), changes).await;
        }
        Ok(Transition { owed: self.part(txn, changes).await?, is_first: true, former: None })
    }

    /// What is paid has changed, and whether all is has not. The receipt that is owed now.
    async fn part(&self, txn: &Txn, changes: ActiveModel) -> ModelResult<Option<Uuid>> {
        let changes = ActiveModel { lock_version: Set(self.lock_version + 1), ..changes };
        self.save_if_unchanged(txn, changes).await?;
        receipt::issue_if_changed(txn, self.id).await
    }

    /// The payment that an order was paid off with was on another day, or another way.
    pub(super) async fn move_payment(
        self,
        txn: &Txn,
        me: &Member,
        on: NaiveDate,
        kind: Option<Payment>,
    ) -> ModelResult<Transition> {
        let kind = kind.or(self.payment_kind);
        let changes = ActiveModel { payment_kind: Set(kind), ..Default::default() };
        if let Some(last) = self.last_payment(txn).await? {
            payments::Entity::say_otherwise(txn, last.id, on, kind).await?;
        }
        self.apply(txn, me, Step::Paid, Some(on), changes).await
    }

    /// The payment that an order was paid off with was none.
    pub(super) async fn undo_payment(self, txn: &Txn, me: &Member) -> ModelResult<Option<Uuid>> {
        match self.last_payment(txn).await? {
            Some(last) => self.give_back(txn, me, last).await,
            None => {
                let changes = ActiveModel { payment_kind: Set(None), ..Default::default() };
                Ok(self.apply(txn, me, Step::Paid, None, changes).await?.owed)
            }
        }
    }

    async fn give_back(
        self,
        txn: &Txn,
        me: &Member,
        payment: payments::Model,
    ) -> ModelResult<Option<Uuid>> {
        payments::Entity::give_back(txn, payment.id).await?;
        let changes = ActiveModel {
            received: Set(self.received - payment.amount),
            payment_kind: Set(None),
            ..Default::default()
        };
        if self.paid_at.is_none() || self.is_covered_without(txn, payment.amount).await? {
            return self.part(txn, changes).await;
        }
        Ok(self.apply(txn, me, Step::Paid, None, changes).await?.owed)
    }

    /// Whether the payments that are left cover the total.
    async fn is_covered_without(&self, txn: &Txn, given_back: i64) -> ModelResult<bool> {
        let left = paid(&payments::Entity::of_order(txn, self.id).await?);
        Ok(covers(self.prices().total(), self.received - given_back, is_in_cash(&left)))
    }

    /// What decides after an edit whether the order is paid: its date, where that changes.
    pub(super) async fn settled(
        &self,
        txn: &Txn,
        total: Money,
        kind: Option<Payment>,
    ) -> ModelResult<Option<Option<NaiveDate>>> {
        let payments = payments::Entity::of(txn, self).await?;
        let Some(last) = payments.last() else { return Ok(None) };
        if last.kind != kind {
            payments::Entity::say_otherwise(txn, last.id, last.paid_on, kind).await?;
        }
        let is_in_cash = is_in_cash(&paid(&payments)) || kind == Some(Payment::Cash);
        let is_covered = covers(total, self.received, is_in_cash);
        let is_paid = self.paid_at.is_some();
        Ok((is_covered != is_paid).then(|| is_covered.then_some(last.paid_on)))
    }

    async fn last_payment(&self, txn: &Txn) -> ModelResult<Option<payments::Model>> {
        Ok(payments::Entity::of(txn, self).await?.pop())
    }
}

fn paid(payments: &[payments::Model]) -> Vec<Paid> {
    payments.iter().map(payments::Model::paid).collect()
}
