//! The receipts of an order: their state, their PDFs, and issuing one again.

use axum::Form;
use axum::extract::Path;
use loco_rs::prelude::*;
use sea_orm_tenancy::Connection;
use serde::Deserialize;

use super::{Answer, pdf_file};
use crate::auth::authenticator::Authenticator;
use crate::mailers::post;
use crate::models::receipt_mails::{Reach, Recipient};
use crate::models::{client_profiles, orders, receipt_emissions, receipt_mails};
use crate::views::orders::Receipt;
use crate::web::{AppError, CurrentStringer, see_other};
use crate::workers::render_receipt::RenderReceipt;

async fn index(current: CurrentStringer, Path(id): Path<Uuid>) -> Answer {
    let db = current.db.reading().await?;
    let order = orders::Model::find(&db, id).await?;
    let receipt = receipt(&current, &db, &order).await?;
    drop(db);
    current.render("orders/_receipt.html", ReceiptPage { receipt })
}

/// What is told of an order's receipts, on its page and by itself.
pub(super) async fn receipt(
    current: &CurrentStringer,
    db: &impl Connection,
    order: &orders::Model,
) -> Result<Receipt, AppError> {
    if order.receipt_number.is_none() {
        return Ok(Receipt::none(order.id));
    }
    let issues = receipt_emissions::Entity::of_order(db, order.id).await?;
    let mails = receipt_mails::Entity::of_order(db, order.id).await?;
    let recipient = Recipient::find(db, order.client_profile_id).await?;
    let reach = post::server(&current.ctx).map(|_| Reach::from(recipient.as_ref()));
    Ok(Receipt::new(&current.me, order, issues, mails, reach))
}

/// Mails the receipt now, because the stringer wants it so.
async fn mail(current: CurrentStringer, Path(id): Path<Uuid>) -> Answer {
    // Where there is nobody to send it to, the page says so.
    let is_owed = receipt_mails::Entity::ask(&current.db, id).await?;
    if is_owed && let Some(auth) = current.ctx.shared_store.get::<Authenticator>() {
        auth.mails.receipts().notify_one();
    }
    Ok(see_other(&format!("/orders/{id}#receipt")))
}

/// Does not mail it, where it has not gone out yet.
async fn call_back(current: CurrentStringer, Path(id): Path<Uuid>) -> Answer {
    let order = orders::Model::find(&current.db, id).await?;
    receipt_mails::Entity::call_back(&current.db, order.id).await?;
    Ok(see_other(&format!("/orders/{id}#receipt")))
}

async fn create(current: CurrentStringer, Path(id): Path<Uuid>) -> Answer {
    let emission = orders::Entity::issue_by_hand(&current.db, id).await?;
    RenderReceipt::later(&current.ctx, current.me.id, emission).await;
    Ok(see_other(&format!("/orders/{id}")))
}

/// Whose receipts are issued again; everybody's, where nobody is named.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Whose {
    client: String,
    /// Where an earlier go has ended.
    after: String,
}

async fn issue_open(current: CurrentStringer, Form(whose): Form<Whose>) -> Answer {
    let (client, after) = (key(&whose.client)?, key(&whose.after)?);
    if let Some(client) = client {
        client_profiles::Client::find(&current.db, client).await?;
    }
    let again = orders::Entity::issue_open(&current.db, client, after).await?;
    for emission in again.owed {
        RenderReceipt::later(&current.ctx, current.me.id, emission).await;
    }
    let page = match client {
        Some(client) => format!("/clients/{client}?issued=1"),
        None => "/settings?done=receipts".to_owned(),
    };
    let rest = again.last.map(|last| format!("&after={last}")).unwrap_or_default();
    Ok(see_other(&format!("{page}{rest}")))
}

/// A key that a form names, or none.
fn key(text: &str) -> Result<Option<Uuid>, AppError> {
    match text {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| AppError::NotFound),
    }
}

async fn show(
    current: CurrentStringer,
    Path((id, emission, _name)): Path<(Uuid, Uuid, String)>,
) -> Answer {
    let emission = receipt_emissions::Model::find(&current.db, id, emission).await?;
    let name = emission.file_name();
    let pdf = emission.pdf.ok_or(AppError::NotFound)?;
    Ok(pdf_file(&name, pdf))
}

#[derive(serde::Serialize)]
struct ReceiptPage {
    receipt: Receipt,
}

/// `/orders/{id}/receipt/emissions`.
pub fn routes() -> Routes {
    Routes::new()
        .prefix("orders")
        .add("/receipts", axum::routing::post(issue_open))
        .add("/{id}/receipt/emissions", get(index).post(create))
        .add("/{id}/receipt/mails", axum::routing::post(mail).delete(call_back))
        .add("/{id}/receipt/emissions/{emission}/{name}", get(show))
}
