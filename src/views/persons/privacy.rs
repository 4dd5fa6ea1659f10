//! What persons have asked for under the law of data protection, and erasures that are due.

use serde::Serialize;
use uuid::Uuid;

use super::{Book, Person};
use crate::forms::{Errors, FinalForm, ReasonForm};
use crate::models::dsar_log::{self, RequestEvent};
use crate::models::persons::erasing::Due;
use crate::models::persons::known::Known;
use crate::models::stringers::Member;
use crate::values::Vocabulary as _;
use crate::views::Pages;

/// A request.
#[derive(Debug, Serialize)]
pub(super) struct Request {
    id: Uuid,
    person_id: Uuid,
    /// Who asked, as it is called now.
    person: String,
    kind: &'static str,
    due: String,
    is_open: bool,
    /// It waits for becoming final, or for being undone.
    is_erased: bool,
    events: Vec<Event>,
}

#[derive(Debug, Serialize)]
struct Event {
    what: &'static str,
    at: String,
    reason: Option<String>,
}

impl Request {
    pub(super) fn new(me: &Member, request: &dsar_log::Request, person: String) -> Self {
        let event = |row: &dsar_log::Model| Event {
            what: row.event.code(),
            at: me.moment(row.at.to_utc()),
            reason: row.reason.clone(),
        };
        Self {
            id: request.id,
            person_id: request.person_id,
            person,
            kind: request.kind.code(),
            due: request.due_at().map(|at| me.moment(at)).unwrap_or_default(),
            is_open: request.is_open(),
            is_erased: request.is_erased(),
            events: request.events.iter().map(event).collect(),
        }
    }
}

/// `admin/privacy.html`.
#[derive(Debug, Serialize)]
pub struct Privacy {
    requests: Vec<Request>,
    done: &'static str,
    /// Whose form was sent, which one, and what is to be corrected in it.
    marked: Option<Uuid>,
    marked_act: &'static str,
    form: ReasonForm,
    errors: Errors,
    #[serde(flatten)]
    pages: Pages,
}

impl Privacy {
    /// What waits for somebody.
    #[must_use]
    pub fn new(
        me: &Member,
        requests: &[dsar_log::Request],
        persons: &[Known],
        page: u64,
        more: bool,
    ) -> Self {
        let name = |id| persons.iter().find(|known| known.id == id).map(Known::name);
        let row = |request: &dsar_log::Request| {
            Request::new(me, request, name(request.person_id).unwrap_or_default())
        };
        Self {
            requests: requests.iter().map(row).collect(),
            done: "",
            marked: None,
            marked_act: "",
            form: ReasonForm::default(),
            errors: Errors::default(),
            pages: Pages { page, more },
        }
    }

    /// With a reason that cannot be taken.
    #[must_use]
    pub fn with(self, id: Uuid, act: RequestEvent, form: ReasonForm, errors: Errors) -> Self {
        Self { marked: Some(id), marked_act: act.code(), form, errors, ..self }
    }

    /// After an act.
    #[must_use]
    pub fn done(self, done: Option<&str>) -> Self {
        let done = match done {
            Some("answered") => "request-done-answered",
            Some("refused") => "request-done-refused",
            Some("changed") => "request-done-changed",
            _ => "",
        };
        Self { done, ..self }
    }
}

/// `admin/finalisation.html`.
#[derive(Debug, Serialize)]
pub struct Finalisation {
    due: Vec<Final>,
    done: &'static str,
    form: FinalForm,
    errors: Errors,
}

/// An erasure that can become final.
#[derive(Debug, Serialize)]
struct Final {
    #[serde(flatten)]
    person: Person,
    books: Vec<Book>,
    jobs: i64,
    comments: u64,
    receipts: u64,
    is_chosen: bool,
}

impl Finalisation {
    /// What is due, and what each would scrub.
    #[must_use]
    pub fn new(me: &Member, due: &[Due]) -> Self {
        let row = |due: &Due| Final {
            person: Person::new(me, &due.person),
            books: Book::list(&due.files),
            jobs: due.files.iter().map(|file| file.jobs).sum(),
            comments: due.comments,
            receipts: due.receipts,
            is_chosen: false,
        };
        Self {
            due: due.iter().map(row).collect(),
            done: "",
            form: FinalForm::default(),
            errors: Errors::default(),
        }
    }

    /// With what is to be corrected.
    #[must_use]
    pub fn with(mut self, form: FinalForm, errors: Errors) -> Self {
        for row in &mut self.due {
            row.is_chosen = form.persons.contains(&row.person.id);
        }
        Self { form, errors, ..self }
    }

    /// After an act.
    #[must_use]
    pub fn done(self, done: Option<&str>) -> Self {
        let done = match done {
            Some("final") => "finalise-done",
            Some("changed") => "finalise-changed",
            _ => "",
        };
        Self { done, ..self }
    }
}
