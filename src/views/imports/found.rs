//! What a dry run has found.

use serde::Serialize;

use crate::models::stringers::Member;
use crate::models::v1_imports::report::{
    Change, Count, Group, Many, Numbers, Report, Spelling, Waited, YearSum,
};
use crate::units::Money;
use crate::v1::Complaint;
use crate::values::Vocabulary as _;

#[derive(Debug, Serialize)]
pub(super) struct Found {
    pub(super) refused: Option<String>,
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
    /// Groups that nobody has joined.
    open_groups: usize,
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
        let spelling = |one: Spelling| Written {
            text: one.text.replace('\t', " ").trim().to_owned(),
            count: one.count,
            is_known: one.is_known,
        };
        let spellings = group.spellings.into_iter().map(spelling).collect();
        Self { kind: group.kind.code(), spellings, joined: group.joined }
    }
}

impl Found {
    pub(super) fn new(me: &Member, report: Report) -> Self {
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
            open_groups: report.groups.shown.iter().filter(|one| one.joined.is_none()).count(),
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
