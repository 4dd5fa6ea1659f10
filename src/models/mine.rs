//! What a client reads on its own pages: its rackets, its orders, whoever strung them, and their
//! receipts. In the person's own scope.

use std::collections::HashMap;

use chrono::{NaiveDate, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, Func};
use sea_orm::{FromQueryResult, QueryOrder as _, QuerySelect as _};
use sea_orm_tenancy::Connection;

use super::orders::wear::{Bed, Wear};
use super::stringers::Restring;
use super::{ModelResult, client_orders, client_receipts, or_not_found, persons, readable};

/// Orders on a page.
pub const PAGE: u64 = 50;

/// So many orders tell how often a racket is strung; nobody's rackets have more in years.
const LATEST: u64 = 300;

/// A racket of a client.
#[derive(Debug, Clone)]
pub struct OwnRacket {
    /// The latest order on it that was not called off: what is in it, or is to be.
    pub last: client_orders::Model,
    /// When it was last strung.
    pub strung: Option<NaiveDate>,
    /// When it is due again, going by how often it was strung so far.
    pub due: Option<NaiveDate>,
}

/// A receipt without its bytes.
#[derive(Debug, Clone, FromQueryResult)]
pub struct OwnReceipt {
    /// Its key.
    pub id: Uuid,
    /// Its number.
    pub number: String,
    /// When it was issued.
    pub created_at: DateTimeUtc,
}

/// The person's own file on itself.
///
/// # Errors
/// When it is gone.
pub async fn person(db: &impl Connection, id: Uuid) -> ModelResult<persons::Own> {
    use persons::Column;
    let own = persons::Entity::find_by_id(id)
        .select_only()
        .columns([Column::DefaultLocale, Column::NotificationPrefs]);
    or_not_found(own.into_model().one(db).await?)
}

/// A page of orders, the latest first, and whether there are more.
///
/// # Errors
/// When the database does not answer.
pub async fn orders(
    db: &impl Connection,
    page: u64,
) -> Result<(Vec<client_orders::Model>, bool), DbErr> {
    readable::page(latest(), page, PAGE, db).await
}

fn latest() -> sea_orm::Select<client_orders::Entity> {
    use client_orders::{Column, Entity};
    let days = [Column::StrungAt, Column::OrderedAt].map(|day| Expr::col((Entity, day)));
    let day = Func::coalesce(days);
    Entity::find().order_by_desc(day).order_by_desc(Column::Id)
}

/// Each racket, what is not collected yet and what was strung last before the others.
///
/// # Errors
/// When the database does not answer.
pub async fn rackets(db: &impl Connection) -> Result<Vec<OwnRacket>, DbErr> {
    use client_orders::Column;
    let orders = latest().filter(Column::CancelledAt.is_null()).limit(LATEST);
    let orders: Vec<client_orders::Model> = readable::all(orders, db).await?;
    let mut beds: HashMap<(Uuid, Uuid), Vec<Bed>> = HashMap::new();
    let mut rackets: Vec<client_orders::Model> = Vec::new();
    for order in orders {
        let racket = (order.stringer_id, order.client_racket_id);
        beds.entry(racket).or_default().extend(order.bed());
        match rackets.iter_mut().find(|one| (one.stringer_id, one.client_racket_id) == racket) {
            // What waits has no day of stringing, and is later than what was strung.
            Some(known) if known.strung_at.is_some() && order.strung_at.is_none() => *known = order,
            Some(_) => {}
            None => rackets.push(order),
        }
    }
    let today = Utc::now().date_naive();
    let own = |last: client_orders::Model| {
        let mut beds = beds.remove(&(last.stringer_id, last.client_racket_id)).unwrap_or_default();
        beds.sort_by_key(|bed| bed.strung_at);
        let wear = Wear::of(&beds, Restring::Usual, today);
        OwnRacket { strung: beds.last().map(|bed| bed.strung_at), due: wear.due, last }
    };
    let mut rackets: Vec<OwnRacket> = rackets.into_iter().map(own).collect();
    rackets.sort_by_key(|racket| racket.last.returned_at.is_some());
    Ok(rackets)
}

/// One order.
///
/// # Errors
/// When the person has none such.
pub async fn order(db: &impl Connection, id: Uuid) -> ModelResult<client_orders::Model> {
    or_not_found(readable::one(client_orders::Entity::find_by_id(id), db).await?)
}

/// The receipts of an order, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn receipts(db: &impl Connection, order: Uuid) -> Result<Vec<OwnReceipt>, DbErr> {
    use client_receipts::{Column, Entity};
    let receipts = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Number, Column::CreatedAt])
        .filter(Column::OrderId.eq(order))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(PAGE);
    readable::all(receipts, db).await
}

/// The number of a receipt, and what is printed.
///
/// # Errors
/// When the person has none such.
pub async fn receipt(db: &impl Connection, id: Uuid) -> ModelResult<(String, Vec<u8>)> {
    let receipt: Option<client_receipts::Model> =
        readable::one(client_receipts::Entity::find_by_id(id), db).await?;
    let receipt = or_not_found(receipt)?;
    Ok((receipt.number, or_not_found(receipt.pdf)?))
}
