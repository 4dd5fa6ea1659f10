//! Who looked across stringers.

use serde::Serialize;
use uuid::Uuid;

use crate::models::admin_audit_log::Use;
use crate::models::purposes::ACTS;
use crate::models::stringers::{Member, Names};
use crate::tables::{Cell, Table};
use crate::views::Pages;

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
    fn new(me: &Member, used: &Use, names: &Names) -> Self {
        let Use { entry, outcome } = used;
        Self {
            at: me.moment(entry.at.to_utc()),
            admin: names.get(&entry.admin_id).cloned().unwrap_or_default(),
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
    pub fn new(me: &Member, uses: &[Use], names: &Names, admins: Vec<(Uuid, String)>) -> Self {
        let admin = |(id, name): (Uuid, String)| Admin { id: id.to_string(), name };
        Self {
            uses: uses.iter().map(|used| Look::new(me, used, names)).collect(),
            acts: ACTS.iter().map(|act| act.name).collect(),
            admins: admins.into_iter().map(admin).collect(),
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
    pub fn table(me: &Member, uses: &[Use], names: &Names, more: bool) -> Table {
        let locale = me.locale();
        let heads = ["at", "admin", "act", "reason", "request", "outcome"];
        let row = |used: &Use| {
            let look = Look::new(me, used, names);
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
