//! The sample as sheets: two header rows, formulas with the results that Excel would show.

use chrono::{Datelike as _, NaiveDate};
use rbo::v1::writer::{self, CLIENT_COLUMNS, Derived, FIRST_ROW, OWN_COLUMNS, Outcome};
use rust_xlsxwriter::{ColNum, Format, Formula, RowNum, Workbook, Worksheet, XlsxError};

use super::book::{Book, Job, Order, Side, model};
use super::lists;

pub(crate) fn write(book: &Book, messy: bool, broken: bool) -> Result<Workbook, XlsxError> {
    let mut file = Workbook::new();
    let pen = Pen {
        day: Format::new().set_num_format("dd.mm.yyyy"),
        bold: Format::new().set_bold(),
        messy,
    };
    pen.clients(file.add_worksheet(), book, broken)?;
    let sheet = file.add_worksheet();
    sheet.set_name("Self-Stringing-Orders")?;
    pen.head(sheet, &OWN_COLUMNS)?;
    for (row, job) in (FIRST_ROW..).zip(&book.own) {
        pen.job(sheet, row, job, book)?;
    }
    lists::lists(file.add_worksheet(), book, &pen.bold)?;
    lists::stats(file.add_worksheet(), book, &pen.bold)?;
    Ok(file)
}

struct Pen {
    day: Format,
    bold: Format,
    messy: bool,
}

impl Pen {
    fn clients(&self, sheet: &mut Worksheet, book: &Book, broken: bool) -> Outcome {
        sheet.set_name(if self.messy { "Kunden 2019-2026" } else { "Client-Stringing-Orders" })?;
        self.head(sheet, &CLIENT_COLUMNS)?;
        let mut row = FIRST_ROW;
        let artefact = book.orders.len() / 2;
        for (nth, order) in book.orders.iter().enumerate() {
            if self.messy && nth % 50 == 49 {
                row += 1;
            }
            if nth == artefact {
                // A number, and the formulas that ran down to it.
                sheet.write_number(row, 0, order.id)?;
            } else {
                self.order(sheet, row, order)?;
            }
            self.derived(sheet, row, order, nth == artefact)?;
            row += 1;
        }
        if self.messy {
            sheet.write_string(row + 2, 1, "Preise gelten seit 2023")?;
        }
        if broken {
            let formula = Formula::new("=VLOOKUP(\"x\",Lists!A1:B2,2,FALSE)").set_result("#N/A");
            sheet.write_formula(FIRST_ROW + 3, 13, formula)?;
        }
        Ok(())
    }

    fn head(&self, sheet: &mut Worksheet, columns: &[(&str, &str)]) -> Outcome {
        writer::head(sheet, columns, &self.bold)?;
        if self.messy {
            let column = ColNum::try_from(columns.len()).unwrap_or_default();
            sheet.write_with_format(1, column, "Wetter", &self.bold)?;
        }
        Ok(())
    }

    fn date(
        &self,
        sheet: &mut Worksheet,
        row: RowNum,
        column: ColNum,
        date: Option<NaiveDate>,
    ) -> Outcome {
        let Some(date) = date else { return Ok(()) };
        match row % 5 {
            1 if self.messy => {
                sheet.write_string(row, column, date.format("%d.%m.%Y").to_string())?
            }
            2 if self.messy => {
                sheet.write_string(row, column, date.format("%Y-%m-%d").to_string())?
            }
            3 if self.messy => {
                sheet.write_string(row, column, date.format("%-d %b %Y").to_string())?
            }
            _ => sheet.write_date_with_format(row, column, date, &self.day)?,
        };
        Ok(())
    }

    fn text(&self, sheet: &mut Worksheet, row: RowNum, column: ColNum, text: &str) -> Outcome {
        let text = if self.messy { text.replace(' ', "\u{a0}") } else { text.to_owned() };
        sheet.write_string(row, column, text).map(drop)
    }

    fn number(&self, sheet: &mut Worksheet, row: RowNum, column: ColNum, number: f64) -> Outcome {
        if self.messy && row.is_multiple_of(4) {
            sheet.write_string(row, column, number.to_string().replace('.', ",")).map(drop)
        } else {
            sheet.write_number(row, column, number).map(drop)
        }
    }

