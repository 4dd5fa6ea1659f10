//! The form of an order: new, copied, or edited.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use axum::response::Response;
use loco_rs::prelude::*;
use sea_orm_tenancy::Connection;
use serde::Deserialize;

use super::super::Answer;
use super::super::clients::lines;
use crate::forms::{ClientForm, Errors, OrderForm};
use crate::models::orders::{self, Model};
use crate::models::submissions::{Opened, Submission};
use crate::models::{ModelError, ModelResult, client_profiles, client_rackets, sharing};
use crate::units::Sport;
use crate::values::Vocabulary as _;
use crate::views::Return;
use crate::views::orders::{Form as FormView, FormContext};
use crate::views::pickers::ChooseClient;
use crate::web::{AppError, CurrentStringer, Kept, Submitted, see_other};
use crate::workers::render_receipt::RenderReceipt;

/// Among so many orders of a client the last set-ups are looked for.
const SETUPS: u64 = 12;

/// For whom a new job is, and which racket.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct NewOrderQuery {
    client: String,
    frame: Option<Uuid>,
    from: Option<Uuid>,
    /// The leave by which another stringer's order is copied.
    shared: Option<Uuid>,
    name: String,
    q: String,
}

pub(super) async fn new(
    current: CurrentStringer,
    Kept(kept): Kept<OrderForm>,
    Query(query): Query<NewOrderQuery>,
) -> Answer {
    if let Some((form, returned)) = kept {
        let view = form_view(&current.db, &current, form, Errors::default()).await?;
        return current.render("orders/form.html", view.returned(returned));
    }
    if let (Some(share), Some(order)) = (query.shared, query.from) {
        let seen = sharing::read(&current.db, share, order).await?;
        return show_form(&current, OrderForm::shared(&current.me, &seen)).await;
    }
    match query.client.as_str() {
        "" if query.from.is_none() => choose(current, query.q).await,
        "new" => {
            let newcomer = ClientForm::named(&query.name);
            let form =
                OrderForm { client: "new".into(), newcomer, ..OrderForm::fresh(&current.me) };
            show_form(&current, form).await
        }
        "self" => {
            let mine = client_profiles::Entity::find_myself(&current.db).await?;
            let client = mine.map_or_else(|| "self".to_owned(), |mine| mine.to_string());
            copy(current, NewOrderQuery { client, ..query }).await
        }
        _ => copy(current, query).await,
    }
}

/// Without a client yet: who is it for?
async fn choose(current: CurrentStringer, q: String) -> Answer {
    let (clients, _more) = client_profiles::Entity::search(&current.db, &q, 0).await?;
    let view = ChooseClient { clients: lines(&current, &clients).await?, q };
    let template =
        if current.wants_fragment { "orders/_choices.html" } else { "orders/choose.html" };
    current.render(template, view)
}

/// With the last setup of the client, or of the order that was asked for.
async fn copy(current: CurrentStringer, query: NewOrderQuery) -> Answer {
    let db = current.db.reading().await?;
    let source = match (query.from, query.client.parse::<Uuid>()) {
        (Some(from), _) => Some(orders::Model::find(&db, from).await?),
        (None, Ok(client)) => orders::Entity::find_last(&db, client, query.frame).await?,
        (None, Err(_)) => None,
    };
    let Some(source) = source else {
        drop(db);
        // A racket that was scanned is meant, also where it was never strung.
        let frame = query.frame.map(|frame| frame.to_string()).unwrap_or_default();
        let form = OrderForm { client: query.client, frame, ..OrderForm::fresh(&current.me) };
        return show_form(&current, form).await;
    };
    let row = orders::Row::find(&db, source.id).await?;
    let copied = OrderForm::copied(&current.me, &source, &row);
    let form = match query.frame {
        Some(frame) => OrderForm { frame: frame.to_string(), ..copied },
        None => copied,
    };
    let view = form_view(&db, &current, form, Errors::default()).await?;
    current.render("orders/form.html", view.copied_from(&current.me, &source))
}

pub(super) async fn create(
    current: CurrentStringer,
    Submitted { form, ticket }: Submitted<OrderForm>,
) -> Answer {
    if !form.nudge.is_empty() {
        return show_form(&current, form.nudged(&current.me)).await;
    }
    let checked = match form.check(&current.me, current.me.currency()) {
        Ok(checked) => checked,
        Err(errors) => return refuse_form(&current, form, errors, None).await,
    };
    let submission = match Submission::open(&current.db, &ticket).await? {
        Opened::New(submission) => submission,
        Opened::Taken(answer) => return Ok(see_other(&answer)),
        Opened::TakenOtherwise(answer) => {
            let view = form_view(&current.db, &current, form, Errors::default()).await?;
            return current.refuse("orders/form.html", view.returned(Return::saved_before(answer)));
        }
    };
    let entered = orders::Entity::enter(
        submission.txn(),
        &current.me,
        checked.client,
        checked.rackets,
        checked.setup,
        checked.copied_from,
    );
    let entered = match as_form_errors(&form, entered.await)? {
        Ok(entered) => entered,
        Err(errors) => {
            drop(submission);
            return refuse_form(&current, form, errors, None).await;
        }
    };
    let answer = match entered.orders.as_slice() {
        [order] => format!("/orders/{order}?saved=1"),
        several => format!("/clients/{}?saved={}", entered.client, several.len()),
    };
    submission.done(&answer).await?;
    Ok(see_other(&answer))
}

