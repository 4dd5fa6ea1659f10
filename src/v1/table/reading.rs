//! Rows of a table as jobs, by what its stringer has said of its columns.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::{Cells, ERROR, Holds, MOST, Matching, NAME};
use crate::v1::dates::{Calendar, Slashes};
use crate::v1::sheet::{Value, letters};
use crate::v1::{ClientJob, Complaint, Matter, measures};
use crate::values::typed;

/// A job of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableJob {
    /// What it has in common with the old workbook's.
    pub job: ClientJob,
    /// Pre-stretch in percent.
    pub prestretch: Option<i64>,
}

/// Nobody brings more rackets at a time.
const RACKETS: u32 = 50;

/// The rows below the first one as jobs, and complaints about them.
#[must_use]
pub fn read(table: &[Cells], matching: &Matching) -> (Vec<TableJob>, Vec<Complaint>) {
    let Some((heads, rows)) = table.split_first() else { return (Vec::new(), Vec::new()) };
    let days = [Holds::Ordered, Holds::Strung, Holds::Returned, Holds::Paid];
    let columns = days.iter().filter_map(|holds| column(matching, *holds));
    let columns: Vec<usize> = columns.collect();
    let texts = rows.iter().flat_map(|row| columns.iter().filter_map(|at| row.cells.get(*at)));
    let slashes = Slashes::of(texts.map(String::as_str));
    let mut reader = Reader {
        heads: &heads.cells,
        matching,
        calendar: Calendar { counts_from_1904: false, slashes },
        complaints: Vec::new(),
        seen: HashMap::new(),
        numbers: HashSet::new(),
    };
    // One more than the most, so that whoever asked can tell.
    let jobs = rows.iter().flat_map(|row| reader.jobs(row)).take(MOST + 1).collect();
    (jobs, reader.complaints)
}

fn column(matching: &Matching, holds: Holds) -> Option<usize> {
    matching.columns.iter().position(|column| *column == holds)
}

pub(super) struct Reader<'t> {
    heads: &'t [String],
    pub(super) matching: &'t Matching,
    calendar: Calendar,
    complaints: Vec<Complaint>,
    /// How often a row of this content was met that has no number of its own.
    pub(super) seen: HashMap<String, u32>,
    numbers: HashSet<String>,
}

impl Reader<'_> {
    pub(super) fn text<'r>(&self, row: &'r Cells, holds: Holds) -> &'r str {
        let cell = column(self.matching, holds).and_then(|at| row.cells.get(at));
        cell.map_or("", |cell| cell.trim())
    }

    pub(super) fn line(&self, row: &Cells, holds: Holds) -> String {
        // What is longer was complained of.
        typed::line(self.text(row, holds)).chars().take(typed::LINE).collect()
    }

    pub(super) fn complain(&mut self, row: &Cells, holds: Holds, what: Matter) {
        let at = column(self.matching, holds);
        let complaint = Complaint {
            sheet: NAME.to_owned(),
            row: Some(row.row),
            column: at.and_then(|at| u32::try_from(at).ok()).map(letters),
            field: at.and_then(|at| self.heads.get(at)).cloned(),
            what,
            seen: Some(self.line(row, holds)).filter(|seen| !seen.is_empty()),
        };
        self.complaints.push(complaint);
    }

    pub(super) fn measure<T>(
        &mut self,
        row: &Cells,
        holds: Holds,
        read: fn(&Value) -> Result<Option<T>, Matter>,
    ) -> Option<T> {
        let text = self.text(row, holds);
        if text.is_empty() {
            return None;
        }
        read(&Value::Text(text.to_owned())).unwrap_or_else(|matter| {
            self.complain(row, holds, matter);
            None
        })
    }

    fn day(&mut self, row: &Cells, holds: Holds) -> Option<NaiveDate> {
        let text = self.text(row, holds);
        if measures::is_nothing(text) {
            return None;
        }
        match self.calendar.read(&Value::Text(text.to_owned())) {
            Ok((day, _)) => Some(day),
            Err(matter) => {
                self.complain(row, holds, matter);
                None
            }
        }
    }

    /// A day, or a mark that stands for one.
    fn day_or_mark(
        &mut self,
        row: &Cells,
        holds: Holds,
        marked: Option<NaiveDate>,
    ) -> Option<NaiveDate> {
        match measures::yes(&Value::Text(self.text(row, holds).to_owned())) {
            Ok(is_marked) => marked.filter(|_| is_marked),
            Err(_) => self.day(row, holds),
        }
    }

    /// A row about several rackets is as many jobs; one without anything is none.
    fn jobs(&mut self, row: &Cells) -> Vec<TableJob> {
        let used = self.matching.columns.iter().zip(&row.cells);
        let mut used = used.filter(|(holds, _)| !matches!(holds, Holds::Nothing | Holds::Number));
        if used.all(|(_, cell)| cell.trim().is_empty()) {
            return Vec::new();
        }
        self.check(row);
        let job = self.job(row);
        if !self.numbers.insert(job.job.id.clone()) {
            self.complain(row, Holds::Number, Matter::SecondOfId);
            return Vec::new();
        }
        let said = self.text(row, Holds::Rackets);
        let rackets = said.parse().ok().filter(|many| (1..=RACKETS).contains(many)).unwrap_or(1);
        (0..rackets).map(|nth| job.share(nth, rackets)).collect()
    }

    /// No error is a name, and no page of notes.
    fn check(&mut self, row: &Cells) {
        for (at, holds) in self.matching.columns.iter().enumerate() {
            let cell = row.cells.get(at).map_or("", |cell| cell.as_str());
            let most = if *holds == Holds::Comments { typed::TEXT } else { typed::LINE };
            if *holds == Holds::Nothing {
                continue;
            }
            if cell == ERROR {
                self.complain(row, *holds, Matter::ErrorValue);
            } else if cell.chars().count() > most {
                self.complain(row, *holds, Matter::TooLong);
            }
        }
    }

    /// Ordered, strung, returned, paid. Who has one day alone has ordered on it, and what was
    /// given back was strung by then.
    fn days(&mut self, row: &Cells) -> [Option<NaiveDate>; 4] {
        let ordered = self.day(row, Holds::Ordered);
        let strung = self.day(row, Holds::Strung);
        let returned = self.day_or_mark(row, Holds::Returned, strung.or(ordered));
        let strung = strung.or(returned);
        let paid = self.day_or_mark(row, Holds::Paid, returned.or(strung).or(ordered));
        [ordered.or(strung), strung, returned, paid]
    }

    fn job(&mut self, row: &Cells) -> TableJob {
        let [ordered, strung, returned, paid] = self.days(row);
        let (first_name, last_name) = self.names(row);
        if first_name.is_empty() && last_name.is_empty() {
            self.complain(row, Holds::Client, Matter::NoPlayer);
        }
        if ordered.or(strung).or(paid).is_none() {
            self.complain(row, Holds::Ordered, Matter::NoDates);
        }
        let price = self.measure(row, Holds::Price, measures::amount);
        let price = price.map(|price| if self.matching.is_in_cents { price / 100 } else { price });
        let [mains, crosses] = self.sides(row);
        let job = ClientJob {
            row: row.row,
            id: self.number(row),
            ordered,
            strung,
            returned,
            paid,
            last_name,
            first_name,
            racket: self.line(row, Holds::Racket),
            sport: self.sport(row),
            head_size: None,
            pattern: None,
            mains,
            crosses,
            labor: price,
            computed: price.unwrap_or(0),
            total: None,
            stiffness: self.measure(row, Holds::Stiffness, measures::stiffness),
            comments: Some(typed::paragraphs(self.text(row, Holds::Comments)))
                .filter(|text| !text.is_empty()),
        };
        let prestretch = self.prestretch(row);
        TableJob { job, prestretch }
    }
}

