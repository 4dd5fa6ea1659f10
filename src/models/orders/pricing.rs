//! What an order costs: labor, plus each side that is not the client's own string.

use sea_orm::FromQueryResult;

use super::{Column, Model};
use crate::units::{Currency, Money};

/// The parts of an order's price, in the smallest unit of its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prices {
    /// The currency of all parts.
    pub currency: Currency,
    /// Stringing, without strings.
    pub labor: Option<i64>,
    /// The mains' string, unless the client brought it.
    pub mains: Option<i64>,
    /// The crosses' string, unless the client brought it.
    pub crosses: Option<i64>,
    /// Taken off the sum.
    pub discount: Option<i64>,
    /// A total that the stringer set by hand.
    pub total_override: Option<i64>,
}

impl Prices {
    /// What the client pays: never below zero.
    #[must_use]
    pub fn total(&self) -> Money {
        self.money(self.total_override.unwrap_or_else(|| self.sum().max(0)))
    }

    /// What is missing between the parts and the total, because that was set by hand or is
    /// never below zero: the lines of a receipt add up. `None` where nothing is.
    #[must_use]
    pub fn adjustment(&self) -> Option<i64> {
        Some(self.total().minor() - self.sum()).filter(|difference| *difference != 0)
    }

    fn sum(&self) -> i64 {
        let parts = [self.labor, self.mains, self.crosses];
        parts.into_iter().flatten().sum::<i64>() - self.discount.unwrap_or(0)
    }

    /// A part as money.
    #[must_use]
    pub const fn money(&self, minor: i64) -> Money {
        Money::from_minor(minor, self.currency)
    }
}

/// What an order's row says of its price.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Priced {
    currency: String,
    labor: Option<i64>,
    mains_price: Option<i64>,
    crosses_price: Option<i64>,
    /// The client brought the mains' string.
    pub mains_byo: bool,
    /// The client brought the crosses' string.
    pub crosses_byo: bool,
    discount: Option<i64>,
    total_override: Option<i64>,
}

impl Priced {
    /// The columns that it is read from.
    pub(super) const COLUMNS: [Column; 8] = [
        Column::Currency,
        Column::Labor,
        Column::MainsPrice,
        Column::CrossesPrice,
        Column::MainsByo,
        Column::CrossesByo,
        Column::Discount,
        Column::TotalOverride,
    ];

    /// The parts of the price; a string that the client brought has none.
    #[must_use]
    pub fn prices(&self) -> Prices {
        Prices {
            currency: Currency::from_code(&self.currency).unwrap_or(Currency::ALL[0]),
            labor: self.labor,
            mains: self.mains_price.filter(|_| !self.mains_byo),
            crosses: self.crosses_price.filter(|_| !self.crosses_byo),
            discount: self.discount,
            total_override: self.total_override,
        }
    }
}

impl Model {
    /// The parts of its price.
    #[must_use]
    pub fn prices(&self) -> Prices {
        let priced = Priced {
            currency: self.currency.clone(),
            labor: self.labor,
            mains_price: self.mains_price,
            crosses_price: self.crosses_price,
            mains_byo: self.mains_byo,
            crosses_byo: self.crosses_byo,
            discount: self.discount,
            total_override: self.total_override,
        };
        priced.prices()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prices() -> Prices {
        Prices {
            currency: Currency::ALL[0],
            labor: Some(2500),
            mains: Some(1250),
            crosses: Some(1000),
            discount: None,
            total_override: None,
        }
    }

    #[test]
    fn the_total_is_labor_and_strings() {
        assert_eq!(prices().total().minor(), 4750);
        assert_eq!(Prices { mains: None, crosses: None, ..prices() }.total().minor(), 2500);
    }

    #[test]
    fn a_discount_never_makes_it_negative_and_a_set_total_wins() {
        assert_eq!(Prices { discount: Some(750), ..prices() }.total().minor(), 4000);
        assert_eq!(Prices { discount: Some(99_999), ..prices() }.total().minor(), 0);
        assert_eq!(Prices { total_override: Some(4500), ..prices() }.total().minor(), 4500);
    }

    #[test]
    fn the_parts_and_the_adjustment_make_up_the_total() {
        let by_hand = |total_override| Prices { total_override, ..prices() }.adjustment();
        assert_eq!(by_hand(Some(4500)), Some(-250));
        assert_eq!(by_hand(Some(5000)), Some(250));
        assert_eq!((by_hand(Some(4750)), by_hand(None)), (None, None));
        for total_override in [None, Some(1000), Some(99)] {
            let prices = Prices { discount: Some(5000), total_override, ..prices() };
            let lines = 2500 + 1250 + 1000 - 5000 + prices.adjustment().expect("a difference");
            assert_eq!(lines, prices.total().minor());
        }
    }
}
