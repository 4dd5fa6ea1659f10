//! How thick a string is.

use super::number::{self, Magnitude, ParseNumberError};

/// A string's diameter, in hundredths of a millimetre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gauge(i32);

impl Gauge {
    /// From hundredths of a millimetre.
    #[must_use]
    pub const fn from_hundredths(hundredths: i32) -> Self {
        Self(hundredths)
    }

    /// As typed, in millimetres: `1.25`, `1,25 mm`. Strings are made between 0.50 and 2.00 mm
    /// (thin badminton to thick natural gut), so all else is a slip of the finger.
    ///
    /// # Errors
    /// When it is no number, or no string's gauge.
    pub fn parse(text: &str) -> Result<Self, ParseNumberError> {
        let text = number::without_word(text.trim(), &["mm"]).unwrap_or(text);
        let hundredths = number::hundredths(text, Magnitude::BelowThousand)?;
        match i32::try_from(hundredths) {
            Ok(hundredths @ 50..=200) => Ok(Self(hundredths)),
            _ => Err(ParseNumberError::NotANumber),
        }
    }

    /// In hundredths of a millimetre.
    #[must_use]
    pub const fn hundredths(self) -> i32 {
        self.0
    }

    /// Millimetres with a point and two places.
    #[must_use]
    pub fn plain(self) -> String {
        number::plain(i64::from(self.0), 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gauge_is_between_half_a_millimetre_and_two() {
        assert_eq!(Gauge::parse("1,25").map(Gauge::plain), Ok("1.25".to_owned()));
        assert_eq!(Gauge::parse("0.68").map(Gauge::hundredths), Ok(68));
        assert_eq!(Gauge::parse("1.250mm").map(Gauge::hundredths), Ok(125));
        assert!(Gauge::parse("12.5").is_err());
        assert!(Gauge::parse("0").is_err());
    }
}
