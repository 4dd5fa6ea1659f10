//! What a client says of itself, on its own pages.

use serde::{Deserialize, Serialize};

use super::Errors;
use super::identity::required_email;
use crate::models::persons::Own;
use crate::values::Vocabulary as _;

/// How it wants to be told, and in which language. How it is called, its stringer says.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnForm {
    /// `en`, `de`, or empty for the stringer's own.
    pub language: String,
    /// Receipts and news by mail.
    pub email: String,
}

impl OwnForm {
    /// As it is, to be changed.
    #[must_use]
    pub fn of(own: &Own) -> Self {
        Self {
            language: own.default_locale.map_or("", |locale| locale.code()).to_owned(),
            email: if own.prefers("email") { "1".to_owned() } else { String::new() },
        }
    }

    /// With what it says; what it does not speak of stays as it was.
    ///
    /// # Errors
    /// With the fields to correct.
    pub fn check(&self, before: Own) -> Result<Own, Errors> {
        let mut errors = Errors::default();
        let default_locale = errors.choice("language", &self.language);
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Own { default_locale, ..before }.preferring("email", !self.email.is_empty()))
    }
}

/// Where a link to the own pages goes.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AddressForm {
    /// The address.
    pub email: String,
}

impl AddressForm {
    /// The address.
    ///
    /// # Errors
    /// With the field to correct.
    pub fn check(&self) -> Result<String, Errors> {
        required_email(&self.email)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(prefs: &str) -> Own {
        Own { default_locale: None, notification_prefs: prefs.into() }
    }

    #[test]
    fn what_nobody_here_knows_is_kept_and_a_wrong_type_reads_as_what_is_usual() {
        assert!(own("{}").prefers("email") && !own("{}").prefers("sms"));
        assert!(own("no object").prefers("email") && own("{\"email\": \"no\"}").prefers("email"));
        assert!(!own("{\"email\": false}").prefers("email"));
        let said =
            OwnForm::default().check(own("{\"pigeon\": [1], \"email\": true}")).expect("taken");
        assert!(!said.prefers("email"));
        assert!(said.notification_prefs.contains("\"pigeon\":[1]"), "{said:?}");
    }

    #[test]
    fn a_language_that_nobody_here_speaks_is_marked() {
        let form = OwnForm { language: "fr".into(), ..OwnForm::default() };
        let errors = form.check(own("{}")).expect_err("marked");
        assert_eq!(errors.of("language"), Some("error-choice"));
    }
}
