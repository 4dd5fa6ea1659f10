//! Telling a client that a racket is ready.

use axum::Form;
use axum::extract::Path;
use loco_rs::prelude::*;
use sea_orm::{TransactionSession, TransactionTrait};

use super::Answer;
use crate::forms::{Errors, ReadyForm, Versioned as _};
use crate::models::client_profiles::Client;
use crate::models::{hold, orders, stringers};
use crate::views::account::ReadyWords;
use crate::views::ready::Ready;
use crate::web::{AppError, CurrentStringer, Kept, see_other};

/// The button alone for htmx, which knows the message then; else the page with all ways.
async fn show(current: CurrentStringer, Path(id): Path<Uuid>) -> Answer {
    let db = current.db.reading().await?;
    let order = orders::Model::find(&db, id).await?;
    if !order.is_ready() {
        return Err(AppError::NotFound);
    }
    let row = orders::Row::find(&db, id).await?;
    let client = Client::find(&db, order.client_profile_id).await?;
    let stringer = stringers::Model::find(&db, current.me.id).await?;
    drop(db);
    let template = if current.wants_fragment { "orders/_ready.html" } else { "orders/ready.html" };
    current.render(template, Ready::new(&order, &row, &client, &stringer))
}

async fn edit(current: CurrentStringer, kept: Kept<ReadyForm>) -> Answer {
    let stringer = stringers::Model::find(&current.db, current.me.id).await?;
    let (form, returned) = kept.or_else(|| ReadyForm::of(&stringer));
    let view = ReadyWords::new(form, Errors::default()).returned(returned);
    current.render("settings/ready.html", view)
}

async fn update(current: CurrentStringer, Form(mut form): Form<ReadyForm>) -> Answer {
    let txn = current.db.begin().await?;
    hold::<stringers::Entity>(&txn, current.me.id).await?;
    let now = ReadyForm::of(&stringers::Model::find(&txn, current.me.id).await?);
    match form.check_version(now).and_then(|()| form.check()) {
        Ok(ready) => {
            stringers::Entity::tell_ready(&txn, current.me.id, ready).await?;
            txn.commit().await?;
            Ok(see_other("/settings?done=ready"))
        }
        Err(errors) => {
            drop(txn);
            current.refuse("settings/ready.html", ReadyWords::new(form, errors))
        }
    }
}

/// `/orders/{id}/ready` and `/settings/ready`.
pub fn routes() -> Routes {
    Routes::new()
        .add("/orders/{id}/ready", get(show))
        .add("/settings/ready", get(edit).post(update))
}
