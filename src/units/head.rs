//! How large a racket's head is.

use super::number::{self, ParseNumberError};

/// The area of a racket's head, in whole cm², as makers print it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct HeadSize(i64);

impl HeadSize {
    /// From cm².
    #[must_use]
    pub const fn from_square_centimetres(square_centimetres: i64) -> Self {
        Self(square_centimetres)
    }

    /// As players say it and type it, in in²: `98`, `98 in²`; or with its unit, `632 cm²`. Heads
    /// are made between 45 in² (badminton) and 150 in² (the largest of tennis), and older books
    /// say a little more or less: what is far from it is a slip of the finger, or the other
    /// unit, which is never guessed.
    ///
    /// # Errors
    /// When it is no number, or no racket's head.
    pub fn parse(text: &str) -> Result<Self, ParseNumberError> {
        let text = text.trim();
        let size = match number::without_word(text, &["cm²", "cm2"]) {
            Some(centimetres) => Self(whole(centimetres)?),
            None => {
                let inches = number::without_word(text, &["in²", "in2"]).unwrap_or(text);
                Self::from_square_inches(whole(inches)?)
            }
        };
        match size.square_inches() {
            30..=200 => Ok(size),
            _ => Err(ParseNumberError::NotANumber),
        }
    }

    /// From in².
    #[must_use]
    pub const fn from_square_inches(inches: i64) -> Self {
        Self(inches.saturating_mul(64_516).saturating_add(5_000) / 10_000)
    }

    /// As it is typed: in in² where that says it all, else in cm².
    #[must_use]
    pub fn plain(self) -> String {
        let inches = self.square_inches();
        if Self::from_square_inches(inches) == self {
            inches.to_string()
        } else {
            format!("{} cm²", self.0)
        }
    }

    /// In cm².
    #[must_use]
    pub const fn square_centimetres(self) -> i64 {
        self.0
    }

    /// In whole in² (1 in² is 6.4516 cm², exactly).
    #[must_use]
    pub const fn square_inches(self) -> i64 {
        self.0.saturating_mul(20_000).saturating_add(64_516) / (2 * 64_516)
    }
}

fn whole(text: &str) -> Result<i64, ParseNumberError> {
    text.parse().map_err(|_| ParseNumberError::NotANumber)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_in_square_inches_is_shown_so_again() {
        for inches in 45..=150 {
            let size = HeadSize::parse(&inches.to_string()).expect("a head");
            assert_eq!(size.square_inches(), inches);
        }
        for centimetres in 200..=1_200 {
            let size = HeadSize::from_square_centimetres(centimetres);
            assert_eq!(HeadSize::parse(&size.plain()), Ok(size), "nothing changes by itself");
        }
        let said = |text| HeadSize::parse(text).map(HeadSize::square_centimetres);
        assert_eq!(said("98 in²"), Ok(632));
        assert_eq!(said("645 cm²"), Ok(645));
        for none in ["645", "20", "9223372036854775807", "98.5", "gross"] {
            assert!(said(none).is_err(), "{none}");
        }
    }
}
