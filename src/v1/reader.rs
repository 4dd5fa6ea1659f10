//! Row by row through a sheet: the cells of a row as values, and complaints about them.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::dates::Calendar;
use super::header::{Columns, Field, Part};
use super::jobs::Side;
use super::measures::{self, Pulls};
use super::sheet::{Cell, Row, Sheet, Value, letters};
use super::{Complaint, Item, Matter};
use crate::values::typed;

/// What a row begins with, to find it again.
fn first_words(row: &Row) -> Option<String> {
    let mut texts = row.cells.iter().filter_map(|cell| match &cell.value {
        Value::Text(text) => Some(typed::line(text)),
        _ => None,
    });
    texts.next().map(|text| text.chars().take(60).collect())
}

/// Reads a sheet's rows, and complains where it must.
pub(super) struct Reader<'s> {
    sheet: &'s Sheet,
    columns: &'s Columns,
    calendar: Calendar,
    ids: HashSet<String>,
    tell: &'s mut dyn FnMut(Item),
}

impl<'s> Reader<'s> {
    pub(super) fn new(
        sheet: &'s Sheet,
        columns: &'s Columns,
        calendar: Calendar,
        called: &str,
        tell: &'s mut dyn FnMut(Item),
    ) -> Self {
        let mut reader = Self { sheet, columns, calendar, ids: HashSet::new(), tell };
        if !sheet.name.trim().eq_ignore_ascii_case(called) {
            reader.complain(None, None, Matter::RenamedSheet, Some(called.to_owned()));
        }
        for complaint in &columns.complaints {
            (reader.tell)(Item::Complaint(complaint.clone()));
        }
        reader
    }

    /// Complains of each column that must be there and is not.
    pub(super) fn wants(&mut self, fields: &[Field]) {
        for field in fields.iter().filter(|field| self.columns.at(**field).is_none()) {
            self.complain(None, None, Matter::NoColumn, Some(format!("{field:?}")));
        }
    }

    pub(super) fn tell(&mut self, item: Item) {
        (self.tell)(item);
    }

    /// The rows below the headers.
    pub(super) fn jobs(&self) -> impl Iterator<Item = &'s Row> + use<'s> {
        let (sheet, below) = (self.sheet, self.columns.below);
        sheet.rows.iter().filter(move |row| row.number > below)
    }

    /// The workbook's number of a row; `None` where there is no job in it.
    pub(super) fn id(&mut self, row: &Row) -> Option<String> {
        // What V1 computes runs down below the last order, and says nothing by itself.
        let others = self.columns.typed(row);
        let Some(id) = self.columns.cell(row, Field::Id) else {
            if others > 2 || others > 0 && self.is_of_somebody(row) {
                self.complain(Some(row), Some(Field::Id), Matter::NoId, first_words(row));
            } else if others > 0 {
                self.complain(Some(row), None, Matter::Note, first_words(row));
            }
            return None;
        };
        let said = match measures::said(&id.value) {
            Ok(said) => said,
            Err(matter) => {
                self.complain(Some(row), Some(Field::Id), matter, None);
                return None;
            }
        };
        let has_digit = said.contains(|c: char| c.is_ascii_digit());
        if !has_digit && !self.is_of_somebody(row) {
            self.complain(Some(row), None, Matter::Note, first_words(row));
            return None;
        }
        if others == 0 {
            self.complain(Some(row), Some(Field::Id), Matter::EmptyJob, Some(said));
            return None;
        }
        if !self.ids.insert(said.clone()) {
            self.complain(Some(row), Some(Field::Id), Matter::SecondOfId, Some(said));
            return None;
        }
        Some(said)
    }

    /// Whether a row says whose racket it is, or which, beside a day: notes do not.
    fn is_of_somebody(&self, row: &Row) -> bool {
        let of = [Field::LastName, Field::FirstName, Field::Racket, Field::RacketId];
        let has = |field| self.columns.cell(row, field).is_some();
        let has_day = [Field::Ordered, Field::Strung].into_iter().any(|field| {
            let cell = self.columns.cell(row, field);
            cell.is_some_and(|cell| self.calendar.read(&cell.value).is_ok())
        });
        has_day && of.into_iter().any(has)
    }

    pub(super) fn date(&mut self, row: &Row, field: Field) -> Option<NaiveDate> {
        let value = &self.columns.cell(row, field)?.value;
        if matches!(value, Value::Text(text) if measures::is_nothing(text.trim())) {
            return None;
        }
        match self.calendar.read(value) {
            Ok((date, has_time)) => {
                if has_time {
                    self.complain_of(row, field, Matter::TimeOfDay);
                }
                Some(date)
            }
            Err(matter) => {
                self.complain_of(row, field, matter);
                None
            }
        }
    }

    /// What a cell measures.
    pub(super) fn measure<T>(
        &mut self,
        row: &Row,
        field: Field,
        read: fn(&Value) -> Result<Option<T>, Matter>,
    ) -> Option<T> {
        let read = read(&self.columns.cell(row, field)?.value);
        read.unwrap_or_else(|matter| {
            self.complain_of(row, field, matter);
            None
        })
    }

    /// An amount of one row alone.
    pub(super) fn amount(&mut self, row: &Row, field: Field) -> Option<i64> {
        self.alone(row, field)?;
        self.measure(row, field, measures::amount)
    }

