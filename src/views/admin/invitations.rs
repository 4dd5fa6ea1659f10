//! Who is invited, and who has asked for it.

use serde::Serialize;
use uuid::Uuid;

use crate::forms::{Errors, InvitationForm};
use crate::models::invitations::{self, InvitationState};
use crate::models::stringers::Member;
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
