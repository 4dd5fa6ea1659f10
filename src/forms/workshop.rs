//! What a stringer says of its workshop.

use serde::{Deserialize, Serialize};

use super::Errors;
use crate::i18n::Locale;
use crate::models::stringers::{Member, Model, Restring, Workshop};
use crate::units::TensionUnit;

/// All fields of the form.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each field is named as on the page")]
pub struct WorkshopForm {
    pub display_name: String,
    pub business_name: String,
    pub town: String,
    pub phone: String,
    pub business_address: String,
    pub thanks: String,
    pub locale: String,
    pub currency: String,
    pub time_zone: String,
    pub tension_unit: String,
    pub standard_labor: String,
    pub restring_by: String,
    pub restring_days: String,
    pub restring_loss: String,
}

impl WorkshopForm {
    /// A workshop as it is, to be edited.
    #[must_use]
    pub fn of(me: &Member, stringer: &Model) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            display_name: stringer.display_name.clone(),
            business_name: text(&stringer.business_name),
            town: text(&stringer.town),
            phone: text(&stringer.phone),
            business_address: text(&stringer.business_address),
            thanks: text(&stringer.receipt_thankyou_text),
            locale: stringer.default_locale.clone(),
            currency: stringer.currency.clone(),
            time_zone: stringer.time_zone.clone(),
            tension_unit: stringer.tension_unit.clone(),
            standard_labor: me.region().input(&me.standard_labor().plain()),
            restring_by: stringer.restring_by.clone(),
            restring_days: stringer.restring_days.to_string(),
            restring_loss: stringer.restring_loss.to_string(),
        }
    }

    /// What it says.
    ///
    /// # Errors
    /// With the fields to mend.
    pub fn check(&self) -> Result<Workshop, Errors> {
        let mut errors = Errors::default();
        let display_name = errors.workshop_name("display_name", &self.display_name);
        let time_zone = errors.time_zone("time_zone", &self.time_zone);
        let currency = errors.currency("currency", &self.currency);
        let labor = currency.and_then(|c| errors.money("standard_labor", &self.standard_labor, c));
        let days = errors.needed_number("restring_days", &self.restring_days, 1..=1000);
        let loss = errors.needed_number("restring_loss", &self.restring_loss, 1..=90);
        let by = Restring::KINDS.into_iter().find(|kind| *kind == self.restring_by);
        let texts = (
            errors.line("business_name", &self.business_name),
            errors.line("town", &self.town),
            errors.line("phone", &self.phone),
            errors.text("business_address", &self.business_address),
            errors.text("thanks", &self.thanks),
        );
        let (business_name, town, phone, business_address, thanks) = texts;
        match (display_name, time_zone, currency, days, loss) {
            (Some(display_name), Some(time_zone), Some(currency), Some(days), Some(loss))
                if errors.is_empty() =>
            {
                Ok(Workshop {
                    display_name,
                    business_name,
                    town,
                    phone,
                    business_address,
                    thanks,
                    locale: Locale::from_code(&self.locale).unwrap_or_default(),
                    currency,
                    time_zone,
                    tension_unit: TensionUnit::from_code(&self.tension_unit)
                        .unwrap_or(TensionUnit::Kg),
                    standard_labor: labor
                        .unwrap_or_else(|| crate::units::Money::from_minor(0, currency)),
                    restring_by: by.unwrap_or(Restring::KINDS[0]),
                    restring_days: days,
                    restring_loss: loss,
                })
            }
            _ => Err(errors),
        }
    }
}
