//! How prices are taxed from a day on.

use chrono::NaiveDate;
use eu_vat::{Country, Vat};
use serde::{Deserialize, Serialize};
use swiss_uid::uid::SwissUid;

use super::Errors;
use crate::models::taxes::{Rates, Tax, TaxRegime};
use crate::values::Vocabulary as _;

/// What is said of a day on.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each field is named as on the page")]
pub struct TaxForm {
    pub since: String,
    pub regime: String,
    pub number: String,
    pub labor_rate: String,
    pub strings_rate: String,
}

impl TaxForm {
    /// Empty, of today.
    #[must_use]
    pub fn new(today: NaiveDate) -> Self {
        Self {
            since: today.to_string(),
            regime: TaxRegime::NotRegistered.code().to_owned(),
            ..Self::default()
        }
    }

    /// What it says.
    ///
    /// # Errors
    /// With the fields to correct.
    pub fn check(&self) -> Result<(NaiveDate, Tax), Errors> {
        let mut errors = Errors::default();
        let since = errors.date("since", &self.since);
        let since = errors.needed("since", "error-required", since);
        let regime = errors.needed_choice("regime", &self.regime);
        let tax = regime.map(|regime: TaxRegime| Tax {
            regime,
            number: self.number(regime, &mut errors),
            rates: self.rates(regime, since, &mut errors),
        });
        match (since, tax) {
            (Some(since), Some(tax)) if errors.is_empty() => Ok((since, tax)),
            _ => Err(errors),
        }
    }

    /// Nothing is asked of who is in no register, and what stands there is not kept.
    fn number(&self, regime: TaxRegime, errors: &mut Errors) -> Option<String> {
        let typed = errors.line("number", &self.number).unwrap_or_default();
        let (number, wrong) = match regime {
            TaxRegime::NotRegistered => return None,
            // Art. 26 MWSTG: without it a receipt is none.
            TaxRegime::Switzerland => (swiss(&typed), "error-tax-number-swiss"),
            _ if typed.is_empty() => return None,
            TaxRegime::GermanySmall | TaxRegime::Germany => (
                european(&typed, Some(Country::Germany)).or_else(|| german(&typed)),
                "error-tax-number-german",
            ),
            TaxRegime::Austria => {
                (european(&typed, Some(Country::Austria)), "error-tax-number-austrian")
            }
            TaxRegime::EuropeanUnion => (european(&typed, None), "error-tax-number-european"),
        };
        if number.is_none() {
            errors.mark("number", wrong);
        }
        number
    }

    fn rates(
        &self,
        regime: TaxRegime,
        since: Option<NaiveDate>,
        errors: &mut Errors,
    ) -> Option<Rates> {
        if !regime.has_rates() {
            return None;
        }
        let labor = errors.rate("labor_rate", &self.labor_rate);
        let strings = errors.rate("strings_rate", &self.strings_rate);
        let labor = labor.or_else(|| regime.usual_rate(since?));
        let labor = errors.needed("labor_rate", "error-rate", labor);
        labor.map(|labor| Rates { labor, strings: strings.unwrap_or(labor) })
    }
}

/// `CHE-109.322.551 MWST`, however it was typed.
fn swiss(typed: &str) -> Option<String> {
    let bare: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
    let bare = bare.to_ascii_uppercase();
    let words = ["MWST", "TVA", "IVA", "VAT"];
    let bare = words.iter().find_map(|word| bare.strip_suffix(word)).unwrap_or(&bare);
    let is_one = bare.len() == 12
        && bare.starts_with("CHE")
        && bare.chars().skip(3).all(|digit| digit.is_ascii_digit());
    // The library takes the first three letters of whatever it gets.
    let uid = is_one.then(|| SwissUid::new(bare).ok()).flatten();
    uid.map(|uid| uid.to_string_mwst())
}

fn european(typed: &str, of: Option<Country>) -> Option<String> {
    let number = Vat::parse(typed).ok()?;
    of.is_none_or(|of| number.country() == of).then(|| number.to_string())
}

/// A number of the German tax office: ten to thirteen digits, grouped as each land likes it.
fn german(typed: &str) -> Option<String> {
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    let is_one = typed.chars().all(|c| c.is_ascii_digit() || c == '/' || c == ' ');
    (is_one && typed.len() <= 20 && (10..=13).contains(&digits)).then(|| typed.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Rate;

    fn form(regime: TaxRegime, number: &str) -> TaxForm {
        TaxForm {
            since: "2026-01-01".into(),
            regime: regime.code().into(),
            number: number.into(),
            ..TaxForm::default()
        }
    }

    fn number(regime: TaxRegime, number: &str) -> Result<Option<String>, Option<&'static str>> {
        let form = TaxForm { labor_rate: "20".into(), ..form(regime, number) };
        form.check().map(|(_, tax)| tax.number).map_err(|errors| errors.of("number"))
    }

    #[test]
    fn a_number_is_of_its_register() {
        use TaxRegime::{
            Austria, EuropeanUnion, Germany, GermanySmall, NotRegistered, Switzerland,
        };
        let known = |text: &str| Ok(Some(text.to_owned()));
        for typed in ["CHE-109.322.551", "che 109 322 551 mwst", "CHE109322551TVA"] {
            assert_eq!(number(Switzerland, typed), known("CHE-109.322.551 MWST"), "{typed}");
        }
        for typed in ["", "CHE-109.322.552", "CHE-1", "É", "DE136695976", "CHE-109.322.551-1"] {
            assert_eq!(number(Switzerland, typed), Err(Some("error-tax-number-swiss")), "{typed}");
        }
        assert_eq!(number(Germany, "de 136 695 976"), known("DE136695976"));
        assert_eq!(number(GermanySmall, "12/345/67890"), known("12/345/67890"));
        assert_eq!(number(Germany, ""), Ok(None));
        for typed in ["DE136695970", "ATU13585627", "1234", "12-345-67890"] {
            assert_eq!(number(Germany, typed), Err(Some("error-tax-number-german")), "{typed}");
        }
        assert_eq!(number(Austria, "ATU13585627"), known("ATU13585627"));
        assert_eq!(number(Austria, "DE136695976"), Err(Some("error-tax-number-austrian")));
        assert_eq!(number(EuropeanUnion, "DE136695976"), known("DE136695976"));
        assert_eq!(number(NotRegistered, "whatever"), Ok(None));
    }

    #[test]
    fn a_rate_is_the_usual_one_until_another_is_said() {
        let rates = |regime, labor: &str, strings: &str| {
            let form = TaxForm {
                labor_rate: labor.into(),
                strings_rate: strings.into(),
                ..form(
                    regime,
                    if regime == TaxRegime::Switzerland { "CHE-109.322.551" } else { "" },
                )
            };
            let said = form.check().map(|(_, tax)| tax.rates);
            said.map_err(|errors| (errors.of("labor_rate"), errors.of("strings_rate")))
        };
        let both = |labor, strings| {
            let rate = Rate::from_hundredths;
            Ok(Some(Rates { labor: rate(labor), strings: rate(strings) }))
        };
        assert_eq!(rates(TaxRegime::Switzerland, "", ""), both(810, 810));
        assert_eq!(rates(TaxRegime::Germany, "19", "7"), both(1_900, 700));
        assert_eq!(rates(TaxRegime::GermanySmall, "19", "7"), Ok(None));
        assert_eq!(rates(TaxRegime::EuropeanUnion, "", ""), Err((Some("error-rate"), None)));
        assert_eq!(rates(TaxRegime::Austria, "", "55"), Err((None, Some("error-rate"))));
    }
}
