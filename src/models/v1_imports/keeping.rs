//! What is owed, and what is old.

use chrono::{Duration, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{QueryOrder as _, QuerySelect as _};
use sea_orm_tenancy::Connection;

use super::{Column, Entity, ImportState};
use crate::models::Owed;

impl Entity {
    /// What is owed and due, of all stringers; for the sweeper's own scope.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn owed(db: &impl Connection, at_most: u64) -> Result<Vec<Owed>, DbErr> {
        Self::find()
            .select_only()
            .columns([Column::Id, Column::StringerId])
            .filter(Column::State.is_in([ImportState::Uploaded, ImportState::Approved]))
            .filter(Column::NextAttemptAt.lte(Utc::now()))
            .order_by_asc(Column::NextAttemptAt)
            .limit(at_most)
            .into_model()
            .all(db)
            .await
    }

    /// Leaves one alone for an hour: whoever sent it cannot be found.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn postpone(db: &impl Connection, id: Uuid) -> Result<(), DbErr> {
        Self::update_many()
            .col_expr(Column::NextAttemptAt, Expr::value(Utc::now() + Duration::hours(1)))
            .filter(Column::Id.eq(id))
            .exec(db)
            .await
            .map(drop)
    }

    /// Files that were kept long enough, of all stringers; for the sweeper's own scope.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn outdated(db: &impl Connection, at_most: u64) -> Result<Vec<Owed>, DbErr> {
        Self::find()
            .select_only()
            .columns([Column::Id, Column::StringerId])
            .filter(Column::KeptUntil.lt(Utc::now()))
            .limit(at_most)
            .into_model()
            .all(db)
            .await
    }

    /// Forgets a file that was kept long enough, and what its report says of people.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn forget_file(db: &impl Connection, id: Uuid) -> Result<(), DbErr> {
        let over = Expr::case(
            Column::State.is_in([ImportState::Done, ImportState::Refused, ImportState::Failed]),
            Expr::col(Column::State),
        );
        Self::update_many()
            .col_expr(Column::File, Expr::value(Option::<Vec<u8>>::None))
            .col_expr(Column::KeptUntil, Expr::value(Option::<DateTimeUtc>::None))
            .col_expr(Column::Report, Expr::value(Option::<String>::None))
            .col_expr(Column::Choices, Expr::value("{}"))
            .col_expr(Column::Matching, Expr::value(Option::<String>::None))
            .col_expr(Column::State, over.finally(ImportState::Cancelled).into())
            .filter(Column::Id.eq(id))
            .filter(Column::KeptUntil.lt(Utc::now()))
            .exec(db)
            .await
            .map(drop)
    }
}
