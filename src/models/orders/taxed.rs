//! The tax that an order's price includes, and what its receipt says of it (RULES 3).

use super::pricing::Prices;
use crate::i18n::Region;
use crate::models::taxes::{Rates, Tax, TaxRegime};
use crate::receipts::Line;
use crate::units::{Money, Rate};
use crate::values::Vocabulary as _;

/// What is taxed at one rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taxed {
    /// At this rate.
    pub rate: Rate,
    /// So much of the total, tax included, in the smallest unit of its currency.
    pub gross: i64,
    /// The tax in it.
    pub tax: i64,
}

impl Taxed {
    const fn new(rate: Rate, gross: i64) -> Self {
        Self { rate, gross, tax: rate.included_in(gross) }
    }
}

impl Prices {
    /// The total by its rates of tax; the parts are the total again, to the last unit. What is
    /// taken off, and what is missing to a total by hand, is of labor and strings as they are of
    /// the price.
    #[must_use]
    pub fn taxed(&self, rates: Rates) -> Vec<Taxed> {
        let (total, strings) = (self.total().minor(), self.strings());
        let all = self.labor.unwrap_or(0) + strings;
        if total == 0 {
            return Vec::new();
        }
        if rates.labor == rates.strings || strings == 0 || all == 0 {
            return vec![Taxed::new(rates.labor, total)];
        }
        // Wide enough for a product of two of the highest prices.
        let part = (2 * i128::from(total) * i128::from(strings) + i128::from(all))
            .div_euclid(2 * i128::from(all));
        let of_strings = i64::try_from(part).unwrap_or(total);
        let parts = [(rates.labor, total - of_strings), (rates.strings, of_strings)];
        let parts = parts.into_iter().filter(|(_, gross)| *gross != 0);
        parts.map(|(rate, gross)| Taxed::new(rate, gross)).collect()
    }
}

/// The lines under a total: how much of it is tax.
pub(super) fn lines(tax: &Tax, prices: &Prices, region: Region) -> Vec<Line> {
    let amount = |minor| region.amount(Money::from_minor(minor, prices.currency));
    let name = region.locale().t(&format!("tax-name-{}", tax.regime.code()));
    let taxed = tax.rates.map(|rates| prices.taxed(rates)).unwrap_or_default();
    let line = |part: Taxed| {
        let said = [
            ("rate", region.number(&part.rate.plain())),
            ("tax", name.clone()),
            ("amount", amount(part.gross)),
        ];
        Line { label: region.locale().with("tax-included", said), value: amount(part.tax) }
    };
    taxed.into_iter().map(line).collect()
}

/// The note at the foot: why no tax is asked for, or who asks for it.
pub(super) fn note(tax: &Tax, region: Region) -> String {
    let t = |key: &str| region.locale().t(key);
    let sentence = match tax.regime {
        TaxRegime::NotRegistered => Some(t("tax-not-registered")),
        TaxRegime::GermanySmall => Some(t("tax-small")),
        TaxRegime::Switzerland => None,
        _ => tax.number.is_none().then(|| t("tax-in-prices")),
    };
    let number = tax.number.clone().map(|number| {
        let key = match (tax.regime, number.starts_with(char::is_alphabetic)) {
            (TaxRegime::Switzerland, _) => "tax-number-switzerland",
            (TaxRegime::Austria, _) => "tax-number-austria",
            (_, true) => "tax-number-europe",
            (_, false) => "tax-number-germany",
        };
        region.locale().with(key, [("number", number)])
    });
    sentence.into_iter().chain(number).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::pricing::StringPrice;
    use super::*;
    use crate::units::Currency;

    fn rates(labor: i64, strings: i64) -> Rates {
        Rates { labor: Rate::from_hundredths(labor), strings: Rate::from_hundredths(strings) }
    }

    fn string(byo: bool, price: Option<i64>) -> StringPrice {
        StringPrice::new(byo, price)
    }

    #[test]
    fn a_discount_is_shared_by_what_is_taxed_at_two_rates() {
        let prices = Prices {
            currency: Currency::Eur,
            labor: Some(2_000),
            mains: string(false, Some(1_000)),
            crosses: string(true, None),
            discount: Some(300),
            total_override: None,
        };
        let taxed = prices.taxed(rates(1_900, 700));
        assert_eq!(taxed.iter().map(|part| part.gross).collect::<Vec<_>>(), [1_800, 900]);
        // 18.00 × 19 / 119 = 2.873…, 9.00 × 7 / 107 = 0.588…
        assert_eq!(taxed.iter().map(|part| part.tax).collect::<Vec<_>>(), [287, 59]);
        assert_eq!(
            prices.taxed(rates(1_900, 1_900)),
            [Taxed::new(Rate::from_hundredths(1_900), 2_700)]
        );
    }

    proptest! {
        /// Whatever an order costs and however it is taxed: the parts of the total are the total,
        /// no tax is more than what it is of, and lines and adjustment are the total too.
        #[test]
        fn the_parts_are_the_total(
            labor in proptest::option::of(0..=Money::HIGHEST_LINE),
            (mains, crosses) in (
                proptest::option::of(0..=Money::HIGHEST_LINE),
                proptest::option::of(0..=Money::HIGHEST_LINE),
            ),
            byo in any::<(bool, bool)>(),
            discount in proptest::option::of(0..=Money::HIGHEST_LINE),
            total_override in proptest::option::of(0..=Money::HIGHEST_LINE),
            (of_labor, of_strings) in (1..=3_000_i64, 1..=3_000_i64),
            nth in 0..Currency::ALL.len(),
        ) {
            let currency = Currency::ALL[nth];
            let (mains, crosses) = (string(byo.0, mains), string(byo.1, crosses));
            let prices = Prices { currency, labor, mains, crosses, discount, total_override };
            let total = prices.total().minor();
            let lines = prices.lines().iter().filter_map(|line| line.amount).map(Money::minor).sum::<i64>();
            prop_assert_eq!(lines, total);
            let taxed = prices.taxed(rates(of_labor, of_strings));
            prop_assert_eq!(taxed.iter().map(|part| part.gross).sum::<i64>(), total);
            for part in taxed {
                prop_assert!(0 <= part.tax && part.tax < part.gross.max(1));
                // What is left without the tax gives that tax again, to the nearest.
                let net = part.gross - part.tax;
                let again = (2 * net * part.rate.hundredths() + 10_000).div_euclid(2 * 10_000);
                prop_assert!((again - part.tax).abs() <= 1);
            }
        }
    }
}
