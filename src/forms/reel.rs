//! String in stock, and what a job draws of it.

use serde::{Deserialize, Serialize};

use super::{Errors, Versioned};
use crate::models::reels::{self, BedSide, ReelKind, Said, uses};
use crate::units::{Currency, Length, Money, Sport};
use crate::values::Vocabulary as _;

/// So many of a kind are one entry.
const MANY: std::ops::RangeInclusive<i64> = 1..=500;

/// What nobody said otherwise is told when it is less than this many rackets take.
const ENOUGH: i64 = 2;

/// A reel, or some sets of one kind.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReelForm {
    /// See [`Versioned`].
    pub version: String,
    /// Of a string that is not in the catalogue yet.
    pub sport: String,
    /// As the catalogue calls it; of a new one.
    pub string: String,
    /// `reel` or `set`.
    pub kind: String,
    /// Of one, in metres.
    pub length: String,
    /// How many.
    pub count: String,
    /// Of all of them.
    pub price: String,
    /// In metres, or in sets.
    pub warn_below: String,
    /// Of one that is there already, in metres or in sets.
    pub left: String,
    /// When it was bought.
    pub bought_at: String,
}

impl Versioned for ReelForm {
    fn version(&mut self) -> &mut String {
        &mut self.version
    }
}

/// What lengths of a kind are said in.
#[must_use]
pub const fn unit_of(kind: ReelKind, length: i64) -> Length {
    match kind {
        ReelKind::Reel => Length::METRE,
        ReelKind::Set => Length::from_centimetres(length),
    }
}

impl ReelForm {
    /// A reel as it is, to be edited.
    #[must_use]
    pub fn of(reel: &reels::Model) -> Self {
        let unit = unit_of(reel.kind, reel.length);
        let said = |length: i64| Length::from_centimetres(length).plain_in(unit);
        let price = reel.price.map(|minor| Money::from_minor(minor, reel.currency).plain());
        Self {
            kind: reel.kind.code().to_owned(),
            length: Length::from_centimetres(reel.length).plain(),
            count: reel.count.to_string(),
            price: price.unwrap_or_default(),
            warn_below: said(reel.warn_below),
            left: said(Ord::max(reel.left(), 0)),
            bought_at: reel.bought_at.map(|day| day.to_string()).unwrap_or_default(),
            ..Self::default()
        }
        .stamped()
    }

    /// What a new one is of: its sport, what its string is called, and the rest.
    ///
    /// # Errors
    /// With the fields to correct.
    pub fn check_new(&self, currency: Currency) -> Result<(Sport, String, Said), Errors> {
        let mut errors = Errors::default();
        let sport = errors.needed_choice("sport", &self.sport);
        let string = errors.line("string", &self.string);
        let string = errors.needed("string", "error-reel-string", string);
        match (sport, string, self.check(currency)) {
            (Some(sport), Some(string), Ok((said, _))) => Ok((sport, string, said)),
            (_, _, Ok(_)) => Err(errors),
            (_, _, Err(more)) => Err(errors.and(more)),
        }
    }

    /// What it says of a reel that is there, and what is left of it.
    ///
    /// # Errors
    /// With the fields to correct.
    pub fn check_edit(&self, currency: Currency) -> Result<(Said, i64), Errors> {
        match self.check(currency)? {
            (said, Some(left)) => Ok((said, left)),
            (_, None) => Err(Errors::at("left", "error-rest")),
        }
    }

    fn check(&self, currency: Currency) -> Result<(Said, Option<i64>), Errors> {
        let mut errors = Errors::default();
        let kind = errors.needed_choice("kind", &self.kind).unwrap_or(ReelKind::Reel);
        let length = errors.length("length", &self.length);
        let length = errors.needed("length", "error-length", length);
        let length = length.unwrap_or(Length::METRE).centimetres();
        let count = if self.count.is_empty() {
            1
        } else {
            errors.needed_number("count", &self.count, MANY).unwrap_or(1)
        };
        let unit = unit_of(kind, length);
        if kind == ReelKind::Reel && length * count >= 1_000 * unit.centimetres() {
            errors.mark("count", "error-reels-one-by-one");
        }
        let usual = match kind {
            ReelKind::Reel => ENOUGH * Sport::Tennis.set_length(),
            ReelKind::Set => ENOUGH * length,
        };
        let warn_below = errors.rest("warn_below", &self.warn_below, unit);
        let left = errors.rest("left", &self.left, unit).map(Length::centimetres);
        if left.is_some_and(|left| left > length * count) {
            errors.mark("left", "error-more-than-new");
        }
        let said = Said {
            kind,
            length,
            count,
            price: errors.money("price", &self.price, currency).map(Money::minor),
            warn_below: warn_below.map_or(usual, Length::centimetres),
            bought_at: errors.date("bought_at", &self.bought_at),
        };
        if errors.is_empty() { Ok((said, left)) } else { Err(errors) }
    }
}

/// What a job drew of which reel, a side each.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DrawForm {
    /// See [`Versioned`].
    pub version: String,
    /// The key of a reel, or nothing.
    pub mains_reel: String,
    /// In metres.
    pub mains_length: String,
    /// The key of a reel, or nothing.
    pub crosses_reel: String,
    /// In metres.
    pub crosses_length: String,
}

