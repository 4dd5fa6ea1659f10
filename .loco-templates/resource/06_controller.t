to: src/controllers/{{ plural }}.rs
skip_exists: true
injections:
- into: src/controllers/mod.rs
  after_last: "^pub mod "
  content: "pub mod {{ plural }};"
- into: src/app.rs
  after_last: "add_route\\("
  content: "            .add_route(controllers::{{ plural }}::routes())"
---
//! {{ many_en }}.

use axum::Form;
use axum::extract::{Path, Query};
use loco_rs::prelude::*;
use serde::Deserialize;

use super::Answer;
use crate::auth::Desk;
use crate::auth::guards::see;
use crate::forms::{Errors, {{ model }}Form};
use crate::models::{{ plural }}::Entity;
use crate::views::{{ plural }}::{Form as FormView, Index, Line, Show};

/// What a list is asked for; it stays in the URL.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Search {
    q: String,
    page: u64,
}

async fn index(desk: Desk, Query(search): Query<Search>) -> Answer {
    let (rows, more) = Entity::search(&desk.db, &search.q, search.page).await?;
    let {{ plural }} = rows.iter().map(|row| Line::new(&desk.me, row)).collect();
    let view = Index { {{ plural }}, q: search.q, page: search.page, more };
    let template = if desk.wants_fragment { "{{ plural }}/_list.html" } else { "{{ plural }}/index.html" };
    desk.render(template, view)
}

async fn new(desk: Desk, Query(form): Query<{{ model }}Form>) -> Answer {
    let view = FormView { form, errors: Errors::default(), editing: None };
    desk.render("{{ plural }}/form.html", view)
}

async fn create(desk: Desk, Form(form): Form<{{ model }}Form>) -> Answer {
    match form.check() {
        Err(errors) => {
            desk.refuse("{{ plural }}/form.html", FormView { form, errors, editing: None })
        }
        Ok(draft) => {
            let id = Entity::add(&desk.db, draft).await?;
            Ok(see(&format!("/{{ path }}/{id}")))
        }
    }
}

async fn show(desk: Desk, Path(id): Path<Uuid>) -> Answer {
    let row = Entity::{{ singular }}(&desk.db, id).await?;
    desk.render("{{ plural }}/show.html", Show { {{ singular }}: Line::new(&desk.me, &row) })
}

async fn edit(desk: Desk, Path(id): Path<Uuid>) -> Answer {
    let row = Entity::{{ singular }}(&desk.db, id).await?;
    let form = {{ model }}Form::of(&row);
    let view = FormView { form, errors: Errors::default(), editing: Some(id) };
    desk.render("{{ plural }}/form.html", view)
}

async fn update(desk: Desk, Path(id): Path<Uuid>, Form(form): Form<{{ model }}Form>) -> Answer {
    Entity::{{ singular }}(&desk.db, id).await?;
    match form.check() {
        Err(errors) => {
            desk.refuse("{{ plural }}/form.html", FormView { form, errors, editing: Some(id) })
        }
        Ok(draft) => {
            Entity::edit(&desk.db, id, draft).await?;
            Ok(see(&format!("/{{ path }}/{id}")))
        }
    }
}

async fn destroy(desk: Desk, Path(id): Path<Uuid>) -> Answer {
    Entity::remove(&desk.db, id).await?;
    Ok(see("/{{ path }}"))
}

/// `/{{ path }}`.
pub fn routes() -> Routes {
    Routes::new()
        .prefix("{{ path }}")
        .add("/", get(index).post(create))
        .add("/new", get(new))
        .add("/{id}", get(show).post(update).delete(destroy))
        .add("/{id}/edit", get(edit))
}
