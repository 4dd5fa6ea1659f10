//! Which column holds what: known by the words of its two headers, never by its place.

use migration::search_key;

use super::sheet::{Cell, Row, Sheet, Value};
use super::{Complaint, Matter};

/// What a column of the orders holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Field {
    Id,
    Ordered,
    Strung,
    Returned,
    Paid,
    LastName,
    FirstName,
    Racket,
    RacketId,
    Sport,
    HeadSize,
    Pattern,
    Mains(Part),
    Crosses(Part),
    Labor,
    Strings,
    Total,
    Stiffness,
    StiffnessAfter,
    Method,
    Comments,
    /// Computed from the others: compared, or of no use.
    Derived,
}

/// What a side of the stringbed has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Manufacturer,
    Model,
    Gauge,
    Tension,
    Price,
    Byo,
    Colour,
}

/// The first of the two headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Mains,
    Crosses,
    Racket,
    Price,
    Derived,
    Other,
}

/// So far down a sheet its headers are looked for.
pub(super) const TOP: usize = 25;

/// A sheet's columns.
#[derive(Debug, Default)]
pub(super) struct Columns {
    known: Vec<(Field, u32, String)>,
    /// The row of the fields' names; the data comes below.
    pub(super) below: u32,
    pub(super) complaints: Vec<Complaint>,
}

impl Columns {
    /// The pair of rows that names the most fields, and no less than so many.
    pub(super) fn find(sheet: &Sheet, at_least: usize) -> Option<Self> {
        let top = &sheet.rows[..sheet.rows.len().min(TOP)];
        let pairs =
            (0..top.len()).map(|at| Self::of(sheet, at.checked_sub(1).map(|g| &top[g]), &top[at]));
        // Of two with the same number the upper is the header.
        let best = pairs
            .reduce(|one, other| if other.known.len() > one.known.len() { other } else { one });
        best.filter(|columns| columns.known.len() >= at_least)
    }

    fn of(sheet: &Sheet, groups: Option<&Row>, names: &Row) -> Self {
        let mut columns = Self { below: names.number, ..Self::default() };
        let groups = groups.map(spans).unwrap_or_default();
        for cell in &names.cells {
            let Value::Text(name) = &cell.value else { continue };
            let group = groups.iter().rev().find(|(from, _)| *from <= cell.column);
            let group = group.map_or(Group::Other, |(_, group)| *group);
            let complain =
                |what| Complaint::at(&sheet.name, names.number, cell.column, what, name.clone());
            match field(group, &plain(name)) {
                None => columns.complaints.push(complain(Matter::UnknownColumn)),
                Some(Field::Derived) => {}
                Some(field) if columns.at(field).is_some() => {
                    columns.complaints.push(complain(Matter::TwoColumns));
                }
                Some(field) => columns.known.push((field, cell.column, name.clone())),
            }
        }
        columns
    }

    /// Where a field stands.
    pub(super) fn at(&self, field: Field) -> Option<u32> {
        self.known.iter().find(|(known, ..)| *known == field).map(|(_, column, _)| *column)
    }

    /// What the header says above a field.
    pub(super) fn name(&self, field: Field) -> Option<&str> {
        self.known.iter().find(|(known, ..)| *known == field).map(|(.., name)| name.as_str())
    }

    /// Takes the columns that such a sheet has no use for out, and says so.
    pub(super) fn keep(&mut self, sheet: &Sheet, used: impl Fn(Field) -> bool) {
        let (kept, unused): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.known).into_iter().partition(|(field, ..)| used(*field));
        self.known = kept;
        self.complaints.extend(unused.into_iter().map(|(_, column, name)| {
            Complaint::at(&sheet.name, self.below, column, Matter::UnknownColumn, name)
        }));
    }

    /// How many cells of a row somebody has typed, its number aside.
    pub(super) fn typed(&self, row: &Row) -> usize {
        let computed = [Field::Id, Field::Strings, Field::Total];
        let typed = self.known.iter().filter(|(field, ..)| !computed.contains(field));
        typed.filter(|(_, column, _)| row.cell(*column).is_some()).count()
    }

    /// A field's cell in a row.
    pub(super) fn cell<'r>(&self, row: &'r Row, field: Field) -> Option<&'r Cell> {
        self.at(field).and_then(|column| row.cell(column))
    }
}

