//! How often what the catalogue has is in one's own orders.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::{ExprTrait as _, FromQueryResult, QuerySelect as _, QueryTrait as _};
use sea_orm_tenancy::Connection;

use super::{Column, Entity};
use crate::models::catalogue::Entry;
use crate::models::{client_rackets, readable};

/// The use of an entry.
#[derive(Debug, Clone, Copy, Default, FromQueryResult)]
pub struct Used {
    /// Orders with it; none that were called off.
    pub jobs: i64,
    /// When one of them was last strung.
    pub last: Option<NaiveDate>,
}

impl Entity {
    /// How often an entry is in one's own orders: a racket strung, or a string on either side.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn used(db: &impl Connection, entry: &Entry) -> Result<Used, DbErr> {
        let with_it = match entry {
            Entry::Racket(model) => {
                let frames = client_rackets::Entity::find()
                    .select_only()
                    .column(client_rackets::Column::Id)
                    .filter(client_rackets::Column::RacketId.eq(model.id));
                Column::ClientRacketId.in_subquery(frames.into_query())
            }
            Entry::String(string) => {
                Column::MainsStringId.eq(string.id).or(Column::CrossesStringId.eq(string.id))
            }
        };
        let used = Self::find()
            .select_only()
            .column_as(Column::Id.count(), "jobs")
            .column_as(Column::StrungAt.max(), "last")
            .filter(Column::CancelledAt.is_null())
            .filter(with_it);
        Ok(readable::one(used, db).await?.unwrap_or_default())
    }
}
