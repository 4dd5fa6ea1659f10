//! Where a stringer is paid.

use iban::Iban;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{Errors, Versioned};
use crate::models::stringers::{Model, Paying};
use crate::receipts::payment::{
    self, Account, LONGEST_LINE, LONGEST_POSTCODE, LONGEST_TOWN, is_qr_iban, is_swiss, is_taken,
};
use crate::units::Currency;
use crate::values::typed;

/// A link of more letters makes a code that a phone reads badly.
const LONGEST_LINK: usize = 300;

/// The account that codes name, and a link.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each field is named as on the page")]
pub struct PayingForm {
    /// See [`Versioned`].
    pub version: String,
    pub iban: String,
    pub holder: String,
    pub street: String,
    pub postcode: String,
    pub town: String,
    pub country: String,
    pub link: String,
}

impl Versioned for PayingForm {
    fn version(&mut self) -> &mut String {
        &mut self.version
    }
}

impl PayingForm {
    /// As it is, to be changed; what is known of the workshop stands there already.
    #[must_use]
    pub fn of(stringer: &Model) -> Self {
        let Paying { account, link } = stringer.paying();
        let form = match account {
            Some(account) => Self {
                iban: account.iban.to_string(),
                holder: account.holder,
                street: account.street,
                postcode: account.postcode,
                town: account.town,
                country: account.country,
                ..Self::default()
            },
            None => Self {
                holder: stringer
                    .business_name
                    .clone()
                    .unwrap_or_else(|| stringer.display_name.clone()),
                town: stringer.town.clone().unwrap_or_default(),
                country: match stringer.currency {
                    Currency::Chf => "CH".to_owned(),
                    _ => String::new(),
                },
                ..Self::default()
            },
        };
        Self { link: link.unwrap_or_default(), ..form }.stamped()
    }

    /// What it says, of a workshop that is paid in a currency.
    ///
    /// # Errors
    /// With the fields to correct.
    pub fn check(&self, currency: Currency) -> Result<Paying, Errors> {
        let mut errors = Errors::default();
        let account =
            if self.iban.trim().is_empty() { None } else { self.account(currency, &mut errors) };
        let link = Some(typed::line(&self.link)).filter(|link| !link.is_empty());
        if link.as_deref().is_some_and(|link| !is_link(link)) {
            errors.mark("link", "error-link");
        }
        if errors.is_empty() { Ok(Paying { account, link }) } else { Err(errors) }
    }

    /// Every field is read, and marked, before one that is missing ends it.
    fn account(&self, currency: Currency, errors: &mut Errors) -> Option<Account> {
        let iban = self.iban.trim().to_ascii_uppercase().parse::<Iban>().ok();
        match iban {
            None => errors.mark("iban", "error-iban"),
            Some(iban) if is_qr_iban(&iban) => errors.mark("iban", "error-iban-qr"),
            Some(iban) if payment::kind(&iban, currency).is_none() => {
                let is_swiss = currency == Currency::Chf;
                errors.mark("iban", if is_swiss { "error-iban-swiss" } else { "error-iban-none" });
            }
            Some(_) => {}
        }
        // The European code names nobody's street.
        let is_needed = iban.map_or(currency == Currency::Chf, |iban| is_swiss(&iban));
        let holder = part(errors, "holder", &self.holder, LONGEST_LINE, true);
        let street = part(errors, "street", &self.street, LONGEST_LINE, false);
        let postcode = part(errors, "postcode", &self.postcode, LONGEST_POSTCODE, is_needed);
        let town = part(errors, "town", &self.town, LONGEST_TOWN, is_needed);
        let country = self.country.trim().to_ascii_uppercase();
        let is_country = country.len() == 2 && country.chars().all(|c| c.is_ascii_uppercase());
        if !is_country && (is_needed || !country.is_empty()) {
            errors.mark("country", "error-country");
        }
        Some(Account { iban: iban?, holder, street, postcode, town, country })
    }
}

/// A line of an address, as a code takes it.
fn part(
    errors: &mut Errors,
    field: &'static str,
    text: &str,
    longest: usize,
    is_needed: bool,
) -> String {
    let line = errors.line(field, text).unwrap_or_default();
    if line.is_empty() && is_needed && errors.of(field).is_none() {
        errors.mark(field, "error-required");
    } else if line.chars().count() > longest {
        errors.mark(field, "error-too-long-for-code");
    } else if !line.chars().all(is_taken) {
        errors.mark(field, "error-not-in-code");
    }
    line
}

/// Whether it opens a page: nothing else is printed for clients to follow.
fn is_link(text: &str) -> bool {
    let url = Url::parse(text).ok().filter(|url| url.scheme() == "https" && url.has_host());
    url.is_some() && text.len() <= LONGEST_LINK && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use iban::IbanLike as _;

    use super::*;

    fn form() -> PayingForm {
        PayingForm {
            iban: "ch93 0076 2011 6238 5295 7".into(),
            holder: "Stefan Müller".into(),
            postcode: "8002".into(),
            town: "Zürich".into(),
            country: "ch".into(),
            link: "https://pay.example.ch/stefan".into(),
            ..PayingForm::default()
        }
    }

    #[test]
    fn an_account_and_a_link_are_taken_as_they_are_typed() {
        let paying = form().check(Currency::Chf).expect("nothing wrong");
        let account = paying.account.expect("an account");
        assert_eq!(account.iban.electronic_str(), "CH9300762011623852957");
        assert_eq!(account.country, "CH");
        assert_eq!(PayingForm::default().check(Currency::Chf), Ok(Paying::default()));
        let link = format!("https://pay.example.ch/{}", "x".repeat(270));
        let long = PayingForm { link: link.clone(), ..PayingForm::default() };
        assert_eq!(long.check(Currency::Chf).map(|paying| paying.link), Ok(Some(link)));
    }

    #[test]
    fn what_no_app_would_read_is_marked() {
        let of = |change: fn(&mut PayingForm), currency| {
            let mut form = form();
            change(&mut form);
            form.check(currency).expect_err("something wrong")
        };
        let chf = Currency::Chf;
        type Change = fn(&mut PayingForm);
        let wrong: [(&str, Change); 8] = [
            ("iban", |form| form.iban = "CH93 0076 2011 6238 5295 8".into()),
            ("iban", |form| form.iban = "CH44 3199 9123 0008 8901 2".into()),
            ("iban", |form| form.iban = "DE89 3704 0044 0532 0130 00".into()),
            ("holder", |form| form.holder = " ".into()),
            ("holder", |form| form.holder = "김철수".into()),
            ("town", |form| form.town = "x".repeat(36)),
            ("country", |form| form.country = "Schweiz".into()),
            ("link", |form| form.link = "javascript:alert(1)".into()),
        ];
        for (field, change) in wrong {
            assert!(of(change, chf).of(field).is_some(), "{field}");
        }
        let german = PayingForm { iban: "DE89 3704 0044 0532 0130 00".into(), ..form() };
        assert!(german.check(Currency::Eur).is_ok());
    }
}
