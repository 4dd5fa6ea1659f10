//! Receipts of one day, to be printed in one go.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QuerySelect as _};
use sea_orm_tenancy::Connection;

use super::{Column, Entity, Model};
use crate::models::orders;
use crate::models::{ModelError, ModelResult, readable};

/// Nobody strings more rackets in a day.
const MOST: u64 = 200;

impl Entity {
    /// The receipts of what was strung on a day and is not paid, as they were issued last, by their
    /// numbers. What has no file yet gets one for the purpose.
    ///
    /// # Errors
    /// When there is none, or the database does not answer.
    pub async fn open_of_day(db: &impl Connection, day: NaiveDate) -> ModelResult<Vec<Model>> {
        let open: Vec<Uuid> = orders::Entity::find()
            .select_only()
            .column(orders::Column::Id)
            .filter(orders::Entity::is_open_of(day))
            .order_by_asc(orders::Column::Id)
            .limit(MOST)
            .into_tuple()
            .all(db)
            .await?;
        let issued: Vec<(Uuid, Uuid)> = Self::find()
            .select_only()
            .columns([Column::OrderId, Column::Id])
            .filter(Column::OrderId.is_in(open))
            .order_by_asc(Column::OrderId)
            .order_by_asc(Column::CreatedAt)
            .order_by_asc(Column::Id)
            .into_tuple()
            .all(db)
            .await?;
        let last = issued.chunk_by(|one, next| one.0 == next.0).filter_map(<[_]>::last);
        let last = Self::find().filter(Column::Id.is_in(last.map(|(_, id)| *id)));
        let mut receipts: Vec<Model> = readable::all(last, db).await?;
        for receipt in receipts.iter_mut().filter(|receipt| receipt.pdf.is_none()) {
            receipt.pdf = Self::pdf(db, receipt.snapshot.clone()).await?.ok();
        }
        receipts.sort_by(|one, next| {
            (one.number.len(), &one.number).cmp(&(next.number.len(), &next.number))
        });
        if receipts.is_empty() { Err(ModelError::NotFound) } else { Ok(receipts) }
    }
}
