//! Signing in, joining, and what belongs to an account.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::Errors;
use crate::auth::link::Link;
use crate::auth::password;
use crate::i18n::Locale;
use crate::models::stringers::{Founder, Member};
use crate::values::Vocabulary as _;

/// Address and password; the password is never shown again.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SignInForm {
    /// The address.
    pub email: String,
    /// What is typed into it stays out of every page and log.
    #[serde(skip_serializing)]
    pub password: String,
    /// Where to go afterwards.
    pub back: String,
}

impl SignInForm {
    /// The address to send a link to.
    ///
    /// # Errors
    /// With the field to correct.
    pub fn address(&self) -> Result<String, Errors> {
        required_email(&self.email)
    }
}

/// What a link's page posts.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LinkForm {
    /// What for.
    #[serde(rename = "type", alias = "amp;type")]
    pub kind: String,
    /// The provider's secret. Some mail programs leave the `&` as HTML writes it.
    #[serde(alias = "amp;token_hash")]
    pub token_hash: String,
    /// The invitation's.
    #[serde(alias = "amp;invitation")]
    pub invitation: String,
    /// The address that it was sent to.
    #[serde(alias = "amp;email")]
    pub email: String,
}

impl LinkForm {
    /// The link, if it can be one.
    #[must_use]
    pub fn link(&self) -> Option<Link> {
        Link::parse(&self.kind, &self.token_hash, &self.invitation, &self.email)
    }
}

/// The stringer's first page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WelcomeForm {
    /// How the workshop is called.
    pub display_name: String,
    /// `en` or `de`.
    pub locale: String,
    /// As `Europe/Zurich`.
    pub time_zone: String,
    /// `CHF`, ...
    pub currency: String,
    /// Where no link can be mailed.
    #[serde(skip_serializing)]
    pub password: String,
}

impl WelcomeForm {
    /// What is proposed to a browser with these languages: its own, and the time zone and
    /// currency of the country that it names.
    #[must_use]
    pub fn proposed(accept_language: &str) -> Self {
        let regions = accept_language.split([',', ';']).filter_map(|tag| tag.split('-').nth(1));
        let mut country = regions.filter_map(|region| {
            PLACES.into_iter().find(|(country, ..)| region.trim().eq_ignore_ascii_case(country))
        });
        let locale = Locale::from_accept_language(accept_language);
        let (_, zone, currency) = country.next().unwrap_or(match locale {
            Locale::De => PLACES[0],
            Locale::En => PLACES[3],
        });
        Self {
            display_name: String::new(),
            locale: locale.code().to_owned(),
            time_zone: zone.name().to_owned(),
            currency: currency.to_owned(),
            password: String::new(),
        }
    }

    /// The stringer of an identity.
    ///
    /// # Errors
    /// With the fields to correct.
    pub fn check(
        &self,
        subject: &str,
        email: &str,
        asks_for_password: bool,
    ) -> Result<Founder, Errors> {
        let mut errors = Errors::default();
        if asks_for_password && !password::is_strong(&self.password, &[email, &self.display_name]) {
            errors.mark("password", "error-password-weak");
        }
        let name = errors.workshop_name("display_name", &self.display_name);
        let zone = errors.time_zone("time_zone", &self.time_zone);
        let currency = errors.needed_choice("currency", &self.currency);
        let locale = errors.choice("locale", &self.locale).unwrap_or_default();
        match (name, zone, currency) {
            (Some(display_name), Some(time_zone), Some(currency)) if errors.is_empty() => {
                Ok(Founder {
                    subject: subject.to_owned(),
                    email: email.to_owned(),
                    display_name,
                    locale,
                    currency,
                    time_zone,
                })
            }
            _ => Err(errors),
        }
    }
}

/// Countries by their code, with the zone that most of their people live in.
const PLACES: [(&str, Tz, &str); 9] = [
    ("CH", Tz::Europe__Zurich, "CHF"),
    ("DE", Tz::Europe__Berlin, "EUR"),
    ("AT", Tz::Europe__Vienna, "EUR"),
    ("GB", Tz::Europe__London, "GBP"),
    ("LI", Tz::Europe__Vaduz, "CHF"),
    ("IE", Tz::Europe__Dublin, "EUR"),
    ("FR", Tz::Europe__Paris, "EUR"),
    ("IT", Tz::Europe__Rome, "EUR"),
    ("US", Tz::America__New_York, "USD"),
];

/// Somebody without a workshop asks for one.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AccessForm {
    /// What the admin should know.
    pub message: String,
}

impl AccessForm {
    /// The message, if there is one.
    ///
    /// # Errors
    /// When it is too long.
    pub fn check(&self) -> Result<Option<String>, Errors> {
        let mut errors = Errors::default();
        let message = errors.text("message", &self.message);
        if errors.is_empty() { Ok(message) } else { Err(errors) }
    }
}

/// Whom the admin invites.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct InvitationForm {
    /// The address.
    pub email: String,
    /// The language of the mail.
    pub locale: String,
}

impl InvitationForm {
    /// Address and language.
    ///
    /// # Errors
    /// With the field to correct.
    pub fn check(&self) -> Result<(String, Locale), Errors> {
        let email = required_email(&self.email)?;
        Ok((email, Locale::from_code(&self.locale).unwrap_or_default()))
    }
}

/// A new password, and the old one where there is one to ask for.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct PasswordForm {
    /// The old one.
    pub current: String,
    /// The new one.
    pub password: String,
}

impl PasswordForm {
    /// The new password.
    ///
    /// # Errors
    /// With the field to correct.
    pub fn check(&self, me: &Member) -> Result<String, Errors> {
        if password::is_strong(&self.password, &[&me.email, &me.display_name]) {
            return Ok(self.password.clone());
        }
        Err(Errors::at("password", "error-password-weak"))
    }
}

/// Why a stringer is deactivated or let in again.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReasonForm {
    /// In the admin's words, for the log.
    pub reason: String,
}

impl ReasonForm {
    /// The reason.
    ///
    /// # Errors
    /// With the field to correct.
    pub fn check(&self) -> Result<String, Errors> {
        let mut errors = Errors::default();
        let reason = errors.text("reason", &self.reason);
        errors.needed("reason", "error-required", reason).ok_or(errors)
    }
}

pub(super) fn required_email(text: &str) -> Result<String, Errors> {
    let mut errors = Errors::default();
    let email = errors.email("email", text);
    errors.needed("email", "error-email", email).ok_or(errors)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zone_and_currency_are_those_of_the_browsers_country() {
        let proposed = |header| {
            let form = WelcomeForm::proposed(header);
            (form.locale, form.time_zone, form.currency)
        };
        let of = |l: &str, z: &str, c: &str| (l.to_owned(), z.to_owned(), c.to_owned());
        assert_eq!(proposed("de-AT,de;q=0.9,en;q=0.8"), of("de", "Europe/Vienna", "EUR"));
        assert_eq!(proposed("en-US,en;q=0.5"), of("en", "America/New_York", "USD"));
        assert_eq!(proposed("fr-CH, fr;q=0.9"), of("en", "Europe/Zurich", "CHF"));
        assert_eq!(proposed("de"), of("de", "Europe/Zurich", "CHF"));
        assert_eq!(proposed(""), of("en", "Europe/London", "GBP"));
    }
}
