//! Refresh tokens of the embedded provider: hashed at rest, each good once.

pub use super::_entities::refresh_tokens::{ActiveModel, Column, Entity, Model};
use chrono::{Duration, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{Condition, QueryTrait};
use sea_orm_tenancy::{Connection, Policy};
use sha2::{Digest, Sha256};

use super::sessions;

impl ActiveModelBehavior for ActiveModel {}

/// Two tabs may renew at once: within so many seconds both get the same child, whatever has
/// become of it since.
const GRACE_SECONDS: i64 = 10;

/// Closed to every stringer.
#[must_use]
pub fn policy() -> Policy {
    Policy::of::<Entity>().sealed()
}

/// What became of a token that was shown.
#[derive(Debug, PartialEq, Eq)]
pub enum Shown {
    /// It was good; the child may be handed out.
    Good(Uuid),
    /// It was used before: whoever shows it, or whoever used it, is a thief.
    Replayed(Uuid),
    /// Nobody knows it.
    Unknown,
}

fn digest(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

impl Entity {
    /// Remembers a token of a session.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn remember(
        db: &impl Connection,
        session_id: Uuid,
        token: &str,
    ) -> Result<(), DbErr> {
        let row = ActiveModel {
            id: Set(Uuid::now_v7()),
            session_id: Set(session_id),
            token_hash: Set(digest(token)),
            created_at: Set(Utc::now().into()),
            used_at: Set(None),
        };
        let known = OnConflict::column(Column::TokenHash).do_nothing().to_owned();
        Self::insert(row).on_conflict(known).exec_without_returning(db).await.map(drop)
    }

    /// Forgets the tokens of sessions that are over, and those that were used so long ago
    /// that nobody will show them again; whoever does gets nothing.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn forget(db: &impl Connection) -> Result<(), DbErr> {
        let over = sessions::Entity::long_over().into_query();
        let is_over = Column::SessionId.in_subquery(over);
        let used = Column::UsedAt.lt(Utc::now() - Duration::days(sessions::IDLE_DAYS));
        let forgotten = Condition::any().add(is_over).add(used);
        Self::delete_many().filter(forgotten).exec(db).await.map(drop)
    }

    async fn was_shown(db: &impl Connection, token: &str) -> Result<bool, DbErr> {
        let known = Self::find().filter(Column::TokenHash.eq(digest(token))).one(db).await?;
        Ok(known.is_some_and(|known| known.used_at.is_some()))
    }

    /// Uses a token up. Of two that come at once, both are good, as the child is
    /// made of the parent and so the same. One that comes late is good as long as nobody has
    /// shown the child: the answer that brought it was lost.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn show(db: &impl Connection, token: &str, child: &str) -> Result<Shown, DbErr> {
        let Some(row) = Self::find().filter(Column::TokenHash.eq(digest(token))).one(db).await?
        else {
            return Ok(Shown::Unknown);
        };
        let now = Utc::now();
        match row.used_at {
            Some(used)
                if now - used.to_utc() > Duration::seconds(GRACE_SECONDS)
                    && Self::was_shown(db, child).await? =>
            {
                Ok(Shown::Replayed(row.session_id))
            }
            Some(_) => Ok(Shown::Good(row.session_id)),
            None => {
                Self::update_many()
                    .col_expr(Column::UsedAt, Expr::value(now))
                    .filter(Column::Id.eq(row.id))
                    .filter(Column::UsedAt.is_null())
                    .exec(db)
                    .await?;
                Ok(Shown::Good(row.session_id))
            }
        }
    }
}
