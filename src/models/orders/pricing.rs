//! What an order costs: labor, plus each side that is not the client's own string.

use sea_orm::FromQueryResult;

use super::{Column, Model, Stringbed};
use crate::units::{Currency, Money};

/// The parts of an order's price, in the smallest unit of its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prices {
    /// The currency of all parts.
    pub currency: Currency,
    /// Stringing, without strings.
    pub labor: Option<i64>,
    /// The mains' string.
    pub mains: StringPrice,
    /// The crosses' string.
    pub crosses: StringPrice,
    /// Taken off the sum.
    pub discount: Option<i64>,
    /// A total that the stringer set by hand.
    pub total_override: Option<i64>,
}

/// What one side's string adds to the price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StringPrice {
    /// Nothing: the client brought it.
    Byo,
    /// Nothing that anybody said.
    Unpriced,
    /// So much.
    Priced(i64),
}

/// What a line of the price is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PricePart {
    /// Stringing.
    Labor,
    /// The mains' string.
    Mains,
    /// The crosses' string.
    Crosses,
    /// Taken off.
    Discount,
    /// What is missing to a total that was set by hand, or that is never below zero.
    Adjustment,
}

/// A line of the price. The amounts of all lines add up to the total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceLine {
    /// What for.
    pub part: PricePart,
    /// How much, below zero where it is taken off; `None` for a string of the client's own.
    pub amount: Option<Money>,
}

impl StringPrice {
    /// Of a string with this price, unless the client brought it.
    #[must_use]
    pub const fn new(byo: bool, price: Option<i64>) -> Self {
        match (byo, price) {
            (true, _) => Self::Byo,
            (false, Some(minor)) => Self::Priced(minor),
            (false, None) => Self::Unpriced,
        }
    }

    /// As it is stored.
    #[must_use]
    pub const fn minor(self) -> Option<i64> {
        match self {
            Self::Priced(minor) => Some(minor),
            Self::Byo | Self::Unpriced => None,
        }
    }
}

impl Prices {
    /// Of a stringbed: where one string is on both sides, its price stands with the mains.
    #[must_use]
    pub fn new<S>(
        bed: &Stringbed<S>,
        currency: Currency,
        labor: Option<Money>,
        discount: Option<Money>,
        total: Option<Money>,
    ) -> Self {
        let minor = |money: Option<Money>| money.map(Money::minor);
        let crosses = bed.crosses_side();
        let price = if bed.has_one_string() { None } else { minor(crosses.price) };
        Self {
            currency,
            labor: minor(labor),
            mains: StringPrice::new(bed.mains.byo, minor(bed.mains.price)),
            crosses: StringPrice::new(crosses.byo, price),
            discount: minor(discount),
            total_override: minor(total),
        }
    }

    /// What the client pays: never below zero.
    #[must_use]
    pub fn total(&self) -> Money {
        self.money(self.total_override.unwrap_or_else(|| self.sum().max(0)))
    }

    fn sum(&self) -> i64 {
        self.labor.unwrap_or(0) + self.strings() - self.discount.unwrap_or(0)
    }

    /// What the strings of both sides cost together.
    pub(super) fn strings(&self) -> i64 {
        [self.mains.minor(), self.crosses.minor()].into_iter().flatten().sum()
    }

    /// The lines of the price, as pages and receipts show them.
    #[must_use]
    pub fn lines(&self) -> Vec<PriceLine> {
        let line = |part, minor| PriceLine { part, amount: Some(self.money(minor)) };
        let string = |part, price| match price {
            StringPrice::Byo => Some(PriceLine { part, amount: None }),
            StringPrice::Unpriced => None,
            StringPrice::Priced(minor) => Some(line(part, minor)),
        };
        let discount = self.discount.filter(|minor| *minor != 0);
        let adjustment = self.total().minor() - self.sum();
        let lines = [
            self.labor.map(|minor| line(PricePart::Labor, minor)),
            string(PricePart::Mains, self.mains),
            string(PricePart::Crosses, self.crosses),
            discount.map(|minor| line(PricePart::Discount, -minor)),
            (adjustment != 0).then(|| line(PricePart::Adjustment, adjustment)),
        ];
        lines.into_iter().flatten().collect()
    }

