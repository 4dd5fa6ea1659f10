//! An order's dates: `POST /orders/{id}/strung` takes the step, `DELETE` takes it back.

use axum::extract::Path;
use loco_rs::prelude::*;

use super::orders::page;
use super::{Answer, bench, home};
use crate::forms::{ReasonForm, StepForm};
use crate::models::orders::{self, Step};
use crate::models::{ModelError, ModelResult};
use crate::values::Vocabulary as _;
use crate::views::home::{Done, Refused};
use crate::views::orders::{Flash, RefusedDate};
use crate::web::{AppError, CurrentStringer, Submitted, see_other};
use crate::workers::render_receipt::RenderReceipt;

async fn create(
    current: CurrentStringer,
    Path((id, step)): Path<(Uuid, String)>,
    Submitted { form, .. }: Submitted<StepForm>,
) -> Answer {
    let step = Step::from_code(&step).ok_or(AppError::NotFound)?;
    // An amount is in the order's currency, whatever the workshop's is by now.
    let currency = match form.amount.trim() {
        "" => current.me.currency(),
        _ => orders::Model::find(&current.db, id).await?.currency,
    };
    let said = match form.check(currency) {
        Ok(said) => said,
        Err(key) => return refuse(&current, id, &form, step, key).await,
    };
    let taken = orders::Entity::mark(&current.db, &current.me, id, step, said).await;
    if let Ok(taken) = &taken
        && let Some(emission) = taken.owed
    {
        RenderReceipt::later(&current.ctx, current.me.id, emission).await;
    }
    let taken = taken.map(|taken| {
        // The date that it had already was given again: nothing was done.
        let is_done = taken.is_first || taken.former.is_some() || said.date.is_none();
        is_done.then_some(Done { order: id, step, former: taken.former })
    });
    answer(&current, id, &form, step, taken).await
}

async fn destroy(
    current: CurrentStringer,
    Path((id, step)): Path<(Uuid, String)>,
    Submitted { form, .. }: Submitted<StepForm>,
) -> Answer {
    let step = Step::from_code(&step).ok_or(AppError::NotFound)?;
    let undone = orders::Entity::undo(&current.db, &current.me, id, step).await;
    if let Ok(Some(emission)) = &undone {
        RenderReceipt::later(&current.ctx, current.me.id, *emission).await;
    }
    answer(&current, id, &form, step, undone.map(|_| None)).await
}

/// A payment is taken back: it was none, or the money went back.
async fn give_back(current: CurrentStringer, Path((id, payment)): Path<(Uuid, Uuid)>) -> Answer {
    let owed = orders::Entity::give_back(&current.db, &current.me, id, payment).await;
    if let Ok(Some(emission)) = &owed {
        RenderReceipt::later(&current.ctx, current.me.id, *emission).await;
    }
    answer(&current, id, &StepForm::default(), Step::Paid, owed.map(|_| None)).await
}

/// An order with a number is set aside, with a reason.
async fn set_aside(
    current: CurrentStringer,
    Path(id): Path<Uuid>,
    Submitted { form, .. }: Submitted<ReasonForm>,
) -> Answer {
    let refused = match form.check() {
        Ok(reason) => {
            match orders::Entity::set_aside(&current.db, &current.me, id, &reason).await {
                Ok(()) => return Ok(see_other(&format!("/orders/{id}"))),
                Err(ModelError::Step(why)) => why.key(),
                Err(error) => return Err(error.into()),
            }
        }
        Err(_) => "step-void-reason",
    };
    let flash =
        Flash { refused: Some(refused), refused_reason: Some(form.reason), ..Flash::default() };
    current.refuse("orders/show.html", page(&current, id, flash).await?)
}

/// The part of the page that the step was taken on for htmx, else that page.
async fn answer(
    current: &CurrentStringer,
    id: Uuid,
    form: &StepForm,
    step: Step,
    outcome: ModelResult<Option<Done>>,
) -> Answer {
    let done = match outcome {
        Err(ModelError::Step(why)) => return refuse(current, id, form, step, why.key()).await,
        outcome => outcome?,
    };
    let address = left(id, form, done.as_ref());
    if !current.wants_fragment {
        return Ok(see_other(&address));
    }
    let mut part = if form.is_at_home() {
        current.render("home/_today.html", home::page(current, done, None).await?)?
    } else {
        let flash = Flash {
            done: done.as_ref().map(|done| done.step),
            former: done.and_then(|done| done.former),
            ..Flash::default()
        };
        current.render("orders/_order.html", page(current, id, flash).await?)?
    };
    // Loading the page again shows the same.
    part.headers_mut().insert("hx-replace-url", address.parse().map_err(AppError::internal)?);
    Ok(part)
}

fn left(id: Uuid, form: &StepForm, done: Option<&Done>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    if let Some(done) = done {
        query.append_pair("done", done.step.code());
        if form.is_at_home() || form.is_at_the_bench() {
            query.append_pair("order", &id.to_string());
        }
        if let Some(former) = done.former {
            query.append_pair("former", &former.to_string());
        }
    }
    let query = query.finish();
    let page = if form.is_at_home() {
        "/".to_owned()
    } else if form.is_at_the_bench() {
        "/bench".to_owned()
    } else {
        format!("/orders/{id}")
    };
    if query.is_empty() { page } else { format!("{page}?{query}") }
}

async fn refuse(
    current: &CurrentStringer,
    id: Uuid,
    form: &StepForm,
    step: Step,
    key: &'static str,
) -> Answer {
    if current.wants_fragment && form.is_at_home() {
        let refused = Some(Refused { order: id, key });
        return current.refuse("home/_today.html", home::page(current, None, refused).await?);
    }
    if form.is_at_the_bench() {
        return bench::refuse(current, id, form, key).await;
    }
    let typed = Some(form.date.clone()).filter(|date| !date.is_empty());
    let refused_date = typed.map(|date| RefusedDate { step: step.code(), date });
    let dt_after = form.dt_after.clone();
    let amount = form.amount.clone();
    let flash = Flash { refused: Some(key), refused_date, dt_after, amount, ..Flash::default() };
    let template = if current.wants_fragment { "orders/_order.html" } else { "orders/show.html" };
    current.refuse(template, page(current, id, flash).await?)
}

/// `/orders/{id}/{step}`.
pub fn routes() -> Routes {
    Routes::new()
        .prefix("orders")
        .add("/{id}/void", post(set_aside))
        .add("/{id}/payments/{payment}", axum::routing::delete(give_back))
        .add("/{id}/{step}", axum::routing::post(create).delete(destroy))
}
