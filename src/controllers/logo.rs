//! The logo on receipts: taking one, looking at it, and taking it off.

use axum::extract::{Path, Query};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use loco_rs::prelude::*;
use serde::Deserialize;

use super::Answer;
use crate::forms::Errors;
use crate::models::{logos, stringers};
use crate::pictures::{self, Unusable};
use crate::settings::Settings;
use crate::views::logo::Logo;
use crate::web::{AppError, CurrentStringer, Uploaded, see_other};

/// A picture never changes, and is nobody else's.
const KEPT: HeaderValue = HeaderValue::from_static("private, max-age=31536000, immutable");

#[derive(Deserialize, Default)]
#[serde(default)]
struct FlashQuery {
    done: u8,
    coarse: u8,
}

async fn show(current: CurrentStringer, Query(flash): Query<FlashQuery>) -> Answer {
    let page = page(&current, Errors::default()).await?;
    current.render("settings/logo.html", page.told(flash.done > 0, flash.coarse > 0))
}

async fn page(current: &CurrentStringer, errors: Errors) -> Result<Logo, AppError> {
    let digest = stringers::Model::find(&current.db, current.me.id).await?.logo;
    let logo = match digest {
        Some(digest) => logos::Entity::key(&current.db, &digest).await?,
        None => None,
    };
    Ok(Logo::new(logo, Uploaded::LARGEST, errors))
}

async fn create(current: CurrentStringer, file: Uploaded) -> Answer {
    if file.name.is_empty() && file.bytes.is_empty() {
        return refuse(&current, "error-no-file").await;
    }
    let program = Settings::from_context(&current.ctx)?.reader().map_err(AppError::internal)?;
    let read = pictures::apart(&program, &file.bytes).await.map_err(AppError::internal)?;
    let picture = match read {
        Ok(picture) => picture,
        Err(unusable) => return refuse(&current, sentence(unusable)).await,
    };
    let is_coarse = picture.is_coarse();
    if !logos::Entity::take(&current.db, current.me.id, picture).await? {
        return refuse(&current, "logo-refused-many").await;
    }
    let coarse = if is_coarse { "&coarse=1" } else { "" };
    Ok(see_other(&format!("/settings/logo?done=1{coarse}")))
}

async fn refuse(current: &CurrentStringer, key: &'static str) -> Answer {
    let page = page(current, Errors::at("file", key)).await?;
    current.refuse("settings/logo.html", page)
}

/// What somebody can do about it.
const fn sentence(unusable: Unusable) -> &'static str {
    match unusable {
        Unusable::Kind => "logo-refused-kind",
        Unusable::Damaged => "logo-refused-damaged",
        Unusable::TooLarge => "logo-refused-large",
        Unusable::Empty => "logo-refused-empty",
        Unusable::TooHard => "logo-refused-hard",
    }
}

async fn destroy(current: CurrentStringer) -> Answer {
    logos::Entity::take_off(&current.db, current.me.id).await?;
    Ok(see_other("/settings/logo?done=1"))
}

async fn picture(current: CurrentStringer, Path(id): Path<Uuid>) -> Answer {
    let logo = logos::Model::by_key(&current.db, id).await?;
    let kind = HeaderValue::from_static("image/png");
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, KEPT)];
    Ok((headers, logo.picture).into_response())
}

/// `/settings/logo`.
pub fn routes() -> Routes {
    Routes::new()
        .prefix("settings/logo")
        .add("/", get(show).post(create).delete(destroy))
        .add("/{id}", get(picture))
}
