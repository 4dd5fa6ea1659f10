//! What is asked about the columns of a table.

use serde::Serialize;

use crate::models::v1_imports::Asked;
use crate::units::Sport;
use crate::v1::table::{Holds, Matching, Unit};
use crate::values::Vocabulary as _;

/// A table's columns, and what is asked about them.
#[derive(Debug, Serialize)]
pub(super) struct Columns {
    columns: Vec<ColumnLine>,
    kinds: Vec<&'static str>,
    sports: Vec<&'static str>,
    sport: &'static str,
    unit: &'static str,
    above: Option<i32>,
    is_in_cents: bool,
    /// It was said before, and can be said otherwise.
    is_said: bool,
}

#[derive(Debug, Serialize)]
struct ColumnLine {
    head: String,
    samples: String,
    holds: &'static str,
}

impl Columns {
    pub(super) fn new(asked: &Asked) -> Self {
        let sample = |at: usize| {
            let cells = asked.samples.iter().filter_map(|row| row.get(at));
            let cells = cells.map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
            cells.collect::<Vec<_>>().join(" · ")
        };
        let Matching { columns, unit, sport, is_in_cents } = &asked.matching;
        let line = |(at, head): (usize, &String)| ColumnLine {
            head: head.clone(),
            samples: sample(at),
            holds: columns.get(at).map_or("nothing", |holds| holds.code()),
        };
        Self {
            columns: asked.heads.iter().enumerate().map(line).collect(),
            kinds: Holds::codes(),
            sports: Sport::codes(),
            sport: sport.code(),
            unit: match unit {
                Unit::All(unit) => unit.code(),
                Unit::PoundsAbove(_) => "both",
            },
            above: match unit {
                Unit::All(_) => None,
                Unit::PoundsAbove(most) => Some(*most),
            },
            is_in_cents: *is_in_cents,
            is_said: asked.is_said,
        }
    }
}
