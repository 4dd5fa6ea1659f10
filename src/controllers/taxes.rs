//! How a stringer's prices are taxed, and since when.

use axum::Form;
use axum::extract::{Path, Query};
use loco_rs::prelude::*;
use sea_orm_tenancy::Connection;
use serde::Deserialize;

use super::Answer;
use crate::forms::{Errors, TaxForm};
use crate::models::taxes;
use crate::views::taxes::Taxes;
use crate::web::{AppError, CurrentStringer, Kept, see_other};

#[derive(Deserialize, Default)]
#[serde(default)]
struct FlashQuery {
    done: u8,
}

async fn page(
    current: &CurrentStringer,
    db: &impl Connection,
    form: TaxForm,
    errors: Errors,
) -> Result<Taxes, AppError> {
    Ok(Taxes::new(&current.me, &taxes::Entity::all(db).await?, form, errors))
}

async fn index(
    current: CurrentStringer,
    kept: Kept<TaxForm>,
    Query(flash): Query<FlashQuery>,
) -> Answer {
    let (form, returned) = kept.or_else(|| TaxForm::new(current.me.today()));
    let page = page(&current, &current.db, form, Errors::default()).await?;
    current.render("settings/taxes.html", page.returned(returned).told(flash.done > 0))
}

async fn create(current: CurrentStringer, Form(form): Form<TaxForm>) -> Answer {
    match form.check() {
        Ok((since, tax)) => {
            taxes::Entity::say(&current.db, since, &tax).await?;
            Ok(see_other("/settings/taxes?done=1"))
        }
        Err(errors) => {
            current.refuse("settings/taxes.html", page(&current, &current.db, form, errors).await?)
        }
    }
}

async fn destroy(current: CurrentStringer, Path(id): Path<Uuid>) -> Answer {
    taxes::Entity::forget(&current.db, id).await?;
    Ok(see_other("/settings/taxes?done=1"))
}

/// `/settings/taxes`.
pub fn routes() -> Routes {
    Routes::new()
        .prefix("settings/taxes")
        .add("/", get(index).post(create))
        .add("/{id}", delete(destroy))
}
