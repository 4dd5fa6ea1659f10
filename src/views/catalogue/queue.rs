//! What stringers offer to everybody, for the admins.

use serde::Serialize;
use uuid::Uuid;

use super::Facts;
use crate::forms::{EntryForm, Errors, ReasonForm};
use crate::models::catalogue_submissions::Offer;
use crate::models::stringers::{Member, Names};
use crate::values::Vocabulary as _;

/// `admin/catalogue.html`.
#[derive(Debug, Serialize)]
pub struct Queue {
    offers: Vec<Offered>,
    more: bool,
    done: &'static str,
    /// Whose form was sent, and what is to be corrected in it.
    marked: Option<Uuid>,
    form: ReasonForm,
    errors: Errors,
}

#[derive(Debug, Serialize)]
struct Offered {
    id: Uuid,
    kind: &'static str,
    name: String,
    sport: &'static str,
    facts: Facts,
    stringer: String,
    at: String,
    /// Of what the admin sees, and decides about.
    version: String,
    /// What it may be joined with.
    alike: Vec<Alike>,
}

#[derive(Debug, Serialize)]
struct Alike {
    id: Uuid,
    name: String,
}

impl Queue {
    /// What waits for a decision.
    #[must_use]
    pub fn new(me: &Member, offers: &[Offer], more: bool, names: &Names) -> Self {
        let offered = |offer: &Offer| {
            let Offer { submission, entry, alike } = offer;
            Offered {
                id: submission.id,
                kind: entry.kind().code(),
                name: entry.label(),
                sport: entry.sport().code(),
                facts: Facts::new(entry),
                stringer: names.get(&submission.stringer_id).cloned().unwrap_or_default(),
                at: me.moment(submission.created_at.to_utc()),
                version: EntryForm::of(entry).version,
                alike: alike
                    .iter()
                    .map(|other| Alike { id: other.id(), name: other.label() })
                    .collect(),
            }
        };
        Self {
            offers: offers.iter().map(offered).collect(),
            more,
            done: "",
            marked: None,
            form: ReasonForm::default(),
            errors: Errors::default(),
        }
    }

    /// After a decision.
    #[must_use]
    pub fn done(self, done: Option<&str>) -> Self {
        let done = match done {
            Some("accepted") => "submission-was-accepted",
            Some("all-accepted") => "submissions-were-accepted",
            Some("some-accepted") => "submissions-were-some",
            Some("none-chosen") => "submissions-none-chosen",
            Some("merged") => "submission-was-merged",
            Some("rejected") => "submission-was-rejected",
            Some("changed") => "submission-was-changed",
            _ => "",
        };
        Self { done, ..self }
    }

    /// With a reason that cannot be taken.
    #[must_use]
    pub fn with(self, id: Uuid, form: ReasonForm, errors: Errors) -> Self {
        Self { marked: Some(id), form, errors, ..self }
    }
}
