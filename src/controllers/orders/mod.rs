//! Orders: the list, Add stringjob, and an order's page.

mod form;

use axum::extract::{Path, Query};
use chrono::NaiveDate;
use loco_rs::prelude::*;
use serde::Deserialize;

use super::{Answer, emissions};
use crate::models::orders::{self, Filter, Query as ListQuery, Sort, Step};
use crate::models::{order_state_audit, payments};
use crate::typeset::without_font;
use crate::values::Vocabulary as _;
use crate::views::job::Job;
use crate::views::orders::{Flash, Index, Show, Told, printed};
use crate::web::{AppError, CurrentStringer};

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
    let receipt = emissions::receipt(current, &db, &order).await?;
    let payments = payments::Entity::of(&db, &order).await?;
    let without = without_font(printed(&order, &row)).await;
    let told = Told { audit: &audit, payments: &payments, without: &without };
    Ok(Show::new(&current.me, &order, &row, told, receipt, flash))
}

/// `/orders`.
pub fn routes() -> Routes {
    Routes::new()
        .prefix("orders")
        .add("/", get(index).post(form::create))
        .add("/new", get(form::new))
        .add("/{id}", get(show).post(form::update))
        .add("/{id}/edit", get(form::edit))
}