impl Versioned for DrawForm {
    fn version(&mut self) -> &mut String {
        &mut self.version
    }
}

impl DrawForm {
    /// What a job has drawn, to be changed; with the lengths that are usual where it drew
    /// nothing.
    #[must_use]
    pub fn of(drawn: &[uses::Model], usual: [i64; 2]) -> Self {
        let of_side = |side: BedSide, usual: i64| {
            let one = drawn.iter().find(|one| one.side == side);
            let length = one.map_or(usual, |one| one.length);
            let reel = one.map(|one| one.reel_id.to_string()).unwrap_or_default();
            (reel, Length::from_centimetres(length).plain())
        };
        let [mains, crosses] = usual;
        let (mains_reel, mains_length) = of_side(BedSide::Mains, mains);
        let (crosses_reel, crosses_length) = of_side(BedSide::Crosses, crosses);
        Self { mains_reel, mains_length, crosses_reel, crosses_length, ..Self::default() }.stamped()
    }

    /// What is to be drawn.
    ///
    /// # Errors
    /// With the fields to correct.
    pub fn check(&self) -> Result<Vec<uses::Draw>, Errors> {
        let mut errors = Errors::default();
        let mut draws = Vec::new();
        for (side, [reel_at, length_at], [reel, length]) in [
            (
                BedSide::Mains,
                ["mains_reel", "mains_length"],
                [&self.mains_reel, &self.mains_length],
            ),
            (
                BedSide::Crosses,
                ["crosses_reel", "crosses_length"],
                [&self.crosses_reel, &self.crosses_length],
            ),
        ] {
            if reel.is_empty() {
                continue;
            }
            let length = errors.length(length_at, length);
            let length = errors.needed(length_at, "error-length", length);
            match (reel.parse(), length) {
                (Ok(reel), Some(length)) => draws.push((side, reel, length.centimetres())),
                (Ok(_), None) => {}
                (Err(_), _) => errors.mark(reel_at, "error-choice"),
            }
        }
        if errors.is_empty() { Ok(draws) } else { Err(errors) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> ReelForm {
        ReelForm {
            sport: "tennis".into(),
            string: "Babolat RPM Blast 1.25".into(),
            kind: "reel".into(),
            length: "200".into(),
            price: "120".into(),
            ..ReelForm::default()
        }
    }

    #[test]
    fn what_is_not_said_is_what_is_usual() {
        let (sport, string, said) = form().check_new(Currency::Chf).expect("a reel");
        assert_eq!((sport, string.as_str()), (Sport::Tennis, "Babolat RPM Blast 1.25"));
        assert_eq!((said.total(), said.warn_below, said.price), (20_000, 2_400, Some(12_000)));
        let sets = ReelForm {
            kind: "set".into(),
            length: "12.2".into(),
            count: "10".into(),
            left: "7,5".into(),
            ..form()
        };
        let (said, left) = sets.check_edit(Currency::Chf).expect("sets");
        assert_eq!((said.total(), said.warn_below, left), (12_200, 2_440, 9_150));
        let emptied = ReelForm { left: String::new(), ..sets };
        let errors = emptied.check_edit(Currency::Chf).expect_err("nothing is said to be left");
        assert_eq!(errors.of("left"), Some("error-rest"));
    }

    #[test]
    fn a_field_that_cannot_be_is_marked() {
        type Change = fn(&mut ReelForm);
        let wrong: [(&str, &str, Change); 8] = [
            ("kind", "error-choice", |form| form.kind = "spool".into()),
            ("length", "error-length", |form| form.length = String::new()),
            ("length", "error-length", |form| form.length = "5000".into()),
            ("count", "error-number", |form| form.count = "0".into()),
            ("count", "error-reels-one-by-one", |form| form.count = "9".into()),
            ("left", "error-more-than-new", |form| form.left = "200.5".into()),
            ("price", "error-price", |form| form.price = "viel".into()),
            ("string", "error-reel-string", |form| form.string = " ".into()),
        ];
        for (field, key, change) in wrong {
            let mut form = form();
            change(&mut form);
            let errors = form.check_new(Currency::Chf).expect_err(field);
            assert_eq!(errors.of(field), Some(key));
        }
    }

    #[test]
    fn a_side_draws_what_it_says_of_a_reel_and_nothing_without_one() {
        let reel = "019abcde-0000-7000-8000-000000000000".to_owned();
        let form = DrawForm {
            mains_reel: reel.clone(),
            mains_length: "6,1".into(),
            crosses_length: "5.5".into(),
            ..DrawForm::default()
        };
        let id = reel.parse().expect("a key");
        assert_eq!(form.check(), Ok(vec![(BedSide::Mains, id, 610)]));
        for (reel, length, field) in
            [(reel.as_str(), "", "crosses_length"), ("none", "6", "crosses_reel")]
        {
            let (crosses_reel, crosses_length) = (reel.to_owned(), length.to_owned());
            let form = DrawForm { crosses_reel, crosses_length, ..DrawForm::default() };
            assert!(form.check().expect_err(field).of(field).is_some());
        }
    }
}
