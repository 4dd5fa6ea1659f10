//! An order's dates: `POST /orders/{id}/strung` takes the step, `DELETE` takes it back.

use axum::Form;
use axum::extract::Path;
use loco_rs::prelude::*;

use super::{Answer, home, orders::page};
use crate::auth::Desk;
use crate::auth::guards::see;
use crate::errors::AppError;
use crate::forms::StepForm;
use crate::models::orders::{self, Step};
use crate::models::{ModelError, ModelResult};
use crate::views::home::Done;
use crate::views::orders::Just;
use crate::workers::render_receipt::RenderReceipt;

async fn create(
    desk: Desk,
    Path((id, step)): Path<(Uuid, String)>,
    Form(form): Form<StepForm>,
) -> Answer {
    let step = Step::from_code(&step).ok_or(AppError::NotFound)?;
    let date = match form.date() {
        Ok(date) => date,
        Err(key) => return refuse(&desk, id, &form, key).await,
    };
    let taken = orders::Entity::mark(&desk.db, &desk.me, id, step, date).await;
    if let Ok(taken) = &taken
        && let Some(emission) = taken.owed
    {
        RenderReceipt::later(&desk.ctx, desk.me.id, emission).await;
    }
    answer(&desk, id, &form, Some(step), taken).await
}

async fn destroy(
    desk: Desk,
    Path((id, step)): Path<(Uuid, String)>,
    Form(form): Form<StepForm>,
) -> Answer {
    let step = Step::from_code(&step).ok_or(AppError::NotFound)?;
    let undone = orders::Entity::undo(&desk.db, &desk.me, id, step).await;
    answer(&desk, id, &form, None, undone).await
}

/// The part of the page that the step was taken on for htmx, else that page.
async fn answer<T>(
    desk: &Desk,
    id: Uuid,
    form: &StepForm,
    done: Option<Step>,
    outcome: ModelResult<T>,
) -> Answer {
    match outcome {
        Err(ModelError::Step(why)) => refuse(desk, id, form, why.key()).await,
        Err(error) => Err(error.into()),
        Ok(_) if desk.wants_fragment && form.is_at_home() => {
            let done = done.map(|step| Done { order: id, step: step.code() });
            desk.render("home/_today.html", home::page(desk, done, None).await?)
        }
        Ok(_) if desk.wants_fragment => {
            let just = Just { done, ..Just::default() };
            desk.render("orders/_order.html", page(desk, id, just).await?)
        }
        Ok(_) => Ok(see(&left(id, form, done))),
    }
}

fn left(id: Uuid, form: &StepForm, done: Option<Step>) -> String {
    match (form.is_at_home(), done.map(Step::code)) {
        (true, Some(step)) => format!("/?done={step}&order={id}"),
        (true, None) => "/".to_owned(),
        (false, Some(step)) => format!("/orders/{id}?done={step}"),
        (false, None) => format!("/orders/{id}"),
    }
}

async fn refuse(desk: &Desk, id: Uuid, form: &StepForm, key: &'static str) -> Answer {
    if desk.wants_fragment && form.is_at_home() {
        return desk.refuse("home/_today.html", home::page(desk, None, Some(key)).await?);
    }
    let just = Just { refused: Some(key), ..Just::default() };
    let template = if desk.wants_fragment { "orders/_order.html" } else { "orders/show.html" };
    desk.refuse(template, page(desk, id, just).await?)
}

/// `/orders/{id}/{step}`.
pub fn routes() -> Routes {
    Routes::new().prefix("orders").add("/{id}/{step}", axum::routing::post(create).delete(destroy))
}
