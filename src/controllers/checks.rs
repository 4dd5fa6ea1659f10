//! What is wrong with a form so far, by the rules that saving it goes by: asked while it is
//! filled in. Nothing is written.

use axum::Form;
use loco_rs::prelude::*;
use serde::Serialize;

use super::Answer;
use crate::auth::Desk;
use crate::forms::{ClientForm, Errors, OrderForm, RacketForm, WorkshopForm};
use crate::views::checks::Marks;

async fn order(desk: Desk, Form(form): Form<OrderForm>) -> Answer {
    let checked = form.check(&desk.me, desk.me.currency());
    marks(&desk, &form, checked)
}

async fn client(desk: Desk, Form(form): Form<ClientForm>) -> Answer {
    let checked = form.check();
    marks(&desk, &form, checked)
}

async fn racket(desk: Desk, Form(form): Form<RacketForm>) -> Answer {
    let checked = form.check();
    marks(&desk, &form, checked)
}

async fn workshop(desk: Desk, Form(form): Form<WorkshopForm>) -> Answer {
    let checked = form.check();
    marks(&desk, &form, checked)
}

fn marks<T>(desk: &Desk, form: &impl Serialize, checked: Result<T, Errors>) -> Answer {
    let errors = checked.err().unwrap_or_default();
    desk.render("checks/_marks.html", Marks::new(form, &errors)?)
}

/// `/checks`.
pub fn routes() -> Routes {
    Routes::new()
        .prefix("checks")
        .add("/order", post(order))
        .add("/client", post(client))
        .add("/racket", post(racket))
        .add("/workshop", post(workshop))
}
