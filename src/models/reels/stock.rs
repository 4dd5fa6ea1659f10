//! Reels with what their strings are called.

use sea_orm::entity::prelude::*;
use sea_orm::{
    ExprTrait as _, FromQueryResult, JoinType, QueryOrder as _, QuerySelect as _, Select,
};
use sea_orm_tenancy::Connection;

use super::{Column, Entity, Model, Relation, left};
use crate::models::_entities::strings;
use crate::models::{ModelResult, catalogue_strings, or_not_found, readable};

/// Reels a page of the list.
const PAGE: u64 = 50;

/// So many of one string are looked through for one to draw from.
const OPEN: u64 = 20;

/// A reel with what its string is called.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Stock {
    #[sea_orm(nested)]
    reel: Model,
    string_manufacturer: String,
    string_model: String,
    string_gauge: Option<i64>,
}

impl std::ops::Deref for Stock {
    type Target = Model;

    fn deref(&self) -> &Model {
        &self.reel
    }
}

impl Stock {
    /// What its string is called.
    #[must_use]
    pub fn name(&self) -> String {
        catalogue_strings::name(&self.string_manufacturer, &self.string_model, self.string_gauge)
    }
}

/// With what its string is called.
fn stocked() -> Select<Entity> {
    Entity::find()
        .join(JoinType::InnerJoin, Relation::Strings.def())
        .column_as(strings::Column::Manufacturer, "string_manufacturer")
        .column_as(strings::Column::Model, "string_model")
        .column_as(strings::Column::Gauge, "string_gauge")
}

impl Stock {
    /// One reel.
    ///
    /// # Errors
    /// When there is none for the caller.
    pub async fn find(db: &impl Connection, id: Uuid) -> ModelResult<Self> {
        or_not_found(readable::one(stocked().filter(Column::Id.eq(id)), db).await?)
    }

    /// A page of what is in stock, by name; or of what is used up, the latest first. And whether
    /// there is more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn page(
        db: &impl Connection,
        is_finished: bool,
        page: u64,
    ) -> Result<(Vec<Self>, bool), DbErr> {
        let reels = if is_finished {
            stocked().filter(Column::FinishedAt.is_not_null()).order_by_desc(Column::FinishedAt)
        } else {
            stocked().filter(Column::FinishedAt.is_null()).order_by_asc(strings::Column::SearchKey)
        };
        readable::page(reels.order_by_desc(Column::Id), page, PAGE, db).await
    }

    /// What a job of these strings may draw from, what has some left and is oldest first; and
    /// these, used up or not.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn for_strings(
        db: &impl Connection,
        strings: &[Uuid],
        and: &[Uuid],
    ) -> Result<Vec<Self>, DbErr> {
        let open = Column::StringId
            .is_in(strings.iter().copied())
            .and(Column::FinishedAt.is_null())
            .or(Column::Id.is_in(and.iter().copied()));
        let named = Column::Id.is_in(and.iter().copied());
        let reels = stocked().filter(open).order_by_desc(named).order_by_desc(left().gt(0));
        readable::all(reels.order_by_asc(Column::Id).limit(2 * OPEN), db).await
    }
}
