//! The receipts of an order: their state, their PDFs, and issuing one again.

use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use loco_rs::prelude::*;

use super::Answer;
use crate::models::{orders, receipt_emissions};
use crate::views::orders::Receipt;
use crate::web::{AppError, CurrentStringer, see_other};
use crate::workers::render_receipt::RenderReceipt;

async fn index(current: CurrentStringer, Path(id): Path<Uuid>) -> Answer {
    let order = orders::Model::find(&current.db, id).await?;
    let issues = receipt_emissions::Entity::of_order(&current.db, order.id).await?;
    current.render(
        "orders/_receipt.html",
        ReceiptPage { receipt: Receipt::new(&current.me, id, issues) },
    )
}

async fn create(current: CurrentStringer, Path(id): Path<Uuid>) -> Answer {
    let emission = orders::Entity::issue_by_hand(&current.db, id).await?;
    RenderReceipt::later(&current.ctx, current.me.id, emission).await;
    Ok(see_other(&format!("/orders/{id}")))
}

async fn show(
    current: CurrentStringer,
    Path((id, emission, _name)): Path<(Uuid, Uuid, String)>,
) -> Answer {
    let emission = receipt_emissions::Model::find(&current.db, id, emission).await?;
    let name = emission.file_name();
    let pdf = emission.pdf.ok_or(AppError::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{name}\"")),
    ];
    Ok((headers, pdf).into_response())
}

#[derive(serde::Serialize)]
struct ReceiptPage {
    receipt: Receipt,
}

/// `/orders/{id}/receipt/emissions`.
pub fn routes() -> Routes {
    Routes::new()
        .prefix("orders")
        .add("/{id}/receipt/emissions", get(index).post(create))
        .add("/{id}/receipt/emissions/{emission}/{name}", get(show))
}
