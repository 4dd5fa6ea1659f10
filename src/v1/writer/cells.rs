//! One cell each: a number where it is one, and a text that never becomes a formula.

use chrono::NaiveDate;
use rust_xlsxwriter::{ColNum, Format, Formula, RowNum, Worksheet};

use super::Outcome;
use crate::v1::{Pull, Side};

/// An amount as Excel has it.
#[expect(clippy::cast_precision_loss, reason = "an amount of a book has fewer digits")]
pub(super) fn amount(hundredths: i64) -> f64 {
    hundredths as f64 / 100.0
}

pub(super) fn formula(
    sheet: &mut Worksheet,
    row: RowNum,
    column: ColNum,
    text: &str,
    result: &str,
) -> Outcome {
    sheet.write_formula(row, column, Formula::new(text).set_result(result)).map(drop)
}

/// A number where it is one, as V1 has it.
pub(super) fn id(sheet: &mut Worksheet, row: RowNum, id: &str) -> Outcome {
    match id.parse::<u32>() {
        Ok(number) if number.to_string() == id => sheet.write_number(row, 0, number).map(drop),
        _ => sheet.write_string(row, 0, id).map(drop),
    }
}

pub(super) fn day(
    sheet: &mut Worksheet,
    row: RowNum,
    column: ColNum,
    date: Option<NaiveDate>,
    format: &Format,
) -> Outcome {
    let Some(date) = date else { return Ok(()) };
    sheet.write_date_with_format(row, column, date, format).map(drop)
}

/// No cell has more letters.
const LONGEST: usize = 32_767;

pub(super) fn text(
    sheet: &mut Worksheet,
    row: RowNum,
    column: ColNum,
    said: Option<&String>,
) -> Outcome {
    let Some(said) = said.filter(|said| !said.is_empty()) else { return Ok(()) };
    let said: String = said.chars().take(LONGEST).collect();
    // A number of hands' own is a number again.
    match said.parse::<u32>() {
        Ok(number) if number.to_string() == said => sheet.write_number(row, column, number),
        _ => sheet.write_string(row, column, said),
    }
    .map(drop)
}

pub(super) fn money(
    sheet: &mut Worksheet,
    row: RowNum,
    column: ColNum,
    minor: Option<i64>,
) -> Outcome {
    let Some(minor) = minor else { return Ok(()) };
    sheet.write_number(row, column, amount(minor)).map(drop)
}

pub(super) fn stiffness(
    sheet: &mut Worksheet,
    row: RowNum,
    column: ColNum,
    dt: Option<i32>,
) -> Outcome {
    money(sheet, row, column, dt.map(i64::from))
}

pub(super) fn side(sheet: &mut Worksheet, row: RowNum, first: ColNum, side: &Side) -> Outcome {
    text(sheet, row, first, Some(&side.manufacturer))?;
    text(sheet, row, first + 1, Some(&side.model))?;
    money(sheet, row, first + 2, side.gauge.map(i64::from))?;
    match side.tension {
        None => Ok(()),
        Some(Pull { hundredths, is_in_pounds: false }) => {
            money(sheet, row, first + 3, Some(hundredths.into()))
        }
        // Kilograms need no unit in V1; what is none says so.
        Some(Pull { hundredths, is_in_pounds: true }) => {
            let said = format!("{} lbs", amount(hundredths.into()));
            sheet.write_string(row, first + 3, said).map(drop)
        }
    }
}
