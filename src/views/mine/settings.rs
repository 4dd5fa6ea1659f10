//! What a client says of itself, and what it has asked for.

use serde::Serialize;

use super::day;
use crate::forms::{Errors, OwnForm};
use crate::i18n::Locale;
use crate::models::dsar_log::{self, RequestEvent, RequestKind};
use crate::models::person_claims::KnownPerson;
use crate::values::Vocabulary as _;

/// `mine/settings.html`.
#[derive(Debug, Serialize)]
pub struct Settings {
    form: OwnForm,
    errors: Errors,
    done: &'static str,
    requests: Vec<Request>,
    /// What can be asked for: it is not asked for yet.
    kinds: Vec<&'static str>,
    /// Whoever reads this has the person's address.
    has_proven: bool,
}

/// What was asked for, and how that stands.
#[derive(Debug, Serialize)]
struct Request {
    kind: &'static str,
    asked: String,
    due: String,
    is_open: bool,
    state: &'static str,
}

impl Request {
    fn new(locale: Locale, request: &dsar_log::Request) -> Self {
        let day = |at: Option<_>| at.map(|at| day(locale, at)).unwrap_or_default();
        Self {
            kind: request.kind.code(),
            asked: day(request.asked_at()),
            due: day(request.due_at()),
            is_open: request.is_open(),
            state: match request.stands_at() {
                Some(RequestEvent::Answered) => "mine-request-answered",
                Some(RequestEvent::Refused) => "mine-request-refused",
                _ => "mine-request-open",
            },
        }
    }
}

impl Settings {
    /// What was said, or typed.
    #[must_use]
    pub fn new(form: OwnForm, errors: Errors) -> Self {
        Self { form, errors, done: "", requests: Vec::new(), kinds: Vec::new(), has_proven: false }
    }

    /// With what was asked for.
    #[must_use]
    pub fn asked(self, locale: Locale, me: &KnownPerson, requests: &[dsar_log::Request]) -> Self {
        let is_open =
            |kind| requests.iter().any(|request| request.kind == kind && request.is_open());
        let has_proven = me.address.is_some();
        let kinds = RequestKind::ALL.iter().filter(|kind| has_proven && !is_open(**kind));
        Self {
            requests: requests.iter().map(|request| Request::new(locale, request)).collect(),
            kinds: kinds.map(|kind| kind.code()).collect(),
            has_proven,
            ..self
        }
    }

    /// After something was done.
    #[must_use]
    pub fn done(self, done: Option<&str>) -> Self {
        let done = match done {
            Some("saved") => "mine-saved",
            Some("asked") => "mine-asked",
            _ => "",
        };
        Self { done, ..self }
    }
}
