//! The catalogue: racket models and strings, everybody's and one's own.

use axum::Form;
use axum::extract::{Path, Query};
use loco_rs::prelude::*;
use sea_orm::{TransactionSession, TransactionTrait};
use serde::Deserialize;

use super::Answer;
use crate::forms::{EntryForm, Errors, Versioned as _};
use crate::models::catalogue::{self, Entry, Kind, Visibility, Wanted};
use crate::models::submissions::{Opened, Submission};
use crate::models::{
    ModelError, ModelResult, catalogue_strings, catalogue_submissions, hold, orders, rackets,
};
use crate::units::Sport;
use crate::values::Vocabulary as _;
use crate::views::Return;
use crate::views::catalogue::{Edit, Fields, Index, Show};
use crate::web::{AppError, CurrentStringer, Kept, Submitted, see_other};

/// What a list is asked for; it stays in the URL.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Search {
    q: String,
    sport: String,
    own: String,
    page: u64,
}

impl Search {
    fn wanted(self) -> Wanted {
        Wanted {
            sport: Sport::from_code(&self.sport),
            // Private entries of others are not seen at all.
            visibility: (!self.own.is_empty()).then_some(Visibility::CataloguePrivate),
            words: self.q,
            page: self.page,
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct FlashQuery {
    saved: u8,
    joined: u8,
}

fn kind_of(code: &str) -> Result<Kind, AppError> {
    Kind::from_code(code).ok_or(AppError::NotFound)
}

fn path(kind: Kind, id: Uuid) -> String {
    format!("/catalogue/{}/{id}", kind.code())
}

async fn root() -> Answer {
    Ok(see_other("/catalogue/rackets"))
}

async fn index(
    current: CurrentStringer,
    Path(kind): Path<String>,
    Query(search): Query<Search>,
) -> Answer {
    let (kind, wanted) = (kind_of(&kind)?, search.wanted());
    let (entries, more) = catalogue::browse(&current.db, kind, &wanted).await?;
    let template =
        if current.wants_fragment { "catalogue/_list.html" } else { "catalogue/index.html" };
    current.render(template, Index::new(kind, &entries, wanted, more))
}

async fn show(
    current: CurrentStringer,
    Path((kind, id)): Path<(String, Uuid)>,
    Query(flash): Query<FlashQuery>,
) -> Answer {
    let db = current.db.reading().await?;
    let entry = catalogue::find(&db, kind_of(&kind)?, id).await?;
    if let Some(other) = entry.merged_into() {
        return Ok(see_other(&format!("/catalogue/{kind}/{other}?joined=1")));
    }
    let used = orders::Entity::used(&db, &entry).await?;
    let offered = catalogue_submissions::Entity::latest(&db, &entry).await?;
    let view = Show::new(&current.me, &entry, used).offered(offered.as_ref());
    let view = view.said(flash.saved > 0, flash.joined > 0);
    current.render("catalogue/show.html", view)
}

async fn new(
    current: CurrentStringer,
    Path(kind): Path<String>,
    kept: Kept<EntryForm>,
    Query(form): Query<EntryForm>,
) -> Answer {
    let kind = kind_of(&kind)?;
    let (form, returned) = kept.or_else(|| form);
    current.render("catalogue/new.html", Fields::new(kind, form, Errors::default(), returned))
}

async fn create(
    current: CurrentStringer,
    Path(kind): Path<String>,
    Submitted { form, ticket }: Submitted<EntryForm>,
) -> Answer {
    let kind = kind_of(&kind)?;
    let (sport, said) = match form.check_new(kind) {
        Ok(checked) => checked,
        Err(errors) => {
            let view = Fields::new(kind, form, errors, Return::default());
            return current.refuse("catalogue/new.html", view);
        }
    };
    match Submission::open(&current.db, &ticket).await? {
        Opened::New(submission) => {
            let id = catalogue::add(submission.txn(), sport, said).await?;
            let answer = format!("{}?saved=1", path(kind, id));
            submission.done(&answer).await?;
            Ok(see_other(&answer))
        }
        Opened::Taken(answer) => Ok(see_other(&answer)),
        Opened::TakenOtherwise(answer) => {
            let returned = Return::saved_before(answer);
            let view = Fields::new(kind, form, Errors::default(), returned);
            current.refuse("catalogue/new.html", view)
        }
    }
}

/// What is everybody's is changed by nobody alone, and what another entry stands for not at all.
fn own(entry: Entry) -> ModelResult<Entry> {
    if entry.is_shared() || entry.merged_into().is_some() {
        Err(ModelError::NotFound)
    } else {
        Ok(entry)
    }
}

async fn edit(
    current: CurrentStringer,
    Path((kind, id)): Path<(String, Uuid)>,
    kept: Kept<EntryForm>,
) -> Answer {
    let entry = own(catalogue::find(&current.db, kind_of(&kind)?, id).await?)?;
    let (form, returned) = kept.or_else(|| EntryForm::of(&entry));
    let view = Edit::new(&entry, form, Errors::default(), returned);
    current.render("catalogue/edit.html", view)
}

async fn update(
    current: CurrentStringer,
    Path((kind, id)): Path<(String, Uuid)>,
    Form(mut form): Form<EntryForm>,
) -> Answer {
    let kind = kind_of(&kind)?;
    let txn = current.db.begin().await?;
    match kind {
        Kind::Rackets => hold::<rackets::Entity>(&txn, id).await?,
        Kind::Strings => hold::<catalogue_strings::Entity>(&txn, id).await?,
    }
    let entry = own(catalogue::find(&txn, kind, id).await?)?;
    match form.check_version(EntryForm::of(&entry)).and_then(|()| form.check(kind)) {
        Ok(said) => {
            catalogue::describe(&txn, id, said).await?;
            txn.commit().await?;
            Ok(see_other(&format!("{}?saved=1", path(kind, id))))
        }
        Err(errors) => {
            drop(txn);
            let view = Edit::new(&entry, form, errors, Return::default());
            current.refuse("catalogue/edit.html", view)
        }
    }
}

/// Offers it to everybody.
async fn offer(current: CurrentStringer, Path((kind, id)): Path<(String, Uuid)>) -> Answer {
    let kind = kind_of(&kind)?;
    let entry = own(catalogue::find(&current.db, kind, id).await?)?;
    catalogue_submissions::Entity::offer(&current.db, &entry).await?;
    Ok(see_other(&path(kind, id)))
}

async fn take_back(current: CurrentStringer, Path((kind, id)): Path<(String, Uuid)>) -> Answer {
    let kind = kind_of(&kind)?;
    let entry = catalogue::find(&current.db, kind, id).await?;
    catalogue_submissions::Entity::take_back(&current.db, &entry).await?;
    Ok(see_other(&path(kind, id)))
}

/// `/catalogue`.
pub fn routes() -> Routes {
    Routes::new()
        .prefix("catalogue")
        .add("/", get(root))
        .add("/{kind}", get(index).post(create))
        .add("/{kind}/new", get(new))
        .add("/{kind}/{id}", get(show).post(update))
        .add("/{kind}/{id}/edit", get(edit))
        .add("/{kind}/{id}/submission", post(offer).delete(take_back))
}
