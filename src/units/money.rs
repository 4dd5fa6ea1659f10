//! Amounts of money, in whole rappen or cents.

use std::fmt;

use super::number::{self, Magnitude, ParseNumberError};
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

impl Currency {
    /// What people write for it, beside its code.
    const fn signs(self) -> &'static [&'static str] {
        match self {
            Self::Chf => &["SFr.", "SFr", "Fr.", "Fr"],
            Self::Eur => &["€"],
            Self::Gbp => &["£"],
            Self::Usd => &["US$", "$"],
        }
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

    /// The highest sum of an order's lines: labor, two strings and a difference.
    pub const HIGHEST_SUM: i64 = 4 * Self::HIGHEST_LINE;

    /// From rappen or cents.
    #[must_use]
    pub const fn from_minor(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// As typed, in whole units with at most two places: `25`, `25.50`, `25.-`, `CHF 25`.
    ///
    /// # Errors
    /// When it is no number, negative, above [`Money::HIGHEST_LINE`], or may be read in two
    /// ways as `1.200`.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, ParseNumberError> {
        let text = text.trim();
        let text = number::without_word(text, &[currency.code()])
            .or_else(|| number::without_word(text, currency.signs()))
            .unwrap_or(text);
        let minor = match without_dash(text) {
            Some(whole) => number::whole(whole)?,
            None => number::hundredths(text, Magnitude::Thousands)?,
        };
        Self::up_to(Self::HIGHEST_LINE, minor, currency)
    }

    /// A sum as [`Money::plain`] writes it.
    ///
    /// # Errors
    /// When it is no number, negative, or above [`Money::HIGHEST_SUM`].
    pub fn parse_sum(plain: &str, currency: Currency) -> Result<Self, ParseNumberError> {
        let minor = number::hundredths(plain, Magnitude::BelowThousand)?;
        Self::up_to(Self::HIGHEST_SUM, minor, currency)
    }

    fn up_to(most: i64, minor: i64, currency: Currency) -> Result<Self, ParseNumberError> {
        if (0..=most).contains(&minor) {
            Ok(Self { minor, currency })
        } else {
            Err(ParseNumberError::NotANumber)
        }
    }

    /// What is laid on the table where it is another: the smallest Swiss coin is five rappen,
    /// and cash is rounded to the nearest.
    #[must_use]
    pub const fn in_cash(self) -> Option<Self> {
        if !matches!(self.currency, Currency::Chf) || self.minor % 5 == 0 {
            return None;
        }
        Some(Self { minor: (self.minor + 2) / 5 * 5, ..self })
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

/// What stands before the dash that Swiss price lists write for "no rappen".
fn without_dash(text: &str) -> Option<&str> {
    let whole = text.trim_end_matches(['-', '–', '—']);
    if whole.len() == text.len() { None } else { whole.strip_suffix(['.', ',']) }
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
    fn a_price_is_read_as_price_lists_write_it() {
        for (text, minor) in [
            ("25.-", 2500),
            ("25.–", 2500),
            ("25,—", 2500),
            ("25.--", 2500),
            ("1'200.-", 120_000),
            ("1.200,-", 120_000),
            ("CHF 25", 2500),
            ("25 chf", 2500),
            ("Fr. 25.-", 2500),
            ("1'200.50", 120_050),
        ] {
            assert_eq!(Money::parse(text, CHF).map(Money::minor), Ok(minor), "{text}");
        }
        assert_eq!(Money::parse("19,90 €", Currency::Eur).map(Money::minor), Ok(1990));
    }

    #[test]
    fn an_amount_with_two_readings_is_asked_about() {
        for text in ["1.200", "1,200", "100,000", "CHF 1.200"] {
            assert_eq!(Money::parse(text, CHF), Err(ParseNumberError::TwoReadings), "{text}");
        }
    }

    #[test]
    fn cash_is_rounded_to_the_nearest_coin_that_there_is() {
        let cash = |minor, currency| Money::from_minor(minor, currency).in_cash().map(Money::minor);
        for (minor, paid) in [(4752, 4750), (4753, 4755), (4757, 4755), (4758, 4760), (1, 0)] {
            assert_eq!(cash(minor, CHF), Some(paid), "{minor}");
        }
        assert_eq!(
            (cash(4750, CHF), cash(4755, CHF), cash(4752, Currency::Eur)),
            (None, None, None)
        );
    }

    #[test]
    fn a_price_without_sense_is_refused() {
        for text in ["1e12", "1000000000000", "-5", "12.345", "free", "25-", "€ 25", "CHF", "-"] {
            assert!(Money::parse(text, CHF).is_err(), "{text}");
        }
    }
}
