//! Orders: the list, Add stringjob, and an order's page.

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::{Path, Query};
use axum::response::Response;
use chrono::NaiveDate;
use loco_rs::prelude::*;
use sea_orm_tenancy::Connection;
use serde::Deserialize;

use super::Answer;
use crate::forms::{ClientForm, Errors, OrderForm};
use crate::models::orders::{self, Filter, Model, Query as ListQuery, Sort, Step};
use crate::models::{
    ModelError, ModelResult, client_profiles, client_rackets, order_state_audit, receipt_emissions,
};
use crate::units::Sport;
use crate::values::Vocabulary as _;
use crate::views::clients::Line;
use crate::views::job::Job;
use crate::views::orders::{Flash, Form as FormView, FormContext, Index, Receipt, Show};
use crate::views::pickers::ChooseClient;
use crate::web::{AppError, CurrentStringer, see_other};
use crate::workers::render_receipt::RenderReceipt;

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
            filter: Filter::from_code(&self.state).unwrap_or_default(),
            byo: !self.byo.is_empty(),
            year: self.year.parse().ok(),
            sort: Sort::from_code(&self.sort).unwrap_or_default(),
            words: self.q,
            page: self.page,
        }
    }
}

/// For whom a new job is, and which racket.
#[derive(Deserialize, Default)]
#[serde(default)]
struct NewOrderQuery {
    client: String,
    frame: Option<Uuid>,
    from: Option<Uuid>,
    name: String,
    q: String,
}

/// What has just happened to the order.
#[derive(Deserialize, Default)]
#[serde(default)]
struct FlashQuery {
    done: Option<String>,
    former: Option<NaiveDate>,
    saved: Option<String>,
}

async fn index(current: CurrentStringer, Query(search): Query<Search>) -> Answer {
    let query = search.query();
    let db = current.db.reading().await?;
    let (rows, more) = orders::Entity::search(&db, &query).await?;
    // A keystroke swaps the list alone.
    let years =
        if current.wants_fragment { Vec::new() } else { orders::Entity::years(&db).await? };
    let view = Index::new(Job::list(&current.me, &rows), query, &years, more);
    let template = if current.wants_fragment { "orders/_list.html" } else { "orders/index.html" };
    current.render(template, view)
}

async fn new(current: CurrentStringer, Query(wanted): Query<NewOrderQuery>) -> Answer {
    match wanted.client.as_str() {
        "" if wanted.from.is_none() => choose(current, wanted.q).await,
        "new" => {
            let newcomer = ClientForm::named(&wanted.name);
            let form =
                OrderForm { client: "new".into(), newcomer, ..OrderForm::fresh(&current.me) };
            show_form(&current, form).await
        }
        "self" => {
            let mine = client_profiles::Entity::find_myself(&current.db).await?;
            let client = mine.map_or_else(|| "self".to_owned(), |mine| mine.to_string());
            copy(current, NewOrderQuery { client, ..wanted }).await
        }
        _ => copy(current, wanted).await,
    }
}

/// Without a client yet: who is it for?
async fn choose(current: CurrentStringer, q: String) -> Answer {
    let (clients, _more) = client_profiles::Entity::search(&current.db, &q, 0).await?;
    let view = ChooseClient { clients: Line::list(&current.me, &clients), q };
    let template =
        if current.wants_fragment { "orders/_choices.html" } else { "orders/choose.html" };
    current.render(template, view)
}

/// With the last setup of the client, or of the order that was asked for.
async fn copy(current: CurrentStringer, wanted: NewOrderQuery) -> Answer {
    let db = current.db.reading().await?;
    let source = match (wanted.from, wanted.client.parse::<Uuid>()) {
        (Some(from), _) => Some(orders::Model::find(&db, from).await?),
        (None, Ok(client)) => orders::Entity::find_last(&db, client, wanted.frame).await?,
        (None, Err(_)) => None,
    };
    let Some(source) = source else {
        drop(db);
        // A racket that was scanned is meant, also where it was never strung.
        let frame = wanted.frame.map(|frame| frame.to_string()).unwrap_or_default();
        let form = OrderForm { client: wanted.client, frame, ..OrderForm::fresh(&current.me) };
        return show_form(&current, form).await;
    };
    let row = orders::Row::find(&db, source.id).await?;
    let form = OrderForm::copied(&current.me, &source, &row);
    let view = form_view(&db, &current, form, Errors::default()).await?;
    current.render("orders/form.html", view.copied_from(&current.me, &source))
}

