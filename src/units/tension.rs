//! How hard a string is pulled, and what is usual.

use super::number::{self, Magnitude, ParseNumberError};
use crate::values::stored_words;

stored_words! {
    "snake_case";

    /// The unit that a tension was entered in. It is never guessed from the number:
    /// 25 is usual in tennis kilograms and in badminton pounds.
    pub enum TensionUnit {
        /// Kilograms.
        Kg,
        /// Pounds.
        Lb,
    }
}

stored_words! {
    "snake_case";

    /// The three sports; each has its own usual tensions.
    pub enum Sport {
        /// Tennis.
        Tennis,
        /// Badminton.
        Badminton,
        /// Squash.
        Squash,
    }
}

/// A tension in hundredths of its unit, kept as entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tension {
    hundredths: i32,
    unit: TensionUnit,
}

/// What the sport says to a tension, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Within what is usual.
    Usual,
    /// Possible, and worth a second look.
    Unusual,
    /// No racket takes it.
    Impossible,
}

/// Milligrams in one pound (international avoirdupois pound, to the milligram).
const MILLIGRAMS_PER_POUND: i64 = 453_592;

impl TensionUnit {
    /// What one tap nudges by, in hundredths: half a kilogram or a pound (RULES 10).
    #[must_use]
    pub const fn nudge(self) -> i32 {
        match self {
            Self::Kg => 50,
            Self::Lb => 100,
        }
    }

    /// What people write behind a number in it.
    const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Kg => &["kg", "kilo", "kilos"],
            Self::Lb => &["lbs", "lb"],
        }
    }

    const fn other(self) -> Self {
        match self {
            Self::Kg => Self::Lb,
            Self::Lb => Self::Kg,
        }
    }
}

impl Sport {
    /// Of a set of string for one racket, in centimetres: twelve metres for tennis, ten for
    /// badminton and squash, as sets are sold.
    #[must_use]
    pub const fn set_length(self) -> i64 {
        match self {
            Self::Tennis => 1200,
            Self::Badminton | Self::Squash => 1000,
        }
    }

    /// Usual from, usual to; possible from, possible to: whole kilograms (RULES 1.6).
    const fn range(self) -> (i64, i64, i64, i64) {
        match self {
            Self::Tennis => (20, 27, 5, 45),
            Self::Badminton => (9, 13, 5, 18),
            Self::Squash => (10, 13, 5, 20),
        }
    }
}

impl Tension {
    /// From hundredths of the unit.
    #[must_use]
    pub const fn from_hundredths(hundredths: i32, unit: TensionUnit) -> Self {
        Self { hundredths, unit }
    }

    /// As typed, in the unit that is asked for: `24`, `22,5`, `24.5kg`.
    ///
    /// # Errors
    /// When it is no number with at most two places, or names the other unit.
    pub fn parse(text: &str, unit: TensionUnit) -> Result<Self, ParseNumberError> {
        let text = text.trim();
        if number::without_word(text, unit.other().words()).is_some() {
            return Err(ParseNumberError::OtherUnit);
        }
        let text = number::without_word(text, unit.words()).unwrap_or(text);
        let hundredths = number::hundredths(text, Magnitude::BelowThousand)?;
        let hundredths = i32::try_from(hundredths).map_err(|_| ParseNumberError::NotANumber)?;
        Ok(Self { hundredths, unit })
    }

    /// Where plus and minus begin on an empty field: the middle of what is usual, in whole
    /// units.
    #[must_use]
    pub const fn middle(sport: Sport, unit: TensionUnit) -> Self {
        let (from, to, _, _) = sport.range();
        let grams = (from + to) * 500;
        let whole = match unit {
            TensionUnit::Kg => grams / 1000,
            TensionUnit::Lb => (grams * 1000 + MILLIGRAMS_PER_POUND / 2) / MILLIGRAMS_PER_POUND,
        };
        #[expect(clippy::cast_possible_truncation, reason = "no racket takes a thousand pounds")]
        Self { hundredths: whole as i32 * 100, unit }
    }

    /// So many hundredths of its unit harder; softer where negative.
    #[must_use]
    pub const fn shifted(self, by: i32) -> Self {
        Self { hundredths: self.hundredths + by, ..self }
    }

    /// In hundredths of its unit.
    #[must_use]
    pub const fn hundredths(self) -> i32 {
        self.hundredths
    }

    /// Its unit.
    #[must_use]
    pub const fn unit(self) -> TensionUnit {
        self.unit
    }

