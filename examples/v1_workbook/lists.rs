//! The sheets that say what the others hold: the stringer's own rackets, and the years.

use chrono::Datelike as _;
use rust_xlsxwriter::{Format, Formula, Worksheet};

use super::book::{Book, Order, model};
use super::sheets::Outcome;

pub(crate) fn lists(sheet: &mut Worksheet, book: &Book, bold: &Format) -> Outcome {
    sheet.set_name("Lists")?;
    sheet.write_with_format(0, 0, "BYO", bold)?;
    sheet.write_string(1, 0, "Yes")?;
    sheet.write_string(2, 0, "No")?;
    sheet.write_with_format(4, 0, "My Racquets", bold)?;
    let heads = ["ID", "Racket", "String Pattern", "Head Size", "Year", "Current", "# Stringjobs"];
    for (column, head) in (0..).zip(heads) {
        sheet.write_with_format(5, column, head, bold)?;
    }
    for (row, (nth, racket)) in (6..).zip(book.rackets.iter().enumerate()) {
        let (name, head, pattern) = model(racket.model);
        sheet.write_string(row, 0, &racket.id)?;
        sheet.write_string(row, 1, name)?;
        sheet.write_string(row, 2, pattern)?;
        sheet.write_number(row, 3, head)?;
        sheet.write_number(row, 4, racket.year)?;
        sheet.write_string(row, 5, if racket.is_current { "Yes" } else { "No" })?;
        let count = book.own.iter().filter(|job| job.racket == nth).count();
        let formula = format!("=COUNTIF('Self-Stringing-Orders'!C:C,A{})", row + 1);
        sheet.write_formula(row, 6, Formula::new(formula).set_result(count.to_string()))?;
    }
    Ok(())
}

pub(crate) fn stats(sheet: &mut Worksheet, book: &Book, bold: &Format) -> Outcome {
    sheet.set_name("Stats")?;
    for (column, head) in (0..).zip(["Year", "Strung", "Revenue"]) {
        sheet.write_with_format(0, column, head, bold)?;
    }
    let artefact = book.orders.len() / 2;
    for (row, year) in (1..).zip(2019..=2026) {
        let orders = book.orders.iter().enumerate().filter(|(nth, _)| *nth != artefact);
        let of_year: Vec<&Order> = orders
            .map(|(_, order)| order)
            .filter(|order| order.strung.is_some_and(|day| day.year() == year))
            .collect();
        let revenue: f64 = of_year.iter().map(|order| order.strings() + order.labor).sum();
        sheet.write_number(row, 0, year)?;
        let at = row + 1;
        let count = format!("=COUNTIF('Client-Stringing-Orders'!AF:AF,A{at})");
        sheet.write_formula(row, 1, Formula::new(count).set_result(of_year.len().to_string()))?;
        let sum =
            format!("=SUMIF('Client-Stringing-Orders'!AF:AF,A{at},'Client-Stringing-Orders'!Y:Y)");
        sheet.write_formula(row, 2, Formula::new(sum).set_result(revenue.to_string()))?;
    }
    Ok(())
}
