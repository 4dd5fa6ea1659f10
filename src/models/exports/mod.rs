//! What a stringer takes along of its book. The row says what is owed, the job is a nudge, and
//! the sweeper takes up what was left; what was made is kept for a day.

pub mod parts;

pub use super::_entities::exports::{ActiveModel, Column, Entity, Model};
use chrono::{Duration, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{QueryOrder, QuerySelect};
use sea_orm_tenancy::{Connection, Policy};

use super::{Kept, ModelResult, Owing, or_not_found, owned, readable, says};
use crate::values::stored_words;

impl ActiveModelBehavior for ActiveModel {}

/// What was made is there to be fetched for so long.
const KEPT_HOURS: i64 = 24;

/// While one process makes it, the others leave it alone for so long.
const LEASE_SECONDS: i64 = 300;

/// What has failed so often is given up.
const ATTEMPTS: i64 = 3;

stored_words! {
    "snake_case";

    /// In which form a book is taken along.
    pub enum ExportKind {
        /// As the old workbook.
        Workbook,
        /// Complete.
        Json,
        /// All receipts as PDF, in an archive.
        Receipts,
    }
}

stored_words! {
    "snake_case";

    /// What became of it.
    pub enum ExportState {
        /// To be made.
        Owed,
        /// There to be fetched.
        Made,
        /// Given up.
        Failed,
    }
}

impl ExportKind {
    /// What its file's name ends in.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Workbook => "xlsx",
            Self::Json => "json",
            Self::Receipts => "zip",
        }
    }

    /// What it is called on the way.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Workbook => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json => "application/json",
            Self::Receipts => "application/zip",
        }
    }
}

/// Mine.
#[must_use]
pub fn policy() -> Policy {
    owned::<Entity>()
        .only_settable(&["state", "size", "attempts", "next_attempt_at", "kept_until"])
        .delete("this.stringer_id = :me")
}

impl Model {
    /// One export.
    ///
    /// # Errors
    /// When there is none for the caller.
    pub async fn find(db: &impl Connection, id: Uuid) -> ModelResult<Self> {
        or_not_found(readable::one(Entity::find_by_id(id), db).await?)
    }

    /// What its file is called: nothing in it was typed by anybody.
    #[must_use]
    pub fn file_name(&self) -> String {
        let day = self.created_at.format("%Y-%m-%d");
        format!("racket-book-{day}.{}", self.kind.extension())
    }

    /// Takes it for this process; `false` where another has it, or nothing is owed.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn take(&self, db: &impl Connection) -> Result<bool, DbErr> {
        let state = if self.attempts >= ATTEMPTS { ExportState::Failed } else { ExportState::Owed };
        let taken = Entity::update_many()
            .col_expr(Column::State, Expr::value(state))
            .col_expr(Column::NextAttemptAt, Expr::value(in_seconds(LEASE_SECONDS)))
            .col_expr(Column::Attempts, Expr::value(self.attempts + 1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(ExportState::Owed))
            .filter(Column::Attempts.eq(self.attempts))
            .filter(Column::NextAttemptAt.lte(Utc::now()))
            .exec(db)
            .await?;
        Ok(taken.rows_affected == 1 && state == ExportState::Owed)
    }

    /// It is there to be fetched; `false` where another has made it meanwhile.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn made(&self, db: &impl Connection, size: i64) -> Result<bool, DbErr> {
        let made = Entity::update_many()
            .col_expr(Column::State, Expr::value(ExportState::Made))
            .col_expr(Column::Size, Expr::value(size))
            .col_expr(Column::KeptUntil, Expr::value(in_seconds(KEPT_HOURS * 3600)))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(ExportState::Owed))
            .exec(db)
            .await?;
        Ok(made.rows_affected == 1)
    }
}

fn in_seconds(seconds: i64) -> DateTimeUtc {
    Utc::now() + Duration::seconds(seconds)
}

impl Entity {
    /// Asks for one; the one that is owed already, where one is.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn ask(db: &impl Connection, kind: ExportKind) -> ModelResult<Uuid> {
        let owed = Self::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::Kind.eq(kind))
            .filter(Column::State.eq(ExportState::Owed));
        if let Some(owed) = owed.into_tuple::<Uuid>().one(db).await? {
            return Ok(owed);
        }
        let (id, now) = (Uuid::now_v7(), Utc::now());
        let row = ActiveModel {
            id: Set(id),
            kind: Set(kind),
            state: Set(ExportState::Owed),
            size: Set(0),
            attempts: Set(0),
            next_attempt_at: Set(now.into()),
            created_at: Set(now.into()),
            kept_until: Set(in_seconds(KEPT_HOURS * 3600).into()),
            ..Default::default()
        };
        Self::insert(row).exec_without_returning(db).await?;
        Ok(id)
    }

    /// Those that are there, the latest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn latest(db: &impl Connection) -> Result<Vec<Model>, DbErr> {
        let latest = Self::find()
            .filter(Column::KeptUntil.gt(Utc::now()))
            .order_by_desc(Column::CreatedAt)
            .order_by_desc(Column::Id);
        readable::all(latest.limit(20), db).await
    }
}

impl Owing for Entity {
    const ID: Column = Column::Id;
    const STRINGER_ID: Column = Column::StringerId;
    const NEXT_ATTEMPT_AT: Column = Column::NextAttemptAt;

    fn is_owed() -> Expr {
        says(Column::State, &[ExportState::Owed])
    }
}

impl Kept for Entity {
    const KEPT_UNTIL: Column = Column::KeptUntil;

    async fn forget(db: &impl Connection, id: Uuid) -> Result<(), DbErr> {
        parts::Entity::clear(db, id).await?;
        Self::delete_many().filter(Column::Id.eq(id)).exec(db).await.map(drop)
    }
}
