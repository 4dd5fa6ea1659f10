//! What was paid for an order, and how more of it can be.

use serde::Serialize;
use uuid::Uuid;

use crate::models::orders::{Model, Payment};
use crate::models::payments;
use crate::models::stringers::Member;
use crate::units::Money;
use crate::values::Vocabulary as _;

/// Of `orders/_order.html` and `orders/_steps.html`.
#[derive(Debug, Serialize)]
pub struct PaidSoFar {
    /// What is laid on the table, where coins do not make up what is due.
    cash: Option<String>,
    /// How it was paid last.
    payment: Option<&'static str>,
    /// How it may be paid.
    payments: Vec<&'static str>,
    /// The order as it is shown here.
    version: String,
    /// Something may be paid before it is strung.
    may_deposit: bool,
    paid: Vec<Part>,
    /// What is still to be paid, where something was.
    rest: Option<String>,
    /// An amount as it was typed with a payment that was refused.
    amount_typed: String,
}

/// Something that was paid.
#[derive(Debug, Serialize)]
struct Part {
    id: Uuid,
    on: String,
    kind: Option<&'static str>,
    amount: String,
}

impl PaidSoFar {
    /// Of an order, with what was typed and refused.
    pub(super) fn new(
        me: &Member,
        order: &Model,
        payments: &[payments::Model],
        amount_typed: String,
    ) -> Self {
        let money = |money: Money| me.region().money(money);
        let is_open = order.paid_at.is_none();
        let may_pay = order.dates().may_pay_in_part(me.today(), me.today()).is_ok();
        Self {
            cash: order.rest().in_cash().map(money),
            payment: order.payment_kind.map(Payment::code),
            payments: Payment::codes(),
            version: order.lock_version.to_string(),
            may_deposit: order.strung_at.is_none()
                && is_open
                && may_pay
                && order.prices().total().minor() > 0,
            paid: payments.iter().map(|paid| Part::new(me, order, paid)).collect(),
            rest: (order.received > 0 && is_open).then(|| money(order.rest())),
            amount_typed,
        }
    }
}

impl Part {
    fn new(me: &Member, order: &Model, paid: &payments::Model) -> Self {
        let amount = Money::from_minor(paid.amount, order.currency);
        Self {
            id: paid.id,
            on: me.region().date(paid.paid_on, me.today()),
            kind: paid.kind.map(Payment::code),
            amount: me.region().amount(amount),
        }
    }
}
