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

/// What payments make of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::models) struct Settled {
    /// All that was paid.
    pub(in crate::models) received: i64,
    /// How it was paid last.
    pub(in crate::models) kind: Option<Payment>,
    /// The day of the latest of them, where they cover the total.
    pub(in crate::models) paid_at: Option<NaiveDate>,
}

impl Settled {
    /// By payments, in the order in which they were written down.
    pub(in crate::models) fn by(total: Money, payments: &[Paid]) -> Self {
        let received = payments.iter().map(|paid| paid.amount).sum();
        let is_covered = covers(total, received, is_in_cash(payments));
        let latest = payments.iter().map(|paid| paid.on).max();
        Self {
            received,
            kind: payments.last().and_then(|paid| paid.kind),
            paid_at: latest.filter(|_| is_covered),
        }
    }

    fn columns(self) -> ActiveModel {
        ActiveModel {
            received: Set(self.received),
            payment_kind: Set(self.kind),
            ..Default::default()
        }
    }
}

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
        let owed = order.give_back(&txn, me, payment.id).await?;
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
        if said.version.is_some_and(|version| version != self.lock_version) {
            return Err(StepRefused::PaidMeanwhile.into());
        }
        let kind = said.payment.or(self.payment_kind);
        let due = self.due(kind);
        let amount = said.amount.unwrap_or(due.minor());
        let on = said.date.unwrap_or_else(|| me.today());
        if amount > Ord::max(due.minor(), self.rest().minor()) {
            return Err(StepRefused::PaidTooMuch.into());
        }
        let before = payments::Entity::of(txn, &self).await?;
        let mut paid = payments::paid(&before);
        if amount == 0 {
            // Nothing is left to pay, and that is all.
            let changes = ActiveModel { payment_kind: Set(kind), ..Default::default() };
            return self.apply(txn, me, Step::Paid, Some(on), changes).await;
        }
        let now = Paid { on, kind, amount };
        paid.push(now);
        let settled = Settled::by(self.prices().total(), &paid);
        if settled.paid_at.is_none() {
            self.dates().may_pay_in_part(on, me.today())?;
        }
        payments::Entity::add(txn, self.id, now, before.last()).await?;
        self.settle(txn, me, settled, false).await
    }

    /// The payment that an order was paid off with was on another day. A second tap that says
    /// no day changes nothing.
    pub(super) async fn move_payment(
        self,
        txn: &Txn,
        me: &Member,
        said: Said,
    ) -> ModelResult<Transition> {
        if said.amount.is_some() {
            return Err(StepRefused::PaidTooMuch.into());
        }
        let on = said.date.filter(|day| Some(*day) != self.paid_at);
        let Some(on) = on else { return Ok(Transition::default()) };
        let mut payments = payments::Entity::of(txn, &self).await?;
        let Some(last) = payments.last_mut() else {
            return self.apply(txn, me, Step::Paid, Some(on), ActiveModel::new()).await;
        };
        let was = std::mem::replace(&mut last.paid_on, on);
        payments::Entity::move_to(txn, last.id, on).await?;
        let settled = Settled::by(self.prices().total(), &payments::paid(&payments));
        // The day that undoing gives back, where it is this payment's own.
        let former = self.paid_at.filter(|day| *day == was && settled.paid_at == Some(on));
        let moved = self.settle(txn, me, settled, false).await?;
        Ok(Transition { is_first: false, former, ..moved })
    }

    /// The payment that an order was paid off with was none. What is not paid stays as it is:
    /// parts are taken back one by one.
    pub(super) async fn undo_payment(self, txn: &Txn, me: &Member) -> ModelResult<Option<Uuid>> {
        if self.paid_at.is_none() {
            return Ok(None);
        }
        let payments = payments::Entity::of(txn, &self).await?;
        match payments.split_last() {
            Some((last, others)) => {
                let others = payments::paid(others);
                // Sent twice, it would take the next one as well.
                if Settled::by(self.prices().total(), &others).paid_at.is_some() {
                    return Err(StepRefused::UndoPaid.into());
                }
                self.give_back(txn, me, last.id).await
            }
            None => {
                let changes = ActiveModel { payment_kind: Set(None), ..Default::default() };
                Ok(self.apply(txn, me, Step::Paid, None, changes).await?.owed)
            }
        }
    }

    async fn give_back(self, txn: &Txn, me: &Member, payment: Uuid) -> ModelResult<Option<Uuid>> {
        payments::Entity::give_back(txn, payment).await?;
        let left = self.paid(txn).await?;
        let settled = Settled::by(self.prices().total(), &left);
        Ok(self.settle(txn, me, settled, true).await?.owed)
    }

    /// Writes what its payments make of it. What covers it may be from before it was strung
    /// where one of them is gone: it was paid in advance.
    async fn settle(
        mut self,
        txn: &Txn,
        me: &Member,
        settled: Settled,
        may_be_early: bool,
    ) -> ModelResult<Transition> {
        let mut changes = settled.columns();
        let is_early =
            settled.paid_at.is_some_and(|day| self.strung_at.is_none_or(|strung| day < strung));
        if is_early && may_be_early {
            self.paid_in_advance = true;
            changes.paid_in_advance = Set(true);
        }
        if settled.paid_at != self.paid_at {
            return self.apply(txn, me, Step::Paid, settled.paid_at, changes).await;
        }
        let changes = ActiveModel { lock_version: Set(self.lock_version + 1), ..changes };
        self.save_if_unchanged(txn, changes).await?;
        let owed = receipt::issue_if_changed(txn, self.id).await?;
        Ok(Transition { owed, is_first: true, former: None })
    }

    /// What its payments make of it at another total; `None` where nothing was written down, and
    /// nothing is to be changed.
    pub(in crate::models) async fn settled(
        &self,
        txn: &Txn,
        total: Money,
    ) -> ModelResult<Option<Settled>> {
        let paid = self.paid(txn).await?;
        if !paid.is_empty() {
            return Ok(Some(Settled::by(total, &paid)));
        }
        // What was for nothing was closed without a payment, and costs something now; of what came
        // from an older book, its word holds.
        let was_free = self.paid_at.is_some()
            && self.external_ref.is_none()
            && self.prices().total().minor() == 0;
        Ok((was_free && total.minor() > 0).then(|| Settled::by(total, &[])))
    }

    /// An older book says anew what an order costs, and whether and when it is paid. Its word is
    /// taken where it says another of these; `None` where nothing was written down.
    pub(super) async fn told_paid(
        &self,
        txn: &Txn,
        paid_at: Option<NaiveDate>,
        total: Money,
    ) -> ModelResult<Option<Settled>> {
        let mut payments = payments::Entity::of(txn, self).await?;
        let Some(last) = payments.last_mut() else { return Ok(None) };
        if let Some(day) = paid_at.filter(|_| self.paid_at.is_some() && self.paid_at != paid_at) {
            last.paid_on = day;
            payments::Entity::move_to(txn, last.id, day).await?;
        }
        let settled = Settled::by(total, &payments::paid(&payments));
        // That nothing is said of a payment is no word against what was taken here.
        let is_silent = paid_at.is_none();
        if is_silent || settled.paid_at == paid_at {
            return Ok(Some(settled));
        }
        payments::Entity::forget(txn, self.id).await?;
        Ok(Some(Settled { received: 0, kind: self.payment_kind, paid_at }))
    }

    async fn paid(&self, txn: &Txn) -> ModelResult<Vec<Paid>> {
        Ok(payments::paid(&payments::Entity::of(txn, self).await?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Currency;

    #[test]
    fn it_is_paid_on_the_latest_day_when_all_together_cover_it() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let paid = |on: &str, kind, amount| Paid { on: day(on), kind: Some(kind), amount };
        let total = |minor| Money::from_minor(minor, Currency::Chf);
        let (cash, twint) = (Payment::Cash, Payment::Twint);
        let both = [paid("2026-11-02", cash, 1_000), paid("2026-11-01", twint, 1_500)];
        let settled = Settled::by(total(2_500), &both);
        assert_eq!(settled.paid_at, Some(day("2026-11-02")));
        assert_eq!((settled.received, settled.kind), (2_500, Some(twint)));
        // Some of it was cash: what coins do not make up is nobody's debt, whatever came last.
        assert!(Settled::by(total(2_502), &both).paid_at.is_some());
        assert!(Settled::by(total(2_503), &both).paid_at.is_none());
        assert!(Settled::by(total(2_502), &both[1..]).paid_at.is_none());
        assert_eq!(Settled::by(total(0), &[]).paid_at, None);
    }
}
