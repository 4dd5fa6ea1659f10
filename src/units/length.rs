//! How much string there is.

use super::number::{self, Magnitude, ParseNumberError};

/// A length of string, in centimetres.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Length(i64);

impl Length {
    /// From centimetres.
    #[must_use]
    pub const fn from_centimetres(centimetres: i64) -> Self {
        Self(centimetres)
    }

    /// As typed, in metres: `12`, `12,2 m`, `200`. A set for squash has 9, the largest reels
    /// less than 1,000.
    ///
    /// # Errors
    /// When it is no number, or no set's or reel's length.
    pub fn parse(text: &str) -> Result<Self, ParseNumberError> {
        let text = number::without_word(text.trim(), &["m"]).unwrap_or(text);
        match number::hundredths(text, Magnitude::BelowThousand)? {
            centimetres @ 100..=100_000 => Ok(Self(centimetres)),
            _ => Err(ParseNumberError::NotANumber),
        }
    }

    /// What is left of something: nothing or more, as typed in units of so much (`12,5` metres,
    /// or `7.5` sets).
    ///
    /// # Errors
    /// When it is no number, negative, or not below a thousand.
    pub fn parse_rest(text: &str, unit: Self) -> Result<Self, ParseNumberError> {
        let text = number::without_word(text.trim(), &["m"]).unwrap_or(text);
        match number::hundredths(text, Magnitude::BelowThousand)? {
            hundredths @ 0..100_000 => Ok(Self(hundredths * unit.0 / 100)),
            _ => Err(ParseNumberError::NotANumber),
        }
    }

    /// So much in units of so much, as it is typed.
    #[must_use]
    pub fn plain_in(self, unit: Self) -> String {
        Self((200 * self.0 + unit.0).div_euclid(2 * unit.0)).plain()
    }

    /// A metre.
    pub const METRE: Self = Self(100);

    /// In centimetres.
    #[must_use]
    pub const fn centimetres(self) -> i64 {
        self.0
    }

    /// Metres with a point, and with no more places than it takes.
    #[must_use]
    pub fn plain(self) -> String {
        number::shortest(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_or_a_reel_is_in_metres() {
        for (typed, centimetres, plain) in
            [("12", 1_200, "12"), ("12,2 m", 1_220, "12.2"), ("200m", 20_000, "200")]
        {
            let length = Length::parse(typed).expect("a length");
            assert_eq!((length.centimetres(), length.plain().as_str()), (centimetres, plain));
        }
        for none in ["0.5", "5000", "lang"] {
            assert!(Length::parse(none).is_err(), "{none}");
        }
    }

    #[test]
    fn what_is_left_is_in_metres_or_in_sets() {
        let set = Length::from_centimetres(1_220);
        for (typed, unit, centimetres, plain) in [
            ("0", Length::METRE, 0, "0"),
            ("41,5 m", Length::METRE, 4_150, "41.5"),
            ("7.5", set, 9_150, "7.5"),
        ] {
            let rest = Length::parse_rest(typed, unit).expect("a rest");
            assert_eq!(rest.centimetres(), centimetres);
            assert_eq!(rest.plain_in(unit), plain);
        }
        assert_eq!(Length::from_centimetres(-601).plain_in(Length::METRE), "-6.01");
        for none in ["-1", "1000", ""] {
            assert!(Length::parse_rest(none, Length::METRE).is_err(), "{none}");
        }
    }
}
