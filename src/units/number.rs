//! Numbers as people type them: `22,5` and `22.5` are the same.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// The text is no number of the wanted kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a number")]
pub struct NotANumber;

/// A decimal in hundredths, with at most two places. Spaces and Swiss thousands
/// marks (`1'200.50`) are allowed, since people paste from price lists.
pub(super) fn hundredths(text: &str) -> Result<i64, NotANumber> {
    let plain: String = text
        .trim()
        .chars()
        .filter(|c| !matches!(c, '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}'))
        .map(|c| if c == ',' { '.' } else { c })
        .collect();
    let number: Decimal = plain.parse().map_err(|_| NotANumber)?;
    let scaled = number.checked_mul(Decimal::ONE_HUNDRED).ok_or(NotANumber)?;
    if scaled.fract().is_zero() { scaled.to_i64().ok_or(NotANumber) } else { Err(NotANumber) }
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

    #[test]
    fn comma_and_point_are_the_same() {
        assert_eq!(hundredths("22,5"), Ok(2250));
        assert_eq!(hundredths(" 22.50 "), Ok(2250));
        assert_eq!(hundredths("1'200.50"), Ok(120_050));
    }

    #[test]
    fn what_is_no_number_with_two_places_is_refused() {
        for text in ["", "abc", "22.555", "1,2,3", "1.2.3", "99999999999999999999999"] {
            assert_eq!(hundredths(text), Err(NotANumber), "{text}");
        }
    }
}
