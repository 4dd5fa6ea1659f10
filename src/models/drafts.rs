//! What somebody typed into a form whose sign-in had ended: it is given back after the next.

pub use super::_entities::drafts::{ActiveModel, Column, Entity, Model};
use chrono::{Duration, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};
use sea_orm_tenancy::{Connection, Policy};

use super::{ModelResult, or_not_found, owned};

impl ActiveModelBehavior for ActiveModel {}

/// Who signs in a week later has typed it again.
const KEPT_DAYS: i64 = 7;

/// So many are kept of a stringer; an ended session may leave no more.
const KEPT: u64 = 20;

/// Mine, and never changed.
#[must_use]
pub fn policy() -> Policy {
    owned::<Entity>().only_settable(&[]).delete("this.stringer_id = :me")
}

impl Entity {
    /// Keeps what was typed, as the form sends it, beside the latest that were left before.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn keep(db: &impl Connection, body: String) -> ModelResult<Uuid> {
        let (id, now) = (Uuid::now_v7(), Utc::now());
        let too_many: Option<Uuid> = Self::find()
            .select_only()
            .column(Column::Id)
            .order_by_desc(Column::Id)
            .offset(KEPT - 1)
            .limit(1)
            .into_tuple()
            .one(db)
            .await?;
        if let Some(last) = too_many {
            Self::delete_many().filter(Column::Id.lte(last)).exec(db).await?;
        }
        let draft = ActiveModel {
            id: Set(id),
            body: Set(body),
            created_at: Set(now.into()),
            ..Default::default()
        };
        Self::insert(draft).exec_without_returning(db).await?;
        Ok(id)
    }

    /// Forgets what is old, whosever it is.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn forget(db: &impl Connection) -> Result<(), DbErr> {
        let old = Column::CreatedAt.lt(Utc::now() - Duration::days(KEPT_DAYS));
        Self::delete_many().filter(old).exec(db).await.map(drop)
    }

    /// What was typed.
    ///
    /// # Errors
    /// When there is none for the caller.
    pub async fn body(db: &impl Connection, id: Uuid) -> ModelResult<String> {
        let young = Column::CreatedAt.gt(Utc::now() - Duration::days(KEPT_DAYS));
        Ok(or_not_found(Self::find_by_id(id).filter(young).one(db).await?)?.body)
    }
}
