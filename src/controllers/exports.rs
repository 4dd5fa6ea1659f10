//! Taking one's own book along.

use axum::Form;
use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use futures_util::stream;
use loco_rs::prelude::*;
use sea_orm_tenancy::Db;
use serde::Deserialize;

use super::Answer;
use crate::models::exports::{self, ExportKind, ExportState, parts};
use crate::views::exports::Index;
use crate::web::{AppError, CurrentStringer, see_other};
use crate::workers::export::Export;

#[derive(Deserialize)]
struct Asked {
    kind: ExportKind,
}

async fn index(current: CurrentStringer) -> Answer {
    let made = exports::Entity::latest(&current.db).await?;
    let template = if current.wants_fragment { "exports/_list.html" } else { "exports/index.html" };
    current.render(template, Index::new(&current.me, &made))
}

async fn create(current: CurrentStringer, Form(asked): Form<Asked>) -> Answer {
    let id = exports::Entity::ask(&current.db, asked.kind).await?;
    Export::later(&current.ctx, current.me.id, id).await;
    Ok(see_other("/exports"))
}

/// Piece by piece, as it is kept.
async fn show(current: CurrentStringer, Path((id, _name)): Path<(Uuid, String)>) -> Answer {
    let export = exports::Model::find(&current.db, id).await?;
    if export.state != ExportState::Made {
        return Err(AppError::NotFound);
    }
    let headers = [
        (header::CONTENT_TYPE, export.kind.media_type().to_owned()),
        (header::CONTENT_LENGTH, export.size.to_string()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", export.file_name())),
    ];
    Ok((headers, Body::from_stream(pieces(current.db, id))).into_response())
}

fn pieces(
    db: Db,
    export: Uuid,
) -> impl futures_util::Stream<Item = Result<Bytes, sea_orm::DbErr>> + Send {
    stream::try_unfold((db, 0), move |(db, number)| async move {
        let piece = parts::Entity::piece(&db, export, number).await?;
        Ok(piece.map(|piece| (Bytes::from(piece), (db, number + 1))))
    })
}

/// `/exports`.
pub fn routes() -> Routes {
    Routes::new().prefix("exports").add("/", get(index).post(create)).add("/{id}/{name}", get(show))
}
