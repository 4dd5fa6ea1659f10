//! An entry of the catalogue.

use serde::{Deserialize, Serialize};

use super::{Errors, Versioned};
use crate::models::catalogue::{Entry, Kind, Said};
use crate::models::catalogue_strings::{self, Material};
use crate::models::rackets;
use crate::units::{Gauge, HeadSize, Length, Sport};
use crate::values::Vocabulary as _;

/// Grams that a racket weighs: a badminton racket's 60 to the heaviest of tennis.
const WEIGHT: std::ops::RangeInclusive<i64> = 60..=420;
/// Where a racket balances, in millimetres from its butt.
const BALANCE: std::ops::RangeInclusive<i64> = 200..=450;
/// When a racket was made: workshops string what collectors bring.
const MADE: std::ops::RangeInclusive<i64> = 1850..=2100;

/// What is said of a racket model or a string; each kind has its own of the fields.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EntryForm {
    /// See [`Versioned`].
    pub version: String,
    /// Of a new one: an entry keeps its sport.
    pub sport: String,
    /// `Babolat`.
    pub manufacturer: String,
    /// `Pure Aero`.
    pub model: String,
    /// A racket's.
    pub year: String,
    /// A racket's, in in² where no unit is typed.
    pub head_size: String,
    /// `16×19`.
    pub string_pattern: String,
    /// A racket's, in grams.
    pub weight: String,
    /// A racket's, in millimetres.
    pub balance: String,
    /// A string's, in millimetres.
    pub gauge: String,
    /// A string's.
    pub material: String,
    /// A string's.
    pub colour: String,
    /// Of a set or a reel, in metres.
    pub length: String,
}

impl Versioned for EntryForm {
    fn version(&mut self) -> &mut String {
        &mut self.version
    }
}

impl EntryForm {
    /// An entry as it is, to be edited.
    #[must_use]
    pub fn of(entry: &Entry) -> Self {
        let number =
            |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
        let form = match entry {
            Entry::Racket(racket) => {
                let head = racket.head_size.map(HeadSize::from_square_centimetres);
                Self {
                    manufacturer: racket.manufacturer.clone(),
                    model: racket.model.clone(),
                    year: number(racket.year),
                    head_size: head.map(HeadSize::plain).unwrap_or_default(),
                    string_pattern: racket.string_pattern.clone().unwrap_or_default(),
                    weight: number(racket.weight),
                    balance: number(racket.balance),
                    ..Self::default()
                }
            }
            Entry::String(string) => Self {
                manufacturer: string.manufacturer.clone(),
                model: string.model.clone(),
                gauge: string.gauge().map(Gauge::plain).unwrap_or_default(),
                material: string.material.clone().unwrap_or_default(),
                colour: string.colour.clone().unwrap_or_default(),
                length: string
                    .length
                    .map(|length| Length::from_centimetres(length).plain())
                    .unwrap_or_default(),
                ..Self::default()
            },
        };
        Self { sport: entry.sport().code().to_owned(), ..form }.stamped()
    }

    /// The sport of a new one, and what it says.
    ///
    /// # Errors
    /// With the fields to correct.
    pub fn check_new(&self, kind: Kind) -> Result<(Sport, Said), Errors> {
        let mut errors = Errors::default();
        let sport = errors.needed_choice("sport", &self.sport);
        let said = self.check(kind);
        match (sport, said) {
            (Some(sport), Ok(said)) => Ok((sport, said)),
            (_, Ok(_)) => Err(errors),
            (_, Err(more)) => {
                errors.extend(more);
                Err(errors)
            }
        }
    }

    /// What it says of an entry.
    ///
    /// # Errors
    /// With the fields to correct.
    pub fn check(&self, kind: Kind) -> Result<Said, Errors> {
        let mut errors = Errors::default();
        let manufacturer = errors.line("manufacturer", &self.manufacturer).unwrap_or_default();
        let model = errors.line("model", &self.model);
        let model = errors.needed("model", "error-required", model).unwrap_or_default();
        let said = match kind {
            Kind::Rackets => {
                let facts = rackets::Facts {
                    year: errors.number("year", &self.year, MADE),
                    head_size: errors
                        .head_size("head_size", &self.head_size)
                        .map(HeadSize::square_centimetres),
                    string_pattern: errors.line("string_pattern", &self.string_pattern),
                    weight: errors.number("weight", &self.weight, WEIGHT),
                    balance: errors.number("balance", &self.balance, BALANCE),
                };
                Said::Racket(rackets::Said { manufacturer, model, facts })
            }
            Kind::Strings => Said::String(catalogue_strings::Said {
                manufacturer,
                model,
                gauge: errors.gauge("gauge", &self.gauge).map(|it| it.hundredths().into()),
                material: errors
                    .choice("material", &self.material)
                    .map(|material: Material| material.code().to_owned()),
                colour: errors.line("colour", &self.colour),
                length: errors.length("length", &self.length).map(Length::centimetres),
            }),
        };
        if errors.is_empty() { Ok(said) } else { Err(errors) }
    }
}
