//! Clients.

use axum::Form;
use axum::extract::{Path, Query};
use loco_rs::prelude::*;
use sea_orm::{TransactionSession, TransactionTrait};
use serde::Deserialize;

use super::{Answer, Part};
use crate::auth::Desk;
use crate::auth::guards::see;
use crate::forms::{ClientForm, Errors};
use crate::models::{client_profiles, client_rackets, orders};
use crate::views::Pages;
use crate::views::clients::{Edit, Index, Line, New, Show};
use crate::views::job::Job;

/// What a list is asked for; it stays in the URL.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Search {
    q: String,
    page: u64,
}

/// So many jobs were just saved.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Arrival {
    saved: u8,
}

async fn index(desk: Desk, Query(search): Query<Search>) -> Answer {
    let (clients, more) = client_profiles::Entity::search(&desk.db, &search.q, search.page).await?;
    let clients = Line::list(&desk.me, &clients);
    let view = Index { clients, q: search.q, pages: Pages { page: search.page, more } };
    let template = if desk.wants_fragment { "clients/_list.html" } else { "clients/index.html" };
    desk.render(template, view)
}

async fn new(desk: Desk, Query(form): Query<ClientForm>) -> Answer {
    desk.render("clients/new.html", New { form, errors: Errors::default() })
}

async fn create(desk: Desk, Form(form): Form<ClientForm>) -> Answer {
    match form.check() {
        Err(errors) => desk.refuse("clients/new.html", New { form, errors }),
        Ok(client) => {
            let txn = desk.db.begin().await?;
            let id = client_profiles::Entity::add(&txn, &client).await?;
            txn.commit().await?;
            Ok(see(&format!("/clients/{id}")))
        }
    }
}

async fn show(
    desk: Desk,
    Path(id): Path<Uuid>,
    Query(arrival): Query<Arrival>,
    Query(part): Query<Part>,
) -> Answer {
    let db = desk.db.reading().await?;
    let client = client_profiles::Entity::client(&db, id).await?;
    let rackets = client_rackets::Entity::of_client(&db, id).await?;
    let (jobs, more) = orders::Entity::of_client(&db, id, part.page).await?;
    let beds = orders::Entity::beds(&db, id).await?;
    let jobs = Job::list(&desk.me, &jobs);
    desk.render(
        "clients/show.html",
        Show::new(&desk.me, &client, &rackets, jobs, &beds, part.of(more)).saved(arrival.saved),
    )
}

async fn edit(desk: Desk, Path(id): Path<Uuid>) -> Answer {
    let client = client_profiles::Entity::client(&desk.db, id).await?;
    if client.is_self_for_stringer {
        return Ok(see(&format!("/clients/{id}")));
    }
    let view = Edit { id, form: ClientForm::of(&client), errors: Errors::default() };
    desk.render("clients/edit.html", view)
}

async fn update(desk: Desk, Path(id): Path<Uuid>, Form(form): Form<ClientForm>) -> Answer {
    let errors = match form.check() {
        Ok(client) if client_profiles::Entity::edit(&desk.db, id, &client).await? => {
            return Ok(see(&format!("/clients/{id}")));
        }
        Ok(_) => Errors::at("first_name", "error-not-yours-to-say"),
        Err(errors) => errors,
    };
    let client = client_profiles::Entity::client(&desk.db, id).await?;
    desk.refuse("clients/edit.html", Edit { id: client.id, form, errors })
}

/// `/clients`.
pub fn routes() -> Routes {
    Routes::new()
        .prefix("clients")
        .add("/", get(index).post(create))
        .add("/new", get(new))
        .add("/{id}", get(show).post(update))
        .add("/{id}/edit", get(edit))
}
