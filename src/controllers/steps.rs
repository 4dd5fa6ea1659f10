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
use crate::views::orders::{Just, Kept};
use crate::workers::render_receipt::RenderReceipt;

async fn create(
    desk: Desk,
    Path((id, step)): Path<(Uuid, String)>,
    Form(form): Form<StepForm>,
) -> Answer {
    let step = Step::from_code(&step).ok_or(AppError::NotFound)?;
    let date = match form.date() {
        Ok(date) => date,
        Err(key) => return refuse(&desk, id, &form, step, key).await,
    };
    let taken = orders::Entity::mark(&desk.db, &desk.me, id, step, date).await;
    if let Ok(taken) = &taken
        && let Some(emission) = taken.owed
    {
        RenderReceipt::later(&desk.ctx, desk.me.id, emission).await;
    }
    let taken = taken.map(|taken| {
        // The date that it had already was given again: nothing was done.
        let is_done = taken.is_first || taken.former.is_some() || date.is_none();
        is_done.then_some(Done { order: id, step, former: taken.former })
    });
    answer(&desk, id, &form, step, taken).await
}

async fn destroy(
    desk: Desk,
    Path((id, step)): Path<(Uuid, String)>,
    Form(form): Form<StepForm>,
) -> Answer {
    let step = Step::from_code(&step).ok_or(AppError::NotFound)?;
    let undone = orders::Entity::undo(&desk.db, &desk.me, id, step).await;
    answer(&desk, id, &form, step, undone.map(|()| None)).await
}

/// The part of the page that the step was taken on for htmx, else that page.
async fn answer(
    desk: &Desk,
    id: Uuid,
    form: &StepForm,
    step: Step,
    outcome: ModelResult<Option<Done>>,
) -> Answer {
    let done = match outcome {
        Err(ModelError::Step(why)) => return refuse(desk, id, form, step, why.key()).await,
        outcome => outcome?,
    };
    let address = left(id, form, done.as_ref());
    if !desk.wants_fragment {
        return Ok(see(&address));
    }
    let mut part = if form.is_at_home() {
        desk.render("home/_today.html", home::page(desk, done, None).await?)?
    } else {
        let just = Just {
            done: done.as_ref().map(|done| done.step),
            former: done.and_then(|done| done.former),
            ..Just::default()
        };
        desk.render("orders/_order.html", page(desk, id, just).await?)?
    };
    // Loading the page again shows the same.
    part.headers_mut().insert("hx-replace-url", address.parse().map_err(AppError::internal)?);
    Ok(part)
}

fn left(id: Uuid, form: &StepForm, done: Option<&Done>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    if let Some(done) = done {
        query.append_pair("done", done.step.code());
        if form.is_at_home() {
            query.append_pair("order", &id.to_string());
        }
        if let Some(former) = done.former {
            query.append_pair("former", &former.to_string());
        }
    }
    let query = query.finish();
    let page = if form.is_at_home() { "/".to_owned() } else { format!("/orders/{id}") };
    if query.is_empty() { page } else { format!("{page}?{query}") }
}

async fn refuse(desk: &Desk, id: Uuid, form: &StepForm, step: Step, key: &'static str) -> Answer {
    if desk.wants_fragment && form.is_at_home() {
        return desk.refuse("home/_today.html", home::page(desk, None, Some(key)).await?);
    }
    let typed = Some(form.date.clone()).filter(|date| !date.is_empty());
    let kept = typed.map(|date| Kept { step: step.code(), date });
    let just = Just { refused: Some(key), kept, ..Just::default() };
    let template = if desk.wants_fragment { "orders/_order.html" } else { "orders/show.html" };
    desk.refuse(template, page(desk, id, just).await?)
}

/// `/orders/{id}/{step}`.
pub fn routes() -> Routes {
    Routes::new().prefix("orders").add("/{id}/{step}", axum::routing::post(create).delete(destroy))
}
