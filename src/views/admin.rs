//! Pages of admins.

use serde::Serialize;
use uuid::Uuid;

use super::Pages;
use crate::forms::{Errors, InvitationForm, ReasonForm};
use crate::models::admin_audit_log::Use;
use crate::models::invitations::{self, InvitationState};
use crate::models::purposes::ACTS;
use crate::models::stringers::{Listed, Member, Role};
use crate::tables::{Cell, Table};
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
    /// It has left by itself.
    has_left: bool,
    /// And is not opened again.
    is_gone: bool,
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
            has_left: one.left_at.is_some(),
            is_gone: one.is_gone(),
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

/// `admin/audit.html`.
#[derive(Debug, Serialize)]
pub struct Audit {
    uses: Vec<Look>,
    acts: Vec<&'static str>,
    admins: Vec<Admin>,
    q: String,
    act: String,
    admin: String,
    from: String,
    to: String,
    /// What a link to the same log carries on.
    query: String,
    extra: String,
    #[serde(flatten)]
    pages: Pages,
}

#[derive(Debug, Serialize)]
struct Admin {
    id: String,
    name: String,
}

/// A use of the bypass.
#[derive(Debug, Serialize)]
struct Look {
    at: String,
    admin: String,
    /// An act of today's, whose text is in the reader's language.
    act: Option<&'static str>,
    /// One of former times, by its name.
    act_said: String,
    reason: String,
    request_id: Option<String>,
    outcome: &'static str,
}

impl Look {
    fn new(me: &Member, used: &Use, stringers: &[Listed]) -> Self {
        let Use { entry, outcome } = used;
        let admin = stringers.iter().find(|one| one.id == entry.admin_id);
        Self {
            at: me.moment(entry.at.to_utc()),
            admin: admin.map(|one| one.display_name.clone()).unwrap_or_default(),
            act: ACTS.iter().find(|act| act.name == entry.act).map(|act| act.name),
            act_said: entry.act.clone(),
            reason: entry.reason.clone(),
            request_id: entry.request_id.clone(),
            outcome: match outcome.as_deref() {
                Some("done") => "audit-done",
                Some(_) => "audit-failed",
                None => "audit-open",
            },
        }
    }
}

impl Audit {
    /// Uses of the bypass, for an admin.
    #[must_use]
    pub fn new(me: &Member, uses: &[Use], stringers: &[Listed]) -> Self {
        let admins = stringers.iter().filter(|one| one.role == Role::Admin);
        Self {
            uses: uses.iter().map(|used| Look::new(me, used, stringers)).collect(),
            acts: ACTS.iter().map(|act| act.name).collect(),
            admins: admins
                .map(|one| Admin { id: one.id.to_string(), name: one.display_name.clone() })
                .collect(),
            q: String::new(),
            act: String::new(),
            admin: String::new(),
            from: String::new(),
            to: String::new(),
            query: String::new(),
            extra: String::new(),
            pages: Pages { page: 0, more: false },
        }
    }

    /// With what was asked for: words, act, admin, first and last day; and all of it as it
    /// stands in the URL.
    #[must_use]
    pub fn asked(self, [q, act, admin, from, to]: [String; 5], query: String) -> Self {
        // The page's links say the words themselves.
        let rest = query.split('&').filter(|part| !part.is_empty() && !part.starts_with("q="));
        let extra = rest.map(|part| format!("&{part}")).collect();
        Self { q, act, admin, from, to, query, extra, ..self }
    }

    /// Which page.
    #[must_use]
    pub fn page(self, page: u64, more: bool) -> Self {
        Self { pages: Pages { page, more }, ..self }
    }

    /// The same as a table, which says so where there are more; moments in UTC, as logs have
    /// them.
    #[must_use]
    pub fn table(me: &Member, uses: &[Use], stringers: &[Listed], more: bool) -> Table {
        let locale = me.locale();
        let heads = ["at", "admin", "act", "reason", "request", "outcome"];
        let row = |used: &Use| {
            let look = Look::new(me, used, stringers);
            let at = used.entry.at.to_utc().format("%Y-%m-%dT%H:%M:%SZ").to_string();
            let outcome = locale.t(look.outcome);
            let request = look.request_id.unwrap_or_default();
            [at, look.admin, look.act_said, look.reason, request, outcome].map(Cell::Text).into()
        };
        let cut = more.then(|| vec![Cell::Text(locale.t("audit-cut"))]);
        Table {
            name: "audit-log",
            heads: heads.map(|head| locale.t(&format!("audit-{head}"))).into(),
            rows: uses.iter().map(row).chain(cut).collect(),
        }
    }
}
