//! What is wrong with a form so far, by the rules that saving it goes by: asked while it is
//! filled in. Nothing is written.

use axum::Form;
use axum::http::HeaderMap;
use loco_rs::prelude::*;

use super::Answer;
use crate::auth::Desk;
use crate::forms::{ClientForm, Errors, OrderForm, RacketForm, WorkshopForm};
use crate::views::checks::Marks;

/// The field that has changed, as `marks.js` names it.
const CHANGED: &str = "rbo-changed";

async fn order(desk: Desk, headers: HeaderMap, Form(form): Form<OrderForm>) -> Answer {
    let currency = desk.me.currency();
    let errors = form.check(&desk.me, currency).err().unwrap_or_default();
    let total = desk.me.region().money(form.prices(&desk.me, currency).total());
    let marks = Marks::new(&form.judged_with(changed(&headers)), &errors).costing(total);
    desk.render("checks/_marks.html", marks)
}

async fn client(desk: Desk, headers: HeaderMap, Form(form): Form<ClientForm>) -> Answer {
    mark(&desk, &headers, form.check())
}

async fn racket(desk: Desk, headers: HeaderMap, Form(form): Form<RacketForm>) -> Answer {
    mark(&desk, &headers, form.check())
}

async fn workshop(desk: Desk, headers: HeaderMap, Form(form): Form<WorkshopForm>) -> Answer {
    mark(&desk, &headers, form.check())
}

fn mark<T>(desk: &Desk, headers: &HeaderMap, checked: Result<T, Errors>) -> Answer {
    let errors = checked.err().unwrap_or_default();
    desk.render("checks/_marks.html", Marks::new(&[changed(headers)], &errors))
}

fn changed(headers: &HeaderMap) -> &str {
    headers.get(CHANGED).and_then(|field| field.to_str().ok()).unwrap_or_default()
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
