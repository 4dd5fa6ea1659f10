//! A new client.

use serde::{Deserialize, Serialize};

use super::{Errors, Versioned};
use crate::models::client_profiles::{Client, NewClient};
use crate::models::persons::NewPerson;
use crate::values::Vocabulary;

/// Who it is, and what the stringer wants to remember.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ClientForm {
    /// See [`Versioned`].
    pub version: String,
    /// Required.
    pub first_name: String,
    /// May be empty.
    pub last_name: String,
    /// What the stringer calls them.
    pub nickname: String,
    /// For the receipt.
    pub email: String,
    /// `en`, `de`, or empty for the stringer's own.
    pub language: String,
    /// Telephone, address, whatever helps.
    pub contact: String,
    /// The usual tension, in the stringer's words.
    pub tension_memo: String,
    /// Never shown to anybody else.
    pub notes: String,
}

impl Versioned for ClientForm {
    fn version(&mut self) -> &mut String {
        &mut self.version
    }
}

impl ClientForm {
    /// From what was typed into a search that found nobody: first word, rest.
    #[must_use]
    pub fn named(name: &str) -> Self {
        let (first, last) = name.trim().split_once(' ').unwrap_or((name.trim(), ""));
        Self { first_name: first.to_owned(), last_name: last.trim().to_owned(), ..Self::default() }
    }

    /// A client as it is, to be edited.
    #[must_use]
    pub fn of(client: &Client) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            first_name: text(&client.first_name),
            last_name: text(&client.last_name),
            nickname: text(&client.nickname),
            email: text(&client.email),
            language: client.locale.map(Vocabulary::code).unwrap_or_default().to_owned(),
            contact: text(&client.contact),
            tension_memo: text(&client.default_tension_memo),
            notes: text(&client.internal_notes),
            ..Self::default()
        }
        .stamped()
    }

    /// The client.
    ///
    /// # Errors
    /// With the fields to correct.
    pub fn check(&self) -> Result<NewClient, Errors> {
        let mut errors = Errors::default();
        let first_name = errors.line("first_name", &self.first_name);
        let first_name = errors.needed("first_name", "error-required", first_name);
        let client = NewClient {
            person: NewPerson {
                first_name: first_name.unwrap_or_default(),
                last_name: errors.line("last_name", &self.last_name).unwrap_or_default(),
                email: errors.email("email", &self.email),
                locale: errors.choice("language", &self.language),
            },
            nickname: errors.line("nickname", &self.nickname),
            contact: errors.text("contact", &self.contact),
            notes: errors.text("notes", &self.notes),
            tension_memo: errors.line("tension_memo", &self.tension_memo),
        };
        if errors.is_empty() { Ok(client) } else { Err(errors) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_needs_a_first_name_alone() {
        let form = ClientForm { first_name: " Sara ".into(), ..ClientForm::default() };
        assert_eq!(form.check().expect("a client").person.first_name, "Sara");
        let errors = ClientForm::default().check().expect_err("nobody");
        assert_eq!(errors.of("first_name"), Some("error-required"));
    }

    #[test]
    fn names_of_every_script_are_names() {
        for name in ["שרה", "Zoë", "🎾", "李"] {
            let form = ClientForm { first_name: name.into(), ..ClientForm::default() };
            assert_eq!(form.check().expect("a client").person.first_name, name);
        }
    }

    #[test]
    fn an_address_that_cannot_be_one_is_marked() {
        for email in ["sara", "sara@", "a b@c.ch", "x@y@z", "\"a b\"@x.ch"] {
            let form =
                ClientForm { first_name: "S".into(), email: email.into(), ..ClientForm::default() };
            assert_eq!(form.check().expect_err(email).of("email"), Some("error-email"));
        }
    }
}