    const fn money(&self, minor: i64) -> Money {
        Money::from_minor(minor, self.currency)
    }
}

/// What an order's row says of its price.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Priced {
    currency: Currency,
    labor: Option<i64>,
    mains_price: Option<i64>,
    crosses_price: Option<i64>,
    /// The client brought the mains' string.
    pub mains_byo: bool,
    /// The client brought the crosses' string.
    pub crosses_byo: bool,
    discount: Option<i64>,
    total_override: Option<i64>,
    received: i64,
}

impl Priced {
    /// The columns that it is read from.
    pub(in crate::models) const COLUMNS: [Column; 9] = [
        Column::Currency,
        Column::Labor,
        Column::MainsPrice,
        Column::CrossesPrice,
        Column::MainsByo,
        Column::CrossesByo,
        Column::Discount,
        Column::TotalOverride,
        Column::Received,
    ];

    /// The parts of the price; a string that the client brought has none.
    #[must_use]
    pub const fn prices(&self) -> Prices {
        Prices {
            currency: self.currency,
            labor: self.labor,
            mains: StringPrice::new(self.mains_byo, self.mains_price),
            crosses: StringPrice::new(self.crosses_byo, self.crosses_price),
            discount: self.discount,
            total_override: self.total_override,
        }
    }

    /// What is left of the total when the payments are counted; never below zero.
    #[must_use]
    pub fn rest(&self) -> Money {
        let total = self.prices().total();
        Money::from_minor((total.minor() - self.received).max(0), total.currency())
    }
}

impl Model {
    /// The parts of its price.
    #[must_use]
    pub const fn prices(&self) -> Prices {
        self.priced().prices()
    }

    /// What is left of the total when the payments are counted; never below zero.
    #[must_use]
    pub fn rest(&self) -> Money {
        self.priced().rest()
    }

    const fn priced(&self) -> Priced {
        Priced {
            currency: self.currency,
            labor: self.labor,
            mains_price: self.mains_price,
            crosses_price: self.crosses_price,
            mains_byo: self.mains_byo,
            crosses_byo: self.crosses_byo,
            discount: self.discount,
            total_override: self.total_override,
            received: self.received,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prices() -> Prices {
        Prices {
            currency: Currency::Chf,
            labor: Some(2500),
            mains: StringPrice::Priced(1250),
            crosses: StringPrice::Priced(1000),
            discount: None,
            total_override: None,
        }
    }

    #[test]
    fn the_total_is_labor_and_strings() {
        assert_eq!(prices().total().minor(), 4750);
        let own = Prices { mains: StringPrice::Byo, crosses: StringPrice::Unpriced, ..prices() };
        assert_eq!(own.total().minor(), 2500);
        let parts: Vec<_> = own.lines().iter().map(|line| (line.part, line.amount)).collect();
        let labor = Some(Money::from_minor(2500, Currency::Chf));
        assert_eq!(parts, [(PricePart::Labor, labor), (PricePart::Mains, None)]);
    }

    #[test]
    fn a_discount_never_makes_it_negative_and_a_set_total_wins() {
        assert_eq!(Prices { discount: Some(750), ..prices() }.total().minor(), 4000);
        assert_eq!(Prices { discount: Some(99_999), ..prices() }.total().minor(), 0);
        assert_eq!(Prices { total_override: Some(4500), ..prices() }.total().minor(), 4500);
    }

    #[test]
    fn the_parts_and_the_adjustment_make_up_the_total() {
        let adjustment = |prices: Prices| {
            let lines = prices.lines();
            let last = lines.last().filter(|line| line.part == PricePart::Adjustment);
            last.and_then(|line| line.amount).map(Money::minor)
        };
        let by_hand = |total_override| adjustment(Prices { total_override, ..prices() });
        assert_eq!(by_hand(Some(4500)), Some(-250));
        assert_eq!(by_hand(Some(5000)), Some(250));
        assert_eq!((by_hand(Some(4750)), by_hand(None)), (None, None));
        for total_override in [None, Some(1000), Some(99)] {
            let prices = Prices { discount: Some(5000), total_override, ..prices() };
            let lines = 2500 + 1250 + 1000 - 5000 + adjustment(prices).expect("a difference");
            assert_eq!(lines, total_override.unwrap_or(0));
        }
    }
}
