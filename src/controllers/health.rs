//! Whether the parts that we stand on answer.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use loco_rs::prelude::*;
use sea_orm_tenancy::Scope;
use serde::Serialize;

use super::Answer;
use crate::database;

#[derive(Serialize)]
struct Health {
    database: bool,
    queue: bool,
    mailer: &'static str,
}

async fn show(State(ctx): State<AppContext>) -> Answer {
    let health = Health {
        database: database::scoped_db(&ctx, Scope::Unbound)?.ping().await.is_ok(),
        queue: match &ctx.queue_provider {
            Some(queue) => queue.ping().await.is_ok(),
            None => true,
        },
        mailer: if ctx.mailer.is_some() { "configured" } else { "none" },
    };
    let well = health.database && health.queue;
    let status = if well { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    Ok((status, Json(health)).into_response())
}

/// `/healthz`.
pub fn routes() -> Routes {
    Routes::new().add("/healthz", get(show))
}
