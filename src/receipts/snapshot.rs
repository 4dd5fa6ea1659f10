//! Everything that a receipt shows, as text in its language.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::i18n::Locale;
use crate::typeset::{Template, needs_more};
use crate::values::typed::is_unseen;

/// The longest single text that is printed, in characters: fitting a longer one into its box
/// would take longer than all the rest. Forms say so; what comes from elsewhere is cut.
pub const PRINTED: usize = 400;

/// One receipt. Numbers and dates are written out already: how they look must not
/// change with a later version of a library.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is printed under its own name in the template")]
pub struct Snapshot {
    /// The version of the template that it is printed with.
    #[serde(default = "first")]
    pub template: u8,
    pub locale: Locale,
    /// The day of stringing, for the file's own date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<NaiveDate>,
    pub number: String,
    pub title: String,
    pub stringer: String,
    /// The digest of its logo, which comes with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<String>,
    pub client_label: String,
    pub client: String,
    pub racket: String,
    pub racket_note: Option<String>,
    pub strung_label: String,
    pub strung: String,
    pub total: String,
    pub paid: bool,
    pub paid_label: String,
    pub setup_title: String,
    pub mains: Strung,
    pub crosses: Strung,
    pub details: Vec<Line>,
    pub price_title: String,
    pub prices: Vec<Line>,
    pub total_label: String,
    pub total_amount: String,
    /// The tax that the total includes, by its rates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taxes: Vec<Line>,
    /// What was paid, where it is written down, and what makes the sum of it differ.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub received: Vec<Line>,
    /// What is still open of it, or was paid beyond it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rest: Option<Line>,
    pub business_title: String,
    pub business: Vec<String>,
    pub thanks: Option<String>,
    pub comment: Option<String>,
    pub tax_note: String,
    /// Absent from what was frozen before there was any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay: Option<Pay>,
}

/// How an open receipt can be paid with a phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is printed under its own name in the template")]
pub struct Pay {
    pub title: String,
    pub ways: Vec<PayBy>,
}

/// A code to be scanned, and the same in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is printed under its own name in the template")]
pub struct PayBy {
    /// What the code says.
    pub says: String,
    /// A Swiss one has a cross in its middle.
    pub has_cross: bool,
    pub lines: Vec<Line>,
}

/// One side of the stringbed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is printed under its own name in the template")]
pub struct Strung {
    pub label: String,
    pub tension: Option<String>,
    pub string: String,
}

/// A label and what stands behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is printed under its own name in the template")]
pub struct Line {
    pub label: String,
    pub value: String,
}

/// What was frozen before there was another.
const fn first() -> u8 {
    1
}

#[derive(Deserialize)]
struct Versioned {
    #[serde(default = "first")]
    template: u8,
}

/// The version of the template that a frozen form is printed with.
pub(super) fn template_of(frozen: &serde_json::Value) -> serde_json::Result<u8> {
    Ok(Versioned::deserialize(frozen)?.template)
}

/// Whether a frozen form is printed with a template that had fewer fonts than its text needs.
fn has_boxes(json: &str) -> bool {
    let template = serde_json::from_str::<Versioned>(json).map(|frozen| frozen.template);
    template.is_ok_and(|template| !Template::Receipt(template).takes_every_script())
        && needs_more(json)
}

/// A frozen form, but for the template that it is printed with and what is said twice.
fn said(json: &str) -> Option<serde_json::Value> {
    let mut value: serde_json::Value = serde_json::from_str(json).ok()?;
    for how in ["template", "day"] {
        value.as_object_mut()?.remove(how);
    }
    Some(value)
}

impl Snapshot {
    /// The version of the template that is issued with now.
    pub const TEMPLATE: u8 = 4;

    /// Whether a frozen form says the same, whatever template it is printed with: a new template
    /// alone is no reason to issue a receipt again, but where the old one had no letters.
    #[must_use]
    pub fn says_the_same_as(&self, json: &str) -> bool {
        let is_same = said(json).is_some_and(|before| Some(before) == said(&self.to_json()));
        is_same && !has_boxes(json)
    }

    /// The frozen form.
    #[must_use]
    pub fn to_json(&self) -> String {
        let value = serde_json::to_value(self).unwrap_or_default();
        printable(value).to_string()
    }

    /// What was frozen.
    ///
    /// # Errors
    /// Where it is no snapshot.
    pub fn from_json(json: &str) -> serde_json::Result<Self> {
        serde_json::from_str(json)
    }

    /// A frozen form in which nothing names or describes the client any more: what is kept of
    /// somebody who was erased. What is no snapshot is emptied.
    #[must_use]
    pub fn without_person(json: &str, name: &str) -> String {
        let mut value: serde_json::Value = serde_json::from_str(json).unwrap_or_default();
        for (field, instead) in [
            ("client", serde_json::Value::from(name)),
            ("racket_note", serde_json::Value::Null),
            ("comment", serde_json::Value::Null),
        ] {
            if let Some(said) = value.get_mut(field) {
                *said = instead;
            }
        }
        value.to_string()
    }
}

/// The field of [`PayBy`] that is made into a picture.
const SAYS: &str = "says";

/// Cuts texts to a printable length and takes out what no printer prints: control
/// characters, and marks that turn the direction of all that follows.
///
/// What a code says is for no eyes, is as long as it must be, and was checked before.
fn printable(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::String(text) => {
            Value::String(cut(text.chars().filter(|c| *c == '\n' || !is_unseen(*c)).collect()))
        }
        Value::Array(items) => Value::Array(items.into_iter().map(printable).collect()),
        Value::Object(fields) => {
            let printed = |(key, value)| match key == SAYS {
                true => (key, value),
                false => (key, printable(value)),
            };
            Value::Object(fields.into_iter().map(printed).collect())
        }
        other => other,
    }
}

/// To what is printed, behind a whole word where there is one, with a mark that it goes on.
fn cut(text: String) -> String {
    if text.chars().count() <= PRINTED {
        return text;
    }
    let head: String = text.chars().take(PRINTED - 1).collect();
    let words = head.rsplit_once(char::is_whitespace).map_or(head.as_str(), |(words, _)| words);
    format!("{}…", words.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_printed_is_taken_out() {
        let dirty = serde_json::json!({ "a": ["\u{202e}evil\u{0}", "two\nlines"] });
        let clean = serde_json::json!({ "a": ["evil", "two\nlines"] });
        assert_eq!(printable(dirty), clean);
        let long = printable(serde_json::Value::String("x".repeat(5000)));
        assert_eq!(long.as_str().map(|text| text.chars().count()), Some(PRINTED));
        let words = printable(serde_json::Value::String("Saiten ".repeat(500)));
        assert!(words.as_str().is_some_and(|text| text.ends_with("Saiten…")), "{words}");
    }
}
