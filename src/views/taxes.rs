//! How prices are taxed.

use serde::Serialize;
use uuid::Uuid;

use super::Return;
use crate::forms::{Errors, TaxForm};
use crate::i18n::Region;
use crate::models::stringers::Member;
use crate::models::taxes::{Model, TaxRegime};
use crate::units::Rate;
use crate::values::Vocabulary as _;

/// `settings/taxes.html`.
#[derive(Debug, Serialize)]
pub struct Taxes {
    said: Vec<Said>,
    regimes: Vec<&'static str>,
    form: TaxForm,
    errors: Errors,
    is_done: bool,
    #[serde(flatten)]
    returned: Return,
}

/// From a day on.
#[derive(Debug, Serialize)]
struct Said {
    id: Uuid,
    since: String,
    regime: &'static str,
    number: Option<String>,
    /// Percent; one where labor and strings have the same.
    rates: Vec<String>,
    /// What holds today.
    is_now: bool,
}

impl Taxes {
    /// What was said, the latest first, and the form with what is to be corrected.
    #[must_use]
    pub fn new(me: &Member, said: &[Model], form: TaxForm, errors: Errors) -> Self {
        let now = said.iter().find(|said| said.since <= me.today()).map(|said| said.id);
        Self {
            said: said.iter().map(|one| Said::new(me, one, now == Some(one.id))).collect(),
            regimes: TaxRegime::codes(),
            form,
            errors,
            is_done: false,
            returned: Return::default(),
        }
    }

    /// Says how it came to its page again.
    #[must_use]
    pub fn returned(self, returned: Return) -> Self {
        Self { returned, ..self }
    }

    /// Whether something was just said.
    #[must_use]
    pub fn told(self, is_done: bool) -> Self {
        Self { is_done, ..self }
    }
}

impl Said {
    fn new(me: &Member, said: &Model, is_now: bool) -> Self {
        let (region, tax): (Region, _) = (me.region(), said.tax());
        let rate = |rate: Rate| region.number(&rate.plain());
        let mut rates: Vec<String> =
            tax.rates.map(|it| vec![rate(it.labor), rate(it.strings)]).unwrap_or_default();
        rates.dedup();
        Self {
            id: said.id,
            since: region.long_date(said.since),
            regime: tax.regime.code(),
            number: tax.number,
            rates,
            is_now,
        }
    }
}
