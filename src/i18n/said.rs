//! Texts with something said in them, and amounts with their currency or their sign.

use fluent_templates::fluent_bundle::FluentValue;

use super::{Locale, Region};
use crate::units::Money;
use crate::values::Vocabulary as _;

impl Locale {
    /// A text with what is said in it; an unknown key stands for itself.
    #[must_use]
    pub fn with<V: Into<FluentValue<'static>>, const N: usize>(
        self,
        key: &str,
        said: [(&'static str, V); N],
    ) -> String {
        let said = said.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        self.text(key, &said).unwrap_or_else(|| key.to_owned())
    }
}

impl Region {
    /// `CHF 47.50`.
    #[must_use]
    pub fn money(self, money: Money) -> String {
        format!("{}\u{a0}{}", money.currency().code(), self.amount(money))
    }

    /// `+0.02` or `−0.02`, without the currency.
    #[must_use]
    pub fn signed(self, money: Money) -> String {
        let sign = if money.minor() < 0 { '−' } else { '+' };
        let size = Money::from_minor(money.minor().abs(), money.currency());
        format!("{sign}{}", self.amount(size))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Currency;

    #[test]
    fn what_is_said_stands_in_the_text_and_a_sign_before_the_amount() {
        assert_eq!(Locale::De.with("receipt-held", [("days", 60)]), "hielt 60 Tage");
        assert_eq!(Locale::De.with("receipt-held", [("days", 1)]), "hielt einen Tag");
        assert_eq!(Locale::En.with("no-such-text", [("days", 1)]), "no-such-text");
        let region = Region::new(Locale::De, Currency::Chf);
        let signed = |minor| region.signed(Money::from_minor(minor, Currency::Chf));
        assert_eq!((signed(2), signed(-250)), ("+0.02".into(), "−2.50".into()));
    }
}
