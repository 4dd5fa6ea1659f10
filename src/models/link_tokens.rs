//! What the links in the embedded provider's mails carry: hashed at rest, each good
//! once, for a quarter of an hour.

pub use super::_entities::link_tokens::{ActiveModel, Column, Entity, Model};
use chrono::{Duration, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm_tenancy::{Connection, Policy};

use crate::values::{LinkKind, Secret};

impl ActiveModelBehavior for ActiveModel {}

/// How long a link is good for.
pub const LINK_MINUTES: i64 = 15;

/// Closed to every stringer.
#[must_use]
pub fn policy() -> Policy {
    Policy::of::<Entity>().sealed()
}

impl Entity {
    /// A link for an account; the secret is known to its mail alone.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn issue(
        db: &impl Connection,
        user_id: Uuid,
        kind: LinkKind,
    ) -> Result<Secret, DbErr> {
        let (secret, now) = (Secret::generate(), Utc::now());
        let token = ActiveModel {
            id: Set(Uuid::now_v7()),
            user_id: Set(user_id),
            kind: Set(kind),
            token_hash: Set(secret.digest()),
            created_at: Set(now.into()),
            expires_at: Set((now + Duration::minutes(LINK_MINUTES)).into()),
            used_at: Set(None),
        };
        Self::insert(token).exec_without_returning(db).await?;
        Ok(secret)
    }

    /// The account of a link that is still good: the latest of its kind that the account was
    /// sent.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_account(
        db: &impl Connection,
        kind: LinkKind,
        secret: &Secret,
    ) -> Result<Option<Uuid>, DbErr> {
        let good = Self::find()
            .filter(Column::TokenHash.eq(secret.digest()))
            .filter(Column::Kind.eq(kind))
            .filter(Column::UsedAt.is_null())
            .filter(Column::ExpiresAt.gt(Utc::now()));
        let Some(token) = good.one(db).await? else { return Ok(None) };
        let later = Self::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::UserId.eq(token.user_id))
            .filter(Column::Kind.eq(kind))
            .filter(Column::CreatedAt.gt(token.created_at))
            .into_tuple::<Uuid>();
        Ok(later.one(db).await?.is_none().then_some(token.user_id))
    }

    /// Uses a link up. Of several at once one gets the account: the statement that
    /// marks the row decides.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn redeem(
        db: &impl Connection,
        kind: LinkKind,
        secret: &Secret,
    ) -> Result<Option<Uuid>, DbErr> {
        let Some(account) = Self::find_account(db, kind, secret).await? else { return Ok(None) };
        let now = Utc::now();
        let used = Self::update_many()
            .col_expr(Column::UsedAt, Expr::value(now))
            .filter(Column::TokenHash.eq(secret.digest()))
            .filter(Column::UsedAt.is_null())
            .filter(Column::ExpiresAt.gt(now))
            .exec(db)
            .await?;
        Ok((used.rows_affected == 1).then_some(account))
    }

    /// Forgets links that have lapsed.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn forget(db: &impl Connection) -> Result<(), DbErr> {
        let lapsed = Column::ExpiresAt.lt(Utc::now() - Duration::days(1));
        Self::delete_many().filter(lapsed).exec(db).await.map(drop)
    }

    /// Takes the other open links of an account away: whoever is in needs none, and a
    /// changed password must not be undone by an old mail.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn void(db: &impl Connection, user_id: Uuid) -> Result<(), DbErr> {
        Self::update_many()
            .col_expr(Column::UsedAt, Expr::value(Utc::now()))
            .filter(Column::UserId.eq(user_id))
            .filter(Column::UsedAt.is_null())
            .exec(db)
            .await
            .map(drop)
    }
}
