//! A sheet's rows as its file has them: what stands in a cell, and whether a formula gave it.

use std::io::Cursor;

use calamine::{DataRef, Dimensions, Reader as _, SheetType, Xlsx, XlsxError};
use chrono::NaiveDateTime;

use crate::values::typed;

/// Further right no list of jobs goes; a single cell at the end of the world makes no table.
const COLUMNS: u32 = 256;

/// Merged regions of a sheet that are looked at.
const MERGED: usize = 10_000;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// Without what is not seen.
    Text(String),
    Number(f64),
    /// A number that its format shows as a date.
    Moment(NaiveDateTime),
    Flag(bool),
    /// `#N/A`.
    Error(String),
    /// A formula that was never computed.
    NoResult,
}

/// A cell with something in it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    pub(super) column: u32,
    pub(super) value: Value,
    pub(super) is_formula: bool,
    /// It stands further up, in a cell that covers this one.
    pub(super) is_merged: bool,
}

/// A row with something in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// As Excel counts, from one.
    pub(super) number: u32,
    pub(super) cells: Vec<Cell>,
}

impl Row {
    pub(super) fn cell(&self, column: u32) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.column == column)
    }
}

/// A sheet with what it holds.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) rows: Vec<Row>,
    /// Where it ends before its end: what was read of it is not all.
    pub(super) torn_at: Option<u32>,
}

/// An open workbook.
pub(super) struct Book<'b> {
    file: Xlsx<Cursor<&'b [u8]>>,
    pub(super) counts_from_1904: bool,
}

impl<'b> Book<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, XlsxError> {
        let file = Xlsx::new(Cursor::new(bytes))?;
        let counts_from_1904 = file.has_1904_epoch();
        Ok(Self { file, counts_from_1904 })
    }

    /// The names of all its sheets with cells, hidden ones too.
    pub(super) fn names(&self) -> Vec<String> {
        let sheets = self.file.sheets_metadata().iter();
        let with_cells = sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet);
        with_cells.map(|sheet| sheet.name.clone()).collect()
    }

    /// One of them.
    pub(super) fn sheet(&mut self, name: &str) -> Sheet {
        let mut sheet = Sheet { name: name.to_owned(), ..Sheet::default() };
        let merged = self.file.merge_cells_by_sheet_name(name);
        if self.fill(&mut sheet).is_err() {
            sheet.torn_at = Some(sheet.rows.last().map_or(1, |row| row.number));
        }
        if let Ok(merged) = merged {
            merged.iter().take(MERGED).for_each(|region| sheet.spread(*region));
        }
        sheet
    }

    /// In the order of its rows, whatever the file's is.
    fn fill(&mut self, sheet: &mut Sheet) -> Result<(), XlsxError> {
        let mut cells = self.file.worksheet_cells_reader(&sheet.name)?;
        while let Some(cell) = cells.next_cell_with_formula()? {
            let (row, column) = cell.pos;
            let is_formula = cell.formula.is_some();
            let value = match value(&cell.value) {
                // A formula whose result is an empty text has one.
                None if is_formula && cell.value == DataRef::Empty => Value::NoResult,
                None => continue,
                Some(value) => value,
            };
            let number = row + 1;
            if column >= COLUMNS {
                continue;
            }
            if sheet.rows.last().is_none_or(|last| last.number != number) {
                sheet.rows.push(Row { number, cells: Vec::new() });
            }
            if let Some(last) = sheet.rows.last_mut() {
                if last.cell(column).is_some() {
                    // Two rows of one number, or a cell twice: a program gone wrong wrote this.
                    sheet.torn_at = Some(number);
                }
                last.cells.push(Cell { column, value, is_formula, is_merged: false });
            }
        }
        sheet.rows.sort_by_key(|row| row.number);
        Ok(())
    }
}

impl Sheet {
    /// What is merged over several rows of a column is said of each. A cell over several
    /// columns is a heading or a note, and belongs to its first.
    fn spread(&mut self, region: Dimensions) {
        let (first, last) = (region.start, region.end);
        if first.1 != last.1 {
            return;
        }
        let from = self.rows.partition_point(|row| row.number <= first.0);
        let Some(top) = self.rows.get(from).filter(|row| row.number == first.0 + 1) else { return };
        let Some(said) = top.cell(first.1).cloned() else { return };
        let below = self.rows[from + 1..].iter_mut();
        for row in below.take_while(|row| row.number <= last.0 + 1) {
            if row.cell(first.1).is_none() {
                row.cells.push(Cell { is_merged: true, ..said.clone() });
            }
        }
    }
}

fn value(cell: &DataRef<'_>) -> Option<Value> {
    let text = |text: &str| {
        let text = typed::paragraphs(text);
        (!text.is_empty()).then_some(Value::Text(text))
    };
    match cell {
        DataRef::Empty => None,
        DataRef::Int(number) =>
        {
            #[expect(clippy::cast_precision_loss, reason = "Excel itself counts in doubles")]
            Some(Value::Number(*number as f64))
        }
        DataRef::Float(number) => Some(Value::Number(*number)),
        DataRef::String(said) => text(said),
        DataRef::SharedString(said) => text(said),
        DataRef::Bool(flag) => Some(Value::Flag(*flag)),
        DataRef::DateTime(serial) => Some(match serial.as_datetime() {
            Some(moment) if serial.is_datetime() => Value::Moment(moment),
            _ => Value::Number(serial.as_f64()),
        }),
        DataRef::DateTimeIso(said) | DataRef::DurationIso(said) => text(said),
        DataRef::Error(error) => Some(Value::Error(error.to_string())),
    }
}

/// `AB`: a column as Excel calls it.
pub(super) fn letters(column: u32) -> String {
    let mut rest = column + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn columns_are_called_as_in_excel() {
        for (column, called) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(letters(column), called);
        }
    }
}
