//! The first run: who sets the place up.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::Errors;
use crate::auth::password;
use crate::models::stringers::Founder;
use crate::units::Currency;
use crate::values::Vocabulary as _;

/// The first admin.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FounderForm {
    /// What the log shows; empty where none is asked for.
    #[serde(skip_serializing)]
    pub setup_token: String,
    /// How the workshop is called.
    pub display_name: String,
    /// The address to sign in with.
    pub email: String,
    /// The password to sign in with.
    #[serde(skip_serializing)]
    pub password: String,
    /// `en` or `de`.
    pub locale: String,
    /// `CHF`, ...
    pub currency: String,
    /// As `Europe/Zurich`; what the page proposes.
    pub time_zone: String,
}

impl FounderForm {
    /// The founder without an identity yet, and the password.
    ///
    /// # Errors
    /// With the fields to correct.
    pub fn check(&self, has_token: bool) -> Result<(Founder, String), Errors> {
        let mut errors = Errors::default();
        if !has_token {
            errors.mark("setup_token", "error-setup-token");
        }
        let name = errors.workshop_name("display_name", &self.display_name);
        let email = errors.email("email", &self.email);
        let email = errors.needed("email", "error-email", email);
        if !password::is_strong(&self.password, &[&self.email, &self.display_name]) {
            errors.mark("password", "error-password-weak");
        }
        let locale = errors.choice("locale", &self.locale).unwrap_or_default();
        let currency = errors.choice("currency", &self.currency).unwrap_or(Currency::ALL[0]);
        match (name, email) {
            (Some(display_name), Some(email)) if errors.is_empty() => {
                let founder = Founder {
                    subject: String::new(),
                    email,
                    display_name,
                    locale,
                    currency,
                    time_zone: self.time_zone.parse().unwrap_or(Tz::Europe__Zurich),
                };
                Ok((founder, self.password.clone()))
            }
            _ => Err(errors),
        }
    }
}
