//! Accounts of the embedded identity provider; only `src/auth` uses them.

pub use super::_entities::users::{ActiveModel, Column, Entity, Model};
use chrono::Utc;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use crate::tenancy::{Connection, Policy};

impl ActiveModelBehavior for ActiveModel {}

/// Closed to every stringer.
#[must_use]
pub fn policy() -> Policy {
    Policy::of::<Entity>().sealed()
}

/// How an e-mail address is compared: without spaces around it and in lower case.
#[must_use]
pub fn normalise_email(email: &str) -> String {
    email.trim().to_lowercase()
}

impl Entity {
    /// The account with this address.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_by_email(db: &impl Connection, email: &str) -> Result<Option<Model>, DbErr> {
        Self::find().filter(Column::Email.eq(normalise_email(email))).one(db).await
    }

    /// A new account.
    ///
    /// # Errors
    /// When the address is taken or the database does not answer.
    pub async fn add(
        db: &impl Connection,
        email: &str,
        password_hash: String,
    ) -> Result<Uuid, DbErr> {
        let (id, now) = (Uuid::now_v7(), Utc::now());
        let user = ActiveModel {
            id: Set(id),
            email: Set(normalise_email(email)),
            password_hash: Set(password_hash),
            created_at: Set(now.into()),
            updated_at: Set(now.into()),
        };
        Self::insert(user).exec_without_returning(db).await?;
        Ok(id)
    }
}
