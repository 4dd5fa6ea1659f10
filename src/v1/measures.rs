//! Tensions, amounts, gauges and marks as people write them into cells.

use chrono::{Datelike as _, NaiveTime};
use serde::{Deserialize, Serialize};

use super::Matter;
use super::header;
use super::sheet::Value;
use crate::units::{Currency, Gauge, Money, ParseNumberError, Sport, Tension, TensionUnit};
use crate::values::{Vocabulary as _, typed};

/// A tension as the workbook has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pull {
    /// Hundredths of the unit.
    pub hundredths: i32,
    /// In pounds; else in kilograms.
    pub is_in_pounds: bool,
}

/// What stands in a cell of tensions: one, or one for each side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pulls {
    pub(super) first: Pull,
    /// `24/23`.
    pub(super) second: Option<Pull>,
    /// No unit stood there, and no racket takes so many kilograms.
    pub(super) were_taken_for_pounds: bool,
}

/// Harder than this, in hundredths of kilograms, no racket is strung.
const HARDEST_KG: i32 = 36_00;
/// Harder than this, in hundredths of pounds, no racket is strung.
const HARDEST_LB: i32 = 80_00;

/// A cell's number or text, as people would write it.
pub(super) fn said(value: &Value) -> Result<String, Matter> {
    match value {
        Value::Text(text) => Ok(typed::sign(text)),
        Value::Number(number) => Ok(plain(*number)),
        Value::Flag(_) => Err(Matter::TrueOrFalse),
        // A time of day alone stands on the calendar's first.
        Value::Moment(moment) if moment.year() < 1905 => Ok(moment.format("%H:%M").to_string()),
        Value::Moment(moment) if moment.time() == NaiveTime::MIN => Ok(moment.date().to_string()),
        Value::Moment(moment) => Ok(moment.format("%Y-%m-%d %H:%M").to_string()),
        Value::Error(_) => Err(Matter::ErrorValue),
        Value::NoResult => Err(Matter::NoResult),
    }
}

/// A text as it stands there, or what else does.
pub(super) fn text(value: &Value) -> Result<String, Matter> {
    if let Value::Text(text) = value { Ok(text.clone()) } else { said(value) }
}

/// What a cell says, if it says anything.
fn written(value: &Value) -> Result<Option<String>, Matter> {
    said(value).map(|text| Some(text).filter(|text| !is_nothing(text)))
}

/// What a cell says, where nought is nothing: a look-up of an empty cell gives it.
fn measured(value: &Value) -> Result<Option<String>, Matter> {
    Ok(written(value)?.filter(|text| text != "0"))
}

/// Empty, or a stroke that says so.
pub(super) fn is_nothing(text: &str) -> bool {
    matches!(text, "" | "-" | "–" | "—")
}

