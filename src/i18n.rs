//! Languages, texts, and the local form of numbers and dates.
//!
//! Every text stands in `assets/i18n`, one folder a language.

mod said;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{Loader, static_loader};
use icu_calendar::{Date, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{M, MD, MDE, YM, YMD};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale::Locale as Tag;
use quick_cache::sync::Cache;
use unic_langid::{LanguageIdentifier, langid};

use crate::units::{Currency, Money, Tension};
use crate::values::{Vocabulary as _, stored_words};

static_loader! {
    static TEXTS = {
        locales: "./assets/i18n",
        fallback_language: "en",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

stored_words! {
    "snake_case";

    /// A language of the pages.
    #[derive(Default)]
    pub enum Locale {
        /// English, with British dates.
        #[default]
        En,
        /// German.
        De,
    }
}

/// More than there are keys.
const KEYS: usize = 2_000;

static PLAIN: LazyLock<[Cache<String, String>; 2]> =
    LazyLock::new(|| [Cache::new(KEYS), Cache::new(KEYS)]);

/// The arguments of a text.
pub type Args = HashMap<Cow<'static, str>, FluentValue<'static>>;

impl Locale {
    /// The first language that a browser's `Accept-Language` names and we have; the
    /// quality values are in falling order in every browser.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Self {
        header
            .split(',')
            .filter_map(|item| item.split([';', '-']).next())
            .find_map(|code| Self::from_code(code.trim()))
            .unwrap_or_default()
    }

    fn id(self) -> LanguageIdentifier {
        match self {
            Self::En => langid!("en"),
            Self::De => langid!("de"),
        }
    }

    /// A text, or `None` where the key is unknown in this language.
    #[must_use]
    pub fn text(self, key: &str, args: &Args) -> Option<String> {
        if args.is_empty() {
            return self.plain(key);
        }
        TEXTS.try_lookup_with_args(&self.id(), key, args)
    }

    /// A text that says the same each time: made once, and not at each row of a list.
    fn plain(self, key: &str) -> Option<String> {
        let made = match self {
            Self::En => &PLAIN[0],
            Self::De => &PLAIN[1],
        };
        if let Some(text) = made.get(key) {
            return Some(text);
        }
        let text = TEXTS.try_lookup(&self.id(), key)?;
        made.insert(key.to_owned(), text.clone());
        Some(text)
    }

    /// A text without arguments; an unknown key stands for itself.
    #[must_use]
    pub fn t(self, key: &str) -> String {
        self.text(key, &Args::new()).unwrap_or_else(|| key.to_owned())
    }
}

/// How numbers and dates look to one reader: the language, and the country that
/// the currency tells (Swiss German writes `22.5`, German `22,5`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    locale: Locale,
    swiss: bool,
}

fn with_year(day: String, date: NaiveDate, today: NaiveDate) -> String {
    if date.year() == today.year() { day } else { format!("{day} {}", date.year()) }
}

struct Formats {
    number: DecimalFormatter,
    month_day: FixedCalendarDateTimeFormatter<Gregorian, MD>,
    weekday: FixedCalendarDateTimeFormatter<Gregorian, MDE>,
    long: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    month: FixedCalendarDateTimeFormatter<Gregorian, M>,
    month_and_year: FixedCalendarDateTimeFormatter<Gregorian, YM>,
}

static EN: LazyLock<Option<Formats>> = LazyLock::new(|| Formats::of("en-GB"));
static DE: LazyLock<Option<Formats>> = LazyLock::new(|| Formats::of("de-DE"));
static DE_CH: LazyLock<Option<Formats>> = LazyLock::new(|| Formats::of("de-CH"));

impl Formats {
    fn of(tag: &str) -> Option<Self> {
        let tag = Tag::try_from_str(tag).ok()?;
        Some(Self {
            number: DecimalFormatter::try_new((&tag).into(), Default::default()).ok()?,
            month_day: FixedCalendarDateTimeFormatter::try_new((&tag).into(), MD::medium()).ok()?,
            weekday: FixedCalendarDateTimeFormatter::try_new((&tag).into(), MDE::medium()).ok()?,
            long: FixedCalendarDateTimeFormatter::try_new((&tag).into(), YMD::long()).ok()?,
            month: FixedCalendarDateTimeFormatter::try_new((&tag).into(), M::long()).ok()?,
            month_and_year: FixedCalendarDateTimeFormatter::try_new((&tag).into(), YM::long())
                .ok()?,
        })
    }
}

impl Region {
    /// The language, with the country's habits.
    #[must_use]
    pub fn new(locale: Locale, currency: Currency) -> Self {
        Self { locale, swiss: currency == Currency::Chf }
    }

    /// The language alone.
    #[must_use]
    pub const fn locale(self) -> Locale {
        self.locale
    }

    /// For the page's `lang` attribute.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match (self.locale, self.swiss) {
            (Locale::En, _) => "en",
            (Locale::De, true) => "de-CH",
            (Locale::De, false) => "de",
        }
    }

    fn formats(self) -> Option<&'static Formats> {
        match (self.locale, self.swiss) {
            (Locale::En, _) => EN.as_ref(),
            (Locale::De, true) => DE_CH.as_ref(),
            (Locale::De, false) => DE.as_ref(),
        }
    }

    /// A plain decimal (`1234.50`) in the local form.
    #[must_use]
    pub fn number(self, plain: &str) -> String {
        match (self.formats(), Decimal::try_from_str(plain)) {
            (Some(formats), Ok(number)) => formats.number.format(&number).to_string(),
            _ => plain.to_owned(),
        }
    }

    /// A decimal for a form's field: the local decimal mark, and no grouping.
    #[must_use]
    pub fn input(self, plain: &str) -> String {
        match (self.locale, self.swiss) {
            (Locale::De, false) => plain.replace('.', ","),
            _ => plain.to_owned(),
        }
    }

    /// `22.5`, without the unit.
    #[must_use]
    pub fn tension(self, tension: Tension) -> String {
        self.number(&tension.plain())
    }

    /// `47.50`, without the currency.
    #[must_use]
    pub fn amount(self, money: Money) -> String {
        self.number(&money.plain())
    }

    /// `14 Oct`, with the year where it is not this one: `14 Oct 2025`.
    #[must_use]
    pub fn date(self, date: NaiveDate, today: NaiveDate) -> String {
        let short =
            self.formatted(date, |formats, date| formats.month_day.format(date).to_string());
        with_year(short, date, today)
    }

    /// `Sat 28 Nov`, with the year where it is not this one.
    #[must_use]
    pub fn weekday(self, date: NaiveDate, today: NaiveDate) -> String {
        let short = self.formatted(date, |formats, date| formats.weekday.format(date).to_string());
        with_year(short, date, today)
    }

    /// `November`, of 1 to 12.
    #[must_use]
    pub fn month(self, number: u32) -> String {
        let first = NaiveDate::from_ymd_opt(2026, number, 1).unwrap_or_default();
        self.formatted(first, |formats, date| formats.month.format(date).to_string())
    }

    /// `November 2026`.
    #[must_use]
    pub fn month_and_year(self, date: NaiveDate) -> String {
        self.formatted(date, |formats, date| formats.month_and_year.format(date).to_string())
    }

    /// `23 November 2026`.
    #[must_use]
    pub fn long_date(self, date: NaiveDate) -> String {
        self.formatted(date, |formats, date| formats.long.format(date).to_string())
    }

    fn formatted(self, date: NaiveDate, form: fn(&Formats, &Date<Gregorian>) -> String) -> String {
        let civil = u8::try_from(date.month()).ok().zip(u8::try_from(date.day()).ok());
        let civil =
            civil.and_then(|(month, day)| Date::try_new_gregorian(date.year(), month, day).ok());
        match (self.formats(), civil) {
            (Some(formats), Some(civil)) => form(formats, &civil),
            _ => date.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::TensionUnit;

    fn region(locale: Locale, currency: &str) -> Region {
        Region::new(locale, Currency::from_code(currency).expect("a currency"))
    }

    #[test]
    fn the_browsers_first_known_language_wins() {
        assert_eq!(Locale::from_accept_language("de-CH,de;q=0.9,en;q=0.8"), Locale::De);
        assert_eq!(Locale::from_accept_language("fr-CH,fr;q=0.9,en;q=0.8,de;q=0.7"), Locale::En);
        assert_eq!(Locale::from_accept_language("fr"), Locale::En);
        assert_eq!(Locale::from_accept_language(""), Locale::En);
    }

    #[test]
    fn germans_write_a_comma_and_the_swiss_a_point() {
        let tension = Tension::from_hundredths(2250, TensionUnit::Kg);
        assert_eq!(region(Locale::De, "EUR").tension(tension), "22,5");
        assert_eq!(region(Locale::De, "CHF").tension(tension), "22.5");
        assert_eq!(region(Locale::En, "CHF").tension(tension), "22.5");
        assert_eq!(region(Locale::De, "EUR").input("22.5"), "22,5");
    }

    #[test]
    fn money_has_its_currency_and_two_places() {
        let currency = Currency::from_code("CHF").expect("francs");
        let money = Money::from_minor(4750, currency);
        assert_eq!(region(Locale::De, "CHF").money(money), "CHF\u{a0}47.50");
    }

    #[test]
    fn a_date_of_another_year_says_so() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("a date");
        let english = region(Locale::En, "CHF");
        assert_eq!(english.date(day(2026, 11, 20), day(2026, 11, 24)), "20 Nov");
        assert_eq!(english.date(day(2025, 11, 20), day(2026, 11, 24)), "20 Nov 2025");
        assert_eq!(region(Locale::De, "CHF").long_date(day(2026, 11, 23)), "23. November 2026");
        let today = day(2026, 11, 26);
        assert_eq!(english.weekday(day(2026, 11, 28), today), "Sat 28 Nov");
        assert_eq!(english.weekday(day(2031, 1, 1), today), "Wed 1 Jan 2031");
    }
}
