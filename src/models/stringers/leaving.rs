//! A stringer is deactivated, by an admin or by itself, and opened again.

use chrono::{Duration, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::ExprTrait as _;
use sea_orm::entity::prelude::*;
use sea_orm_tenancy::Connection;

use super::{ActiveModel, Column, Entity, Listed, Member};
use crate::models::{ModelError, ModelResult, or_not_found};

/// Who has left by itself may come back for so many days (RULES 4).
pub const COME_BACK_DAYS: i64 = 30;

impl Listed {
    /// It has left by itself, and so long ago that nobody opens it again.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.left_at.is_some_and(|at| at.to_utc() < gone_before())
    }
}

fn gone_before() -> chrono::DateTime<Utc> {
    Utc::now() - Duration::days(COME_BACK_DAYS)
}

fn closed(since: Option<chrono::DateTime<Utc>>) -> ActiveModel {
    ActiveModel {
        deactivated_at: Set(since.map(Into::into)),
        updated_at: Set(Utc::now().into()),
        ..Default::default()
    }
}

impl Entity {
    /// Deactivates a stringer; by the bypass alone. Nothing of what is its own changes; who has
    /// left by itself has done so.
    ///
    /// # Errors
    /// When there is no such stringer, or the database does not answer.
    pub async fn deactivate(db: &impl Connection, id: Uuid) -> ModelResult<()> {
        let changed = Self::update_many().set(closed(Some(Utc::now()))).filter(Column::Id.eq(id));
        let changed = changed.exec(db).await?;
        or_not_found((changed.rows_affected == 1).then_some(()))
    }

    /// Opens it again; by the bypass alone.
    ///
    /// # Errors
    /// When there is no such stringer, or it left by itself more than [`COME_BACK_DAYS`] ago.
    pub async fn reactivate(db: &impl Connection, id: Uuid) -> ModelResult<()> {
        let may = Column::LeftAt.is_null().or(Column::LeftAt.gte(gone_before()));
        let open = ActiveModel { left_at: Set(None), ..closed(None) };
        let changed = Self::update_many().set(open).filter(Column::Id.eq(id));
        let changed = changed.filter(may).exec(db).await?;
        or_not_found((changed.rows_affected == 1).then_some(()))
    }

    /// A stringer leaves by itself; an admin does not, who would find nobody to let it in again.
    ///
    /// # Errors
    /// When it is an admin, or has left already.
    pub async fn leave(db: &impl Connection, me: &Member) -> ModelResult<()> {
        if me.is_admin() {
            return Err(ModelError::NotFound);
        }
        let now = Utc::now();
        let changed = Self::update_many()
            .set(ActiveModel { left_at: Set(Some(now.into())), ..closed(Some(now)) })
            .filter(Column::Id.eq(me.id))
            .filter(Column::DeactivatedAt.is_null())
            .exec(db)
            .await?;
        or_not_found((changed.rows_affected == 1).then_some(()))
    }
}
