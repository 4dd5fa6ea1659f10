//! Orders: the list, Add stringjob, and an order's page.

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::{Path, Query};
use axum::response::Response;
use chrono::NaiveDate;
use loco_rs::prelude::*;
use serde::Deserialize;

use super::Answer;
use crate::auth::Desk;
use crate::auth::guards::see;
use crate::errors::AppError;
use crate::forms::{ClientForm, Errors, OrderForm};
use crate::models::orders::list::{Filter, Query as ListQuery, Sort};
use crate::models::orders::{self, Model, Step};
use crate::models::{
    ModelError, ModelResult, client_profiles, client_rackets, order_state_audit, receipt_emissions,
};
use crate::units::Sport;
use crate::views::clients::Line;
use crate::views::job::Job;
use crate::views::orders::{Form as FormView, Index, Just, Receipt, Show, Whose};
use crate::views::pickers::ChooseClient;
use crate::workers::render_receipt::RenderReceipt;
use sea_orm_tenancy::Connection;

/// What a list is asked for; it stays in the URL.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Search {
    q: String,
    state: String,
    byo: String,
    year: String,
    sort: String,
    page: u64,
}

impl Search {
    fn query(self) -> ListQuery {
        ListQuery {
            filter: Filter::from_code(&self.state),
            byo: !self.byo.is_empty(),
            year: self.year.parse().ok(),
            sort: Sort::from_code(&self.sort),
            words: self.q,
            page: self.page,
        }
    }
}

/// For whom a new job is, and which racket.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Wanted {
    client: String,
    frame: Option<Uuid>,
    from: Option<Uuid>,
    name: String,
    q: String,
}

/// What has just happened to the order.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Arrival {
    done: Option<String>,
    former: Option<NaiveDate>,
    saved: Option<String>,
}

async fn index(desk: Desk, Query(search): Query<Search>) -> Answer {
    let query = search.query();
    let db = desk.db.reading().await?;
    let (rows, more) = orders::Entity::search(&db, &query).await?;
    // A keystroke swaps the list alone.
    let years = if desk.wants_fragment { Vec::new() } else { orders::Entity::years(&db).await? };
    let view = Index::new(Job::list(&desk.me, &rows), query, &years, more);
    let template = if desk.wants_fragment { "orders/_list.html" } else { "orders/index.html" };
    desk.render(template, view)
}

async fn new(desk: Desk, Query(wanted): Query<Wanted>) -> Answer {
    match wanted.client.as_str() {
        "" if wanted.from.is_none() => choose(desk, wanted.q).await,
        "new" => {
            let newcomer = ClientForm::named(&wanted.name);
            let form = OrderForm { client: "new".into(), newcomer, ..OrderForm::fresh(&desk.me) };
            show_form(&desk, form).await
        }
        "self" => {
            let mine = client_profiles::Entity::find_myself(&desk.db).await?;
            let client = mine.map_or_else(|| "self".to_owned(), |mine| mine.to_string());
            copy(desk, Wanted { client, ..wanted }).await
        }
        _ => copy(desk, wanted).await,
    }
}

/// Without a client yet: who is it for?
async fn choose(desk: Desk, q: String) -> Answer {
    let (clients, _more) = client_profiles::Entity::search(&desk.db, &q, 0).await?;
    let view = ChooseClient { clients: Line::list(&desk.me, &clients), q };
    let template = if desk.wants_fragment { "orders/_choices.html" } else { "orders/choose.html" };
    desk.render(template, view)
}

/// With the last setup of the client, or of the order that was asked for.
async fn copy(desk: Desk, wanted: Wanted) -> Answer {
    let db = desk.db.reading().await?;
    let source = match (wanted.from, wanted.client.parse::<Uuid>()) {
        (Some(from), _) => Some(orders::Entity::order(&db, from).await?),
        (None, Ok(client)) => orders::Entity::last(&db, client, wanted.frame).await?,
        (None, Err(_)) => None,
    };
    let Some(source) = source else {
        drop(db);
        // A racket that was scanned is meant, also where it was never strung.
        let frame = wanted.frame.map(|frame| frame.to_string()).unwrap_or_default();
        let form = OrderForm { client: wanted.client, frame, ..OrderForm::fresh(&desk.me) };
        return show_form(&desk, form).await;
    };
    let row = orders::Entity::row(&db, source.id).await?;
    let form = OrderForm::copied(&desk.me, &source, &row);
    let view = form_view(&db, &desk, form, Errors::default()).await?;
    desk.render("orders/form.html", view.copied_from(&desk.me, &source))
}

async fn create(desk: Desk, Form(form): Form<OrderForm>) -> Answer {
    if !form.nudge.is_empty() {
        return show_form(&desk, form.nudged(&desk.me)).await;
    }
    let checked = match form.check(&desk.me, desk.me.currency()) {
        Ok(checked) => checked,
        Err(errors) => return refuse_form(&desk, form, errors, None).await,
    };
    let entered = orders::Entity::enter(
        &desk.db,
        &desk.me,
        checked.client,
        checked.rackets,
        checked.setup,
        checked.copied_from,
    );
    let entered = match mendable(&form, entered.await)? {
        Ok(entered) => entered,
        Err(errors) => return refuse_form(&desk, form, errors, None).await,
    };
    Ok(match entered.orders.as_slice() {
        [order] => see(&format!("/orders/{order}?saved=1")),
        several => see(&format!("/clients/{}?saved={}", entered.client, several.len())),
    })
}