    fn order(&self, sheet: &mut Worksheet, row: RowNum, order: &Order) -> Outcome {
        sheet.write_number(row, 0, order.id)?;
        let dates = [Some(order.ordered), order.strung, order.returned, order.paid];
        for (column, date) in (1..).zip(dates) {
            self.date(sheet, row, column, date)?;
        }
        self.text(sheet, row, 5, order.player.1)?;
        self.text(sheet, row, 6, order.player.0)?;
        self.text(sheet, row, 7, &order.racket)?;
        sheet.write_number(row, 8, order.head)?;
        self.text(sheet, row, 9, order.pattern)?;
        for (first, side) in [(10, &order.mains), (16, &order.crosses)] {
            self.side(sheet, row, first, side)?;
            self.number(sheet, row, first + 4, side.string.3)?;
            let byo = if self.messy { ["Ja", "Nein"] } else { ["Yes", "No"] };
            self.text(sheet, row, first + 5, byo[usize::from(!side.byo)])?;
        }
        self.number(sheet, row, 22, order.labor)?;
        if let Some(stiffness) = order.stiffness {
            sheet.write_number(row, 25, stiffness)?;
        }
        if let Some(comment) = order.comment {
            self.text(sheet, row, 26, comment)?;
        }
        Ok(())
    }

    fn side(&self, sheet: &mut Worksheet, row: RowNum, first: ColNum, side: &Side) -> Outcome {
        self.text(sheet, row, first, side.string.0)?;
        self.text(sheet, row, first + 1, side.string.1)?;
        self.number(sheet, row, first + 2, side.string.2)?;
        match row % 7 {
            1 if self.messy => self.text(sheet, row, first + 3, &format!("{}kg", side.tension)),
            _ => self.number(sheet, row, first + 3, side.tension),
        }
    }

    /// What V1 computes of an order; of the artefact, what it computes of nothing.
    fn derived(
        &self,
        sheet: &mut Worksheet,
        row: RowNum,
        order: &Order,
        is_artefact: bool,
    ) -> Outcome {
        let dates = [Some(order.ordered), order.strung, order.returned, order.paid];
        let derived = Derived {
            dates: dates.map(|date| date.filter(|_| !is_artefact)),
            strings: if is_artefact { 0 } else { hundredths(order.strings()) },
            total: if is_artefact { 0 } else { hundredths(order.strings() + order.labor) },
            is_total_typed: false,
        };
        derived.prices(sheet, row)?;
        derived.status(sheet, row)
    }

    fn job(&self, sheet: &mut Worksheet, row: RowNum, job: &Job, book: &Book) -> Outcome {
        sheet.write_number(row, 0, job.id)?;
        self.date(sheet, row, 1, Some(job.strung))?;
        let racket = &book.rackets[job.racket];
        sheet.write_string(row, 2, &racket.id)?;
        let found = format!("=VLOOKUP(C{},Lists!$A$7:$G$36,2,FALSE)", row + 1);
        sheet.write_formula(row, 3, Formula::new(found).set_result(model(racket.model).0))?;
        self.side(sheet, row, 4, &job.mains)?;
        self.text(sheet, row, 8, "schwarz")?;
        self.side(sheet, row, 9, &job.crosses)?;
        self.text(sheet, row, 14, if job.id.is_multiple_of(9) { "4 Knoten" } else { "2 Knoten" })?;
        if let Some(stiffness) = job.stiffness {
            sheet.write_number(row, 15, stiffness - 4)?;
            sheet.write_number(row, 16, stiffness)?;
        }
        let (year, month) = (job.strung.year().to_string(), job.strung.month().to_string());
        let at = row + 1;
        sheet.write_formula(row, 18, Formula::new(format!("=YEAR(B{at})")).set_result(year))?;
        sheet.write_formula(row, 19, Formula::new(format!("=MONTH(B{at})")).set_result(month))?;
        Ok(())
    }
}

/// An amount in the smallest unit of its currency.
#[expect(clippy::cast_possible_truncation, reason = "the sample's amounts are small")]
pub(crate) fn hundredths(amount: f64) -> i64 {
    (amount * 100.0).round() as i64
}
