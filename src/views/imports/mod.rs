//! Uploads of an older book, and what a dry run of one has found.

mod columns;

use std::time::Duration;

use serde::Serialize;
use uuid::Uuid;

use crate::forms::Errors;
use crate::models::stringers::Member;
use crate::models::v1_imports::report::{
    Change, Count, Group, Many, Numbers, Report, Waited, YearSum,
};
use crate::models::v1_imports::{Asked, ImportState, Upload};
use crate::units::Money;
use crate::v1::Complaint;
use crate::values::Vocabulary as _;
use columns::Columns;

/// `imports/index.html`.
#[derive(Debug, Serialize)]
pub struct Index {
    uploads: Vec<Line>,
    errors: Errors,
}

#[derive(Debug, Serialize)]
struct Line {
    id: Uuid,
    name: String,
    state: &'static str,
    at: String,
}

impl Index {
    /// The page, with what is to be corrected.
    #[must_use]
    pub fn new(me: &Member, uploads: &[Upload], errors: Errors) -> Self {
        let line = |upload: &Upload| Line {
            id: upload.id,
            name: upload.file_name.clone(),
            state: upload.state.code(),
            at: me.moment(upload.created_at),
        };
        Self { uploads: uploads.iter().map(line).collect(), errors }
    }
}

/// `imports/show.html`, and `imports/_import.html`, which is renewed while something is owed.
#[derive(Debug, Serialize)]
pub struct Show {
    id: Uuid,
    name: String,
    at: String,
    state: &'static str,
    /// Of all amounts.
    currency: &'static str,
    /// Something is owed.
    is_running: bool,
    progress: Option<Progress>,
    report: Option<Found>,
    /// What its columns hold, where it is a table of another shape.
    table: Option<Columns>,
    errors: Errors,
}

#[derive(Debug, Serialize)]
struct Progress {
    done: usize,
    of: usize,
    /// Rows a second; `None` in the first moments.
    pace: Option<u64>,
    /// In seconds, `None` in the first moments.
    left: Option<u64>,
}

impl Progress {
    fn new((done, of, took): (usize, usize, Duration)) -> Self {
        let (rows, millis) = (done as u128, took.as_millis());
        let pace = (rows > 0 && millis > 500).then(|| rows * 1000 / millis).filter(|it| *it > 0);
        let left = pace.map(|pace| (of.saturating_sub(done) as u128).div_ceil(pace));
        let small = |number: u128| u64::try_from(number).unwrap_or(u64::MAX);
        Self { done, of, pace: pace.map(small), left: left.map(small) }
    }
}

#[derive(Debug, Serialize)]
struct Found {
    refused: Option<String>,
    is_ok: bool,
    brings_anything: bool,
    clients: Count,
    own: Count,
    years: Vec<Year>,
    turnaround: Option<Means>,
    new_clients: usize,
    known_clients: Many<String>,
    numbers: Vec<Numbers>,
    numbered: usize,
    odd: Many<Strange>,
    faults: Vec<Sentence>,
    remarks: Vec<Sentence>,
    /// Complaints that are not shown.
    more: usize,
    groups: Many<Alike>,
    changes: Many<Change>,
    seconds: String,
}

/// Days, on the average.
#[derive(Debug, Serialize)]
struct Means {
    file: String,
    book: String,
}

impl Means {
    fn new(me: &Member, file: Waited, book: Waited) -> Option<Self> {
        let days = |waited: Waited| {
            let orders = waited.orders;
            let tenths =
                (orders > 0).then(|| (waited.days * 10 + orders / 2).div_euclid(orders))?;
            let plain = format!("{}.{}", tenths.div_euclid(10), tenths.rem_euclid(10));
            Some(me.region().number(&plain))
        };
        Some(Self { file: days(file)?, book: days(book)? })
    }
}

/// As pages show them.
fn many<T, V>(many: Many<T>, view: impl Fn(T) -> V) -> Many<V> {
    Many { count: many.count, shown: many.shown.into_iter().map(view).collect() }
}

#[derive(Debug, Serialize)]
struct Year {
    year: i32,
    file: String,
    book: String,
    difference: Option<String>,
}

impl Year {
    fn new(me: &Member, year: &YearSum) -> Self {
        let amount = |minor: i64| me.region().amount(Money::from_minor(minor, me.currency()));
        let difference = year.book - year.file;
        let sign = if difference < 0 { "−" } else { "+" };
        Self {
            year: year.year,
            file: amount(year.file),
            book: amount(year.book),
            difference: (difference != 0).then(|| format!("{sign}{}", amount(difference.abs()))),
        }
    }
}

