//! Accounts of the embedded identity provider; only `src/auth` uses them.

pub use super::_entities::users::{ActiveModel, Column, Entity, Model};
use chrono::Utc;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm_tenancy::{Connection, Policy};

use super::is_unique_violation;
use crate::values::normalise_email;

impl ActiveModelBehavior for ActiveModel {}

/// Closed to every stringer.
#[must_use]
pub fn policy() -> Policy {
    Policy::of::<Entity>().sealed()
}

impl Entity {
    /// The account with this address.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_by_email(db: &impl Connection, email: &str) -> Result<Option<Model>, DbErr> {
        Self::find().filter(Column::Email.eq(normalise_email(email))).one(db).await
    }

    /// A new account, which nobody has signed in to yet.
    ///
    /// # Errors
    /// When the address is taken or the database does not answer.
    pub async fn add(db: &impl Connection, email: &str, origin: Origin) -> Result<Uuid, DbErr> {
        let (id, now) = (Uuid::now_v7(), Utc::now());
        let (invited, confirmed) = match origin {
            Origin::Invited => (Some(now.into()), None),
            Origin::Founder => (None, Some(now.into())),
        };
        let user = ActiveModel {
            id: Set(id),
            email: Set(normalise_email(email)),
            created_at: Set(now.into()),
            updated_at: Set(now.into()),
            invited_at: Set(invited),
            confirmed_at: Set(confirmed),
            last_sign_in_at: Set(None),
            user_metadata: Set(None),
        };
        Self::insert(user).exec_without_returning(db).await?;
        Ok(id)
    }

    /// The account of an address that is invited, made where there is none. Of two who
    /// invite it at the same moment one makes it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_or_create_invited(db: &impl Connection, email: &str) -> Result<Uuid, DbErr> {
        if let Some(known) = Self::find_by_email(db, email).await? {
            return Ok(known.id);
        }
        match Self::add(db, email, Origin::Invited).await {
            Err(error) if is_unique_violation(&error) => {
                let known = Self::find_by_email(db, email).await?;
                known.map(|known| known.id).ok_or(error)
            }
            made => made,
        }
    }

    /// Notes a sign-in; one by a mailed link proves the address.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn signed_in(db: &impl Connection, id: Uuid, proves: bool) -> Result<(), DbErr> {
        let now = Utc::now();
        let mut update = Self::update_many()
            .col_expr(Column::LastSignInAt, Expr::value(now))
            .filter(Column::Id.eq(id));
        if proves {
            update = update.col_expr(Column::ConfirmedAt, Expr::value(now));
        }
        update.exec(db).await.map(drop)
    }

    /// Keeps what an account writes about itself. Nothing here ever reads it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn describe(
        db: &impl Connection,
        id: Uuid,
        metadata: &serde_json::Value,
    ) -> Result<(), DbErr> {
        Self::update_many()
            .col_expr(Column::UserMetadata, Expr::value(metadata.to_string()))
            .col_expr(Column::UpdatedAt, Expr::value(Utc::now()))
            .filter(Column::Id.eq(id))
            .exec(db)
            .await
            .map(drop)
    }
}

/// Where an account comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Somebody invited the address, which is still to be proven.
    Invited,
    /// It was made beside the machine.
    Founder,
}
