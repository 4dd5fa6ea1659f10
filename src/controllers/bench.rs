//! The bench: one racket full screen, as the hands string it, and the next with one thumb.

use axum::extract::{Path, Query};
use loco_rs::prelude::*;
use serde::Deserialize;

use super::Answer;
use crate::forms::StepForm;
use crate::models::{client_profiles, orders};
use crate::views::bench::{Racket, Show};
use crate::views::orders::Flash;
use crate::web::{AppError, CurrentStringer, see_other};

/// More than lies beside a machine.
const BESIDE: u64 = 50;

/// The one that was just strung here.
#[derive(Deserialize, Default)]
#[serde(default)]
struct FlashQuery {
    order: Option<Uuid>,
}

async fn first(current: CurrentStringer, Query(flash): Query<FlashQuery>) -> Answer {
    let done = match flash.order {
        Some(order) => orders::Model::find_by_id(&current.db, order).await?,
        None => None,
    };
    let done = done.filter(|order| order.strung_at.is_some()).map(|order| order.id);
    let view = page(&current, None).await?.unwrap_or_else(Show::nothing).after(done);
    current.render("bench/show.html", view)
}

async fn show(current: CurrentStringer, Path(id): Path<Uuid>) -> Answer {
    // Whoever goes back to a racket that is strung by now goes on with the next.
    orders::Model::find(&current.db, id).await?;
    match page(&current, Some(id)).await? {
        Some(view) => current.render("bench/show.html", view),
        None => Ok(see_other("/bench")),
    }
}

/// What could not be done at the bench is said there, with what was typed.
pub(super) async fn refuse(
    current: &CurrentStringer,
    id: Uuid,
    form: &StepForm,
    key: &'static str,
) -> Answer {
    match page(current, Some(id)).await? {
        Some(view) => current.refuse("bench/show.html", view.refused(key, form.dt_after.clone())),
        // It lies on the machine no more: its own page says why.
        None => {
            let dt_after = form.dt_after.clone();
            let flash = Flash { refused: Some(key), dt_after, ..Flash::default() };
            current.refuse("orders/show.html", super::orders::page(current, id, flash).await?)
        }
    }
}

/// A racket of the queue, or the most urgent one; `None` where it does not wait there.
async fn page(current: &CurrentStringer, id: Option<Uuid>) -> Result<Option<Show>, AppError> {
    let db = current.db.reading().await?;
    let queue = orders::Entity::queue(&db, BESIDE).await?;
    let is_meant = |row: &orders::Row| id.is_none_or(|id| row.id == id);
    let Some(at) = queue.iter().position(is_meant) else { return Ok(None) };
    let row = &queue[at];
    let order = orders::Model::find(&db, row.id).await?;
    let client = client_profiles::Client::find(&db, row.client_profile_id).await?;
    let racket = Racket { order: &order, row, client: &client };
    Ok(Some(Show::new(&current.me, &racket, &queue, at)))
}

/// `/bench` and `/bench/{id}`.
pub fn routes() -> Routes {
    Routes::new().add("/bench", get(first)).add("/bench/{id}", get(show))
}
