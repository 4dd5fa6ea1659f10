//! What a client says of itself, on its own pages.

use serde::{Deserialize, Serialize};

use super::Errors;
use crate::models::persons::Own;
use crate::values::Vocabulary as _;

/// How somebody is called, and how it wants to be told.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnForm {
    /// Required.
    pub first_name: String,
    /// May be empty.
    pub last_name: String,
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
            first_name: own.display_first_name.clone(),
            last_name: own.display_last_name.clone(),
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
        let first_name = errors.line("first_name", &self.first_name);
        let first_name = errors.needed("first_name", "error-required", first_name);
        let last_name = errors.line("last_name", &self.last_name).unwrap_or_default();
        let default_locale = errors.choice("language", &self.language);
        if !errors.is_empty() {
            return Err(errors);
        }
        let said = Own {
            display_first_name: first_name.unwrap_or_default(),
            display_last_name: last_name,
            default_locale,
            ..before
        };
        Ok(said.preferring("email", !self.email.is_empty()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(prefs: &str) -> Own {
        Own {
            display_first_name: "Sara".into(),
            display_last_name: String::new(),
            default_locale: None,
            notification_prefs: prefs.into(),
        }
    }

    #[test]
    fn what_nobody_here_knows_is_kept_and_a_wrong_type_reads_as_what_is_usual() {
        assert!(own("{}").prefers("email") && !own("{}").prefers("sms"));
        assert!(own("no object").prefers("email") && own("{\"email\": \"no\"}").prefers("email"));
        assert!(!own("{\"email\": false}").prefers("email"));
        let form = OwnForm { first_name: "Sara".into(), ..OwnForm::default() };
        let said = form.check(own("{\"pigeon\": [1], \"email\": true}")).expect("taken");
        assert!(!said.prefers("email"));
        assert!(said.notification_prefs.contains("\"pigeon\":[1]"), "{said:?}");
    }

    #[test]
    fn who_somebody_is_must_be_said() {
        let errors = OwnForm::default().check(own("{}")).expect_err("nobody");
        assert_eq!(errors.of("first_name"), Some("error-required"));
    }
}
