to: src/controllers/{{ plural }}.rs
skip_exists: true
injections:
- into: src/controllers/mod.rs
  after_last: "^pub mod "
  content: "pub mod {{ plural }};"
- into: src/app.rs
  after: "controllers::home::routes"
  content: "            .add_route(controllers::{{ plural }}::routes())"
---
//! {{ many_en }}.

use axum::Form;
use axum::extract::{Path, Query};
use loco_rs::prelude::*;
use serde::Deserialize;

use super::Answer;
use crate::forms::{Errors, {{ model }}Form};
use crate::models::{{ plural }}::{Entity, Model};
use crate::views::{{ plural }}::{Form as FormView, Index, Line, Show};
use crate::web::{CurrentStringer, see_other};

/// What a list is asked for; it stays in the URL.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Search {
    q: String,
    page: u64,
}

async fn index(current: CurrentStringer, Query(search): Query<Search>) -> Answer {
    let (rows, more) = Entity::search(&current.db, &search.q, search.page).await?;
    let {{ plural }} = rows.iter().map(|row| Line::new(&current.me, row)).collect();
    let view = Index { {{ plural }}, q: search.q, page: search.page, more };
    let template = if current.wants_fragment { "{{ plural }}/_list.html" } else { "{{ plural }}/index.html" };
    current.render(template, view)
}

async fn new(current: CurrentStringer, Query(form): Query<{{ model }}Form>) -> Answer {
    let view = FormView { form, errors: Errors::default(), editing: None };
    current.render("{{ plural }}/form.html", view)
}

async fn create(current: CurrentStringer, Form(form): Form<{{ model }}Form>) -> Answer {
    match form.check() {
        Err(errors) => {
            current.refuse("{{ plural }}/form.html", FormView { form, errors, editing: None })
        }
        Ok(draft) => {
            let id = Entity::add(&current.db, draft).await?;
            Ok(see_other(&format!("/{{ path }}/{id}")))
        }
    }
}

async fn show(current: CurrentStringer, Path(id): Path<Uuid>) -> Answer {
    let row = Model::find(&current.db, id).await?;
    current.render("{{ plural }}/show.html", Show { {{ singular }}: Line::new(&current.me, &row) })
}

async fn edit(current: CurrentStringer, Path(id): Path<Uuid>) -> Answer {
    let row = Model::find(&current.db, id).await?;
    let form = {{ model }}Form::of(&row);
    let view = FormView { form, errors: Errors::default(), editing: Some(id) };
    current.render("{{ plural }}/form.html", view)
}

async fn update(current: CurrentStringer, Path(id): Path<Uuid>, Form(form): Form<{{ model }}Form>) -> Answer {
    Model::find(&current.db, id).await?;
    match form.check() {
        Err(errors) => {
            current.refuse("{{ plural }}/form.html", FormView { form, errors, editing: Some(id) })
        }
        Ok(draft) => {
            Entity::edit(&current.db, id, draft).await?;
            Ok(see_other(&format!("/{{ path }}/{id}")))
        }
    }
}

async fn destroy(current: CurrentStringer, Path(id): Path<Uuid>) -> Answer {
    Entity::remove(&current.db, id).await?;
    Ok(see_other("/{{ path }}"))
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
