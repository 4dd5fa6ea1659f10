//! What is wrong with a form so far, by the rules that saving it goes by: asked while it is
//! filled in. Nothing is written.

use std::collections::BTreeSet;

use axum::Form;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use loco_rs::prelude::*;
use serde::Deserialize;

use super::Answer;
use crate::forms::{ClientForm, EntryForm, Errors, OrderForm, RacketForm, ReelForm, WorkshopForm};
use crate::models::catalogue::Kind;
use crate::units::Currency;
use crate::values::Vocabulary as _;
use crate::views::checks::Marks;
use crate::web::{AppError, CurrentStringer};

/// The fields that have changed, as `marks.js` names them.
const CHANGED: &str = "rbo-changed";

/// An order that is edited keeps its own currency.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Priced {
    currency: String,
}

async fn order(
    current: CurrentStringer,
    headers: HeaderMap,
    Query(priced): Query<Priced>,
    Form(form): Form<OrderForm>,
) -> Answer {
    let currency = Currency::from_code(&priced.currency).unwrap_or_else(|| current.me.currency());
    let errors = form.check(&current.me, currency).err().unwrap_or_default();
    let total = current.me.region().money(form.total(&current.me, currency));
    let judged: BTreeSet<_> = changed(&headers).flat_map(OrderForm::judged_with).collect();
    current.render("checks/_marks.html", Marks::new(judged, &errors).costing(total))
}

async fn client(
    current: CurrentStringer,
    headers: HeaderMap,
    Form(form): Form<ClientForm>,
) -> Answer {
    mark(&current, &headers, form.check())
}

async fn racket(
    current: CurrentStringer,
    headers: HeaderMap,
    Form(form): Form<RacketForm>,
) -> Answer {
    mark(&current, &headers, form.check())
}

async fn workshop(
    current: CurrentStringer,
    headers: HeaderMap,
    Form(form): Form<WorkshopForm>,
) -> Answer {
    mark(&current, &headers, form.check())
}

async fn reel(current: CurrentStringer, headers: HeaderMap, Form(form): Form<ReelForm>) -> Answer {
    mark(&current, &headers, form.check_new(current.me.currency()))
}

async fn entry(
    current: CurrentStringer,
    headers: HeaderMap,
    Path(kind): Path<String>,
    Form(form): Form<EntryForm>,
) -> Answer {
    let kind = Kind::from_code(&kind).ok_or(AppError::NotFound)?;
    mark(&current, &headers, form.check(kind))
}

fn mark<T>(current: &CurrentStringer, headers: &HeaderMap, checked: Result<T, Errors>) -> Answer {
    let errors = checked.err().unwrap_or_default();
    current.render("checks/_marks.html", Marks::new(changed(headers), &errors))
}

fn changed(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let fields = headers.get(CHANGED).and_then(|fields| fields.to_str().ok());
    fields.unwrap_or_default().split_whitespace()
}

/// `/checks`.
pub fn routes() -> Routes {
    Routes::new()
        .prefix("checks")
        .add("/entry/{kind}", post(entry))
        .add("/order", post(order))
        .add("/client", post(client))
        .add("/racket", post(racket))
        .add("/reel", post(reel))
        .add("/workshop", post(workshop))
}
