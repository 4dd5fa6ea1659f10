//! Sign-ins of the embedded provider: the family that refresh tokens belong to.

pub use super::_entities::sessions::{ActiveModel, Column, Entity, Model};
use chrono::Utc;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;

use crate::tenancy::{Connection, Policy};

impl ActiveModelBehavior for ActiveModel {}

/// Closed to every stringer.
#[must_use]
pub fn policy() -> Policy {
    Policy::of::<Entity>().sealed()
}

impl Entity {
    /// Opens a session and returns its id.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open(db: &impl Connection, user_id: Uuid) -> Result<Uuid, DbErr> {
        let id = Uuid::now_v7();
        let session = ActiveModel {
            id: Set(id),
            user_id: Set(user_id),
            created_at: Set(Utc::now().into()),
            ended_at: Set(None),
        };
        Self::insert(session).exec_without_returning(db).await?;
        Ok(id)
    }

    /// Ends a session; its refresh tokens are worth nothing from then on.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn end(db: &impl Connection, id: Uuid) -> Result<(), DbErr> {
        Self::update_many()
            .col_expr(Column::EndedAt, Expr::value(Utc::now()))
            .filter(Column::Id.eq(id))
            .filter(Column::EndedAt.is_null())
            .exec(db)
            .await
            .map(drop)
    }
}

impl Model {
    /// Whether it still goes on.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.ended_at.is_none()
    }
}
