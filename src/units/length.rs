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

    /// In centimetres.
    #[must_use]
    pub const fn centimetres(self) -> i64 {
        self.0
    }

    /// Metres with a point, and with no more places than it takes.
    #[must_use]
    pub fn plain(self) -> String {
        let places = if self.0 % 100 == 0 {
            0
        } else if self.0 % 10 == 0 {
            1
        } else {
            2
        };
        number::plain(self.0, places)
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
}
