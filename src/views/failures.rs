//! What was given up, and what was turned away.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::models::failures::{Failure, Refusal};
use crate::models::stringers::Member;
use crate::values::Vocabulary as _;

/// `admin/jobs.html`.
#[derive(Debug, Serialize)]
pub struct Failures {
    failures: Vec<Row>,
    done: &'static str,
}

#[derive(Debug, Serialize)]
struct Row {
    work: &'static str,
    id: Uuid,
    stringer: String,
    error: Option<String>,
    attempts: i64,
    at: String,
}

impl Failures {
    /// All of them.
    #[must_use]
    pub fn new(me: &Member, failures: &[Failure]) -> Self {
        let row = |one: &Failure| Row {
            work: one.work.code(),
            id: one.id,
            stringer: one.stringer.clone(),
            error: one.error.clone(),
            attempts: one.attempts,
            at: me.moment(one.at),
        };
        Self { failures: failures.iter().map(row).collect(), done: "" }
    }

    /// After an act.
    #[must_use]
    pub fn done(self, done: Option<&str>) -> Self {
        let done = match done {
            Some("owed") => "failure-owed",
            Some("changed") => "failure-changed",
            _ => "",
        };
        Self { done, ..self }
    }
}

/// `admin/refusals.html`.
#[derive(Debug, Serialize)]
pub struct Refusals {
    refusals: Vec<Refused>,
}

#[derive(Debug, Serialize)]
struct Refused {
    at: String,
    kind: &'static str,
    reason: String,
}

impl Refusals {
    /// The latest first.
    #[must_use]
    pub fn new(me: &Member, refusals: &[Refusal]) -> Self {
        let row = |one: &Refusal| Refused {
            at: me.moment(DateTime::<Utc>::from(one.at)),
            kind: one.kind,
            reason: one.reason.clone(),
        };
        Self { refusals: refusals.iter().rev().map(row).collect() }
    }
}