#[derive(Debug, Serialize)]
struct Strange {
    row: u32,
    key: String,
}

/// A complaint: where, what, and what stands there.
#[derive(Debug, Serialize)]
struct Sentence {
    sheet: String,
    row: Option<u32>,
    cell: Option<String>,
    field: Option<String>,
    key: String,
    seen: Option<String>,
}

impl Sentence {
    fn new(complaint: &Complaint) -> Self {
        let row = complaint.row.map(|row| row.to_string()).unwrap_or_default();
        Self {
            sheet: complaint.sheet.clone(),
            row: complaint.row,
            cell: complaint.column.as_ref().map(|column| format!("{column}{row}")),
            field: complaint.field.clone(),
            key: format!("matter-{}", complaint.what.code()),
            seen: complaint.seen.clone(),
        }
    }
}

#[derive(Debug, Serialize)]
struct Alike {
    kind: &'static str,
    spellings: Vec<Written>,
    joined: Option<usize>,
}

#[derive(Debug, Serialize)]
struct Written {
    text: String,
    count: usize,
    is_known: bool,
}

impl Alike {
    fn new(group: Group) -> Self {
        let spelling = |one: crate::models::v1_imports::report::Spelling| Written {
            text: one.text.replace('\t', " ").trim().to_owned(),
            count: one.count,
            is_known: one.is_known,
        };
        let spellings = group.spellings.into_iter().map(spelling).collect();
        Self { kind: group.kind.code(), spellings, joined: group.joined }
    }
}

impl Show {
    /// An upload, and how far it is where this process is at it.
    #[must_use]
    pub fn new(me: &Member, upload: &Upload, progress: Option<(usize, usize, Duration)>) -> Self {
        let is_running = matches!(upload.state, ImportState::Uploaded | ImportState::Approved);
        Self {
            id: upload.id,
            name: upload.file_name.clone(),
            at: me.moment(upload.created_at),
            state: upload.state.code(),
            currency: me.currency().code(),
            is_running,
            progress: progress.filter(|_| is_running).map(Progress::new),
            report: upload.report().filter(|_| !is_running).map(|report| Found::new(me, report)),
            table: upload.table().filter(|_| !is_running).map(|asked| Columns::new(&asked)),
            errors: Errors::default(),
        }
    }

    /// With what was said of its columns, and what is to be corrected.
    #[must_use]
    pub fn asked(self, asked: Asked, errors: Errors) -> Self {
        Self { table: Some(Columns::new(&asked)), errors, ..self }
    }
}

impl Found {
    fn new(me: &Member, report: Report) -> Self {
        let (faults, remarks): (Vec<_>, Vec<_>) =
            report.complaints.shown.iter().partition(|complaint| complaint.what.fails());
        let sentences = |complaints: Vec<&Complaint>| -> Vec<Sentence> {
            complaints.into_iter().map(Sentence::new).collect()
        };
        Self {
            refused: report.refused.map(|refused| format!("refused-{}", refused.code())),
            is_ok: report.is_ok(),
            brings_anything: report.brings_anything(),
            clients: report.clients,
            own: report.own,
            years: report.revenue.iter().map(|year| Year::new(me, year)).collect(),
            turnaround: Means::new(me, report.waited_in_file, report.waited_in_book),
            new_clients: report.new_clients,
            known_clients: report.known_clients,
            numbered: report.numbers.iter().map(|numbers| numbers.count).sum(),
            numbers: report.numbers,
            odd: many(report.odd, |odd| Strange { row: odd.row, key: odd.key }),
            more: report.complaints.count - report.complaints.shown.len(),
            faults: sentences(faults),
            remarks: sentences(remarks),
            groups: many(report.groups, Alike::new),
            changes: report.changes,
            seconds: me.region().number(&format!(
                "{}.{}",
                report.took / 1000,
                report.took % 1000 / 100
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_told_by_the_pace_so_far() {
        let at = |done, of, millis| Progress::new((done, of, Duration::from_millis(millis)));
        let half = at(500, 1500, 1000);
        assert_eq!((half.pace, half.left), (Some(500), Some(2)));
        assert_eq!(at(0, 1500, 1000).pace, None);
        assert_eq!(at(1, 1500, 10).left, None);
    }
}
