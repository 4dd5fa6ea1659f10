//! Rates of tax.

use super::number::{self, Magnitude, ParseNumberError};

/// A rate of tax, in hundredths of a percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate(i64);

impl Rate {
    /// From hundredths of a percent.
    #[must_use]
    pub const fn from_hundredths(hundredths: i64) -> Self {
        Self(hundredths)
    }

    /// As typed, in percent: `8.1`, `19 %`, `2,6`. No country of Europe takes more than 27.
    ///
    /// # Errors
    /// When it is no number, nothing, or more than 30.
    pub fn parse(text: &str) -> Result<Self, ParseNumberError> {
        let text = number::without_word(text.trim(), &["%"]).unwrap_or(text);
        match number::hundredths(text, Magnitude::BelowThousand)? {
            hundredths @ 1..=30_00 => Ok(Self(hundredths)),
            _ => Err(ParseNumberError::NotANumber),
        }
    }

    /// In hundredths of a percent.
    #[must_use]
    pub const fn hundredths(self) -> i64 {
        self.0
    }

    /// Percent with a point, and with no more places than it takes.
    #[must_use]
    pub fn plain(self) -> String {
        number::shortest(self.0)
    }

    /// The tax that a price includes, in the smallest unit of its currency, rounded to the
    /// nearest and half a unit up. How a tax is rounded is each country's own to say (European
    /// Court of Justice, C-484/06 of 10 July 2008); none of ours asks for more than the nearest,
    /// for each rate of a receipt.
    #[must_use]
    pub const fn included_in(self, gross: i64) -> i64 {
        let whole = 10_000 + self.0;
        (2 * gross * self.0 + whole).div_euclid(2 * whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_read_as_people_write_it() {
        for (text, hundredths) in [("8.1", 810), ("19 %", 1_900), ("2,6%", 260), ("7.75", 775)] {
            assert_eq!(Rate::parse(text).map(Rate::hundredths), Ok(hundredths), "{text}");
        }
        for text in ["", "0", "-8", "31", "8.123", "acht"] {
            assert!(Rate::parse(text).is_err(), "{text}");
        }
        let plain = |hundredths| Rate(hundredths).plain();
        assert_eq!(
            (plain(810), plain(1_900), plain(775)),
            ("8.1".into(), "19".into(), "7.75".into())
        );
    }

    #[test]
    fn a_price_includes_its_tax() {
        // 47.50 at 8.1 %: 47.50 × 8.1 / 108.1 = 3.559…
        assert_eq!(Rate(810).included_in(4_750), 356);
        assert_eq!(Rate(1_900).included_in(11_900), 1_900);
        assert_eq!((Rate(1_900).included_in(0), Rate(2_000).included_in(3)), (0, 1));
    }
}
