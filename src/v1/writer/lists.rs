//! The sheets behind the orders: what explains them, and what is counted from them.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, RowNum, Worksheet};

use super::cells::{amount, formula, text};
use super::{CLIENTS, OWN, Outcome, OwnRacket};

/// The first row of a stringer's own rackets in `Lists`.
const FIRST_RACKET: RowNum = 6;

/// The list of own rackets, each with how often it was strung.
///
/// # Errors
/// When the file cannot be written.
pub fn lists<'r>(
    sheet: &mut Worksheet,
    rackets: impl Iterator<Item = (&'r OwnRacket, u32)>,
    bold: &Format,
) -> Outcome {
    sheet.set_name("Lists")?;
    sheet.write_with_format(0, 0, "BYO", bold)?;
    sheet.write_string(1, 0, "Yes")?;
    sheet.write_string(2, 0, "No")?;
    sheet.write_with_format(4, 0, "My Racquets", bold)?;
    let heads = ["ID", "Racket", "String Pattern", "Head Size", "Year", "Current", "# Stringjobs"];
    for (column, head) in (0..).zip(heads) {
        sheet.write_with_format(FIRST_RACKET - 1, column, head, bold)?;
    }
    for (row, (racket, jobs)) in (FIRST_RACKET..).zip(rackets) {
        sheet.write_string(row, 0, &racket.id)?;
        sheet.write_string(row, 1, &racket.racket)?;
        text(sheet, row, 2, racket.pattern.as_ref())?;
        text(sheet, row, 3, racket.head_size.as_ref())?;
        text(sheet, row, 4, racket.year.as_ref())?;
        sheet.write_string(row, 5, if racket.is_current { "Yes" } else { "No" })?;
        let count = format!("=COUNTIF('{OWN}'!C:C,A{})", row + 1);
        formula(sheet, row, 6, &count, &jobs.to_string())?;
    }
    Ok(())
}

/// What each year brought: jobs, and revenue in hundredths.
///
/// # Errors
/// When the file cannot be written.
pub fn stats(sheet: &mut Worksheet, years: &BTreeMap<i32, (u32, i64)>, bold: &Format) -> Outcome {
    sheet.set_name("Stats")?;
    for (column, head) in (0..).zip(["Year", "Strung", "Revenue"]) {
        sheet.write_with_format(0, column, head, bold)?;
    }
    for (row, (year, (jobs, revenue))) in (1..).zip(years) {
        sheet.write_number(row, 0, *year)?;
        let at = row + 1;
        formula(sheet, row, 1, &format!("=COUNTIF('{CLIENTS}'!AF:AF,A{at})"), &jobs.to_string())?;
        let sum = format!("=SUMIF('{CLIENTS}'!AF:AF,A{at},'{CLIENTS}'!Y:Y)");
        formula(sheet, row, 2, &sum, &amount(*revenue).to_string())?;
    }
    Ok(())
}
