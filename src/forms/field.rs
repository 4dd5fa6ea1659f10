//! Reading one field, and noting what is wrong with it.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use serde::Serialize;

use crate::models::{YEARS, search_key};
use crate::receipts;
use crate::units::{
    Currency, Gauge, HeadSize, Length, Money, ParseNumberError, Rate, Tension, TensionUnit,
};
use crate::values::typed::{LINE, TEXT};
use crate::values::{self, Vocabulary, typed};

/// The longest name of a workshop (RULES 5.1).
const WORKSHOP_NAME: usize = 80;

/// Each marked field with the key of the sentence that says what to do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Errors(BTreeMap<&'static str, &'static str>);

impl Errors {
    /// One field marked, by something that only the database could tell.
    #[must_use]
    pub fn at(field: &'static str, key: &'static str) -> Self {
        Self(BTreeMap::from([(field, key)]))
    }

    /// Marks a field.
    pub fn mark(&mut self, field: &'static str, key: &'static str) {
        self.0.entry(field).or_insert(key);
    }

    /// What was found, and the field marked where it is missing; what is wrong with it was
    /// said before.
    pub(super) fn needed<T>(
        &mut self,
        field: &'static str,
        key: &'static str,
        found: Option<T>,
    ) -> Option<T> {
        if found.is_none() {
            self.mark(field, key);
        }
        found
    }

    /// Takes over all that another check has found.
    pub(super) fn extend(&mut self, found: Self) {
        for (field, key) in found.0 {
            self.mark(field, key);
        }
    }

    /// With what another check has found.
    #[must_use]
    pub fn and(mut self, found: Self) -> Self {
        self.extend(found);
        self
    }