async fn create(current: CurrentStringer, Form(form): Form<OrderForm>) -> Answer {
    if !form.nudge.is_empty() {
        return show_form(&current, form.nudged(&current.me)).await;
    }
    let checked = match form.check(&current.me, current.me.currency()) {
        Ok(checked) => checked,
        Err(errors) => return refuse_form(&current, form, errors, None).await,
    };
    let entered = orders::Entity::enter(
        &current.db,
        &current.me,
        checked.client,
        checked.rackets,
        checked.setup,
        checked.copied_from,
    );
    let entered = match as_form_errors(&form, entered.await)? {
        Ok(entered) => entered,
        Err(errors) => return refuse_form(&current, form, errors, None).await,
    };
    Ok(match entered.orders.as_slice() {
        [order] => see_other(&format!("/orders/{order}?saved=1")),
        several => see_other(&format!("/clients/{}?saved={}", entered.client, several.len())),
    })
}

async fn show(
    current: CurrentStringer,
    Path(id): Path<Uuid>,
    Query(flash): Query<FlashQuery>,
) -> Answer {
    let done = flash.done.as_deref().and_then(Step::from_code);
    let (saved, former) = (flash.saved.is_some(), flash.former);
    let flash = Flash { done, former, saved, ..Flash::default() };
    current.render("orders/show.html", page(&current, id, flash).await?)
}

async fn edit(current: CurrentStringer, Path(id): Path<Uuid>) -> Answer {
    let db = current.db.reading().await?;
    let order = orders::Model::find(&db, id).await?;
    let row = orders::Row::find(&db, id).await?;
    let form = OrderForm::of(&current.me, &order, &row);
    let view = form_view(&db, &current, form, Errors::default()).await?;
    current.render("orders/form.html", view.editing(&current.me, &order))
}

async fn update(
    current: CurrentStringer,
    Path(id): Path<Uuid>,
    Form(form): Form<OrderForm>,
) -> Answer {
    let order = orders::Model::find(&current.db, id).await?;
    // FormContext order it is does not change with a form.
    let form = OrderForm {
        client: order.client_profile_id.to_string(),
        racket_count: String::new(),
        others: BTreeMap::new(),
        ..form
    };
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
    let edited = orders::Entity::edit(&current.db, id, checked.lock_version, frame, checked.setup);
    let owed = match as_form_errors(&form, edited.await)? {
        Ok(owed) => owed,
        Err(errors) => return refuse_form(&current, form, errors, Some(&order)).await,
    };
    if let Some(emission) = owed {
        RenderReceipt::later(&current.ctx, current.me.id, emission).await;
    }
    Ok(see_other(&format!("/orders/{id}?saved=1")))
}

/// An order's page with what has just happened.
pub(super) async fn page(
    current: &CurrentStringer,
    id: Uuid,
    flash: Flash,
) -> Result<Show, AppError> {
    let db = current.db.reading().await?;
    let order = orders::Model::find(&db, id).await?;
    let row = orders::Row::find(&db, id).await?;
    let audit = order_state_audit::Entity::of_order(&db, id).await?;
    let issues = receipt_emissions::Entity::of_order(&db, id).await?;
    let receipt = Receipt::new(&current.me, id, issues);
    Ok(Show::new(&current.me, &order, &row, &audit, receipt, flash))
}

/// What only the model could tell, where a field of the form can mend it.
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
    let form = with_frame(form, &frames);
    let context = FormContext { client: client.as_ref(), frames: &frames };
    Ok(FormView::new(&current.me, form, errors, &context))
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

/// `/orders`.
pub fn routes() -> Routes {
    Routes::new()
        .prefix("orders")
        .add("/", get(index).post(create))
        .add("/new", get(new))
        .add("/{id}", get(show).post(update))
        .add("/{id}/edit", get(edit))
}
