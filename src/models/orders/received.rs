//! What a receipt says of how far it is paid.

use super::Model;
use crate::i18n::Region;
use crate::models::payments::{self, Paid, is_in_cash, rounding};
use crate::receipts::Line;
use crate::units::Money;
use crate::values::Vocabulary as _;

/// So many payments have a line of their own on paper; of more, the earliest share one. A code
/// takes half of their place.
const LINES: usize = 4;
const LINES_ABOVE_A_CODE: usize = 2;

/// What was paid for an order, to be told in the receipt's language.
pub(super) struct Received<'o> {
    pub(super) order: &'o Model,
    pub(super) payments: &'o [payments::Model],
    pub(super) region: Region,
    /// Whether a code to pay with stands below it.
    pub(super) has_code: bool,
}

impl Received<'_> {
    /// Open or paid, with the day; of what is paid in part, how much is open.
    pub(super) fn label(&self) -> String {
        match self.order.paid_at {
            Some(day) => {
                self.region.locale().with("receipt-paid-on", [("day", self.region.long_date(day))])
            }
            None if self.order.received > 0 => {
                let rest = self.region.money(self.order.rest());
                self.region.locale().with("receipt-still-open", [("amount", rest)])
            }
            None => self.region.locale().t("receipt-open-amount"),
        }
    }

    /// Each payment, and what coins have made of the total.
    pub(super) fn lines(&self) -> Vec<Line> {
        let many = self.payments.len();
        let most = if self.has_code { LINES_ABOVE_A_CODE } else { LINES };
        let shared = if many > most { many - most + 1 } else { 0 };
        let (earlier, latest) = self.payments.split_at(shared);
        let earlier = (shared > 0).then(|| Line {
            label: self
                .region
                .locale()
                .with("receipt-paid-earlier", [("count", shared.to_string())]),
            value: self.amount(earlier.iter().map(|paid| paid.amount).sum()),
        });
        let latest = latest.iter().map(|paid| self.line(paid.paid()));
        self.rounded().into_iter().chain(earlier).chain(latest).collect()
    }

    /// What is still open of it, or was paid beyond it.
    pub(super) fn rest(&self) -> Option<Line> {
        let beyond = self.order.received - self.order.prices().total().minor() - self.rounding();
        let (key, amount) = match self.order.paid_at {
            _ if self.order.received == 0 => return None,
            None => ("paid-rest", self.order.rest().minor()),
            Some(_) if beyond > 0 => ("receipt-too-much", beyond),
            Some(_) => return None,
        };
        Some(Line { label: self.region.locale().t(key), value: self.amount(amount) })
    }

    fn line(&self, paid: Paid) -> Line {
        let day = self.region.long_date(paid.on);
        let label = match paid.kind {
            None => self.region.locale().with("paid-on", [("day", day)]),
            Some(kind) => {
                let how = self.region.locale().t(&format!("payment-{}", kind.code()));
                self.region.locale().with("paid-on-by", [("day", day), ("how", how)])
            }
        };
        Line { label, value: self.amount(paid.amount) }
    }

    fn rounded(&self) -> Option<Line> {
        let by = self.rounding();
        let value = self.region.signed(Money::from_minor(by, self.order.currency));
        (by != 0).then(|| Line { label: self.region.locale().t("receipt-rounding"), value })
    }

    fn rounding(&self) -> i64 {
        let is_in_cash = is_in_cash(&payments::paid(self.payments));
        rounding(self.order.prices().total(), self.order.received, is_in_cash)
    }

    fn amount(&self, minor: i64) -> String {
        self.region.amount(Money::from_minor(minor, self.order.currency))
    }
}