/// A sum that a sheet has computed may miss its last digit: 27.4 stands there as
/// 27.400000000000002.
fn plain(number: f64) -> String {
    let text = format!("{number:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Harder than this, in hundredths of its unit, no racket is strung.
const fn hardest_in(pounds: bool) -> i32 {
    if pounds { HARDEST_LB } else { HARDEST_KG }
}

/// `24/23`: what stands there for each side; or for both.
fn by_side(text: &str) -> (&str, Option<&str>) {
    text.split_once('/').map_or((text, None), |(mains, crosses)| (mains, Some(crosses)))
}

/// `24`, `24,5`, `24/23`, `52 lbs`, `24.5kg`; `None` for an empty text or `0`, which nobody
/// strings with.
pub(super) fn pulls(value: &Value) -> Result<Option<Pulls>, Matter> {
    let Some(text) = measured(value)? else { return Ok(None) };
    let (first, second) = by_side(&text);
    // `52/50 lbs`: what is said once is meant for both.
    let is_other_than = |unit| {
        let is_other = |part| Tension::parse(part, unit) == Err(ParseNumberError::OtherUnit);
        is_other(first) || second.is_some_and(is_other)
    };
    let unit = match (is_other_than(TensionUnit::Kg), is_other_than(TensionUnit::Lb)) {
        (true, _) => Some(TensionUnit::Lb),
        (false, true) => Some(TensionUnit::Kg),
        (false, false) => None,
    };
    let number = |part: &str| {
        let asked = unit.unwrap_or(TensionUnit::Kg);
        Tension::parse(part, asked).map(Tension::hundredths).map_err(|_| Matter::NoTension)
    };
    let numbers = (number(first)?, second.map(number).transpose()?);
    let hardest = numbers.0.max(numbers.1.unwrap_or(0));
    let were_taken_for_pounds = unit.is_none() && hardest > HARDEST_KG;
    let is_in_pounds = were_taken_for_pounds || unit == Some(TensionUnit::Lb);
    if numbers.0 <= 0
        || numbers.1.is_some_and(|other| other <= 0)
        || hardest > hardest_in(is_in_pounds)
    {
        return Err(Matter::NoTension);
    }
    let pull = |hundredths| Pull { hundredths, is_in_pounds };
    Ok(Some(Pulls { first: pull(numbers.0), second: numbers.1.map(pull), were_taken_for_pounds }))
}

/// Tensions of a table whose column has this unit; one that is typed wins.
pub(super) fn pulls_in(
    value: &Value,
    unit: TensionUnit,
) -> Result<Option<(Pull, Option<Pull>)>, Matter> {
    let Some(text) = measured(value)? else { return Ok(None) };
    let (first, second) = by_side(&text);
    let read = |part: &str| {
        let other = if unit == TensionUnit::Kg { TensionUnit::Lb } else { TensionUnit::Kg };
        let tension = match Tension::parse(part.trim(), unit) {
            Err(ParseNumberError::OtherUnit) => Tension::parse(part.trim(), other),
            read => read,
        };
        let tension = tension.map_err(|_| Matter::NoTension)?;
        let is_in_pounds = tension.unit() == TensionUnit::Lb;
        let hundredths = tension.hundredths();
        let is_possible = (1..=hardest_in(is_in_pounds)).contains(&hundredths);
        is_possible.then_some(Pull { hundredths, is_in_pounds }).ok_or(Matter::NoTension)
    };
    Ok(Some((read(first)?, second.map(read).transpose()?)))
}

/// Tensions of a table in which pounds and kilograms stand in one column: above so many it is
/// pounds.
pub(super) fn pulls_above(
    value: &Value,
    most: i32,
) -> Result<Option<(Pull, Option<Pull>)>, Matter> {
    let is_above = |pull: &Pull| pull.hundredths > most * 100;
    match pulls_in(value, TensionUnit::Kg) {
        Ok(Some((first, second)))
            if !is_above(&first) && !second.as_ref().is_some_and(is_above) =>
        {
            Ok(Some((first, second)))
        }
        Ok(None) => Ok(None),
        _ => pulls_in(value, TensionUnit::Lb),
    }
}

/// An amount in hundredths of the currency; `None` for an empty text.
pub(super) fn amount(value: &Value) -> Result<Option<i64>, Matter> {
    let Some(text) = written(value)? else { return Ok(None) };
    let read = Currency::ALL.iter().find_map(|currency| Money::parse(&text, *currency).ok());
    read.map(|money| Some(money.minor())).ok_or(Matter::NoAmount)
}

/// A diameter in hundredths of a millimetre; `None` for an empty text.
pub(super) fn gauge(value: &Value) -> Result<Option<i32>, Matter> {
    let Some(text) = measured(value)? else { return Ok(None) };
    Gauge::parse(&text).map(|gauge| Some(gauge.hundredths())).map_err(|_| Matter::NoGauge)
}

/// A measured stiffness, in hundredths; `None` for an empty text.
pub(super) fn stiffness(value: &Value) -> Result<Option<i32>, Matter> {
    let Some(text) = measured(value)? else { return Ok(None) };
    // A number without a unit, with at most two places, as a tension is.
    let number = Tension::parse(&text, TensionUnit::Kg).map_err(|_| Matter::NoStiffness)?;
    Ok(Some(number.hundredths()))
}

/// A sport by its name, which is one in both languages; `None` for an empty text.
pub(super) fn sport(value: &Value) -> Result<Option<Sport>, Matter> {
    let Some(said) = written(value)? else { return Ok(None) };
    let said = header::plain(&said);
    // `Badminton (Damen)` is told by its word.
    let known = Sport::ALL.iter().find(|sport| said.contains(sport.code()));
    known.map(|sport| Some(*sport)).ok_or(Matter::UnknownSport)
}

/// A mark of yes or no, in both languages; nothing is no.
pub(super) fn yes(value: &Value) -> Result<bool, Matter> {
    if let Value::Flag(flag) = value {
        return Ok(*flag);
    }
    let Some(said) = written(value)? else { return Ok(false) };
    match said.to_lowercase().as_str() {
        "yes" | "y" | "ja" | "j" | "x" | "1" | "true" | "wahr" | "✓" | "✔" => Ok(true),
        "no" | "n" | "nein" | "0" | "false" | "falsch" => Ok(false),
        _ => Err(Matter::NeitherYesNorNo),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sport_is_told_by_its_word_or_asked_about() {
        for (said, read) in [
            ("Tennis", Ok(Some(Sport::Tennis))),
            ("BADMINTON (Damen)", Ok(Some(Sport::Badminton))),
            ("squash", Ok(Some(Sport::Squash))),
            (" ", Ok(None)),
            ("Pickleball", Err(Matter::UnknownSport)),
        ] {
            assert_eq!(sport(&text(said)), read, "{said}");
        }
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn tensions_are_read_as_they_are_written() {
        let pull = |hundredths, is_in_pounds| Pull { hundredths, is_in_pounds };
        for (value, first, second, taken) in [
            (text("24"), pull(2400, false), None, false),
            (text("24,5"), pull(2450, false), None, false),
            (text("24.5kg"), pull(2450, false), None, false),
            (text("24/23"), pull(2400, false), Some(pull(2300, false)), false),
            (text("42/40"), pull(4200, true), Some(pull(4000, true)), true),
            (text("52 lbs"), pull(5200, true), None, false),
            (text("52/50 lbs"), pull(5200, true), Some(pull(5000, true)), false),
            (Value::Number(24.0), pull(2400, false), None, false),
            (Value::Number(22.5), pull(2250, false), None, false),
        ] {
            let read = pulls(&value).unwrap().unwrap();
            assert_eq!(
                (read.first, read.second, read.were_taken_for_pounds),
                (first, second, taken),
                "{value:?}"
            );
        }
        for nothing in [text(""), text("0"), Value::Number(0.0), text("-")] {
            assert_eq!(pulls(&nothing), Ok(None), "{nothing:?}");
        }
        for wrong in [text("hard"), text("-24"), text("240"), text("24 lbs/23 kg"), text("24/")] {
            assert_eq!(pulls(&wrong), Err(Matter::NoTension), "{wrong:?}");
        }
    }

    #[test]
    fn amounts_are_read_as_they_are_written() {
        for (value, minor) in [
            (Value::Number(27.400_000_000_000_002), Some(2740)),
            (Value::Number(0.0), Some(0)),
            (text("25,50"), Some(2550)),
            (text("25.-"), Some(2500)),
            (text("CHF 25"), Some(2500)),
            (text("£15"), Some(1500)),
            (text(""), None),
        ] {
            assert_eq!(amount(&value), Ok(minor), "{value:?}");
        }
        for wrong in [text("free"), Value::Number(-5.0), text("1.200"), Value::Number(1.234)] {
            assert_eq!(amount(&wrong), Err(Matter::NoAmount), "{wrong:?}");
        }
        assert_eq!(amount(&Value::Error("#N/A".into())), Err(Matter::ErrorValue));
        assert_eq!(amount(&Value::NoResult), Err(Matter::NoResult));
    }

    #[test]
    fn gauges_marks_and_stiffness() {
        assert_eq!(gauge(&Value::Number(1.25)), Ok(Some(125)));
        assert_eq!(gauge(&text("1,30 mm")), Ok(Some(130)));
        assert_eq!(gauge(&text("thick")), Err(Matter::NoGauge));
        assert_eq!(stiffness(&Value::Number(38.5)), Ok(Some(3850)));
        assert_eq!(stiffness(&text("n/a")), Err(Matter::NoStiffness));
        for (mark, is_yes) in [("Yes", true), ("ja", true), ("X", true), ("No", false), ("", false)]
        {
            assert_eq!(yes(&text(mark)), Ok(is_yes), "{mark}");
        }
        assert_eq!(yes(&Value::Flag(true)), Ok(true));
        assert_eq!(yes(&text("maybe")), Err(Matter::NeitherYesNorNo));
    }
}
