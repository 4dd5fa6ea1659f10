//! Who looked across stringers, when and why. Each look at it stands in it as well, with what it
//! was asked for: so nothing is searched while somebody types.

use axum::extract::{Path, Query};
use chrono::{Datelike as _, Days, NaiveDate};
use loco_rs::prelude::*;
use serde::{Deserialize, Serialize};

use crate::controllers::{Answer, table_file};
use crate::models::YEARS;
use crate::models::admin_audit_log::{self, Use, Wanted};
use crate::models::purposes::{ACTS, READ_AUDIT_LOG};
use crate::models::stringers::{self, Member, Names};
use crate::values::typed;
use crate::views::admin::Audit;
use crate::web::{AppError, CurrentAdmin};

/// Entries on a page.
const PAGE: u64 = 50;

/// Entries of a file; whoever wants more asks for a shorter time.
const FILE: u64 = 10_000;

/// What the log is asked for; it stays in the URL.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Search {
    #[serde(skip_serializing_if = "String::is_empty")]
    q: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    act: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    admin: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    from: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    to: String,
    #[serde(skip_serializing)]
    page: u64,
}

impl Search {
    /// What cannot be read is not asked for; the page shows what was.
    fn wanted(&self, me: &Member) -> Wanted {
        let day = |text: &str| {
            let day = text.parse::<NaiveDate>().ok();
            day.filter(|day| YEARS.contains(&day.year()))
        };
        let act = ACTS.iter().find(|act| act.name == self.act);
        Wanted {
            act: act.map(|act| act.name.to_owned()),
            admin: self.admin.parse().ok(),
            from: day(&self.from).map(|day| me.begins(day)),
            until: day(&self.to)
                .and_then(|day| day.checked_add_days(Days::new(1)))
                .map(|day| me.begins(day)),
            words: typed::sought(&self.q),
            page: self.page,
        }
    }

    fn encoded(&self) -> String {
        serde_urlencoded::to_string(self).unwrap_or_default()
    }
}

/// What the log has of what it was asked for.
struct Found {
    uses: Vec<Use>,
    more: bool,
    /// What those who used it are called.
    names: Names,
    admins: Vec<(Uuid, String)>,
}

async fn found(admin: &CurrentAdmin, search: &Search, at_most: u64) -> Result<Found, AppError> {
    let wanted = search.wanted(&admin.0.me);
    let reason = match search.encoded() {
        asked if asked.is_empty() => "the audit log".to_owned(),
        asked => format!("the audit log: {asked}"),
    };
    let found = admin.bypass(&READ_AUDIT_LOG, &reason, |db| {
        Box::pin(async move {
            let (uses, more) = admin_audit_log::Entity::uses(db, &wanted, at_most).await?;
            let users = uses.iter().map(|one| one.entry.admin_id).collect();
            let names = stringers::Entity::called(db, users).await?;
            Ok(Found { uses, more, names, admins: stringers::Entity::admins(db).await? })
        })
    });
    found.await
}

pub(super) async fn index(admin: CurrentAdmin, Query(search): Query<Search>) -> Answer {
    let Found { uses, more, names, admins } = found(&admin, &search, PAGE).await?;
    let query = search.encoded();
    let Search { q, act, admin: whose, from, to, page } = search;
    let view = Audit::new(&admin.0.me, &uses, &names, admins)
        .asked([q, act, whose, from, to], query)
        .page(page, more);
    admin.0.render("admin/audit.html", view)
}

/// `log.csv` or `log.xlsx`, of what the page was asked for.
pub(super) async fn file(
    admin: CurrentAdmin,
    Path(name): Path<String>,
    Query(search): Query<Search>,
) -> Answer {
    let kind = name.strip_prefix("log.").ok_or(AppError::NotFound)?;
    let search = Search { page: 0, ..search };
    let Found { uses, more, names, .. } = found(&admin, &search, FILE).await?;
    let me = &admin.0.me;
    table_file(me, &Audit::table(me, &uses, &names, more), "audit-log", kind)
}
