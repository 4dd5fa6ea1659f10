//! Writes a workbook in V1's shape: two header rows, its columns in their order, its formulas
//! with their results, and the lists that explain it. What a stringer takes along looks as what
//! it came with, and is read again by [`read`](super::read).
//!
//! Row by row to a file: the book may be larger than what memory there is. A text is written as
//! a text, whatever it begins with, and never becomes a formula.

mod cells;
mod columns;
mod lists;

pub use columns::{CLIENT_COLUMNS, OWN_COLUMNS};
pub use lists::{lists, stats};
use std::collections::BTreeMap;
use std::io::{Seek, Write};

use chrono::{Datelike as _, NaiveDate};
use rust_xlsxwriter::{Format, RowNum, Workbook, Worksheet, XlsxError};

use super::{CLIENTS, ClientJob, OWN, OwnJob, OwnRacket};
use cells::{amount, day, formula, id, money, side, stiffness, text};
use columns::SPORT_COLUMN;

use crate::values::Vocabulary as _;

/// Below both header rows.
pub const FIRST_ROW: RowNum = 2;

/// What writing comes to.
pub type Outcome = Result<(), XlsxError>;

/// Writes both header rows.
///
/// # Errors
/// When the file cannot be written.
pub fn head(sheet: &mut Worksheet, columns: &[(&str, &str)], bold: &Format) -> Outcome {
    let mut before = "";
    for (column, (group, _)) in (0..).zip(columns) {
        if *group != before {
            sheet.write_with_format(0, column, *group, bold)?;
        }
        before = group;
    }
    for (column, (_, field)) in (0..).zip(columns) {
        sheet.write_with_format(1, column, *field, bold)?;
    }
    sheet.set_freeze_panes(FIRST_ROW, 1).map(drop)
}

/// What V1 computes of an order: prices, status, statistics.
#[derive(Debug, Clone, Copy)]
pub struct Derived {
    /// Ordered, strung, returned, paid.
    pub dates: [Option<NaiveDate>; 4],
    /// What its strings cost the client, in hundredths.
    pub strings: i64,
    /// What it costs, in hundredths.
    pub total: i64,
    /// The total is no sum of its parts, and is written as a number.
    pub is_total_typed: bool,
}

impl Derived {
    /// Writes them with their formulas.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn prices(&self, sheet: &mut Worksheet, row: RowNum) -> Outcome {
        let at = row + 1;
        let strings = format!("=IF(P{at}=\"Yes\",0,O{at})+IF(V{at}=\"Yes\",0,U{at})");
        formula(sheet, row, 23, &strings, &amount(self.strings).to_string())?;
        if self.is_total_typed {
            return sheet.write_number(row, 24, amount(self.total)).map(drop);
        }
        formula(sheet, row, 24, &format!("=W{at}+X{at}"), &amount(self.total).to_string())
    }

    /// Writes status and statistics with their formulas.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn status(&self, sheet: &mut Worksheet, row: RowNum) -> Outcome {
        let at = row + 1;
        let [ordered, strung, returned, paid] = self.dates.map(|date| date.is_some());
        let mark = |is: bool| if is { "x" } else { "" };
        let said = |part: Option<i64>| part.map_or_else(String::new, |part| part.to_string());
        let [ordered_at, day, ..] = self.dates;
        let year = said(day.map(|day| i64::from(day.year())));
        let month = said(day.map(|day| i64::from(day.month())));
        let days = said(day.zip(ordered_at).map(|(day, ordered)| (day - ordered).num_days()));
        for (column, text, result) in [
            (27, format!("=IF(AND(B{at}<>\"\",C{at}=\"\"),\"x\",\"\")"), mark(ordered && !strung)),
            (28, format!("=IF(C{at}<>\"\",\"x\",\"\")"), mark(strung)),
            (29, format!("=IF(AND(C{at}<>\"\",E{at}=\"\"),\"x\",\"\")"), mark(strung && !paid)),
            (30, format!("=IF(AND(D{at}<>\"\",E{at}<>\"\"),\"x\",\"\")"), mark(returned && paid)),
            (31, format!("=IF(C{at}=\"\",\"\",YEAR(C{at}))"), year.as_str()),
            (32, format!("=IF(C{at}=\"\",\"\",MONTH(C{at}))"), &month),
            (33, format!("=IF(C{at}=\"\",0,1)"), if strung { "1" } else { "0" }),
            (34, format!("=IF(C{at}=\"\",\"\",C{at}-B{at})"), &days),
        ] {
            formula(sheet, row, column, &text, result)?;
        }
        Ok(())
    }
}

/// A workbook that is being written: the client orders first, then the stringer's own jobs, then
/// the lists.
pub struct Writer {
    file: Workbook,
    clients: Worksheet,
    own: Worksheet,
    next: RowNum,
    next_own: RowNum,
    years: BTreeMap<i32, (u32, i64)>,
    own_jobs: BTreeMap<String, u32>,
    has_sports: bool,
    day: Format,
}

