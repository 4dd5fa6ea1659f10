//! What everybody has in the catalogue, said otherwise by an admin: no feed says it anew then.

use axum::Form;
use axum::extract::Path;
use loco_rs::prelude::*;
use serde::Deserialize;

use crate::controllers::Answer;
use crate::forms::{EntryForm, Errors, ReasonForm, Versioned as _};
use crate::models::catalogue::{self, Entry, Kind};
use crate::models::purposes::{EDIT_ENTRY, LIST_ENTRIES};
use crate::models::{ModelError, ModelResult};
use crate::values::Vocabulary as _;
use crate::views::Return;
use crate::views::catalogue::{Edit, SharedEdit};
use crate::web::{AppError, CurrentAdmin, see_other};

/// Everybody's, and standing for itself: own entries are for their stringers to say.
fn shared(entry: Entry) -> ModelResult<Entry> {
    if entry.is_shared() && entry.merged_into().is_none() {
        Ok(entry)
    } else {
        Err(ModelError::NotFound)
    }
}

async fn entry(admin: &CurrentAdmin, kind: &str, id: Uuid) -> Result<Entry, AppError> {
    let kind = Kind::from_code(kind).ok_or(AppError::NotFound)?;
    let reason = format!("entry {id}");
    let entry = admin.bypass(&LIST_ENTRIES, &reason, |db| {
        Box::pin(async move { Ok(shared(catalogue::find(db, kind, id).await?)?) })
    });
    entry.await
}

pub(super) async fn edit(admin: CurrentAdmin, Path((kind, id)): Path<(String, Uuid)>) -> Answer {
    let entry = entry(&admin, &kind, id).await?;
    let fields = Edit::new(&entry, EntryForm::of(&entry), Errors::default(), Return::default());
    admin.0.render("admin/entry.html", SharedEdit::new(fields, ReasonForm::default()))
}

/// What it is to be called, and why.
#[derive(Deserialize)]
pub(super) struct Edited {
    #[serde(flatten)]
    entry: EntryForm,
    #[serde(flatten)]
    why: ReasonForm,
}

pub(super) async fn update(
    admin: CurrentAdmin,
    Path((kind, id)): Path<(String, Uuid)>,
    Form(Edited { entry: mut form, why }): Form<Edited>,
) -> Answer {
    let entry = entry(&admin, &kind, id).await?;
    let checked = form.check_version(EntryForm::of(&entry));
    let checked = checked.and_then(|()| form.check(entry.kind()));
    let (said, reason) = match (checked, why.check()) {
        (Ok(said), Ok(reason)) => (said, reason),
        (said, reason) => {
            let errors = said.err().unwrap_or_default().and(reason.err().unwrap_or_default());
            let fields = Edit::new(&entry, form, errors, Return::default());
            return admin.0.refuse("admin/entry.html", SharedEdit::new(fields, why));
        }
    };
    let reason = format!("entry {id}: {reason}");
    let edited = admin.bypass(&EDIT_ENTRY, &reason, |db| {
        Box::pin(async move { Ok(catalogue::correct(db, &entry, said).await?) })
    });
    edited.await?;
    Ok(see_other(&format!("/catalogue/{kind}/{id}?saved=1")))
}