    /// Nothing to correct.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The sentence's key of a field.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&'static str> {
        self.0.get(field).copied()
    }

    /// Text of one line, cut of spaces; `None` when empty.
    pub(super) fn line(&mut self, field: &'static str, text: &str) -> Option<String> {
        self.up_to(LINE, field, typed::line(text))
    }

    /// Text of several lines; `None` when empty.
    pub(super) fn text(&mut self, field: &'static str, text: &str) -> Option<String> {
        self.up_to(TEXT, field, typed::paragraphs(text))
    }

    /// Text of several lines that a receipt has room for; `None` when empty.
    pub(super) fn printed(&mut self, field: &'static str, text: &str) -> Option<String> {
        let text = typed::paragraphs(text);
        if (receipts::PRINTED + 1..=TEXT).contains(&text.chars().count()) {
            self.mark(field, "error-too-long-for-paper");
            return None;
        }
        self.up_to(TEXT, field, text)
    }

    /// How a workshop is called, which it must be.
    pub(super) fn workshop_name(&mut self, field: &'static str, text: &str) -> Option<String> {
        let name = self.up_to(WORKSHOP_NAME, field, typed::line(text));
        self.needed(field, "error-required", name)
    }

    fn up_to(&mut self, most: usize, field: &'static str, text: String) -> Option<String> {
        if text.chars().count() > most {
            self.mark(field, "error-too-long");
            return None;
        }
        (!text.is_empty()).then_some(text)
    }

    /// The word that says that it is meant, whatever its case.
    pub(super) fn word(&mut self, field: &'static str, typed: &str, word: &str) {
        if search_key([typed]) != search_key([word]) {
            self.mark(field, "error-word");
        }
    }

    pub(super) fn money(
        &mut self,
        field: &'static str,
        text: &str,
        currency: Currency,
    ) -> Option<Money> {
        self.parsed(field, text, |text| {
            Money::parse(text, currency).map_err(|error| sentence(error, "error-price"))
        })
    }

    pub(super) fn tension(
        &mut self,
        field: &'static str,
        text: &str,
        unit: TensionUnit,
    ) -> Option<Tension> {
        self.parsed(field, text, |text| {
            Tension::parse(text, unit).map_err(|error| sentence(error, "error-tension"))
        })
    }

    pub(super) fn gauge(&mut self, field: &'static str, text: &str) -> Option<Gauge> {
        self.parsed(field, text, |text| {
            Gauge::parse(text).map_err(|error| sentence(error, "error-gauge"))
        })
    }

    pub(super) fn head_size(&mut self, field: &'static str, text: &str) -> Option<HeadSize> {
        self.parsed(field, text, |text| {
            HeadSize::parse(text).map_err(|error| sentence(error, "error-head-size"))
        })
    }

    pub(super) fn length(&mut self, field: &'static str, text: &str) -> Option<Length> {
        self.parsed(field, text, |text| {
            Length::parse(text).map_err(|error| sentence(error, "error-length"))
        })
    }

    /// What is left of something, in units of so much.
    pub(super) fn rest(&mut self, field: &'static str, text: &str, unit: Length) -> Option<Length> {
        self.parsed(field, text, |text| {
            Length::parse_rest(text, unit).map_err(|error| sentence(error, "error-rest"))
        })
    }

    pub(super) fn number(
        &mut self,
        field: &'static str,
        text: &str,
        range: std::ops::RangeInclusive<i64>,
    ) -> Option<i64> {
        self.parsed(field, text, |text| {
            text.parse().ok().filter(|number| range.contains(number)).ok_or("error-number")
        })
    }

    /// A whole number of percent, with its sign or without.
    pub(super) fn percent(
        &mut self,
        field: &'static str,
        text: &str,
        range: std::ops::RangeInclusive<i64>,
    ) -> Option<i64> {
        let text = typed::sign(text);
        self.number(field, text.strip_suffix('%').unwrap_or(&text), range)
    }

    pub(super) fn rate(&mut self, field: &'static str, text: &str) -> Option<Rate> {
        self.parsed(field, text, |text| Rate::parse(text).map_err(|it| sentence(it, "error-rate")))
    }

    /// A number that must be there.
    pub(super) fn needed_number(
        &mut self,
        field: &'static str,
        text: &str,
        range: std::ops::RangeInclusive<i64>,
    ) -> Option<i64> {
        let number = self.number(field, text, range);
        self.needed(field, "error-number", number)
    }

    /// Where a workshop's days begin, as `Europe/Zurich`.
    pub(super) fn time_zone(&mut self, field: &'static str, text: &str) -> Option<Tz> {
        self.needed(field, "error-time-zone", text.trim().parse().ok())
    }

    /// A word of a closed list; `None` where nothing was chosen.
    pub(super) fn choice<W: Vocabulary>(&mut self, field: &'static str, text: &str) -> Option<W> {
        self.parsed(field, text, |text| W::from_code(text).ok_or("error-choice"))
    }

    /// One that must be chosen.
    pub(super) fn needed_choice<W: Vocabulary>(
        &mut self,
        field: &'static str,
        text: &str,
    ) -> Option<W> {
        let word = self.choice(field, text);
        self.needed(field, "error-required", word)
    }

    pub(super) fn date(&mut self, field: &'static str, text: &str) -> Option<NaiveDate> {
        use chrono::Datelike as _;
        self.parsed(field, text, |text| {
            let date = text.parse::<NaiveDate>().ok();
            date.filter(|date| YEARS.contains(&date.year())).ok_or("error-date")
        })
    }

    pub(super) fn time(&mut self, field: &'static str, text: &str) -> Option<NaiveTime> {
        self.parsed(field, text, |text| {
            NaiveTime::parse_from_str(text, "%H:%M")
                .or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S"))
                .map_err(|_| "error-time")
        })
    }

    /// An e-mail address as far as a form can tell: whether it works, a mail tells.
    pub(super) fn email(&mut self, field: &'static str, text: &str) -> Option<String> {
        let line = self.line(field, text)?;
        self.needed(field, "error-email", values::address(&line))
    }

    fn parsed<T>(
        &mut self,
        field: &'static str,
        text: &str,
        read: impl FnOnce(&str) -> Result<T, &'static str>,
    ) -> Option<T> {
        let text = typed::sign(text);
        if text.is_empty() {
            return None;
        }
        read(&text).map_err(|key| self.mark(field, key)).ok()
    }
}

/// The key of what to do about a number; `plain` where it is none at all.
fn sentence(error: ParseNumberError, plain: &'static str) -> &'static str {
    match error {
        ParseNumberError::NotANumber => plain,
        ParseNumberError::TwoReadings => "error-two-readings",
        ParseNumberError::OtherUnit => "error-other-unit",
    }
}

/// A ticked box.
pub(super) fn is_on(text: &str) -> bool {
    !text.is_empty()
}