/// Where each group begins: a merged header stands in its first column, or in all of them.
fn spans(row: &Row) -> Vec<(u32, Group)> {
    let mut spans: Vec<_> = row
        .cells
        .iter()
        .filter_map(|cell| match &cell.value {
            Value::Text(name) => Some((cell.column, group(&plain(name)))),
            _ => None,
        })
        .collect();
    spans.sort_unstable_by_key(|(from, _)| *from);
    spans
}

/// Letters and digits alone, in lower case: `Main-String` and `main string` are one.
pub(super) fn plain(name: &str) -> String {
    search_key([name]).split(|c: char| !c.is_alphanumeric()).collect()
}

fn group(name: &str) -> Group {
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has(&["main", "langs", "laengs"]) {
        Group::Mains
    } else if has(&["cross", "quer"]) {
        Group::Crosses
    } else if has(&["racket", "racquet", "schlager", "schlaeger"]) {
        Group::Racket
    } else if has(&["price", "preis"]) {
        Group::Price
    } else if name.starts_with("stat") {
        Group::Derived
    } else {
        Group::Other
    }
}

fn field(group: Group, name: &str) -> Option<Field> {
    let side = |part| match group {
        Group::Mains => Some(Field::Mains(part)),
        Group::Crosses => Some(Field::Crosses(part)),
        _ => None,
    };
    if group == Group::Derived {
        const DERIVED: [&str; 11] = [
            "ordered",
            "strung",
            "returned",
            "paid",
            "paymentopen",
            "done",
            "year",
            "month",
            "days",
            "status",
            "total",
        ];
        if DERIVED.contains(&name) {
            return Some(Field::Derived);
        }
    }
    let of_a_side = match name {
        "manufacturer" | "maker" | "brand" | "hersteller" | "marke" => side(Part::Manufacturer),
        "model" | "modell" | "string" | "saite" => side(Part::Model),
        "gauge" | "durchmesser" | "starke" | "staerke" => side(Part::Gauge),
        "tension" | "harte" | "haerte" | "besaitungsharte" | "kg" => side(Part::Tension),
        "price" | "preis" => side(Part::Price),
        "byo" | "eigenesaite" | "own" => side(Part::Byo),
        "colour" | "color" | "farbe" => side(Part::Colour),
        _ => None,
    };
    of_a_side.or_else(|| of_an_order(group, name))
}

fn of_an_order(group: Group, name: &str) -> Option<Field> {
    Some(match (group, name) {
        (Group::Racket, "model" | "modell") => Field::Racket,
        (Group::Racket, "id") => Field::RacketId,
        (_, "id" | "nr" | "no") => Field::Id,
        (_, "ordered" | "bestellt" | "auftrag") => Field::Ordered,
        (_, "strung" | "bespannt" | "besaitet") => Field::Strung,
        (_, "returned" | "zuruck" | "zurueck" | "retour" | "abgeholt") => Field::Returned,
        (_, "paid" | "bezahlt") => Field::Paid,
        (_, "lastname" | "name" | "nachname") => Field::LastName,
        (_, "firstname" | "vorname") => Field::FirstName,
        (_, "racket" | "racquet" | "schlager" | "schlaeger") => Field::Racket,
        (_, "racketid" | "racquetid" | "schlagerid" | "schlaegerid") => Field::RacketId,
        (_, "sport" | "sportart") => Field::Sport,
        (_, "headsize" | "kopf" | "kopfgrosse" | "kopfgroesse") => Field::HeadSize,
        (_, "stringpattern" | "pattern" | "saitenbild" | "bespannungsbild") => Field::Pattern,
        (_, "labor" | "labour" | "arbeit") => Field::Labor,
        (_, "strings" | "saiten") => Field::Strings,
        (_, "total" | "summe") => Field::Total,
        (_, "dt" | "dtbefore" | "dtvorher") => Field::Stiffness,
        (_, "dtafter" | "dtafterstringing" | "dtnachher" | "dtnachdembespannen") => {
            Field::StiffnessAfter
        }
        (_, "method" | "methode") => Field::Method,
        (_, "comments" | "comment" | "kommentar" | "bemerkung" | "bemerkungen") => Field::Comments,
        (_, "status" | "year" | "jahr" | "month" | "monat") => Field::Derived,
        _ => return None,
    })
}
