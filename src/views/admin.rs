//! Pages of admins.

use serde::Serialize;
use uuid::Uuid;

use crate::forms::{Errors, InvitationForm, ReasonForm};
use crate::models::invitations::{self, InvitationState};
use crate::models::stringers::{Listed, Member};
use crate::values::Vocabulary as _;

/// `admin/invitations.html`.
#[derive(Debug, Serialize)]
pub struct Invitations {
    form: InvitationForm,
    errors: Errors,
    /// Somebody waits for an answer.
    asked: Vec<Invitation>,
    /// The others.
    known: Vec<Invitation>,
    invitation_hint: &'static str,
    done: &'static str,
    /// A link that the admin hands over.
    link: Option<String>,
}

#[derive(Debug, Serialize)]
struct Invitation {
    id: Uuid,
    email: String,
    state: &'static str,
    message: Option<String>,
    at: String,
    /// May be sent again, or taken back.
    is_open: bool,
}

impl Invitations {
    /// The list, and the form for a new one.
    #[must_use]
    pub fn new(
        me: &Member,
        form: InvitationForm,
        known: &[invitations::Model],
        can_mail: bool,
    ) -> Self {
        let row = |one: &invitations::Model| Invitation {
            id: one.id,
            email: one.email.clone(),
            state: one.state.code(),
            message: one.message.clone(),
            at: me.moment(one.updated_at.to_utc()),
            is_open: one.is_open(),
        };
        let (asked, known): (Vec<_>, Vec<_>) =
            known.iter().partition(|one| one.state == InvitationState::Asked);
        Self {
            form,
            errors: Errors::default(),
            asked: asked.into_iter().map(row).collect(),
            known: known.into_iter().map(row).collect(),
            invitation_hint: if can_mail {
                "invitation-email-hint"
            } else {
                "invitation-by-hand-hint"
            },
            done: "",
            link: None,
        }
    }

    /// With what is to be corrected.
    #[must_use]
    pub fn with(self, errors: Errors) -> Self {
        Self { errors, ..self }
    }

    /// After an act.
    #[must_use]
    pub fn done(self, done: Option<&str>) -> Self {
        let done = match done {
            Some("mailed") => "invitation-mailed",
            Some("just-mailed") => "invitation-just-mailed",
            Some("withdrawn") => "invitation-withdrawn",
            _ => "",
        };
        Self { done, ..self }
    }

    /// With a link to hand over, since nothing can be mailed.
    #[must_use]
    pub fn by_hand(self, link: String) -> Self {
        Self { link: Some(link), ..self }
    }
}

/// `admin/stringers.html`.
#[derive(Debug, Serialize)]
pub struct Stringers {
    stringers: Vec<Row>,
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
    is_me: bool,
}

impl Stringers {
    /// The list.
    #[must_use]
    pub fn new(me: &Member, all: &[Listed], can_mail: bool) -> Self {
        let row = |one: &Listed| Row {
            id: one.id,
            name: one.display_name.clone(),
            email: one.email.clone(),
            role: one.role.code(),
            since: me.moment(one.created_at.to_utc()),
            closed: one.deactivated_at.map(|at| me.moment(at.to_utc())),
            is_me: one.id == me.id,
        };
        Self {
            stringers: all.iter().map(row).collect(),
            can_mail,
            link: None,
            done: "",
            marked: None,
            form: ReasonForm::default(),
            errors: Errors::default(),
        }
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
