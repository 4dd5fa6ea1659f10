//! A table of figures, as a page shows it and as files have it: CSV and a workbook say the same
//! as the page.

use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use crate::units::Money;

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A whole number.
    Count(i64),
    /// An amount.
    Amount(Money),
    /// A length in centimetres, shown in metres.
    Length(i64),
    /// A day.
    Day(NaiveDate),
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it is called, in addresses and names of files.
    pub name: &'static str,
    /// What its columns are called.
    pub heads: Vec<String>,
    /// Row by row.
    pub rows: Vec<Vec<Cell>>,
}

/// What a text of a CSV file may not begin with, lest a program takes it for a formula (OWASP,
/// CSV Injection).
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

impl Cell {
    /// As a program reads it: a point, and no mark between thousands.
    #[must_use]
    pub fn plain(&self) -> String {
        match self {
            Self::Text(text) if text.starts_with(FORMULA) => format!("'{text}"),
            Self::Text(text) => text.clone(),
            Self::Count(count) => count.to_string(),
            Self::Amount(money) => money.plain(),
            Self::Length(centimetres) => decimal(*centimetres),
            Self::Day(day) => day.to_string(),
        }
    }

    /// Whether it stands at the right.
    #[must_use]
    pub const fn is_number(&self) -> bool {
        matches!(self, Self::Count(_) | Self::Amount(_) | Self::Length(_))
    }
}

fn decimal(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, rest) = (hundredths.abs() / 100, hundredths.abs() % 100);
    format!("{sign}{whole}.{rest:02}")
}

impl Table {
    /// As CSV, in UTF-8 with the mark by which Excel knows it.
    ///
    /// # Errors
    /// Never in practice: it is written to memory.
    pub fn csv(&self, separator: u8) -> Result<Vec<u8>, csv::Error> {
        let mut out = csv::WriterBuilder::new()
            .delimiter(separator)
            .terminator(csv::Terminator::CRLF)
            .from_writer("\u{feff}".as_bytes().to_vec());
        out.write_record(&self.heads)?;
        for row in &self.rows {
            out.write_record(row.iter().map(Cell::plain))?;
        }
        out.into_inner().map_err(|error| error.into_error().into())
    }

    /// As a workbook of one sheet, in which numbers are numbers.
    ///
    /// # Errors
    /// When it is larger than a workbook may be.
    #[expect(clippy::cast_precision_loss, reason = "a figure of a book has fewer digits")]
    pub fn xlsx(&self) -> Result<Vec<u8>, XlsxError> {
        let mut file = Workbook::new();
        let sheet = file.add_worksheet();
        let bold = Format::new().set_bold();
        let (day, two) =
            (Format::new().set_num_format("yyyy-mm-dd"), Format::new().set_num_format("0.00"));
        for (column, head) in (0..).zip(&self.heads) {
            sheet.write_with_format(0, column, head, &bold)?;
        }
        for (number, row) in (1..).zip(&self.rows) {
            for (column, cell) in (0..).zip(row) {
                match cell {
                    Cell::Text(text) => sheet.write_string(number, column, text)?,
                    Cell::Count(count) => sheet.write_number(number, column, *count as f64)?,
                    Cell::Length(hundredths) => {
                        let metres = *hundredths as f64 / 100.0;
                        sheet.write_number_with_format(number, column, metres, &two)?
                    }
                    Cell::Amount(money) => {
                        let amount = money.minor() as f64 / 100.0;
                        sheet.write_number_with_format(number, column, amount, &two)?
                    }
                    Cell::Day(date) => sheet.write_date_with_format(number, column, date, &day)?,
                };
            }
        }
        sheet.autofit();
        file.save_to_buffer()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Currency;

    fn table() -> Table {
        let amount = Cell::Amount(Money::from_minor(123_450, Currency::Chf));
        Table {
            name: "clients",
            heads: vec!["Name".into(), "Sum".into(), "Length".into()],
            rows: vec![vec![Cell::Text("=1+1;\"x\"".into()), amount, Cell::Length(1205)]],
        }
    }

    #[test]
    fn no_text_of_a_csv_file_is_a_formula() {
        let csv = String::from_utf8(table().csv(b';').unwrap()).unwrap();
        assert_eq!(csv, "\u{feff}Name;Sum;Length\r\n\"'=1+1;\"\"x\"\"\";1234.50;12.05\r\n");
    }

    #[test]
    fn a_workbook_has_numbers_as_numbers() {
        use calamine::{Data, Reader as _, Xlsx};
        let bytes = table().xlsx().unwrap();
        let mut file: Xlsx<_> =
            calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
        let sheet = file.worksheet_range("Sheet1").unwrap();
        assert_eq!(sheet.get_value((1, 0)), Some(&Data::String("=1+1;\"x\"".into())));
        assert_eq!(sheet.get_value((1, 1)), Some(&Data::Float(1234.5)));
    }
}
