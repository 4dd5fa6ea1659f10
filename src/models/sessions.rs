//! Sign-ins of the embedded provider: the family that refresh tokens belong to.

pub use super::_entities::sessions::{ActiveModel, Column, Entity, Model};
use chrono::{Duration, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, Func};
use sea_orm::{Condition, ExprTrait as _, QueryOrder, QuerySelect, QueryTrait};
use sea_orm_tenancy::{Connection, Policy};

use super::readable;
use crate::values::stored_words;

impl ActiveModelBehavior for ActiveModel {}

stored_words! {
    "snake_case";

    /// How a session was opened, as gotrue names it.
    pub enum SignInMethod {
        /// By password.
        Password,
        /// By a link from a mail.
        Otp,
    }
}

/// Closed to every stringer.
#[must_use]
pub fn policy() -> Policy {
    Policy::of::<Entity>().sealed()
}

/// A session that nobody has used for so many days is over: a stringer who goes on
/// holiday need not sign in again.
pub const IDLE_DAYS: i64 = 60;

/// After so many days everybody signs in again.
pub const LONGEST_DAYS: i64 = 365;

/// A session that is over is kept for so many days.
const KEPT_DAYS: i64 = 30;

/// A list of sessions shows so many.
const SHOWN: u64 = 50;

impl Entity {
    /// Opens a session and returns its id.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open(
        db: &impl Connection,
        user_id: Uuid,
        method: SignInMethod,
        user_agent: Option<String>,
    ) -> Result<Model, DbErr> {
        let session = ActiveModel {
            id: Set(Uuid::now_v7()),
            user_id: Set(user_id),
            created_at: Set(Utc::now().into()),
            ended_at: Set(None),
            method: Set(method),
            user_agent: Set(user_agent),
            refreshed_at: Set(None),
        };
        Self::insert(session).exec_with_returning(db).await
    }

    /// An account's open session.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_open(db: &impl Connection, id: Uuid) -> Result<Option<Model>, DbErr> {
        readable::one(Self::find_by_id(id).filter(is_open()), db).await
    }

    /// An account's open sessions, the latest used first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of_user(db: &impl Connection, user_id: Uuid) -> Result<Vec<Model>, DbErr> {
        let open = Self::find()
            .filter(Column::UserId.eq(user_id))
            .filter(is_open())
            .order_by_desc(Column::CreatedAt)
            .limit(SHOWN);
        let mut open: Vec<Model> = readable::all(open, db).await?;
        open.sort_by_key(|session| std::cmp::Reverse(session.last_seen()));
        Ok(open)
    }

    /// The keys of sessions that ended, or that nobody can take up again, so long ago that
    /// their owner does not ask about them any more.
    #[must_use]
    pub fn long_over() -> sea_orm::Select<Self> {
        let before = |days| Utc::now() - Duration::days(KEPT_DAYS + days);
        let never_used = Condition::all()
            .add(Column::RefreshedAt.is_null())
            .add(Column::CreatedAt.lt(before(IDLE_DAYS)));
        Self::find().select_only().column(Column::Id).filter(
            Condition::any()
                .add(Column::EndedAt.lt(before(0)))
                .add(Column::RefreshedAt.lt(before(IDLE_DAYS)))
                .add(never_used)
                .add(Column::CreatedAt.lt(before(LONGEST_DAYS))),
        )
    }

    /// Forgets those sessions; their tokens are to be forgotten before.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn forget(db: &impl Connection) -> Result<(), DbErr> {
        let over = Self::long_over().into_query();
        Self::delete_many().filter(Column::Id.in_subquery(over)).exec(db).await.map(drop)
    }

    /// Notes that a session asked for new tokens.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn refreshed(db: &impl Connection, id: Uuid) -> Result<(), DbErr> {
        Self::update_many()
            .col_expr(Column::RefreshedAt, Expr::value(Utc::now()))
            .filter(Column::Id.eq(id))
            .exec(db)
            .await
            .map(drop)
    }

    /// Ends all sessions of an account, or all but one.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn end_all(
        db: &impl Connection,
        user_id: Uuid,
        but: Option<Uuid>,
    ) -> Result<(), DbErr> {
        let mut end = Self::update_many()
            .col_expr(Column::EndedAt, Expr::value(Utc::now()))
            .filter(Column::UserId.eq(user_id))
            .filter(Column::EndedAt.is_null());
        if let Some(kept) = but {
            end = end.filter(Column::Id.ne(kept));
        }
        end.exec(db).await.map(drop)
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

/// It still goes on: not ended, and neither idle nor open for too long.
pub(super) fn is_open() -> Condition {
    let now = Utc::now();
    let seen = Func::coalesce([
        Expr::col((Entity, Column::RefreshedAt)),
        Expr::col((Entity, Column::CreatedAt)),
    ]);
    Condition::all()
        .add(Column::EndedAt.is_null())
        .add(Expr::expr(seen).gt(now - Duration::days(IDLE_DAYS)))
        .add(Column::CreatedAt.gt(now - Duration::days(LONGEST_DAYS)))
}

impl Model {
    /// When it last asked for new tokens.
    #[must_use]
    pub fn last_seen(&self) -> DateTimeUtc {
        self.refreshed_at.unwrap_or(self.created_at).to_utc()
    }
}
