//! What outside feeds say, row by row: taken, left out with a reason, or found to be something
//! that everybody has under another name.

use axum::Form;
use axum::extract::{Path, Query};
use loco_rs::prelude::*;
use serde::Deserialize;

use super::FlashQuery;
use crate::controllers::Answer;
use crate::forms::{Errors, ReasonForm};
use crate::models::catalogue::{self, Entry, Kind, Visibility};
use crate::models::catalogue_imports::{self, Feed, Taken, Waiting, Wanted, Which};
use crate::models::purposes::{DECIDE_FEED, LIST_FEEDS};
use crate::values::{Vocabulary as _, typed};
use crate::views::feeds::{Index, Show};
use crate::web::{AppError, CurrentAdmin, see_other};

/// What a list is asked for; it stays in the URL.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Search {
    source: String,
    kind: String,
    q: String,
    page: u64,
}

impl Search {
    fn wanted(self) -> Wanted {
        let source = typed::line(&self.source);
        Wanted {
            source: (!source.is_empty()).then_some(source),
            kind: Kind::from_code(&self.kind),
            words: self.q,
            page: self.page,
        }
    }
}

/// What was looked for beside a row.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Looked {
    q: Option<String>,
}

/// No page shows more.
const MOST: usize = 50;

/// The most that an audit row says of what was looked for.
const SAID: usize = 120;

type Found = (Vec<Waiting>, bool, Vec<Feed>);

async fn found(admin: &CurrentAdmin, wanted: &Wanted) -> Result<Found, AppError> {
    let wanted = wanted.clone();
    let found = admin.bypass(&LIST_FEEDS, "the rows of feeds", |db| {
        Box::pin(async move {
            let (rows, more) = catalogue_imports::Entity::waiting(db, &wanted).await?;
            Ok((rows, more, catalogue_imports::Entity::feeds(db).await?))
        })
    });
    found.await
}

pub(super) async fn index(
    admin: CurrentAdmin,
    Query(search): Query<Search>,
    Query(flash): Query<FlashQuery>,
) -> Answer {
    let wanted = search.wanted();
    let (rows, more, feeds) = found(&admin, &wanted).await?;
    let page = Index::new(&rows, &feeds, wanted, more).done(flash.done.as_deref());
    admin.0.render("admin/feeds.html", page)
}

/// One row beside what everybody has and is called alike.
pub(super) async fn show(
    admin: CurrentAdmin,
    Path(id): Path<Uuid>,
    Query(looked): Query<Looked>,
) -> Answer {
    let (waiting, alike, words) = row(&admin, id, looked.q).await?;
    admin.0.render("admin/feed_row.html", Show::new(&waiting, &alike, words))
}

/// A row, what everybody has that is called alike, and the words by which that was looked for.
async fn row(
    admin: &CurrentAdmin,
    id: Uuid,
    asked: Option<String>,
) -> Result<(Waiting, Vec<Entry>, String), AppError> {
    let reason = format!("row {id} of a feed");
    let row = admin.bypass(&LIST_FEEDS, &reason, |db| {
        Box::pin(async move {
            let waiting = catalogue_imports::Entity::one_waiting(db, id).await?;
            let words = asked.unwrap_or_else(|| waiting.row.likely_words());
            let words: String = typed::line(&words).chars().take(SAID).collect();
            let wanted = catalogue::Wanted {
                words: words.clone(),
                sport: Some(waiting.row.sport),
                visibility: Some(Visibility::CatalogueShared),
                page: 0,
            };
            let (alike, _) = catalogue::browse(db, waiting.row.kind, &wanted).await?;
            Ok((waiting, alike, words))
        })
    });
    row.await
}

/// The rows that were chosen, or all that the list was asked for.
#[derive(Debug)]
struct Chosen {
    rows: Vec<Uuid>,
    is_all: bool,
    wanted: Wanted,
    reason: String,
}

