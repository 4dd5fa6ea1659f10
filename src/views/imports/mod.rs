//! Uploads of an older book, and what a dry run of one has found.

mod columns;
mod found;

use std::time::Duration;

use serde::Serialize;
use uuid::Uuid;

use crate::forms::Errors;
use crate::models::stringers::Member;
use crate::models::v1_imports::{Asked, ImportState, Upload};
use crate::values::Vocabulary as _;
use columns::Columns;
use found::Found;

/// `imports/index.html`.
#[derive(Debug, Serialize)]
pub struct Index {
    uploads: Vec<Line>,
    /// In bytes.
    largest: usize,
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
    /// The page for files of so many bytes at the most, with what is to be corrected.
    #[must_use]
    pub fn new(me: &Member, uploads: &[Upload], largest: usize, errors: Errors) -> Self {
        let line = |upload: &Upload| Line {
            id: upload.id,
            name: upload.file_name.clone(),
            state: match upload.state {
                ImportState::Read if !upload.is_ok() => "fail",
                state => state.code(),
            },
            at: me.moment(upload.created_at),
        };
        Self { uploads: uploads.iter().map(line).collect(), largest, errors }
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
    /// Choices were just kept.
    is_chosen: bool,
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

impl Show {
    /// An upload, and how far it is where this process is at it.
    #[must_use]
    pub fn new(me: &Member, upload: &Upload, progress: Option<(usize, usize, Duration)>) -> Self {
        let currency = upload.report().and_then(|report| report.currency);
        let is_running = matches!(upload.state, ImportState::Uploaded | ImportState::Approved);
        Self {
            id: upload.id,
            name: upload.file_name.clone(),
            at: me.moment(upload.created_at),
            state: upload.state.code(),
            currency: currency.unwrap_or(me.currency()).code(),
            is_chosen: false,
            is_running,
            progress: progress.filter(|_| is_running).map(Progress::new),
            report: upload.report().filter(|_| !is_running).map(|report| Found::new(me, report)),
            table: upload.table().filter(|_| !is_running).map(|asked| Columns::new(&asked)),
            errors: Errors::default(),
        }
    }

    /// Says that choices were just kept.
    #[must_use]
    pub fn chosen(self, is_chosen: bool) -> Self {
        Self { is_chosen, ..self }
    }

    /// With what was said of its columns, and what is to be corrected.
    #[must_use]
    pub fn asked(self, asked: Asked, errors: Errors) -> Self {
        Self { table: Some(Columns::new(&asked)), errors, ..self }
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
