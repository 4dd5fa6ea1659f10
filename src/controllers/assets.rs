//! Stylesheet, scripts and fonts.

use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use loco_rs::prelude::*;

use super::Answer;
use crate::web::{AppError, Assets};

/// Their addresses carry a mark of their content, so they never change.
const FOREVER: &str = "public, max-age=31536000, immutable";

async fn show(Path(path): Path<String>) -> Answer {
    let file = Assets::get(&path).ok_or(AppError::NotFound)?;
    let kind = file.metadata.mimetype().to_owned();
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, FOREVER.to_owned())];
    Ok((headers, file.data.into_owned()).into_response())
}

/// `/static`.
pub fn routes() -> Routes {
    Routes::new().add("/static/{*path}", get(show))
}
