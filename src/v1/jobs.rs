//! The orders themselves, a row each.

use std::collections::HashSet;

use chrono::NaiveDate;
use migration::search_key;
use serde::{Deserialize, Serialize};

use super::header::{Columns, Field, Part};
use super::measures::{self, Pull};
use super::reader::Reader;
use super::sheet::{Row, Sheet, Value};
use super::{Item, Matter};
use crate::units::Sport;

/// A side of a stringbed, as the workbook has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// `Luxilon`; may be empty.
    pub manufacturer: String,
    /// `ALU Power`; may be empty.
    pub model: String,
    /// The diameter in hundredths of a millimetre.
    pub gauge: Option<i32>,
    /// How hard it was pulled.
    pub tension: Option<Pull>,
    /// In hundredths of the stringer's currency.
    pub price: Option<i64>,
    /// The client brought it.
    pub byo: bool,
    /// Its colour, where said.
    pub colour: Option<String>,
}

impl Side {
    /// What it adds to the sum, in hundredths of the stringer's currency: nothing, where the
    /// client brought it.
    #[must_use]
    pub fn cost(&self) -> i64 {
        if self.byo { 0 } else { self.price.unwrap_or(0) }
    }
}

const fn tennis() -> Sport {
    Sport::Tennis
}

/// What was said before there was a column of sports is not said otherwise now: an upload is
/// compared with what the one before it said.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn is_tennis(sport: &Sport) -> bool {
    *sport == Sport::Tennis
}

/// An order of a client's, as the workbook has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientJob {
    /// Where it stands.
    pub row: u32,
    /// The workbook's own number: what it is known by.
    pub id: String,
    /// When it was ordered, strung, returned and paid.
    pub ordered: Option<NaiveDate>,
    /// See above.
    pub strung: Option<NaiveDate>,
    /// See above.
    pub returned: Option<NaiveDate>,
    /// See above.
    pub paid: Option<NaiveDate>,
    /// The player's.
    pub last_name: String,
    /// The player's.
    pub first_name: String,
    /// Maker and model, in the stringer's spelling.
    pub racket: String,
    /// The sport. V1 had no column for it, and no other sport than tennis; whoever strings others
    /// takes a column of it along.
    #[serde(default = "tennis", skip_serializing_if = "is_tennis")]
    pub sport: Sport,
    /// As it stands there.
    pub head_size: Option<String>,
    /// As it stands there.
    pub pattern: Option<String>,
    /// The mains.
    pub mains: Side,
    /// The crosses.
    pub crosses: Side,
    /// The fee without strings, in hundredths of the stringer's currency.
    pub labor: Option<i64>,
    /// Labor and strings, computed here by the workbook's rule.
    pub computed: i64,
    /// What the workbook says the total is, where it says another.
    pub total: Option<i64>,
    /// Measured stiffness, in hundredths.
    pub stiffness: Option<i32>,
    /// In the stringer's words.
    pub comments: Option<String>,
}

/// A job on the stringer's own racket, as the workbook has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnJob {
    /// Where it stands.
    pub row: u32,
    /// The workbook's own number: what it is known by.
    pub id: String,
    /// When it was strung.
    pub strung: Option<NaiveDate>,
    /// `PA98_2023_45`, which `Lists` explains.
    pub racket_id: String,
    /// The sport, as in [`ClientJob::sport`].
    #[serde(default = "tennis", skip_serializing_if = "is_tennis")]
    pub sport: Sport,
    /// The mains.
    pub mains: Side,
    /// The crosses.
    pub crosses: Side,
    /// How it was strung.
    pub method: Option<String>,
    /// Measured stiffness before it was cut out, in hundredths.
    pub stiffness: Option<i32>,
    /// Measured stiffness after stringing, in hundredths.
    pub stiffness_after: Option<i32>,
    /// In the stringer's words.
    pub comments: Option<String>,
}

/// Columns without which no client order can be read.
const OF_CLIENTS: &[Field] = &[
    Field::Id,
    Field::Ordered,
    Field::Strung,
    Field::Returned,
    Field::Paid,
    Field::LastName,
    Field::Racket,
    Field::Mains(Part::Model),
    Field::Mains(Part::Tension),
    Field::Crosses(Part::Model),
    Field::Crosses(Part::Tension),
    Field::Labor,
];

/// Whether a column says something of a client's order.
pub(super) const fn is_of_clients(field: Field) -> bool {
    use Field::{Method, RacketId, StiffnessAfter};
    !matches!(field, RacketId | Method | StiffnessAfter)
}

/// Whether a column says something of a self job.
pub(super) const fn is_of_own(field: Field) -> bool {
    use Field::{
        Comments, HeadSize, Id, Method, Pattern, Racket, RacketId, Sport, Stiffness,
        StiffnessAfter, Strung,
    };
    matches!(field, Id | Strung | RacketId | Method | Stiffness | StiffnessAfter | Comments)
        // Looked up in `Lists`.
        || matches!(field, Racket | HeadSize | Pattern | Sport)
        || matches!(field, Field::Mains(part) | Field::Crosses(part)
            if !matches!(part, Part::Price | Part::Byo))
}

