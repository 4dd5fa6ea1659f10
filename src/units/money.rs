//! Amounts of money, in whole rappen or cents.

use std::fmt;

use super::number::{self, NotANumber};
use crate::values::{Vocabulary as _, stored_words};

stored_words! {
    "UPPERCASE";

    /// A currency that a stringer may choose, by its ISO 4217 code. All have two places, which
    /// the amounts rely on.
    pub enum Currency {
        /// Swiss francs.
        Chf,
        /// Euros.
        Eur,
        /// Pounds sterling.
        Gbp,
        /// US dollars.
        Usd,
    }
}

/// An amount in the smallest unit of its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

impl Money {
    /// The highest price of one line: a stringjob for more is a slip of the finger,
    /// and sums of such lines stay far from an overflow.
    pub const HIGHEST_LINE: i64 = 100_000 * 100;

    /// From rappen or cents.
    #[must_use]
    pub const fn from_minor(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// As typed, in whole units with at most two places.
    ///
    /// # Errors
    /// When it is no number, negative, or above [`Money::HIGHEST_LINE`].
    pub fn parse(text: &str, currency: Currency) -> Result<Self, NotANumber> {
        match number::hundredths(text)? {
            minor @ 0..=Self::HIGHEST_LINE => Ok(Self { minor, currency }),
            _ => Err(NotANumber),
        }
    }

    /// In rappen or cents.
    #[must_use]
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// Its currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Whole units with a point and two places, without the currency.
    #[must_use]
    pub fn plain(self) -> String {
        number::plain(self.minor, 2)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.currency.code(), self.plain())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHF: Currency = Currency::Chf;

    #[test]
    fn an_amount_is_read_in_both_notations() {
        assert_eq!(Money::parse("47,50", CHF), Money::parse("47.5", CHF));
        assert_eq!(Money::parse("47.50", CHF).map(|m| m.to_string()), Ok("CHF 47.50".to_owned()));
    }

    #[test]
    fn a_price_without_sense_is_refused() {
        for text in ["1e12", "1000000000000", "-5", "12.345", "free"] {
            assert!(Money::parse(text, CHF).is_err(), "{text}");
        }
    }
}