async fn show(desk: Desk, Path(id): Path<Uuid>, Query(arrival): Query<Arrival>) -> Answer {
    let done = arrival.done.as_deref().and_then(Step::from_code);
    let (saved, former) = (arrival.saved.is_some(), arrival.former);
    let just = Just { done, former, saved, ..Just::default() };
    desk.render("orders/show.html", page(&desk, id, just).await?)
}

async fn edit(desk: Desk, Path(id): Path<Uuid>) -> Answer {
    let db = desk.db.reading().await?;
    let order = orders::Entity::order(&db, id).await?;
    let row = orders::Entity::row(&db, id).await?;
    let form = OrderForm::of(&desk.me, &order, &row);
    let view = form_view(&db, &desk, form, Errors::default()).await?;
    desk.render("orders/form.html", view.editing(&desk.me, &order))
}

async fn update(desk: Desk, Path(id): Path<Uuid>, Form(form): Form<OrderForm>) -> Answer {
    let order = orders::Entity::order(&desk.db, id).await?;
    // Whose order it is does not change with a form.
    let form = OrderForm {
        client: order.client_profile_id.to_string(),
        racket_count: String::new(),
        others: BTreeMap::new(),
        ..form
    };
    if !form.nudge.is_empty() {
        let form = form.nudged(&desk.me);
        let view = form_view(&desk.db, &desk, form, Errors::default()).await?;
        return desk.render("orders/form.html", view.editing(&desk.me, &order));
    }
    let checked = match form.check(&desk.me, order.currency()) {
        Ok(checked) => checked,
        Err(errors) => return refuse_form(&desk, form, errors, Some(&order)).await,
    };
    let frame = checked.rackets.into_iter().next().ok_or(AppError::Stale)?.frame;
    let edited = orders::Entity::edit(&desk.db, id, checked.lock_version, frame, checked.setup);
    let owed = match mendable(&form, edited.await)? {
        Ok(owed) => owed,
        Err(errors) => return refuse_form(&desk, form, errors, Some(&order)).await,
    };
    if let Some(emission) = owed {
        RenderReceipt::later(&desk.ctx, desk.me.id, emission).await;
    }
    Ok(see(&format!("/orders/{id}?saved=1")))
}

/// An order's page with what has just happened.
pub(super) async fn page(desk: &Desk, id: Uuid, just: Just) -> Result<Show, AppError> {
    let db = desk.db.reading().await?;
    let order = orders::Entity::order(&db, id).await?;
    let row = orders::Entity::row(&db, id).await?;
    let audit = order_state_audit::Entity::of_order(&db, id).await?;
    let issues = receipt_emissions::Entity::of_order(&db, id).await?;
    let receipt = Receipt::new(&desk.me, id, issues);
    Ok(Show::new(&desk.me, &order, &row, &audit, receipt, just))
}

/// What only the model could tell, where a field of the form can mend it.
fn mendable<T>(form: &OrderForm, outcome: ModelResult<T>) -> Result<Result<T, Errors>, AppError> {
    Ok(match outcome {
        Err(ModelError::OtherSport(frame)) => {
            let field = if form.frame == frame.to_string() { "sport" } else { "also" };
            Err(Errors::at(field, "error-other-sport"))
        }
        Err(ModelError::Step(why)) => Err(Errors::at("paid_in_advance", why.key())),
        outcome => Ok(outcome?),
    })
}

async fn show_form(desk: &Desk, form: OrderForm) -> Answer {
    let view = form_view(&desk.db, desk, form, Errors::default()).await?;
    desk.render("orders/form.html", view)
}

async fn refuse_form(
    desk: &Desk,
    form: OrderForm,
    errors: Errors,
    editing: Option<&Model>,
) -> Result<Response, AppError> {
    let view = form_view(&desk.db, desk, form, errors).await?;
    let view = match editing {
        Some(order) => view.editing(&desk.me, order),
        None => view,
    };
    desk.refuse("orders/form.html", view)
}

async fn form_view(
    db: &impl Connection,
    desk: &Desk,
    form: OrderForm,
    errors: Errors,
) -> Result<FormView, AppError> {
    let (client, frames) = match form.client.parse() {
        Ok(id) => (
            Some(client_profiles::Entity::client(db, id).await?),
            client_rackets::Entity::of_client(db, id).await?,
        ),
        Err(_) => (None, Vec::new()),
    };
    let form = with_frame(form, &frames);
    let whose = Whose { client: client.as_ref(), frames: &frames };
    Ok(FormView::new(&desk.me, form, errors, &whose))
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
        "" => chosen.map_or(Sport::Tennis, client_rackets::Frame::sport).code().to_owned(),
        _ => form.sport,
    };
    OrderForm { frame, sport, ..form }
}

/// `/orders`.
pub fn routes() -> Routes {
    Routes::new()
        .prefix("orders")
        .add("/", get(index).post(create))
        .add("/new", get(new))
        .add("/{id}", get(show).post(update))
        .add("/{id}/edit", get(edit))
}