    /// What the sport says to it.
    #[must_use]
    pub const fn verdict(self, sport: Sport) -> Verdict {
        let (usual_from, usual_to, from, to) = sport.range();
        let milligrams = self.milligrams();
        if milligrams < from * 1_000_000 || milligrams > to * 1_000_000 {
            Verdict::Impossible
        } else if milligrams < usual_from * 1_000_000 || milligrams > usual_to * 1_000_000 {
            Verdict::Unusual
        } else {
            Verdict::Usual
        }
    }

    const fn milligrams(self) -> i64 {
        let hundredths = self.hundredths as i64;
        match self.unit {
            TensionUnit::Kg => hundredths * 10_000,
            TensionUnit::Lb => hundredths * MILLIGRAMS_PER_POUND / 100,
        }
    }

    /// The same in a unit, to the nearest tenth: for pictures alone, where two units in one
    /// would lie.
    #[must_use]
    pub const fn converted(self, unit: TensionUnit) -> Self {
        let milligrams = self.milligrams();
        let tenths = match (self.unit, unit) {
            (TensionUnit::Kg, TensionUnit::Lb) => {
                (milligrams * 10 + MILLIGRAMS_PER_POUND / 2) / MILLIGRAMS_PER_POUND
            }
            (TensionUnit::Lb, TensionUnit::Kg) => (milligrams + 50_000) / 100_000,
            _ => return self,
        };
        #[expect(clippy::cast_possible_truncation, reason = "no racket takes a million pounds")]
        Self { hundredths: tenths as i32 * 10, unit }
    }

    /// With a point, and as many places as it needs: `24`, `22.5`, `22.25`.
    #[must_use]
    pub fn plain(self) -> String {
        let places = match (self.hundredths % 100, self.hundredths % 10) {
            (0, _) => 0,
            (_, 0) => 1,
            _ => 2,
        };
        number::plain(i64::from(self.hundredths), places)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(text: &str, unit: TensionUnit, sport: Sport) -> Verdict {
        Tension::parse(text, unit).expect(text).verdict(sport)
    }

    #[test]
    fn a_tension_shows_as_many_places_as_it_needs() {
        for (text, plain) in [("24", "24"), ("24.0", "24"), ("22,5", "22.5"), ("22.25", "22.25")] {
            assert_eq!(Tension::parse(text, TensionUnit::Kg).map(Tension::plain), Ok(plain.into()));
        }
    }

    #[test]
    fn a_unit_that_is_typed_is_taken_when_it_is_the_one_that_is_asked_for() {
        use TensionUnit::{Kg, Lb};
        for (text, unit) in [("24.5kg", Kg), ("24.5 KG", Kg), ("24,5 lbs", Lb), ("24.5lb", Lb)] {
            let read = Tension::parse(text, unit).map(Tension::plain);
            assert_eq!(read, Ok("24.5".to_owned()), "{text}");
        }
        for (text, unit) in [("54 lbs", Kg), ("24kg", Lb)] {
            assert_eq!(Tension::parse(text, unit), Err(ParseNumberError::OtherUnit), "{text}");
        }
    }

    #[test]
    fn a_picture_has_one_unit() {
        let shown = |text: &str, from, to| {
            Tension::parse(text, from).map(|t| t.converted(to).plain()).expect(text)
        };
        assert_eq!(shown("54", TensionUnit::Lb, TensionUnit::Kg), "24.5");
        assert_eq!(shown("24.5", TensionUnit::Kg, TensionUnit::Lb), "54");
        assert_eq!(shown("24.25", TensionUnit::Kg, TensionUnit::Kg), "24.25");
    }

    #[test]
    fn twenty_five_means_another_thing_in_each_sport_and_unit() {
        assert_eq!(verdict("25", TensionUnit::Kg, Sport::Tennis), Verdict::Usual);
        assert_eq!(verdict("25", TensionUnit::Lb, Sport::Badminton), Verdict::Usual);
        assert_eq!(verdict("25", TensionUnit::Kg, Sport::Badminton), Verdict::Impossible);
        assert_eq!(verdict("25", TensionUnit::Lb, Sport::Tennis), Verdict::Unusual);
    }

    #[test]
    fn the_edges_are_inside() {
        assert_eq!(verdict("20", TensionUnit::Kg, Sport::Tennis), Verdict::Usual);
        assert_eq!(verdict("27", TensionUnit::Kg, Sport::Tennis), Verdict::Usual);
        assert_eq!(verdict("45", TensionUnit::Kg, Sport::Tennis), Verdict::Unusual);
        assert_eq!(verdict("45.01", TensionUnit::Kg, Sport::Tennis), Verdict::Impossible);
        assert_eq!(verdict("4.99", TensionUnit::Kg, Sport::Squash), Verdict::Impossible);
    }
}
