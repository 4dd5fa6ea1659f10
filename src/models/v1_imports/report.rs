//! What a dry run has found: whether the file can be taken, and all that will be different.
//! It is kept with its upload, as JSON, and shown by its page.

use serde::{Deserialize, Serialize};

use crate::models::v1_import_names::NameKind;
use crate::units::Currency;
use crate::v1::{Complaint, Refused};

/// No page shows more of one kind; how many there are is said.
pub(super) const SHOWN: usize = 300;

/// The first of many, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Many<T> {
    /// The first ones.
    pub shown: Vec<T>,
    /// How many there are.
    pub count: usize,
}

impl<T> Default for Many<T> {
    fn default() -> Self {
        Self { shown: Vec::new(), count: 0 }
    }
}

impl<T> Extend<T> for Many<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, all: I) {
        for one in all {
            self.count += 1;
            if self.shown.len() < SHOWN {
                self.shown.push(one);
            }
        }
    }
}

impl<T> FromIterator<T> for Many<T> {
    fn from_iter<I: IntoIterator<Item = T>>(all: I) -> Self {
        let mut many = Self::default();
        many.extend(all);
        many
    }
}

/// Orders of one kind: in the file, and what becomes of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Rows of the file that are orders.
    pub file: usize,
    /// Of these, in the book when all is done.
    pub book: usize,
    /// New to it.
    pub new: usize,
    /// There already, and the same.
    pub known: usize,
    /// There already, and the file says something else now.
    pub changed: usize,
}

/// What clients paid for what was strung in a year, in the smallest unit of the currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearSum {
    /// The year.
    pub year: i32,
    /// By the file's own sums.
    pub file: i64,
    /// By the book's.
    pub book: i64,
}

/// Days from ordered to strung: their sum, and of how many orders.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waited {
    /// Days.
    pub days: i64,
    /// Orders.
    pub orders: i64,
}

/// Receipt numbers of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbers {
    /// The year.
    pub year: i32,
    /// The first.
    pub first: String,
    /// The last.
    pub last: String,
    /// How many.
    pub count: usize,
}

/// A row whose dates do not keep their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Odd {
    /// The row.
    pub row: u32,
    /// By which number it is known.
    pub external_ref: String,
    /// The key of the sentence that says what is odd.
    pub key: String,
}

/// Spellings that may be the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Of what.
    pub kind: NameKind,
    /// The most frequent first.
    pub spellings: Vec<Spelling>,
    /// The one that all of them stand for, where that was said.
    pub joined: Option<usize>,
}

/// A way in which something is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spelling {
    /// As it is written.
    pub text: String,
    /// What it is compared by.
    pub key: String,
    /// In how many rows.
    pub count: usize,
    /// It is in the book already.
    pub is_known: bool,
}

/// An order that is in the book, and that the file says something else of than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The row.
    pub row: u32,
    /// By which number it is known.
    pub external_ref: String,
    /// The order.
    pub order: sea_orm::prelude::Uuid,
    /// What is different.
    pub fields: Vec<Difference>,
    /// It is taken over.
    pub is_taken: bool,
}

/// A field of which book and file say different things.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Its name, which has a text.
    pub field: String,
    /// What the book says.
    pub book: String,
    /// What the file says.
    pub file: String,
}

/// What a dry run has found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// Why the file could not be read at all; all else is empty then.
    pub refused: Option<Refused>,
    /// Orders of clients.
    pub clients: Count,
    /// Jobs on own rackets.
    pub own: Count,
    /// The latest year first.
    pub revenue: Vec<YearSum>,
    /// By the file's dates.
    pub waited_in_file: Waited,
    /// By the book's.
    pub waited_in_book: Waited,
    /// Clients who are new to the book.
    pub new_clients: usize,
    /// Clients who were known by their name.
    pub known_clients: Many<String>,
    /// Receipt numbers that are given.
    pub numbers: Vec<Numbers>,
    /// Rows whose dates are out of order, which are kept so.
    pub odd: Many<Odd>,
    /// What is wrong, and what is worth knowing.
    pub complaints: Many<Complaint>,
    /// Complaints that make it fail.
    pub faults: usize,
    /// Spellings that may be the same.
    pub groups: Many<Group>,
    /// Orders that the file says something else of now.
    pub changes: Many<Change>,
    /// It is a complete book, with more in it than orders.
    pub is_book: bool,
    /// Of all amounts, where it is not the stringer's own.
    pub currency: Option<Currency>,
    /// How long it took, in milliseconds.
    pub took: u64,
}

/// A cent of difference is the rounding of a sum (RULES 8).
const TOLERANCE: i64 = 1;

impl Report {
    /// Of a file that cannot be read at all.
    #[must_use]
    pub fn refused(refused: Refused) -> Self {
        Self { refused: Some(refused), ..Self::default() }
    }

    /// Whether the file can be taken over. What fails is mended in the file, and nowhere else.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.refused.is_none()
            && self.faults == 0
            && self.clients.file == self.clients.book
            && self.own.file == self.own.book
            && self.revenue.iter().all(|year| (year.file - year.book).abs() <= TOLERANCE)
            && self.waited_in_file == self.waited_in_book
    }

    /// Whether it would bring anything that is not in the book yet.
    #[must_use]
    pub fn brings_anything(&self) -> bool {
        self.is_book
            || self.clients.new + self.own.new > 0
            || self.changes.shown.iter().any(|change| change.is_taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_fails_and_a_rounded_cent_does_not() {
        let year = |file, book| YearSum { year: 2025, file, book };
        let with = |revenue| Report { revenue: vec![revenue], ..Report::default() };
        assert!(with(year(100, 101)).is_ok());
        assert!(!with(year(100, 102)).is_ok());
        let count = Count { file: 2, book: 1, ..Count::default() };
        assert!(!Report { clients: count, ..Report::default() }.is_ok());
        assert!(!Report::refused(Refused::Text).is_ok());
        assert!(!Report { faults: 1, ..Report::default() }.is_ok());
    }

    #[test]
    fn of_many_some_are_shown_and_all_are_counted() {
        let many: Many<usize> = (0..1000).collect();
        assert_eq!((many.count, many.shown.len()), (1000, SHOWN));
    }
}