/// Columns without which no self job can be read.
const OF_OWN: &[Field] = &[
    Field::Id,
    Field::Strung,
    Field::RacketId,
    Field::Mains(Part::Model),
    Field::Mains(Part::Tension),
    Field::Crosses(Part::Model),
    Field::Crosses(Part::Tension),
];

const DATES: [Field; 4] = [Field::Ordered, Field::Strung, Field::Returned, Field::Paid];

/// The dates of a sheet that are texts.
pub(super) fn date_texts<'s>(
    sheet: &'s Sheet,
    columns: &'s Columns,
) -> impl Iterator<Item = &'s str> {
    sheet.rows.iter().filter(|row| row.number > columns.below).flat_map(|row| {
        DATES.iter().filter_map(|field| match &columns.cell(row, *field)?.value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        })
    })
}

impl Reader<'_> {
    /// Tells all client orders.
    pub(super) fn clients(&mut self) {
        self.wants(OF_CLIENTS);
        for row in self.jobs() {
            if let Some(job) = self.client(row) {
                self.tell(Item::Client(job));
            }
        }
    }

    /// Tells all self jobs.
    pub(super) fn own(&mut self, rackets: &HashSet<String>) {
        self.wants(OF_OWN);
        for row in self.jobs() {
            if let Some(job) = self.one_of_own(row, rackets) {
                self.tell(Item::Own(job));
            }
        }
    }

    fn client(&mut self, row: &Row) -> Option<ClientJob> {
        let id = self.id(row)?;
        let [ordered, strung, returned, paid] = DATES.map(|field| self.date(row, field));
        let (mains, crosses) = self.sides(row);
        let labor = self.amount(row, Field::Labor);
        let strings = mains.cost() + crosses.cost();
        // Who typed a sum has not typed its parts.
        let strings = self.sum(row, Field::Strings, strings).unwrap_or(strings);
        let computed = labor.unwrap_or(0) + strings;
        let total = self.sum(row, Field::Total, computed);
        let job = ClientJob {
            row: row.number,
            id,
            ordered,
            strung,
            returned,
            paid,
            last_name: self.line(row, Field::LastName),
            first_name: self.line(row, Field::FirstName),
            racket: self.line(row, Field::Racket),
            sport: self.sport(row),
            head_size: self.word(row, Field::HeadSize),
            pattern: self.word(row, Field::Pattern),
            mains,
            crosses,
            labor,
            computed,
            total,
            stiffness: self.measure(row, Field::Stiffness, measures::stiffness),
            comments: self.paragraphs(row, Field::Comments),
        };
        self.misses(row, &job);
        Some(job)
    }

    fn sport(&mut self, row: &Row) -> Sport {
        self.measure(row, Field::Sport, measures::sport).unwrap_or(Sport::Tennis)
    }

    /// Complains of what no order can be without.
    fn misses(&mut self, row: &Row, job: &ClientJob) {
        if job.last_name.is_empty() && job.first_name.is_empty() {
            self.complain(Some(row), Some(Field::LastName), Matter::NoPlayer, None);
        }
        if job.racket.is_empty() {
            self.complain(Some(row), Some(Field::Racket), Matter::NoRacket, None);
        }
        if job.ordered.or(job.strung).or(job.returned).or(job.paid).is_none() {
            self.complain(Some(row), Some(Field::Ordered), Matter::NoDates, None);
        }
    }

    fn one_of_own(&mut self, row: &Row, rackets: &HashSet<String>) -> Option<OwnJob> {
        let id = self.id(row)?;
        let strung = self.date(row, Field::Strung);
        let (mains, crosses) = self.sides(row);
        let racket_id = self.line(row, Field::RacketId);
        if racket_id.is_empty() {
            self.complain(Some(row), Some(Field::RacketId), Matter::NoRacket, None);
        } else if !rackets.contains(&search_key([&*racket_id])) {
            let seen = Some(racket_id.clone());
            self.complain(Some(row), Some(Field::RacketId), Matter::UnknownRacket, seen);
        }
        if strung.is_none() {
            self.complain(Some(row), Some(Field::Strung), Matter::NoDates, None);
        }
        Some(OwnJob {
            row: row.number,
            id,
            strung,
            racket_id,
            sport: self.sport(row),
            mains,
            crosses,
            method: self.word(row, Field::Method),
            stiffness: self.measure(row, Field::Stiffness, measures::stiffness),
            stiffness_after: self.measure(row, Field::StiffnessAfter, measures::stiffness),
            comments: self.paragraphs(row, Field::Comments),
        })
    }
}
