//! What is owed, and what is old.

use chrono::Utc;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm_tenancy::Connection;

use super::{Column, Entity, ImportState};
use crate::models::{Kept, Owing, says};

impl Owing for Entity {
    const ID: Column = Column::Id;
    const STRINGER_ID: Column = Column::StringerId;
    const NEXT_ATTEMPT_AT: Column = Column::NextAttemptAt;

    fn is_owed() -> Expr {
        says(Column::State, &[ImportState::Uploaded, ImportState::Approved])
    }
}

impl Kept for Entity {
    const KEPT_UNTIL: Column = Column::KeptUntil;

    /// The file goes, and what its report says of people.
    async fn forget(db: &impl Connection, id: Uuid) -> Result<(), DbErr> {
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
