//! Telling a client that a racket is ready: the message, and the ways to send it.

use serde::Serialize;
use uuid::Uuid;

use crate::i18n::{Locale, Region};
use crate::models::client_profiles::Client;
use crate::models::orders;
use crate::models::stringers;
use crate::values::{Vocabulary as _, blanks};

/// `orders/ready.html` and `orders/_ready.html`.
#[derive(Debug, Serialize)]
pub struct Ready {
    id: Uuid,
    client: String,
    /// In the client's language.
    text: String,
    lang: &'static str,
    /// `sms:…`, with the number where there is one.
    sms: String,
    whatsapp: String,
    mail: String,
}

impl Ready {
    /// The message for an order that is strung and was not collected.
    #[must_use]
    pub fn new(
        order: &orders::Model,
        row: &orders::Row,
        client: &Client,
        stringer: &stringers::Model,
    ) -> Self {
        let locale = client.locale.unwrap_or(stringer.default_locale);
        let said =
            Said { order, row, client, stringer, region: Region::new(locale, order.currency) };
        let text = said.text(locale);
        let number = client.contact.as_deref().and_then(number_in);
        let digits = number.as_deref().and_then(|number| number.strip_prefix('+'));
        let encoded = |text: &str| {
            // These readers take a plus for what it is.
            let encoded: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
            encoded.replace('+', "%20")
        };
        let body = encoded(&text);
        let subject = encoded(&locale.t("ready-subject"));
        Self {
            id: order.id,
            client: client.name().unwrap_or_default(),
            lang: locale.code(),
            sms: format!("sms:{}?&body={body}", number.as_deref().unwrap_or_default()),
            whatsapp: format!("https://wa.me/{}?text={body}", digits.unwrap_or_default()),
            mail: format!(
                "mailto:{}?subject={subject}&body={}",
                encoded(client.email.as_deref().unwrap_or_default()).replace("%40", "@"),
                body.replace("%0A", "%0D%0A"),
            ),
            text,
        }
    }
}

struct Said<'o> {
    order: &'o orders::Model,
    row: &'o orders::Row,
    client: &'o Client,
    stringer: &'o stringers::Model,
    region: Region,
}

impl Said<'_> {
    /// In the stringer's own words, else in the house's.
    fn text(&self, locale: Locale) -> String {
        let ready = self.stringer.ready();
        blanks::filled(&ready.words(locale), |blank| match blank {
            "name" => self.client.first_name.clone().unwrap_or_default(),
            "racket" => self.racket(),
            "total" => self.region.money(self.order.prices().total()),
            "pay" => self.pay(locale),
            "hours" => ready.opening_hours.clone().unwrap_or_default(),
            "workshop" => self.stringer.display_name.clone(),
            _ => String::new(),
        })
    }

    fn racket(&self) -> String {
        let names = [Some(self.row.racket()), self.row.nickname()];
        names.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// What is still to be paid, and where.
    fn pay(&self, locale: Locale) -> String {
        let rest = self.order.rest();
        if self.order.paid_at.is_some() {
            return locale.t("ready-paid");
        }
        if rest.minor() == 0 {
            return String::new();
        }
        let amount = locale.with("ready-pay", [("amount", self.region.money(rest))]);
        [Some(amount), self.stringer.paying().link]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// A telephone number, where that is all that the contact says; with the country's number as
/// `+41…`, where it has one.
fn number_in(contact: &str) -> Option<String> {
    let is_of_numbers = |c: char| c.is_ascii_digit() || " +()/-.".contains(c);
    // As it is dialled within the country; from abroad that nought is left out.
    let is_abroad =
        contact.trim_start().starts_with(['+']) || contact.trim_start().starts_with("00");
    let said = if is_abroad { contact.replace("(0)", "") } else { contact.to_owned() };
    let digits: String = said.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    if !contact.chars().all(is_of_numbers) || !(7..=16).contains(&digits.len()) {
        return None;
    }
    Some(match digits.strip_prefix("00") {
        Some(abroad) => format!("+{abroad}"),
        None => digits,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_that_is_a_number_is_written_to() {
        assert_eq!(number_in("+41 79 123 45 67").as_deref(), Some("+41791234567"));
        assert_eq!(number_in("+41 (0)79 123 45 67").as_deref(), Some("+41791234567"));
        assert_eq!(number_in("0041 (79) 123-45-67").as_deref(), Some("+41791234567"));
        assert_eq!(number_in("079 123 45 67").as_deref(), Some("0791234567"));
        for other in ["", "rings at the door", "12", "079 123 45 67, evenings"] {
            assert_eq!(number_in(other), None, "{other}");
        }
    }
}
