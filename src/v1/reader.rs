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
        if sheet.is_torn {
            reader.complain(None, None, Matter::Torn, None);
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
        // Formulas run down below the last order, and say nothing by themselves.
        let typed = |cell: &&Cell| !cell.is_formula;
        let id = self.columns.cell(row, Field::Id);
        let others = row.cells.iter().filter(typed);
        let others = others.filter(|cell| Some(cell.column) != self.columns.at(Field::Id)).count();
        let Some(id) = id else {
            match others {
                0 => {}
                // A line or two of words below the table; an order has more.
                1 | 2 => self.complain(Some(row), None, Matter::Note, None),
                _ => self.complain(Some(row), Some(Field::Id), Matter::NoId, None),
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

    pub(super) fn date(&mut self, row: &Row, field: Field) -> Option<NaiveDate> {
        let value = &self.columns.cell(row, field)?.value;
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

    /// A text on one line; empty where there is none.
    pub(super) fn line(&mut self, row: &Row, field: Field) -> String {
        typed::line(&self.paragraphs(row, field).unwrap_or_default())
    }

    /// A text on one line, where there is one.
    pub(super) fn word(&mut self, row: &Row, field: Field) -> Option<String> {
        Some(self.line(row, field)).filter(|line| !line.is_empty())
    }

    /// A text as it stands there.
    pub(super) fn paragraphs(&mut self, row: &Row, field: Field) -> Option<String> {
        let cell = self.columns.cell(row, field)?;
        if let Value::Text(text) = &cell.value {
            return Some(text.clone());
        }
        match measures::said(&cell.value) {
            Ok(said) => Some(said),
            Err(matter) => {
                self.complain_of(row, field, matter);
                None
            }
        }
    }

    /// Both sides of the stringbed. `24/23` in either cell is what both are pulled with.
    pub(super) fn sides(&mut self, row: &Row) -> (Side, Side) {
        let [on_mains, on_crosses] = [Field::Mains(Part::Tension), Field::Crosses(Part::Tension)]
            .map(|field| self.pulls(row, field));
        let (mut mains, mut crosses) =
            (self.side(row, Field::Mains), self.side(row, Field::Crosses));
        mains.tension = on_mains.map(|pulls| pulls.first);
        crosses.tension = match (on_crosses, on_mains.and_then(|pulls| pulls.second)) {
            (Some(pulls), _) => Some(pulls.second.unwrap_or(pulls.first)),
            (None, second) => second,
        };
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
            price: self.measure(row, of(Part::Price), measures::amount),
            byo: self.measure(row, of(Part::Byo), byo).unwrap_or(false),
            colour: self.word(row, of(Part::Colour)),
        }
    }

    /// A sum that its formula may have computed long ago: what its rule gives now is taken.
    /// A sum that was typed is the stringer's own, where it is another.
    pub(super) fn sum(&mut self, row: &Row, field: Field, computed: i64) -> Option<i64> {
        let cell = self.columns.cell(row, field)?;
        if cell.value == Value::NoResult {
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
            sheet: self.sheet.name.clone(),
            row: row.map(|row| row.number),
            column: field.and_then(|field| columns.at(field)).map(letters),
            field: field.and_then(|field| columns.name(field)).map(str::to_owned),
            what,
            seen,
        };
        (self.tell)(Item::Complaint(complaint));
    }
}
