//! Numbers as people type them: `22,5` and `22.5` are the same, and what may be read in two
//! ways is read in none.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Why a text is no number of the wanted kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseNumberError {
    /// It is none, or out of what is possible.
    #[error("not a number")]
    NotANumber,
    /// `1.200` is twelve hundred to one and one and a fifth to another (RULES 10).
    #[error("a number that may be read in two ways")]
    TwoReadings,
    /// The unit that was typed with it is not the one that was asked for.
    #[error("a number in another unit")]
    OtherUnit,
}

use ParseNumberError::{NotANumber, TwoReadings};

/// How high the numbers of a kind go, which says whether one mark may part thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Magnitude {
    /// Never to a thousand: one mark is a decimal mark.
    BelowThousand,
    /// Thousands are possible.
    Thousands,
}

/// What parts thousands somewhere: Swiss apostrophes, spaces of all widths, and the mark
/// that is not the decimal one.
const GROUP_MARKS: [char; 8] = ['\'', '’', ' ', '\u{a0}', '\u{202f}', '\u{2009}', '.', ','];

/// A decimal in hundredths, with at most two places that are not zero. A mark that parts
/// thousands is read where it can be nothing else: `1'200.50`, `1.200,50`, `1,200.50`.
pub(super) fn hundredths(text: &str, magnitude: Magnitude) -> Result<i64, ParseNumberError> {
    let text = text.trim();
    let (sign, text) = text.strip_prefix(['-', '−']).map_or(("", text), |rest| ("-", rest));
    let (integer, fraction) = split_at_decimal_mark(text);
    // `1.200`: the only mark may part thousands as well.
    let may_be_grouped =
        !fraction.is_empty() && !integer.starts_with('0') && without_groups(text).is_ok();
    if magnitude == Magnitude::Thousands && may_be_grouped {
        return Err(TwoReadings);
    }
    let integer = without_groups(integer)?;
    let is_written = !integer.is_empty() || !fraction.is_empty();
    if !is_written || !all_digits(fraction) {
        return Err(NotANumber);
    }
    let number: Decimal =
        format!("{sign}0{integer}.{fraction}0").parse().map_err(|_| NotANumber)?;
    let scaled = number.checked_mul(Decimal::ONE_HUNDRED).ok_or(NotANumber)?;
    if scaled.fract().is_zero() { scaled.to_i64().ok_or(NotANumber) } else { Err(NotANumber) }
}

/// Whole units in hundredths, from a text that says itself that there is no fraction.
pub(super) fn whole(text: &str) -> Result<i64, ParseNumberError> {
    let units: i64 = without_groups(text.trim())?.parse().map_err(|_| NotANumber)?;
    units.checked_mul(100).ok_or(NotANumber)
}

/// The text without one of these words before or behind it, whatever its case.
pub(super) fn without_word<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    words.iter().find_map(|word| {
        let before = text.split_at_checked(word.len());
        let behind = text.len().checked_sub(word.len()).and_then(|at| text.split_at_checked(at));
        let behind = behind.map(|(rest, found)| (found, rest));
        let mut ends = [before, behind].into_iter().flatten();
        let (_, rest) = ends.find(|(found, _)| found.eq_ignore_ascii_case(word))?;
        Some(rest.trim())
    })
}

/// The last mark is the decimal one if it is the only one of its kind.
fn split_at_decimal_mark(text: &str) -> (&str, &str) {
    let is_alone = |mark: &char| text.matches(*mark).count() == 1;
    let last = text.chars().rev().find(|c| matches!(c, '.' | ','));
    last.filter(is_alone).and_then(|mark| text.split_once(mark)).unwrap_or((text, ""))
}

/// The digits without the marks that part thousands; one kind of mark, groups of three.
fn without_groups(integer: &str) -> Result<String, ParseNumberError> {
    let Some(mark) = integer.chars().find(|c| GROUP_MARKS.contains(c)) else {
        return if all_digits(integer) { Ok(integer.to_owned()) } else { Err(NotANumber) };
    };
    let mut groups = integer.split(mark);
    let first = groups.next().unwrap_or_default();
    let fits = (1..=3).contains(&first.len())
        && all_digits(first)
        && groups.all(|group| group.len() == 3 && all_digits(group));
    if fits { Ok(integer.split(mark).collect()) } else { Err(NotANumber) }
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Hundredths as a plain decimal with a point and no more places than it takes.
pub(super) fn shortest(hundredths: i64) -> String {
    let places = if hundredths % 100 == 0 {
        0
    } else if hundredths % 10 == 0 {
        1
    } else {
        2
    };
    plain(hundredths, places)
}

/// Hundredths as a plain decimal with a point and the given number of places.
pub(super) fn plain(hundredths: i64, places: usize) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, rest) = (hundredths.abs() / 100, hundredths.abs() % 100);
    match places {
        0 => format!("{sign}{whole}"),
        1 => format!("{sign}{whole}.{}", rest / 10),
        _ => format!("{sign}{whole}.{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<i64, ParseNumberError> {
        hundredths(text, Magnitude::Thousands)
    }

    #[test]
    fn marks_for_thousands_and_decimals_are_read_where_they_can_be_nothing_else() {
        for (text, expected) in [
            ("22,5", 2250),
            (" 22.50 ", 2250),
            (".5", 50),
            ("25.", 2500),
            ("007", 700),
            ("22.500000", 2250),
            ("0.500", 50),
            ("-5", -500),
            ("1'200", 120_000),
            ("1’200.50", 120_050),
            ("1 200,50", 120_050),
            ("1\u{202f}200", 120_000),
            ("1.200,50", 120_050),
            ("1,200.50", 120_050),
            ("1.200.000", 120_000_000),
            ("1'200.500", 120_050),
            ("1200.500", 120_050),
        ] {
            assert_eq!(read(text), Ok(expected), "{text:?}");
        }
    }

    #[test]
    fn a_number_with_two_readings_is_not_read() {
        for text in ["1.200", "1,200", "100,000", "22.555"] {
            assert_eq!(read(text), Err(TwoReadings), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_number_with_two_places_is_refused() {
        for text in [
            "1200.505",
            "1,2,3",
            "1.2.3",
            "2 5",
            "1'20",
            "1'200 300",
            "1_000",
            "25.50$",
            "1.abc",
            "1e3",
            "+5",
            "--5",
            "٢٥",
            "２５",
            "",
            ".",
            ",",
            "abc",
            "99999999999999999999999",
            "99999999999999999",
            "9999999999999999999999999999999999999999",
        ] {
            assert_eq!(read(text), Err(NotANumber), "{text:?}");
        }
    }

    #[test]
    fn below_a_thousand_one_mark_is_the_decimal_mark() {
        assert_eq!(hundredths("22.500", Magnitude::BelowThousand), Ok(2250));
        assert_eq!(hundredths("1,250", Magnitude::BelowThousand), Ok(125));
        assert_eq!(hundredths("22.555", Magnitude::BelowThousand), Err(NotANumber));
    }

    #[test]
    fn a_word_is_taken_off_before_or_behind() {
        assert_eq!(without_word("CHF 25", &["chf"]), Some("25"));
        assert_eq!(without_word("25€", &["€"]), Some("25"));
        assert_eq!(without_word("24.5 KG", &["kg"]), Some("24.5"));
        assert_eq!(without_word("é5", &["k"]), None);
        assert_eq!(without_word("", &["kg"]), None);
    }
}
