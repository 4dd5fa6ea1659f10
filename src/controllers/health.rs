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
use crate::models::outbox;
use crate::models::purposes::SEND_MAIL;
use crate::web::AppError;

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
        mailer: mailer(&ctx).await,
    };
    let well = health.database && health.queue;
    let status = if well { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    Ok((status, Json(health)).into_response())
}

/// Whether mails go out, as far as that is known: nobody waits for a mail server here.
async fn mailer(ctx: &AppContext) -> &'static str {
    if ctx.mailer.is_none() {
        return "none";
    }
    match given_up_lately(ctx).await {
        Ok(0) | Err(_) => "configured",
        Ok(_) => "failing",
    }
}

/// Mails that were given up in the last day.
async fn given_up_lately(ctx: &AppContext) -> Result<u64, AppError> {
    let db = database::scoped_db(ctx, Scope::System(&SEND_MAIL))?;
    Ok(outbox::Entity::given_up_lately(&db).await?)
}

/// `/healthz`.
pub fn routes() -> Routes {
    Routes::new().add("/healthz", get(show))
}