impl Writer {
    /// An empty one, with a column of sports behind V1's own where it is told so.
    ///
    /// # Errors
    /// When no file can be made.
    pub fn new(has_sports: bool) -> Result<Self, XlsxError> {
        let mut file = Workbook::new();
        let (mut clients, mut own) = (
            file.new_worksheet_with_constant_memory()?,
            file.new_worksheet_with_constant_memory()?,
        );
        let bold = Format::new().set_bold();
        clients.set_name(CLIENTS)?;
        own.set_name(OWN)?;
        let with_sports = |columns: &[(&'static str, &'static str)]| {
            let sports = has_sports.then_some(SPORT_COLUMN);
            columns.iter().copied().chain(sports).collect::<Vec<_>>()
        };
        head(&mut clients, &with_sports(&CLIENT_COLUMNS), &bold)?;
        head(&mut own, &with_sports(&OWN_COLUMNS), &bold)?;
        Ok(Self {
            file,
            clients,
            own,
            next: FIRST_ROW,
            next_own: FIRST_ROW,
            years: BTreeMap::new(),
            own_jobs: BTreeMap::new(),
            has_sports,
            day: Format::new().set_num_format("dd.mm.yyyy"),
        })
    }

    /// Adds a client's order.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn client(&mut self, job: &ClientJob) -> Outcome {
        let (row, sheet) = (self.next, &mut self.clients);
        self.next += 1;
        id(sheet, row, &job.id)?;
        let dates = [job.ordered, job.strung, job.returned, job.paid];
        for (column, date) in (1..).zip(dates) {
            day(sheet, row, column, date, &self.day)?;
        }
        for (column, said) in [(5, &job.last_name), (6, &job.first_name), (7, &job.racket)] {
            text(sheet, row, column, Some(said))?;
        }
        text(sheet, row, 8, job.head_size.as_ref())?;
        text(sheet, row, 9, job.pattern.as_ref())?;
        for (first, of) in [(10, &job.mains), (16, &job.crosses)] {
            side(sheet, row, first, of)?;
            money(sheet, row, first + 4, of.price)?;
            sheet.write_string(row, first + 5, if of.byo { "Yes" } else { "No" })?;
        }
        money(sheet, row, 22, job.labor)?;
        let derived = Derived {
            dates,
            strings: strings(job),
            total: job.total.unwrap_or(job.computed),
            is_total_typed: job.total.is_some(),
        };
        derived.prices(sheet, row)?;
        stiffness(sheet, row, 25, job.stiffness)?;
        text(sheet, row, 26, job.comments.as_ref())?;
        derived.status(sheet, row)?;
        if self.has_sports {
            sheet.write_string(row, 35, job.sport.code())?;
        }
        if let Some(strung) = job.strung {
            let year = self.years.entry(strung.year()).or_default();
            year.0 += 1;
            year.1 += derived.total;
        }
        Ok(())
    }

    /// Adds a job on one of the stringer's own rackets.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn own(&mut self, job: &OwnJob, racket: &str) -> Outcome {
        let (row, sheet) = (self.next_own, &mut self.own);
        self.next_own += 1;
        id(sheet, row, &job.id)?;
        day(sheet, row, 1, job.strung, &self.day)?;
        sheet.write_string(row, 2, &job.racket_id)?;
        let found = format!("=VLOOKUP(C{},Lists!$A$7:$G$1006,2,FALSE)", row + 1);
        formula(sheet, row, 3, &found, racket)?;
        for (first, of) in [(4, &job.mains), (9, &job.crosses)] {
            side(sheet, row, first, of)?;
            text(sheet, row, first + 4, of.colour.as_ref())?;
        }
        text(sheet, row, 14, job.method.as_ref())?;
        stiffness(sheet, row, 15, job.stiffness)?;
        stiffness(sheet, row, 16, job.stiffness_after)?;
        text(sheet, row, 17, job.comments.as_ref())?;
        if let Some(strung) = job.strung {
            let at = row + 1;
            formula(sheet, row, 18, &format!("=YEAR(B{at})"), &strung.year().to_string())?;
            formula(sheet, row, 19, &format!("=MONTH(B{at})"), &strung.month().to_string())?;
        }
        if self.has_sports {
            sheet.write_string(row, 20, job.sport.code())?;
        }
        *self.own_jobs.entry(job.racket_id.clone()).or_default() += 1;
        Ok(())
    }

    /// Adds the lists, and writes all of it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save(self, rackets: &[OwnRacket], to: impl Write + Seek + Send) -> Outcome {
        let Self { mut file, clients, own, years, own_jobs, .. } = self;
        let bold = Format::new().set_bold();
        file.push_worksheet(clients);
        file.push_worksheet(own);
        let rows = rackets
            .iter()
            .map(|racket| (racket, own_jobs.get(&racket.id).copied().unwrap_or_default()));
        lists(file.add_worksheet(), rows, &bold)?;
        stats(file.add_worksheet(), &years, &bold)?;
        file.save_to_writer(to)
    }
}

/// What a client pays for strings.
fn strings(job: &ClientJob) -> i64 {
    job.mains.cost() + job.crosses.cost()
}