pub(super) async fn edit(
    current: CurrentStringer,
    Path(id): Path<Uuid>,
    Kept(kept): Kept<OrderForm>,
) -> Answer {
    let db = current.db.reading().await?;
    let order = orders::Model::find(&db, id).await?;
    if let Some((form, returned)) = kept {
        let view = form_view(&db, &current, of_order(form, &order), Errors::default()).await?;
        let view = view.editing(&current.me, &order).returned(returned);
        return current.render("orders/form.html", view);
    }
    let row = orders::Row::find(&db, id).await?;
    let form = OrderForm::of(&current.me, &order, &row);
    let view = form_view(&db, &current, form, Errors::default()).await?;
    current.render("orders/form.html", view.editing(&current.me, &order))
}

pub(super) async fn update(
    current: CurrentStringer,
    Path(id): Path<Uuid>,
    Submitted { form, ticket }: Submitted<OrderForm>,
) -> Answer {
    let order = orders::Model::find(&current.db, id).await?;
    let form = of_order(form, &order);
    if !form.nudge.is_empty() {
        let form = form.nudged(&current.me);
        let view = form_view(&current.db, &current, form, Errors::default()).await?;
        return current.render("orders/form.html", view.editing(&current.me, &order));
    }
    let checked = match form.check(&current.me, order.currency) {
        Ok(checked) => checked,
        Err(errors) => return refuse_form(&current, form, errors, Some(&order)).await,
    };
    let frame = checked.rackets.into_iter().next().ok_or(AppError::Stale)?.frame;
    let submission = match Submission::open(&current.db, &ticket).await? {
        Opened::New(submission) => submission,
        Opened::Taken(answer) => return Ok(see_other(&answer)),
        // Whatever else it says now, it was made of what its first saving has changed.
        Opened::TakenOtherwise(_) => return refuse_stale(&current, form, id).await,
    };
    let (txn, version) = (submission.txn(), checked.lock_version);
    let edited = orders::Entity::edit(txn, id, version, frame, checked.setup).await;
    if matches!(edited, Err(ModelError::Stale)) {
        drop(submission);
        return refuse_stale(&current, form, id).await;
    }
    let owed = match as_form_errors(&form, edited)? {
        Ok(owed) => owed,
        Err(errors) => {
            drop(submission);
            return refuse_form(&current, form, errors, Some(&order)).await;
        }
    };
    let answer = format!("/orders/{id}?saved=1");
    submission.done(&answer).await?;
    if let Some(emission) = owed {
        RenderReceipt::later(&current.ctx, current.me.id, emission).await;
    }
    Ok(see_other(&answer))
}

/// What was typed, beside what somebody else has saved: saved again, it takes its place.
async fn refuse_stale(current: &CurrentStringer, form: OrderForm, id: Uuid) -> Answer {
    let order = orders::Model::find(&current.db, id).await?;
    let form = OrderForm { lock_version: order.lock_version.to_string(), ..form };
    let errors = Errors::at("lock_version", "error-changed-meanwhile");
    refuse_form(current, form, errors, Some(&order)).await
}

/// Whose order it is does not change with a form.
fn of_order(form: OrderForm, order: &Model) -> OrderForm {
    OrderForm {
        client: order.client_profile_id.to_string(),
        racket_count: String::new(),
        others: BTreeMap::new(),
        ..form
    }
}

/// What only the model could tell, where a field of the form can correct it.
fn as_form_errors<T>(
    form: &OrderForm,
    outcome: ModelResult<T>,
) -> Result<Result<T, Errors>, AppError> {
    Ok(match outcome {
        Err(ModelError::OtherSport(frame)) => {
            let field = if form.frame == frame.to_string() { "sport" } else { "also" };
            Err(Errors::at(field, "error-other-sport"))
        }
        Err(ModelError::Step(why)) => Err(Errors::at("paid_in_advance", why.key())),
        outcome => Ok(outcome?),
    })
}

async fn show_form(current: &CurrentStringer, form: OrderForm) -> Answer {
    let view = form_view(&current.db, current, form, Errors::default()).await?;
    current.render("orders/form.html", view)
}

async fn refuse_form(
    current: &CurrentStringer,
    form: OrderForm,
    errors: Errors,
    editing: Option<&Model>,
) -> Result<Response, AppError> {
    let view = form_view(&current.db, current, form, errors).await?;
    let view = match editing {
        Some(order) => view.editing(&current.me, order),
        None => view,
    };
    current.refuse("orders/form.html", view)
}

async fn form_view(
    db: &impl Connection,
    current: &CurrentStringer,
    form: OrderForm,
    errors: Errors,
) -> Result<FormView, AppError> {
    let (client, frames) = match form.client.parse() {
        Ok(id) => (
            Some(client_profiles::Client::find(db, id).await?),
            client_rackets::Entity::of_client(db, id).await?,
        ),
        Err(_) => (None, Vec::new()),
    };
    let setups = match &client {
        // What was typed is not to be lost by a tap.
        Some(client) if form.lock_version.is_empty() && errors.is_empty() => {
            orders::Entity::latest_of_client(db, client.id, SETUPS).await?
        }
        _ => Vec::new(),
    };
    let form = with_frame(form, &frames);
    let context = FormContext { client: client.as_ref(), frames: &frames };
    Ok(FormView::new(&current.me, form, errors, &context).with_setups(&current.me, &setups))
}

/// The frame that is chosen: the one asked for, the last one strung, or a new one; and its
/// sport, until another is said.
fn with_frame(form: OrderForm, frames: &[client_rackets::Frame]) -> OrderForm {
    let frame = match (form.frame.is_empty(), frames.first()) {
        (false, _) => form.frame,
        (true, Some(frame)) => frame.id.to_string(),
        (true, None) => "new".to_owned(),
    };
    let chosen = frames.iter().find(|known| known.id.to_string() == frame);
    let sport = match form.sport.as_str() {
        "" => chosen.map_or(Sport::Tennis, |frame| frame.sport).code().to_owned(),
        _ => form.sport,
    };
    OrderForm { frame, sport, ..form }
}
