//! A stringer's own account.

use serde::Serialize;
use uuid::Uuid;

use super::Return;
use crate::auth::provider::OpenSession;
use crate::forms::{Errors, NoticesForm, PayingForm, ReadyForm, WorkshopForm};
use crate::models::stringers::{BLANKS, COME_BACK_DAYS, Member, RestringBy};
use crate::units::{Currency, TensionUnit};
use crate::values::{Identity, Vocabulary as _};

/// `settings/show.html`.
#[derive(Debug, Serialize)]
pub struct Account {
    email: String,
    /// `None` where the provider does not tell.
    sessions: Option<Vec<Session>>,
    done: &'static str,
    /// What open receipts say may have changed.
    may_issue: bool,
    /// Where issuing them again has ended.
    after: Option<Uuid>,
}

#[derive(Debug, Serialize)]
struct Session {
    id: Uuid,
    browser: Option<String>,
    since: String,
    last_seen: String,
    is_this: bool,
}

impl Account {
    /// With the sessions as the stringer's clock shows them.
    #[must_use]
    pub fn new(
        me: &Member,
        identity: &Identity,
        sessions: Option<Vec<OpenSession>>,
        done: Option<&str>,
    ) -> Self {
        let session = |open: OpenSession| Session {
            is_this: open.id == identity.session,
            id: open.id,
            browser: open.user_agent.as_deref().map(browser),
            since: me.moment(open.since),
            last_seen: me.moment(open.last_seen),
        };
        Self {
            email: me.email.clone(),
            sessions: sessions.map(|all| all.into_iter().map(session).collect()),
            may_issue: matches!(done, Some("workshop" | "paying")),
            after: None,
            done: match done {
                Some("password") => "password-changed",
                Some("workshop") => "workshop-saved",
                Some("notices") => "notices-saved",
                Some("paying") => "paying-saved",
                Some("ready") => "ready-saved",
                Some("receipts") => "receipts-issued",
                Some("session") => "sessions-ended",
                _ => "",
            },
        }
    }

    /// Offers to go on with older receipts.
    #[must_use]
    pub fn going_on(self, after: Option<Uuid>) -> Self {
        Self { may_issue: self.may_issue || after.is_some(), after, ..self }
    }
}

/// `settings/workshop.html`.
#[derive(Debug, Serialize)]
pub struct Workshop {
    form: WorkshopForm,
    errors: Errors,
    currencies: Vec<&'static str>,
    zones: Vec<&'static str>,
    units: Vec<&'static str>,
    restring_kinds: Vec<&'static str>,
    #[serde(flatten)]
    returned: Return,
}

impl Workshop {
    /// The form, with what is to be corrected.
    #[must_use]
    pub fn new(form: WorkshopForm, errors: Errors) -> Self {
        Self {
            form,
            errors,
            currencies: Currency::codes(),
            zones: chrono_tz::TZ_VARIANTS.into_iter().map(chrono_tz::Tz::name).collect(),
            units: TensionUnit::codes(),
            restring_kinds: RestringBy::codes(),
            returned: Return::default(),
        }
    }

    /// Says how it came to its page again.
    #[must_use]
    pub fn returned(self, returned: Return) -> Self {
        Self { returned, ..self }
    }
}

/// `settings/notices.html`.
#[derive(Debug, Serialize)]
pub struct Notices {
    form: NoticesForm,
    errors: Errors,
    /// There is a mail server.
    can_mail: bool,
    #[serde(flatten)]
    returned: Return,
}

impl Notices {
    /// The form, with what is to be corrected.
    #[must_use]
    pub fn new(form: NoticesForm, errors: Errors, can_mail: bool) -> Self {
        Self { form, errors, can_mail, returned: Return::default() }
    }

    /// Says how it came to its page again.
    #[must_use]
    pub fn returned(self, returned: Return) -> Self {
        Self { returned, ..self }
    }
}

/// `settings/paying.html`.
#[derive(Debug, Serialize)]
pub struct Paying {
    form: PayingForm,
    errors: Errors,
    /// What an account of the workshop's currency must be: `paying-iban-…`.
    currency: &'static str,
    #[serde(flatten)]
    returned: Return,
}

impl Paying {
    /// The form, with what is to be corrected.
    #[must_use]
    pub fn new(me: &Member, form: PayingForm, errors: Errors) -> Self {
        Self { form, errors, currency: me.currency().code(), returned: Return::default() }
    }

    /// Says how it came to its page again.
    #[must_use]
    pub fn returned(self, returned: Return) -> Self {
        Self { returned, ..self }
    }
}

/// `settings/ready.html`.
#[derive(Debug, Serialize)]
pub struct ReadyWords {
    form: ReadyForm,
    errors: Errors,
    /// What is filled into the words, as `{name}`.
    blanks: Vec<String>,
    #[serde(flatten)]
    returned: Return,
}

impl ReadyWords {
    /// The form, with what is to be corrected.
    #[must_use]
    pub fn new(form: ReadyForm, errors: Errors) -> Self {
        let blanks = BLANKS.iter().map(|name| format!("{{{name}}}")).collect();
        Self { form, errors, blanks, returned: Return::default() }
    }

    /// Says how it came to its page again.
    #[must_use]
    pub fn returned(self, returned: Return) -> Self {
        Self { returned, ..self }
    }
}

/// `settings/leaving.html`.
#[derive(Debug, Serialize)]
pub struct Leaving {
    /// An admin does not leave by itself.
    is_admin: bool,
    /// Whoever has left may come back for so long.
    days: i64,
    word: String,
    typed: String,
    errors: Errors,
}

impl Leaving {
    /// The form, with what is to be corrected.
    #[must_use]
    pub fn new(me: &Member, typed: String, errors: Errors) -> Self {
        let word = me.locale().t("leaving-word");
        Self { is_admin: me.is_admin(), days: COME_BACK_DAYS, word, typed, errors }
    }
}

/// What people call their browser, out of what it calls itself. Nothing depends on it.
fn browser(agent: &str) -> String {
    let first = |known: &[(&str, &'static str)]| {
        known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    // Every browser claims to be several others; the rarest claim is the true one.
    let name = first(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ]);
    match (name, system) {
        (Some(name), Some(system)) => format!("{name}, {system}"),
        (Some(name), None) => name.to_owned(),
        _ => agent.chars().take(40).collect(),
    }
}

/// `settings/password.html`.
#[derive(Debug, Serialize)]
pub struct Password {
    asks_for_current: bool,
    can_mail: bool,
    email: String,
    errors: Errors,
}

impl Password {
    /// The form, with what is to be corrected; what was typed is never shown again.
    #[must_use]
    pub fn new(identity: &Identity, errors: Errors, can_mail: bool) -> Self {
        let asks_for_current = !identity.came_by_link;
        Self { asks_for_current, can_mail, email: identity.email.clone(), errors }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_called_as_people_call_it() {
        for (agent, name) in [
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 (KHTML) Version/19 Mobile Safari/604",
                "Safari, iPhone",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537 (KHTML) Chrome/156 Safari/537 Edg/156",
                "Edge, Windows",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0",
                "Firefox, Linux",
            ),
            ("curl/8.1", "curl/8.1"),
        ] {
            assert_eq!(browser(agent), name);
        }
    }
}