    /// A cell that is of one row alone.
    fn alone<'r>(&mut self, row: &'r Row, field: Field) -> Option<&'r Cell> {
        let cell = self.columns.cell(row, field)?;
        if cell.is_merged {
            self.complain_of(row, field, Matter::Merged);
            return None;
        }
        Some(cell)
    }

    /// A text on one line; empty where there is none.
    pub(super) fn line(&mut self, row: &Row, field: Field) -> String {
        let line = typed::line(&self.paragraphs(row, field).unwrap_or_default());
        self.short(row, field, line, typed::LINE)
    }

    /// What is no longer than it may be.
    fn short(&mut self, row: &Row, field: Field, text: String, most: usize) -> String {
        if text.chars().count() <= most {
            return text;
        }
        self.complain_of(row, field, Matter::TooLong);
        text.chars().take(most).collect()
    }

    /// A text on one line, where there is one.
    pub(super) fn word(&mut self, row: &Row, field: Field) -> Option<String> {
        Some(self.line(row, field)).filter(|line| !line.is_empty())
    }

    /// A text as it stands there.
    pub(super) fn paragraphs(&mut self, row: &Row, field: Field) -> Option<String> {
        let text = self.measure(row, field, |value| measures::text(value).map(Some))?;
        Some(self.short(row, field, text, typed::TEXT))
    }

    /// Both sides of the stringbed. `24/23` in either cell is what both are pulled with.
    pub(super) fn sides(&mut self, row: &Row) -> (Side, Side) {
        let fields = [Field::Mains(Part::Tension), Field::Crosses(Part::Tension)];
        let [on_mains, on_crosses] = fields.map(|field| self.pulls(row, field));
        let (mut mains, mut crosses) =
            (self.side(row, Field::Mains), self.side(row, Field::Crosses));
        let both = |pulls: Pulls| pulls.second.map(|second| (pulls.first, second));
        let pair = on_mains.and_then(both).or_else(|| on_crosses.and_then(both));
        let first = |pulls: Option<Pulls>| pulls.map(|pulls| pulls.first);
        (mains.tension, crosses.tension) = match pair {
            Some((first, second)) => (Some(first), Some(second)),
            None => (first(on_mains), first(on_crosses)),
        };
        if let Some((first, second)) = pair {
            let agrees = |pulls: Option<Pulls>, half| {
                pulls.is_none_or(|pulls| {
                    both(pulls).map_or(pulls.first == half, |both| both == (first, second))
                })
            };
            if !agrees(on_mains, first) || !agrees(on_crosses, second) {
                self.complain_of(row, fields[1], Matter::TwoTensions);
            }
        }
        let units = [mains.tension, crosses.tension].map(|pull| pull.map(|pull| pull.is_in_pounds));
        if let [Some(one), Some(other)] = units
            && one != other
        {
            self.complain_of(row, fields[1], Matter::TwoTensions);
        }
        (mains, crosses)
    }

    fn pulls(&mut self, row: &Row, field: Field) -> Option<Pulls> {
        let pulls: Pulls = self.measure(row, field, measures::pulls)?;
        if pulls.were_taken_for_pounds {
            self.complain_of(row, field, Matter::TakenForPounds);
        }
        Some(pulls)
    }

    fn side(&mut self, row: &Row, of: fn(Part) -> Field) -> Side {
        let byo = |value: &Value| measures::yes(value).map(Some);
        Side {
            manufacturer: self.line(row, of(Part::Manufacturer)),
            model: self.line(row, of(Part::Model)),
            gauge: self.measure(row, of(Part::Gauge), measures::gauge),
            tension: None,
            price: self.amount(row, of(Part::Price)),
            byo: self.measure(row, of(Part::Byo), byo).unwrap_or(false),
            colour: self.word(row, of(Part::Colour)),
        }
    }

    /// A sum that its formula may have computed long ago: what its rule gives now is taken.
    /// A sum that was typed is the stringer's own, where it is another.
    pub(super) fn sum(&mut self, row: &Row, field: Field, computed: i64) -> Option<i64> {
        let cell = self.alone(row, field)?;
        if cell.value == Value::NoResult {
            self.complain_of(row, field, Matter::Recomputed);
            return None;
        }
        let said = measures::amount(&cell.value);
        if said == Ok(None) || said == Ok(Some(computed)) {
            return None;
        }
        if cell.is_formula {
            self.complain_of(row, field, Matter::Recomputed);
            return None;
        }
        said.unwrap_or_else(|matter| {
            self.complain_of(row, field, matter);
            None
        })
    }

    /// About a cell, with what stands there.
    fn complain_of(&mut self, row: &Row, field: Field, what: Matter) {
        let cell = self.columns.cell(row, field);
        let seen = cell.and_then(|cell| match &cell.value {
            Value::Error(error) => Some(error.clone()),
            value => measures::said(value).ok(),
        });
        let seen = seen.map(|seen| seen.chars().take(typed::LINE).collect());
        self.complain(Some(row), Some(field), what, seen);
    }

    pub(super) fn complain(
        &mut self,
        row: Option<&Row>,
        field: Option<Field>,
        what: Matter,
        seen: Option<String>,
    ) {
        let columns = self.columns;
        let complaint = Complaint {
            row: row.map(|row| row.number),
            column: field.and_then(|field| columns.at(field)).map(letters),
            field: field.and_then(|field| columns.name(field)).map(str::to_owned),
            seen,
            ..Complaint::of(&self.sheet.name, what)
        };
        (self.tell)(Item::Complaint(complaint));
    }
}
