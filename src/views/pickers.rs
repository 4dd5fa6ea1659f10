//! What is offered while somebody types.

use serde::Serialize;

use super::clients::Line;
use crate::models::{catalogue_strings, rackets};
use crate::values::Vocabulary as _;

/// `orders/choose.html` and `orders/_choices.html`: for whom is the job?
#[derive(Debug, Serialize)]
pub struct ChooseClient {
    /// Those who fit what was typed, the latest first.
    pub clients: Vec<Line>,
    /// What was typed.
    pub q: String,
}

/// `pickers/_options.html`: entries of the catalogue.
#[derive(Debug, Serialize)]
pub struct Options {
    options: Vec<Entry>,
    q: String,
    /// The typed name is nobody's yet and could be added.
    may_add: bool,
}

#[derive(Debug, Serialize)]
struct Entry {
    name: String,
    /// A racket decides the sport of the job.
    sport: Option<&'static str>,
}

impl Options {
    /// Strings; what is not among them may become an own entry.
    #[must_use]
    pub fn strings(found: &[catalogue_strings::Model], q: &str) -> Self {
        Self::new(found.iter().map(|s| Entry { name: s.name(), sport: None }).collect(), q, true)
    }

    /// Racket models; a new one is added with the racket itself.
    #[must_use]
    pub fn rackets(found: &[rackets::Model], q: &str) -> Self {
        let entry = |r: &rackets::Model| Entry { name: r.label(), sport: Some(r.sport.code()) };
        Self::new(found.iter().map(entry).collect(), q, false)
    }

    fn new(options: Vec<Entry>, q: &str, may_add: bool) -> Self {
        let is_known = options.iter().any(|option| option.name.eq_ignore_ascii_case(q.trim()));
        Self {
            options,
            q: q.trim().to_owned(),
            may_add: may_add && !is_known && !q.trim().is_empty(),
        }
    }
}
