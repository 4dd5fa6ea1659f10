//! How a stringer wants to be told.

use chrono::{DateTime, Duration, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::NullOrdering;
use sea_orm::{Condition, Order, QueryOrder as _, QuerySelect as _};
use sea_orm_tenancy::Connection;

use super::{ActiveModel, Column, Entity, Model};

/// A stringer is told by mail once in so many hours: at the same hour each day, about.
const PAUSE_HOURS: i64 = 23;

/// How a stringer wants to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notices {
    /// News by mail as well.
    pub by_mail: bool,
    /// Of rackets that were not collected so many days after they were strung.
    pub ready_days: Option<i64>,
    /// Of bills that were not paid so many days after.
    pub unpaid_days: Option<i64>,
}

impl Model {
    /// How it wants to be told.
    #[must_use]
    pub const fn notices(&self) -> Notices {
        Notices {
            by_mail: self.mails_news,
            ready_days: self.nudge_ready_days,
            unpaid_days: self.nudge_unpaid_days,
        }
    }
}

fn is_due() -> Condition {
    let before = Utc::now() - Duration::hours(PAUSE_HOURS);
    Condition::any().add(Column::NewsMailedAt.is_null()).add(Column::NewsMailedAt.lt(before))
}

impl Entity {
    /// Keeps how a stringer wants to be told.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn notify(db: &impl Connection, id: Uuid, notices: Notices) -> Result<(), DbErr> {
        let change = ActiveModel {
            mails_news: Set(notices.by_mail),
            nudge_ready_days: Set(notices.ready_days),
            nudge_unpaid_days: Set(notices.unpaid_days),
            updated_at: Set(Utc::now().into()),
            ..Default::default()
        };
        Self::update_many().set(change).filter(Column::Id.eq(id)).exec(db).await.map(drop)
    }

    /// Who wants news by mail and has had none for a day, who has waited longest first; for the
    /// teller's own scope.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn to_tell(db: &impl Connection, at_most: u64) -> Result<Vec<Uuid>, DbErr> {
        let due = Self::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::MailsNews.eq(true))
            .filter(Column::DeactivatedAt.is_null())
            .filter(is_due())
            .order_by_with_nulls(Column::NewsMailedAt, Order::Asc, NullOrdering::First)
            .limit(at_most);
        due.into_tuple().all(db).await
    }

    /// When a stringer was last told; the beginning of time, where it never was.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn told_at(db: &impl Connection, id: Uuid) -> Result<DateTime<Utc>, DbErr> {
        let before = Self::find_by_id(id).select_only().column(Column::NewsMailedAt);
        let before: Option<Option<DateTimeWithTimeZone>> = before.into_tuple().one(db).await?;
        Ok(before.flatten().map_or(DateTime::UNIX_EPOCH, |at| at.to_utc()))
    }

    /// Whether it is this process that tells a stringer today, and no other.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn take_to_tell(db: &impl Connection, id: Uuid) -> Result<bool, DbErr> {
        let mine = Self::update_many().set(told(Utc::now()));
        let mine = mine.filter(Column::Id.eq(id)).filter(is_due()).exec(db).await?;
        Ok(mine.rows_affected == 1)
    }

    /// It could not be told after all: what is new since then is told later.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn not_told(
        db: &impl Connection,
        id: Uuid,
        since: DateTime<Utc>,
    ) -> Result<(), DbErr> {
        Self::update_many().set(told(since)).filter(Column::Id.eq(id)).exec(db).await.map(drop)
    }
}

fn told(at: DateTime<Utc>) -> ActiveModel {
    ActiveModel { news_mailed_at: Set(Some(at.into())), ..Default::default() }
}
