//! What is wrong in a workbook: where it stands, and what to do about it.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::sheet::letters;

/// Something about one place of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaint {
    /// The sheet as the workbook calls it.
    pub sheet: String,
    /// The row as Excel counts it, from one.
    pub row: Option<u32>,
    /// `K`, as Excel calls a column.
    pub column: Option<String>,
    /// What the header says above it.
    pub field: Option<String>,
    /// What is the matter.
    pub what: Matter,
    /// What stands there.
    pub seen: Option<String>,
}

impl Complaint {
    /// About a sheet as a whole.
    pub(super) fn of(sheet: &str, what: Matter) -> Self {
        let sheet = sheet.to_owned();
        Self { sheet, row: None, column: None, field: None, what, seen: None }
    }

    /// About a row of a table.
    #[must_use]
    pub fn of_row(row: u32, what: Matter) -> Self {
        Self { row: Some(row), ..Self::of(super::table::NAME, what) }
    }

    /// About one thing in a list of a complete book, and a field of it.
    #[must_use]
    pub fn of_book(list: &str, nth: usize, field: &str) -> Self {
        let row = u32::try_from(nth + 1).ok();
        let field = Some(field.to_owned());
        Self { row, field, ..Self::of(list, Matter::Contradiction) }
    }

    /// About a cell, with what stands there.
    pub(super) fn at(sheet: &str, row: u32, column: u32, what: Matter, seen: String) -> Self {
        let (column, seen) = (Some(letters(column)), Some(seen));
        Self { row: Some(row), column, seen, ..Self::of(sheet, what) }
    }
}

/// What can be the matter. Its name is the key of the sentence that says what to do.
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
pub enum Matter {
    /// No sheet has the columns of the client orders.
    NoClientSheet,
    /// No sheet has the columns of the jobs on own rackets.
    NoOwnSheet,
    /// Another sheet has the columns of orders, and one alone can be the book's.
    SecondSheet,
    /// Longer than any name is, or any note.
    TooLong,
    /// The number is another order's, which came from another table.
    OtherTable,
    /// A column that must be there is not.
    NoColumn,
    /// Two columns have one name.
    TwoColumns,
    /// An error that Excel has computed, as `#N/A`.
    ErrorValue,
    /// A formula whose result the file does not have.
    NoResult,
    /// No date, or none of a calendar.
    NoDate,
    /// Day and month may be read either way.
    DateOfTwoReadings,
    /// A date that no book of ours has.
    FarDate,
    /// Not a tension.
    NoTension,
    /// The cells of mains and crosses say different things about the two sides.
    TwoTensions,
    /// One cell over several rows: an amount cannot be each one's.
    Merged,
    /// A mark of true or false, where something else is wanted.
    TrueOrFalse,
    /// Not an amount.
    NoAmount,
    /// Neither yes nor no.
    NeitherYesNorNo,
    /// Not a gauge.
    NoGauge,
    /// Not a measure of stiffness.
    NoStiffness,
    /// An order without the workbook's own number.
    NoId,
    /// Two rows have one number.
    SecondOfId,
    /// An order of nobody.
    NoPlayer,
    /// An order of no racket.
    NoRacket,
    /// A racket that `Lists` does not have.
    UnknownRacket,
    /// The file ends in the middle of this sheet.
    Torn,
    /// An order without a single date.
    NoDates,
    /// A tension that cannot be in kilograms was taken for pounds.
    TakenForPounds,
    /// What a formula says is not what its rule gives.
    Recomputed,
    /// A row that has a number and nothing else was left out.
    EmptyJob,
    /// A row with words and no number, below the orders, was left out.
    Note,
    /// A column that we do not know was left out.
    UnknownColumn,
    /// The sheet has another name, and was known by its columns.
    RenamedSheet,
    /// A date has a time of day, which was left out.
    TimeOfDay,
    /// A sport that there is no book of here; the job was taken for the usual one.
    UnknownSport,
    /// A place of a complete book says what the rest of it does not.
    Contradiction,
}

impl Matter {
    /// The workbook cannot be taken with this. The rest is told, and goes in.
    #[must_use]
    pub const fn fails(self) -> bool {
        !matches!(
            self,
            Self::NoOwnSheet
                | Self::TakenForPounds
                | Self::Recomputed
                | Self::EmptyJob
                | Self::Note
                | Self::UnknownColumn
                | Self::RenamedSheet
                | Self::TimeOfDay
                | Self::UnknownSport
        )
    }
}

/// A file that is no workbook which can be read at all. Its name is the key of the sentence
/// that says what to do.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
    thiserror::Error,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Refused {
    /// Nothing in it.
    #[error("an empty file")]
    Empty,
    /// Excel's format before 2007, or a workbook with a password: both look alike from outside.
    #[error("an old or encrypted workbook")]
    OldOrEncrypted,
    /// LibreOffice's own format.
    #[error("an OpenDocument file")]
    OpenDocument,
    /// Text, maybe CSV, whatever it is called.
    #[error("a text file")]
    Text,
    /// Some other file.
    #[error("no workbook")]
    Unknown,
    /// The archive has more parts, or they are larger, than a workbook's.
    #[error("too much in it")]
    TooMuch,
    /// It breaks off, or is inconsistent.
    #[error("damaged")]
    Damaged,
    /// Reading it took more memory or time than any book of ours.
    #[error("reading it takes too much")]
    TooHard,
    /// A complete book that breaks off, or was changed by hand.
    #[error("a damaged book")]
    BookDamaged,
    /// A complete book that a later program has written.
    #[error("a book of a later version")]
    BookNewer,
    /// A complete book of more orders than are taken in at once.
    #[error("too large a book")]
    BookTooLarge,
    /// A complete book goes into an empty one alone.
    #[error("a book for an empty one")]
    BookNotEmpty,
}
