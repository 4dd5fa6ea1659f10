//! What a stringer tells a client whose racket is ready.

use serde::{Deserialize, Serialize};

use super::{Errors, Versioned};
use crate::i18n::Locale;
use crate::models::stringers::{BLANKS, Model, Ready};
use crate::values::blanks;

/// More than a few messages' worth is no message.
const LONGEST: usize = 1_000;

/// Opening hours, and the stringer's own words in both languages.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReadyForm {
    /// See [`Versioned`].
    pub version: String,
    /// When rackets are collected.
    pub opening_hours: String,
    /// In German.
    pub german: String,
    /// In English.
    pub english: String,
}

impl Versioned for ReadyForm {
    fn version(&mut self) -> &mut String {
        &mut self.version
    }
}

impl ReadyForm {
    /// As it is, to be changed; the house's words, where it has none of its own.
    #[must_use]
    pub fn of(stringer: &Model) -> Self {
        let ready = stringer.ready();
        let [german, english] = [Locale::De, Locale::En].map(|locale| ready.words(locale));
        let opening_hours = ready.opening_hours.unwrap_or_default();
        Self { opening_hours, german, english, ..Self::default() }.stamped()
    }

    /// What it says.
    ///
    /// # Errors
    /// With the fields to correct.
    pub fn check(&self) -> Result<Ready, Errors> {
        let mut errors = Errors::default();
        let ready = Ready {
            opening_hours: errors.line("opening_hours", &self.opening_hours),
            german: words(&mut errors, "german", &self.german, Locale::De),
            english: words(&mut errors, "english", &self.english, Locale::En),
        };
        if errors.is_empty() { Ok(ready) } else { Err(errors) }
    }
}

/// The house's words are nobody's own: they get better with the house.
fn words(errors: &mut Errors, field: &'static str, text: &str, locale: Locale) -> Option<String> {
    let words = errors.text(field, text)?;
    if words == Ready::of_the_house(locale) {
        return None;
    }
    if words.chars().count() > LONGEST {
        errors.mark(field, "error-too-long-for-message");
    } else if blanks::unknown(&words, &BLANKS).is_some() {
        errors.mark(field, "error-unknown-blank");
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_that_nobody_fills_is_marked() {
        let form = ReadyForm {
            german: "Hoi {name}, {racket} isch parat. {pay}".into(),
            english: "Hi {nmae}".into(),
            ..ReadyForm::default()
        };
        let errors = form.check().expect_err("a slip");
        assert_eq!((errors.of("german"), errors.of("english").is_some()), (None, true));
        let house = ReadyForm { german: Ready::of_the_house(Locale::De), ..ReadyForm::default() };
        assert_eq!(house.check(), Ok(Ready::default()));
    }
}
