//! Who strings here.

use serde::Serialize;
use uuid::Uuid;

use crate::forms::{Errors, ReasonForm};
use crate::models::stringers::{Listed, Member};
use crate::values::Vocabulary as _;
use crate::views::Pages;

/// `admin/stringers.html`.
#[derive(Debug, Serialize)]
pub struct Stringers {
    stringers: Vec<Row>,
    /// What was looked for.
    q: String,
    #[serde(flatten)]
    pages: Pages,
    /// Who forgot the password asks for a mail; else the admin hands a link over.
    can_mail: bool,
    /// The link.
    link: Option<String>,
    done: &'static str,
    /// Whose form was sent, and what is to be corrected in it.
    marked: Option<Uuid>,
    form: ReasonForm,
    errors: Errors,
}

#[derive(Debug, Serialize)]
struct Row {
    id: Uuid,
    name: String,
    email: String,
    role: &'static str,
    since: String,
    closed: Option<String>,
    /// It has left by itself.
    has_left: bool,
    /// And is not opened again.
    is_gone: bool,
    is_me: bool,
}

impl Stringers {
    /// A page of the list.
    #[must_use]
    pub fn new(me: &Member, some: &[Listed], can_mail: bool) -> Self {
        let row = |one: &Listed| Row {
            id: one.id,
            name: one.display_name.clone(),
            email: one.email.clone(),
            role: one.role.code(),
            since: me.moment(one.created_at.to_utc()),
            closed: one.deactivated_at.map(|at| me.moment(at.to_utc())),
            has_left: one.left_at.is_some(),
            is_gone: one.is_gone(),
            is_me: one.id == me.id,
        };
        Self {
            stringers: some.iter().map(row).collect(),
            q: String::new(),
            pages: Pages { page: 0, more: false },
            can_mail,
            link: None,
            done: "",
            marked: None,
            form: ReasonForm::default(),
            errors: Errors::default(),
        }
    }

    /// Of what was looked for, and which page.
    #[must_use]
    pub fn of(self, q: String, pages: Pages) -> Self {
        Self { q, pages, ..self }
    }

    /// With a link to hand over.
    #[must_use]
    pub fn by_hand(self, link: String) -> Self {
        Self { link: Some(link), ..self }
    }

    /// With a form that cannot be taken as it is.
    #[must_use]
    pub fn with(self, id: Uuid, form: ReasonForm, errors: Errors) -> Self {
        Self { marked: Some(id), form, errors, ..self }
    }

    /// After an act.
    #[must_use]
    pub fn done(self, done: Option<&str>) -> Self {
        let done = match done {
            Some("closed") => "stringer-closed",
            Some("opened") => "stringer-opened",
            _ => "",
        };
        Self { done, ..self }
    }
}
