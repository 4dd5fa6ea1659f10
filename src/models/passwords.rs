//! Passwords of the embedded provider, apart from the accounts: who signs in by links
//! alone has none.

pub use super::_entities::passwords::{ActiveModel, Column, Entity, Model};
use chrono::Utc;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm_tenancy::{Connection, Policy};

impl ActiveModelBehavior for ActiveModel {}

/// Closed to every stringer.
#[must_use]
pub fn policy() -> Policy {
    Policy::of::<Entity>().sealed()
}

impl Entity {
    /// The hash of an account's password, if it has one.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_hash(db: &impl Connection, user_id: Uuid) -> Result<Option<String>, DbErr> {
        let known = Self::find().filter(Column::UserId.eq(user_id)).one(db).await?;
        Ok(known.map(|password| password.hash))
    }

    /// Sets an account's password, the first or another.
    ///
    /// # Errors
    /// When two set the first one at once, or the database does not answer.
    pub async fn set(db: &impl Connection, user_id: Uuid, hash: String) -> Result<(), DbErr> {
        let now = Utc::now();
        let changed = Self::update_many()
            .col_expr(Column::Hash, Expr::value(&hash))
            .col_expr(Column::ChangedAt, Expr::value(now))
            .filter(Column::UserId.eq(user_id))
            .exec(db)
            .await?;
        if changed.rows_affected > 0 {
            return Ok(());
        }
        let password = ActiveModel {
            id: Set(Uuid::now_v7()),
            user_id: Set(user_id),
            hash: Set(hash),
            changed_at: Set(now.into()),
        };
        Self::insert(password).exec_without_returning(db).await.map(drop)
    }
}
