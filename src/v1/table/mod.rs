//! Tables of any shape: what other stringers have kept their jobs in. A process of its own tells
//! the cells as texts ([`cells`]); the stringer says what each column holds, which is guessed
//! first ([`guess`]); and then each row is a job ([`read`]).

pub mod guess;
mod parts;
mod reading;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::sheet::{Book, Sheet, Value};
use super::{Complaint, Item, Limits, Matter, Refused, archive, measures};
use crate::units::{Sport, TensionUnit};

pub use reading::{TableJob, read};

/// What a column holds. Its name is the key of its text.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Holds {
    /// Nothing that is taken over.
    Nothing,
    /// The table's own number of a job.
    Number,
    /// A client's whole name.
    Client,
    /// A client's first name.
    FirstName,
    /// A client's last name.
    LastName,
    /// Maker and model of the racket.
    Racket,
    /// How many rackets a row is about.
    Rackets,
    /// The sport.
    Sport,
    /// The day of the order.
    Ordered,
    /// The day on which it was strung.
    Strung,
    /// When it was given back: a day, or a mark.
    Returned,
    /// When it was paid: a day, or a mark.
    Paid,
    /// The mains' string, or both sides'.
    Mains,
    /// The crosses' string.
    Crosses,
    /// The mains' tension, or both sides'.
    MainsTension,
    /// The crosses' tension.
    CrossesTension,
    /// Whether the client brought the string.
    Byo,
    /// Pre-stretch in percent.
    Prestretch,
    /// What the client pays.
    Price,
    /// Measured stiffness.
    Stiffness,
    /// A note.
    Comments,
}

/// In which unit tensions are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// All in one.
    All(TensionUnit),
    /// Up to so many kilograms, and pounds above: both stand in one column.
    PoundsAbove(i32),
}

/// The unit of a table whose tensions say none.
impl From<TensionUnit> for Unit {
    fn from(unit: TensionUnit) -> Self {
        Self::All(unit)
    }
}

/// What a stringer says of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matching {
    /// Column by column.
    pub columns: Vec<Holds>,
    /// In which unit tensions are that name none.
    pub unit: Unit,
    /// Of rows that name none.
    pub sport: Sport,
    /// Prices are in the smallest unit of the currency.
    pub is_in_cents: bool,
}

/// A row of a table, as texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cells {
    /// As its program counts.
    pub row: u32,
    /// Column by column; empty where there is nothing.
    pub cells: Vec<String>,
}

/// What a table is called in complaints.
pub(super) const NAME: &str = "Table";

/// More jobs than these are no workshop's.
pub const MOST: usize = 60_000;

/// No more columns are looked at.
const COLUMNS: usize = 60;

/// Tells the cells of a table: of a text file, or of a workbook's sheet with the most rows. The
/// first row has the columns' names.
///
/// # Errors
/// When the file is none that can be read at all.
pub fn cells(bytes: &[u8], limits: Limits, tell: &mut dyn FnMut(Item)) -> Result<(), Refused> {
    match archive::check(bytes, limits) {
        Err(Refused::Text) => of_text(bytes, tell),
        Err(refused) => Err(refused),
        Ok(()) => {
            let mut book = Book::open(bytes).map_err(|_| Refused::Damaged)?;
            let sheets = book.names().into_iter().map(|name| book.sheet(&name));
            let mut sheets: Vec<Sheet> = sheets.collect();
            sheets.sort_by_key(|sheet| std::cmp::Reverse(sheet.rows.len()));
            let (longest, others) = sheets.split_first().ok_or(Refused::Empty)?;
            of_sheet(longest, tell);
            // The years of one table, a sheet each: none of them is passed over.
            for other in others.iter().filter(|other| head_of(other) == head_of(longest)) {
                tell(Item::Complaint(Complaint::of(&other.name, Matter::SecondSheet)));
            }
            Ok(())
        }
    }
}

/// The texts of a sheet's first row.
fn head_of(sheet: &Sheet) -> Option<Vec<String>> {
    let cells = &sheet.rows.first()?.cells;
    Some(cells.iter().map(|cell| measures::text(&cell.value).unwrap_or_default()).collect())
}

/// A cell as a text; an error that Excel has computed is [`ERROR`].
fn said(value: &Value) -> String {
    match value {
        Value::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        value => measures::text(value).unwrap_or_else(|_| ERROR.to_owned()),
    }
}

/// What stands for a cell with an error, or with a formula that was never computed.
pub(super) const ERROR: &str = "#!";

fn of_sheet(sheet: &Sheet, tell: &mut dyn FnMut(Item)) {
    if let Some(row) = sheet.torn_at {
        let torn = Complaint { row: Some(row), ..Complaint::of(&sheet.name, Matter::Torn) };
        tell(Item::Complaint(torn));
    }
    for row in &sheet.rows {
        let mut cells = Vec::new();
        for cell in &row.cells {
            let at = usize::try_from(cell.column).unwrap_or(COLUMNS);
            if at < COLUMNS {
                cells.resize(cells.len().max(at + 1), String::new());
                cells[at] = said(&cell.value);
            }
        }
        tell(Item::Cells(Cells { row: row.number, cells }));
    }
}

fn of_text(bytes: &[u8], tell: &mut dyn FnMut(Item)) -> Result<(), Refused> {
    // What is no UTF-8 comes from an older Windows, as most such files do.
    let (text, _, _) = match std::str::from_utf8(bytes) {
        Ok(_) => encoding_rs::UTF_8.decode(bytes),
        Err(_) => encoding_rs::WINDOWS_1252.decode(bytes),
    };
    let first = text.lines().next().unwrap_or_default();
    let often = |mark: &&u8| first.bytes().filter(|byte| byte == *mark).count();
    let delimiter = [b',', b';', b'\t'].iter().max_by_key(often).copied().unwrap_or(b',');
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    for record in rows.records() {
        let record = record.map_err(|_| Refused::Damaged)?;
        let row = record.position().map_or(0, csv::Position::line);
        let cells = record.iter().take(COLUMNS).map(str::to_owned).collect();
        tell(Item::Cells(Cells { row: u32::try_from(row).unwrap_or(u32::MAX), cells }));
    }
    Ok(())
}
