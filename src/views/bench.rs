//! One racket, as it lies on the machine.

use serde::Serialize;
use uuid::Uuid;

use super::job::Job;
use super::orders::Work;
use crate::models::client_profiles::Client;
use crate::models::orders::{Model, Row};
use crate::models::stringers::Member;

/// `bench/show.html`.
#[derive(Debug, Default, Serialize)]
pub struct Show {
    job: Option<Job>,
    #[serde(flatten)]
    work: Option<Work>,
    /// What the stringer wants to remember of the client and of the job.
    notes: Vec<String>,
    /// Which one of the queue it is, counted from one.
    place: usize,
    count: usize,
    before: Option<Uuid>,
    after: Option<Uuid>,
    /// As typed, where it was refused.
    dt_typed: String,
    /// Why it could not be done.
    refused: Option<&'static str>,
    /// The one that was just strung here, and can be taken back.
    done: Option<Uuid>,
}

/// What is known of the racket on the machine.
#[derive(Debug)]
pub struct Racket<'k> {
    /// Its order.
    pub order: &'k Model,
    /// The order as a row.
    pub row: &'k Row,
    /// Whose it is.
    pub client: &'k Client,
}

impl Show {
    /// Nothing waits.
    #[must_use]
    pub fn nothing() -> Self {
        Self::default()
    }

    /// One of the queue.
    #[must_use]
    pub fn new(me: &Member, racket: &Racket<'_>, queue: &[Row], at: usize) -> Self {
        let Racket { order, row, client } = *racket;
        let key_of = |at: Option<usize>| at.and_then(|at| queue.get(at)).map(|row| row.id);
        let notes = [
            client.default_tension_memo.clone(),
            client.internal_notes.clone(),
            order.comment_private.clone(),
            order.comment_public.clone(),
        ];
        Self {
            job: Some(Job::new(me, row)),
            work: Some(Work::new(order)),
            notes: notes.into_iter().flatten().collect(),
            place: at + 1,
            count: queue.len(),
            before: key_of(at.checked_sub(1)),
            after: key_of(Some(at + 1)),
            dt_typed: String::new(),
            refused: None,
            done: None,
        }
    }

    /// After another one was strung.
    #[must_use]
    pub fn after(self, done: Option<Uuid>) -> Self {
        Self { done, ..self }
    }

    /// With the reason why it could not be done.
    #[must_use]
    pub fn refused(self, key: &'static str, dt_typed: String) -> Self {
        Self { refused: Some(key), dt_typed, ..self }
    }
}
