//! The receipts of an order: their state, their PDFs, and issuing one again.

use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use loco_rs::prelude::*;

use super::Answer;
use crate::auth::Desk;
use crate::auth::guards::see;
use crate::errors::AppError;
use crate::models::{orders, receipt_emissions};
use crate::views::orders::Receipt;
use crate::workers::render_receipt::RenderReceipt;

async fn index(desk: Desk, Path(id): Path<Uuid>) -> Answer {
    let order = orders::Entity::order(&desk.db, id).await?;
    let issues = receipt_emissions::Entity::of_order(&desk.db, order.id).await?;
    desk.render("orders/_receipt.html", ReceiptPage { receipt: Receipt::new(&desk.me, id, issues) })
}

async fn create(desk: Desk, Path(id): Path<Uuid>) -> Answer {
    let emission = orders::Entity::issue_by_hand(&desk.db, id).await?;
    RenderReceipt::later(&desk.ctx, desk.me.id, emission).await;
    Ok(see(&format!("/orders/{id}")))
}

async fn show(desk: Desk, Path((id, emission, _name)): Path<(Uuid, Uuid, String)>) -> Answer {
    let emission = receipt_emissions::Entity::issue(&desk.db, id, emission).await?;
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