impl TableJob {
    /// The how manieth of several rackets: the price is shared, and what does not divide is the
    /// first one's.
    fn share(&self, nth: u32, of: u32) -> Self {
        let mut one = self.clone();
        if of > 1 {
            one.job.id = format!("{}-{}", self.job.id, nth + 1);
            let share = |sum: i64| {
                let (each, rest) = (sum / i64::from(of), sum % i64::from(of));
                if nth == 0 { each + rest } else { each }
            };
            one.job.labor = self.job.labor.map(share);
            one.job.computed = share(self.job.computed);
        }
        one
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{Sport, TensionUnit};
    use crate::v1::Pull;
    use crate::v1::table::Unit;

    fn table(rows: &[&str]) -> Vec<Cells> {
        let cells = |text: &&str| text.split(';').map(str::to_owned).collect();
        (1..).zip(rows).map(|(row, text)| Cells { row, cells: cells(text) }).collect()
    }

    fn matching(columns: &[Holds], unit: Unit) -> Matching {
        Matching { columns: columns.to_vec(), unit, sport: Sport::Tennis, is_in_cents: false }
    }

    #[test]
    fn a_row_about_two_rackets_is_two_jobs_and_equal_rows_are_two() {
        use Holds::{Client, MainsTension, Ordered, Paid, Price, Rackets};
        let columns = [Ordered, Client, Rackets, MainsTension, Price, Paid];
        let rows = [
            "D;C;N;T;P;B",
            "3.4.2024;Sara Frei;2;24/23;41;ja",
            "3.4.2024;a member;;24;20;",
            "3.4.2024;a member;;24;20;",
        ];
        let (jobs, complaints) =
            read(&table(&rows), &matching(&columns, Unit::All(TensionUnit::Kg)));
        assert_eq!(complaints, []);
        let labors: Vec<_> = jobs.iter().map(|job| job.job.labor).collect();
        assert_eq!(labors, [Some(2050), Some(2050), Some(2000), Some(2000)]);
        assert_ne!(jobs[2].job.id, jobs[3].job.id);
        let pull = |hundredths| Some(Pull { hundredths, is_in_pounds: false });
        assert_eq!(
            (jobs[0].job.mains.tension, jobs[0].job.crosses.tension),
            (pull(2400), pull(2300))
        );
        assert_eq!(
            (jobs[2].job.mains.tension, jobs[2].job.crosses.tension),
            (pull(2400), pull(2400))
        );
        assert_eq!((jobs[0].job.paid.is_some(), jobs[2].job.paid), (true, None));
    }

    #[test]
    fn pounds_are_told_from_kilograms_by_the_stringers_word() {
        use Holds::{Client, MainsTension, Ordered};
        let rows = ["D;C;T", "2024-04-03;A;24", "2024-04-03;A;52", "2024-04-03;A;hard"];
        let (jobs, complaints) =
            read(&table(&rows), &matching(&[Ordered, Client, MainsTension], Unit::PoundsAbove(35)));
        let pounds: Vec<_> =
            jobs.iter().map(|job| job.job.mains.tension.map(|p| p.is_in_pounds)).collect();
        assert_eq!(pounds, [Some(false), Some(true), None]);
        let said: Vec<_> = complaints.iter().map(|one| (one.row, one.what)).collect();
        assert_eq!(said, [(Some(4), Matter::NoTension)]);
    }
}
