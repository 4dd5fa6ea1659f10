//! Whose book it is, in a book that is taken along.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::columns::{Read, ensure, is_day};
use super::planning::line;
use crate::i18n::Locale;
use crate::models::_entities::stringers;
use crate::models::stringers::RestringBy;
use crate::models::taxes::{self, Rates, Tax, TaxRegime};
use crate::units::{Currency, Money, Rate, TensionUnit};
use crate::values::typed::LINE;

/// Whose book it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/EXPORT.md explains each field")]
pub struct Workshop {
    pub display_name: String,
    pub business_name: Option<String>,
    pub town: Option<String>,
    pub phone: Option<String>,
    pub business_address: Option<String>,
    pub email: String,
    pub thanks: Option<String>,
    pub locale: Locale,
    pub time_zone: String,
    pub currency: Currency,
    pub tension_unit: TensionUnit,
    pub standard_labor: String,
    #[serde(default)]
    pub restring_by: Option<RestringBy>,
    #[serde(default)]
    pub restring_days: Option<i64>,
    #[serde(default)]
    pub restring_loss: Option<i64>,
    #[serde(default)]
    pub iban: Option<String>,
    #[serde(default)]
    pub pay_holder: Option<String>,
    #[serde(default)]
    pub pay_street: Option<String>,
    #[serde(default)]
    pub pay_postcode: Option<String>,
    #[serde(default)]
    pub pay_town: Option<String>,
    #[serde(default)]
    pub pay_country: Option<String>,
    #[serde(default)]
    pub pay_link: Option<String>,
    #[serde(default)]
    pub opening_hours: Option<String>,
    #[serde(default)]
    pub ready_text_de: Option<String>,
    #[serde(default)]
    pub ready_text_en: Option<String>,
    #[serde(default)]
    pub logo: Option<String>,
}

impl Workshop {
    /// A stringer's own.
    #[must_use]
    pub fn of(stringer: stringers::Model) -> Self {
        let labor = Money::from_minor(stringer.standard_labor, stringer.currency);
        Self {
            display_name: stringer.display_name,
            business_name: stringer.business_name,
            town: stringer.town,
            phone: stringer.phone,
            business_address: stringer.business_address,
            email: stringer.email,
            thanks: stringer.receipt_thankyou_text,
            locale: stringer.default_locale,
            time_zone: stringer.time_zone,
            currency: stringer.currency,
            tension_unit: stringer.tension_unit,
            standard_labor: labor.plain(),
            restring_by: Some(stringer.restring_by),
            restring_days: Some(stringer.restring_days),
            restring_loss: Some(stringer.restring_loss),
            iban: stringer.iban,
            pay_holder: stringer.pay_holder,
            pay_street: stringer.pay_street,
            pay_postcode: stringer.pay_postcode,
            pay_town: stringer.pay_town,
            pay_country: stringer.pay_country,
            pay_link: stringer.pay_link,
            opening_hours: stringer.opening_hours,
            ready_text_de: stringer.ready_text_de,
            ready_text_en: stringer.ready_text_en,
            logo: stringer.logo,
        }
    }
}

/// A logo that receipts show, or that the next ones will.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/EXPORT.md explains each field")]
pub struct Logo {
    pub digest: String,
    #[serde(with = "hex::serde")]
    pub png: Vec<u8>,
}

/// How its prices are taxed from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/EXPORT.md explains each field")]
pub struct TaxedSince {
    pub since: NaiveDate,
    pub regime: TaxRegime,
    pub number: Option<String>,
    pub labor_rate: Option<String>,
    pub strings_rate: Option<String>,
}

impl From<&taxes::Model> for TaxedSince {
    fn from(said: &taxes::Model) -> Self {
        let tax = said.tax();
        Self {
            since: said.since,
            regime: tax.regime,
            number: tax.number,
            labor_rate: tax.rates.map(|rates| rates.labor.plain()),
            strings_rate: tax.rates.map(|rates| rates.strings.plain()),
        }
    }
}

impl TaxedSince {
    /// # Errors
    /// With the field that says what no book of ours has.
    pub(super) fn tax(&self) -> Read<Tax> {
        let rate = |text: &Option<String>, field| {
            text.as_deref().map(Rate::parse).transpose().map_err(|_| field)
        };
        let labor = rate(&self.labor_rate, "labor_rate")?;
        let strings = rate(&self.strings_rate, "strings_rate")?;
        ensure(is_day(self.since), "since")?;
        ensure(self.number.as_ref().is_none_or(|it| it.chars().count() <= LINE), "number")?;
        ensure(labor.is_some() == self.regime.has_rates(), "labor_rate")?;
        let number = self.number.as_deref().map(|number| line(number).ok_or("number"));
        Ok(Tax {
            regime: self.regime,
            number: number.transpose()?,
            rates: labor.map(|labor| Rates { labor, strings: strings.unwrap_or(labor) }),
        })
    }
}
