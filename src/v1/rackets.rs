//! `Lists`: the stringer's own rackets, by the workbook's names for them.

use migration::search_key;
use serde::{Deserialize, Serialize};

use super::sheet::{Cell, Row, Sheet, Value, letters};
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

/// So far down a sheet the table's header is looked for.
const TOP: usize = 25;

/// The table whose header has an ID, a racket and a pattern, on any sheet without orders.
pub(super) fn read(sheet: &Sheet) -> (Vec<OwnRacket>, Vec<Complaint>) {
    let header =
        sheet.rows.iter().take(TOP).enumerate().find_map(|(at, row)| Some((at, Header::of(row)?)));
    let Some((at, header)) = header else { return (Vec::new(), Vec::new()) };
    let (mut rackets, mut complaints) = (Vec::new(), Vec::new());
    for row in &sheet.rows[at + 1..] {
        // The table ends where its first column does.
        let Some(id) = text(row.cell(header.id)).filter(|id| !id.is_empty()) else { break };
        let racket = text(row.cell(header.racket)).unwrap_or_default();
        if racket.is_empty() {
            complaints.push(Complaint {
                sheet: sheet.name.clone(),
                row: Some(row.number),
                column: Some(letters(header.racket)),
                field: Some("Racket".to_owned()),
                what: Matter::NoRacket,
                seen: Some(id),
            });
            continue;
        }
        let other = |column: Option<u32>| {
            text(column.and_then(|column| row.cell(column))).filter(|text| !text.is_empty())
        };
        let current = header.current.and_then(|column| row.cell(column));
        rackets.push(OwnRacket {
            id,
            racket,
            pattern: other(header.pattern),
            head_size: other(header.head_size),
            year: other(header.year),
            is_current: current.is_none_or(|cell| measures::yes(&cell.value).unwrap_or(true)),
            jobs: other(header.jobs).and_then(|jobs| jobs.parse().ok()),
        });
    }
    (rackets, complaints)
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
            current: Some(named(&["current", "aktuell"])?),
            jobs: named(&["stringjobs", "bespannungen"]),
        })
    }
}

fn plain(name: &str) -> String {
    search_key([name]).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn text(cell: Option<&Cell>) -> Option<String> {
    match &cell?.value {
        Value::Text(text) => Some(typed::line(text)),
        value => measures::said(value).ok(),
    }
}
