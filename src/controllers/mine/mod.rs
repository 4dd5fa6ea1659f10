//! A client's own pages: its rackets, its orders, whoever strung them, and who may read them.

mod link;
mod proof;
mod settings;
mod sharing;

use axum::extract::{Path, Query};
use loco_rs::prelude::*;
use serde::Deserialize;

use super::{Answer, Part, pdf_file};
use crate::auth::authenticator::Authenticator;
use crate::models::{mine, sharing as shares};
use crate::views::mine::{Home, Order};
use crate::web::CurrentPerson;

/// What was just done, said once; and what is looked for.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    done: Option<String>,
    q: String,
}

/// Nobody, on the page of a client.
const NOT_ME: Uuid = Uuid::nil();

async fn index(
    auth: Authenticator,
    current: CurrentPerson,
    Query(part): Query<Part>,
    Query(asked): Query<Asked>,
) -> Answer {
    let db = current.db.reading().await?;
    let rackets = if part.page == 0 { mine::rackets(&db).await? } else { Vec::new() };
    let (orders, more) = mine::orders(&db, part.page).await?;
    // A handle of its own asks: what else the address is known for is nobody's to read here.
    let others = if part.page == 0 { auth.others_like(&current.me).await? } else { Vec::new() };
    let view = Home::new(current.locale, &current.me, &rackets, &orders, part.of(more))
        .others(&others)
        .done(asked.done.as_deref());
    current.render("mine/index.html", view)
}

async fn order(current: CurrentPerson, Path(id): Path<Uuid>, Query(query): Query<Asked>) -> Answer {
    let db = current.db.reading().await?;
    let order = mine::order(&db, id).await?;
    let receipts = mine::receipts(&db, id).await?;
    let granted = shares::own::of_order(&db, id).await?;
    let readers = granted.iter().map(|share| share.grantee_id).collect();
    let cards = shares::cards(&db, readers).await?;
    let found = shares::find_stringers(&db, order.stringer_id, &query.q).await?;
    let view = Order::new(current.locale, &order, &receipts)
        .shared(current.locale, &granted, &cards)
        .found(query.q, &found)
        .done(query.done.as_deref());
    current.render("mine/order.html", view)
}

async fn receipt(current: CurrentPerson, Path((id, _name)): Path<(Uuid, String)>) -> Answer {
    let (number, pdf) = mine::receipt(&current.db, id).await?;
    Ok(pdf_file(&format!("{number}.pdf"), pdf))
}

/// `/mine`.
pub fn routes() -> Routes {
    Routes::new()
        .prefix("mine")
        .add("/", get(index))
        .add("/start", get(link::start))
        .add("/link", get(link::show).post(link::redeem))
        .add("/mail", post(proof::mail))
        .add("/proof", get(proof::show).post(proof::redeem))
        .add("/others/{person}", post(proof::answer))
        .add("/requests", post(settings::request))
        .add("/session", delete(link::sign_out))
        .add("/sessions", delete(link::sign_out_all))
        .add("/orders/{order}", get(order))
        .add("/orders/{order}/shares", post(sharing::grant_order))
        .add("/receipts/{emission}/{name}", get(receipt))
        .add("/settings", get(settings::show).post(settings::update))
        .add("/sharing", get(sharing::index).post(sharing::grant_all))
        .add("/sharing/orders/{share}", delete(sharing::revoke_order))
        .add("/sharing/all/{share}", delete(sharing::revoke_all))
}