impl Chosen {
    fn of(fields: Vec<(String, String)>) -> Self {
        let (mut rows, mut is_all, mut reason) = (Vec::new(), false, String::new());
        let mut search = Search::default();
        for (name, value) in fields {
            match name.as_str() {
                "row" if rows.len() < MOST => rows.extend(value.parse::<Uuid>()),
                "all" => is_all = true,
                "source" => search.source = value,
                "kind" => search.kind = value,
                "q" => search.q = value,
                "page" => search.page = value.parse().unwrap_or_default(),
                "reason" => reason = value,
                _ => {}
            }
        }
        Self { rows, is_all, wanted: search.wanted(), reason }
    }
}

pub(super) async fn take(admin: CurrentAdmin, Form(fields): Form<Vec<(String, String)>>) -> Answer {
    let Chosen { rows, is_all, wanted, .. } = Chosen::of(fields);
    let (which, reason) = if is_all {
        let feed = wanted.source.clone().unwrap_or_else(|| "all feeds".to_owned());
        (Which::All(wanted), format!("took all that waits of {feed}"))
    } else if rows.is_empty() {
        return Ok(see_other("/admin/feeds?done=none-chosen"));
    } else {
        let reason = format!("took {} rows of feeds", rows.len());
        (Which::These(rows), reason)
    };
    let me = admin.0.me.id;
    let taken = admin.bypass(&DECIDE_FEED, &reason, |db| {
        Box::pin(async move { Ok(catalogue_imports::take(db, me, which).await?) })
    });
    let Taken { new, renewed, matched } = taken.await?;
    Ok(see_other(&format!("/admin/feeds?done=taken-{new}-{renewed}-{matched}")))
}

pub(super) async fn reject(
    admin: CurrentAdmin,
    Form(fields): Form<Vec<(String, String)>>,
) -> Answer {
    let Chosen { rows, reason, wanted, .. } = Chosen::of(fields);
    if rows.is_empty() {
        return Ok(see_other("/admin/feeds?done=none-chosen"));
    }
    let form = ReasonForm { reason };
    let reason = match form.check() {
        Ok(reason) => reason,
        Err(errors) => return refuse(&admin, rows, wanted, form, errors).await,
    };
    let said = format!("left {} rows of feeds out: {reason}", rows.len());
    let me = admin.0.me.id;
    let rejected = admin.bypass(&DECIDE_FEED, &said, |db| {
        Box::pin(async move { Ok(catalogue_imports::reject(db, me, rows, &reason).await?) })
    });
    Ok(see_other(match rejected.await? {
        0 => "/admin/feeds?done=changed",
        _ => "/admin/feeds?done=rejected",
    }))
}

/// The list again, with what was chosen, and without a reason that can be taken.
async fn refuse(
    admin: &CurrentAdmin,
    chosen: Vec<Uuid>,
    wanted: Wanted,
    form: ReasonForm,
    errors: Errors,
) -> Answer {
    let (rows, more, feeds) = found(admin, &wanted).await?;
    let page = Index::new(&rows, &feeds, wanted, more).with(chosen, form, errors);
    admin.0.refuse("admin/feeds.html", page)
}

/// What everybody has, that a row is.
#[derive(Deserialize)]
pub(super) struct Matched {
    entry: Uuid,
}

pub(super) async fn match_with(
    admin: CurrentAdmin,
    Path(id): Path<Uuid>,
    Form(matched): Form<Matched>,
) -> Answer {
    let (me, entry) = (admin.0.me.id, matched.entry);
    let reason = format!("row {id} of a feed is {entry}");
    let done = admin.bypass(&DECIDE_FEED, &reason, |db| {
        Box::pin(async move { Ok(catalogue_imports::match_with(db, me, id, entry).await?) })
    });
    Ok(see_other(match done.await {
        Ok(()) => "/admin/feeds?done=matched",
        Err(AppError::Stale | AppError::NotFound | AppError::Unusable(_)) => {
            "/admin/feeds?done=changed"
        }
        Err(error) => return Err(error),
    }))
}
