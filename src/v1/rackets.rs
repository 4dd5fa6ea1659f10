//! `Lists`: the stringer's own rackets, by the workbook's names for them.

use migration::search_key;
use serde::{Deserialize, Serialize};

use super::header::{TOP, plain};
use super::sheet::{Cell, Row, Sheet};
use super::{Complaint, Matter, measures};
use crate::values::typed;

/// One of the stringer's own rackets, as the workbook has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnRacket {
    /// `PA98_2023_45`.
    pub id: String,
    /// Maker and model, in the stringer's spelling.
    pub racket: String,
    /// `16/19`.
    pub pattern: Option<String>,
    /// As it stands there.
    pub head_size: Option<String>,
    /// Of the model.
    pub year: Option<String>,
    /// It is played; else it rests.
    pub is_current: bool,
    /// How often the workbook says it was strung.
    pub jobs: Option<u32>,
}

/// The table whose header has an ID, a racket and a pattern, on any sheet without orders.
pub(super) fn read(sheet: &Sheet) -> (Vec<OwnRacket>, Vec<Complaint>) {
    let mut heads = sheet.rows.iter().take(TOP).enumerate();
    let Some((at, header)) = heads.find_map(|(at, row)| Some((at, Header::of(row)?))) else {
        return (Vec::new(), Vec::new());
    };
    let mut table = Table { sheet, header, rackets: Vec::new(), complaints: Vec::new() };
    let mut before = sheet.rows[at].number;
    for row in &sheet.rows[at + 1..] {
        // Behind a blank row there may be another table, or the rest of this one.
        let is_apart = row.number > before + 1;
        if is_apart && !table.is_like_a_racket(row) {
            break;
        }
        before = row.number;
        table.take(row);
    }
    (table.rackets, table.complaints)
}

struct Table<'s> {
    sheet: &'s Sheet,
    header: Header,
    rackets: Vec<OwnRacket>,
    complaints: Vec<Complaint>,
}

impl Table<'_> {
    /// It has a name, and something that only rackets have: a year, or whether it is played.
    fn is_like_a_racket(&self, row: &Row) -> bool {
        let cell = |column: Option<u32>| column.and_then(|column| row.cell(column));
        let current = cell(self.header.current);
        let year = text(cell(self.header.year)).and_then(|year| year.parse::<u32>().ok());
        !self.said(row, self.header.racket).is_empty()
            && (current.is_some_and(|cell| measures::yes(&cell.value).is_ok()) || year.is_some())
    }

    fn said(&self, row: &Row, column: u32) -> String {
        text(row.cell(column)).unwrap_or_default()
    }

    fn take(&mut self, row: &Row) {
        let header = &self.header;
        let (id, racket) = (self.said(row, header.id), self.said(row, header.racket));
        if id.is_empty() && racket.is_empty() {
            return;
        }
        let other = |column: Option<u32>| {
            text(column.and_then(|column| row.cell(column))).filter(|text| !text.is_empty())
        };
        let current = header.current.and_then(|column| row.cell(column));
        let is_current = current.map_or(Ok(true), |cell| measures::yes(&cell.value));
        let key = search_key([&*id]);
        let is_second = self.rackets.iter().any(|one| search_key([&*one.id]) == key);
        let fault = if id.is_empty() {
            Some((header.id, Matter::NoId, racket.clone()))
        } else if racket.is_empty() {
            Some((header.racket, Matter::NoRacket, id.clone()))
        } else if is_second {
            Some((header.id, Matter::SecondOfId, id.clone()))
        } else {
            let column = header.current.unwrap_or(header.id);
            is_current.err().map(|matter| (column, matter, other(Some(column)).unwrap_or_default()))
        };
        if let Some((column, what, seen)) = fault {
            return self.complain(row, column, what, seen);
        }
        let racket = OwnRacket {
            id,
            racket,
            pattern: other(header.pattern),
            head_size: other(header.head_size),
            year: other(header.year),
            is_current: is_current.unwrap_or(true),
            jobs: other(header.jobs).and_then(|jobs| jobs.parse().ok()),
        };
        self.rackets.push(racket);
    }

    fn complain(&mut self, row: &Row, column: u32, what: Matter, seen: String) {
        let sheet = &self.sheet.name;
        self.complaints.push(Complaint::at(sheet, row.number, column, what, seen));
    }
}

struct Header {
    id: u32,
    racket: u32,
    pattern: Option<u32>,
    head_size: Option<u32>,
    year: Option<u32>,
    current: Option<u32>,
    jobs: Option<u32>,
}

impl Header {
    fn of(row: &Row) -> Option<Self> {
        let named = |names: &[&str]| {
            let is =
                |cell: &&Cell| text(Some(cell)).is_some_and(|text| names.contains(&&*plain(&text)));
            row.cells.iter().find(is).map(|cell| cell.column)
        };
        Some(Self {
            id: named(&["id"])?,
            racket: named(&["racket", "racquet", "schlager"])?,
            pattern: Some(named(&["stringpattern", "pattern", "saitenbild"])?),
            head_size: named(&["headsize", "kopfgrosse"]),
            year: named(&["year", "jahr"]),
            current: named(&["current", "aktuell"]),
            jobs: named(&["stringjobs", "bespannungen"]),
        })
    }
}

fn text(cell: Option<&Cell>) -> Option<String> {
    measures::text(&cell?.value).ok().map(|text| typed::line(&text))
}
