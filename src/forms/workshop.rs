//! What a stringer says of its workshop.

use serde::{Deserialize, Serialize};

use super::{Errors, Versioned};
use crate::models::stringers::{Member, Model, Workshop};
use crate::units::Money;
use crate::values::Vocabulary as _;

/// All fields of the form.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each field is named as on the page")]
pub struct WorkshopForm {
    /// See [`Versioned`].
    pub version: String,
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

impl Versioned for WorkshopForm {
    fn version(&mut self) -> &mut String {
        &mut self.version
    }
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
            locale: stringer.default_locale.code().to_owned(),
            currency: stringer.currency.code().to_owned(),
            time_zone: stringer.time_zone.clone(),
            tension_unit: stringer.tension_unit.code().to_owned(),
            standard_labor: me.region().input(&me.standard_labor().plain()),
            restring_by: stringer.restring_by.code().to_owned(),
            restring_days: stringer.restring_days.to_string(),
            restring_loss: stringer.restring_loss.to_string(),
            ..Self::default()
        }
        .stamped()
    }

    /// What it says.
    ///
    /// # Errors
    /// With the fields to correct.
    pub fn check(&self) -> Result<Workshop, Errors> {
        let mut errors = Errors::default();
        match self.workshop(&mut errors) {
            Some(workshop) if errors.is_empty() => Ok(workshop),
            _ => Err(errors),
        }
    }

    /// Every field is read, and marked, before one that is missing ends it.
    fn workshop(&self, errors: &mut Errors) -> Option<Workshop> {
        let currency = errors.needed_choice("currency", &self.currency);
        let labor = currency.and_then(|c| errors.money("standard_labor", &self.standard_labor, c));
        let display_name = errors.workshop_name("display_name", &self.display_name);
        let locale = errors.needed_choice("locale", &self.locale);
        let time_zone = errors.time_zone("time_zone", &self.time_zone);
        let tension_unit = errors.needed_choice("tension_unit", &self.tension_unit);
        let restring_by = errors.needed_choice("restring_by", &self.restring_by);
        let restring_days = errors.needed_number("restring_days", &self.restring_days, 1..=1000);
        let restring_loss = errors.needed_number("restring_loss", &self.restring_loss, 1..=90);
        Some(Workshop {
            business_name: errors.line("business_name", &self.business_name),
            town: errors.line("town", &self.town),
            phone: errors.line("phone", &self.phone),
            business_address: errors.text("business_address", &self.business_address),
            thanks: errors.printed("thanks", &self.thanks),
            display_name: display_name?,
            locale: locale?,
            currency: currency?,
            time_zone: time_zone?,
            tension_unit: tension_unit?,
            standard_labor: labor.unwrap_or(Money::from_minor(0, currency?)),
            restring_by: restring_by?,
            restring_days: restring_days?,
            restring_loss: restring_loss?,
        })
    }
}
