//! Bringing an older book in: upload, report, and a word.

use axum::Form;
use axum::extract::{Path, Query};
use loco_rs::prelude::*;
use serde::Deserialize;

use super::Answer;
use crate::forms::{self, Errors};
use crate::models::v1_imports::{self, Choices, ImportState, Upload};
use crate::views::imports::{Index, Show};
use crate::web::{AppError, CurrentStringer, Uploaded, see_other};
use crate::workers::v1_import::{Running, V1Import};

async fn index(current: CurrentStringer) -> Answer {
    let page = page(&current, Errors::default()).await?;
    current.render("imports/index.html", page)
}

async fn page(current: &CurrentStringer, errors: Errors) -> Result<Index, AppError> {
    let uploads = v1_imports::Entity::latest(&current.db).await?;
    Ok(Index::new(&current.me, &uploads, Uploaded::LARGEST, errors))
}

async fn create(current: CurrentStringer, file: Uploaded) -> Answer {
    if file.bytes.is_empty() {
        let errors = Errors::at(
            "file",
            if file.name.is_empty() { "error-no-file" } else { "refused-empty" },
        );
        let page = page(&current, errors).await?;
        return current.refuse("imports/index.html", page);
    }
    let id = v1_imports::Entity::add(&current.db, &file.name, file.bytes).await?;
    V1Import::later(&current.ctx, current.me.id, id).await;
    Ok(see_other(&path(id)))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct FlashQuery {
    chosen: u8,
}

async fn show(
    current: CurrentStringer,
    Path(id): Path<Uuid>,
    Query(flash): Query<FlashQuery>,
) -> Answer {
    let upload = Upload::find(&current.db, id).await?;
    let progress = Running::progress(&current.ctx, id).map(|progress| progress.so_far());
    let template =
        if current.wants_fragment { "imports/_import.html" } else { "imports/show.html" };
    let view = Show::new(&current.me, &upload, progress).chosen(flash.chosen > 0);
    current.render(template, view)
}

/// What was chosen of a report: `group-2` is the spelling that the third group stands for,
/// `take` an order of which the file's word is taken. `None` where that is known already.
fn chosen(upload: &Upload, fields: Vec<(String, String)>) -> Result<Option<Choices>, AppError> {
    let report = upload.report().ok_or(AppError::NotFound)?;
    let mut choices = upload.choices();
    choices.taken.clear();
    for (name, value) in fields {
        if let Some(nth) = name.strip_prefix("group-") {
            let group = nth.parse().ok().and_then(|nth: usize| report.groups.shown.get(nth));
            choices.join(group.ok_or(AppError::NotFound)?, value.parse().ok());
        } else if name == "take" {
            choices.taken.insert(value);
        }
    }
    Ok((choices != upload.choices()).then_some(choices))
}

async fn keep(current: &CurrentStringer, id: Uuid, choices: &Choices) -> Answer {
    v1_imports::Entity::choose(&current.db, id, choices).await?;
    V1Import::later(&current.ctx, current.me.id, id).await;
    Ok(see_other(&format!("{}?chosen=1", path(id))))
}

async fn choose(
    current: CurrentStringer,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Answer {
    let upload = Upload::find(&current.db, id).await?;
    match chosen(&upload, fields)? {
        Some(choices) => keep(&current, id, &choices).await,
        None => Ok(see_other(&path(id))),
    }
}

/// What the columns of a table hold: `column-2` is the third one's.
async fn matched(
    current: CurrentStringer,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Answer {
    let upload = Upload::find(&current.db, id).await?;
    let asked = upload.table().ok_or(AppError::NotFound)?;
    match forms::matching::check(&asked, &fields) {
        Ok(asked) => {
            v1_imports::Entity::matched(&current.db, id, &asked).await?;
            V1Import::later(&current.ctx, current.me.id, id).await;
            Ok(see_other(&path(id)))
        }
        Err((asked, errors)) => {
            let view = Show::new(&current.me, &upload, None).asked(asked, errors);
            current.refuse("imports/show.html", view)
        }
    }
}

/// Who has chosen something since the report was made sees first what comes of it.
async fn approve(
    current: CurrentStringer,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Answer {
    let upload = Upload::find(&current.db, id).await?;
    // A second tap, while the first is at work.
    if matches!(upload.state, ImportState::Approved | ImportState::Done) {
        return Ok(see_other(&path(id)));
    }
    if fields.iter().any(|(name, _)| name == "asked")
        && let Some(choices) = chosen(&upload, fields)?
    {
        return keep(&current, id, &choices).await;
    }
    v1_imports::Entity::approve(&current.db, id).await?;
    V1Import::later(&current.ctx, current.me.id, id).await;
    Ok(see_other(&path(id)))
}

async fn cancel(current: CurrentStringer, Path(id): Path<Uuid>) -> Answer {
    Upload::find(&current.db, id).await?;
    if let Some(progress) = Running::progress(&current.ctx, id) {
        progress.call_off();
    }
    v1_imports::Entity::cancel(&current.db, id).await?;
    Ok(see_other(&path(id)))
}

fn path(id: Uuid) -> String {
    format!("/imports/{id}")
}

/// `/imports`.
pub fn routes() -> Routes {
    Routes::new()
        .prefix("imports")
        .add("/", get(index).post(create))
        .add("/{id}", get(show).delete(cancel))
        .add("/{id}/choices", post(choose))
        .add("/{id}/columns", post(matched))
        .add("/{id}/approval", post(approve))
}
