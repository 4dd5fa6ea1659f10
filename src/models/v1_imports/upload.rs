//! An upload, from its file to the book.

use chrono::{Duration, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{FromQueryResult, QuerySelect as _, TransactionSession as _};
use sea_orm_tenancy::Connection;

use super::{
    ATTEMPTS, Asked, Brought, Choices, Column, Entity, ImportState, LEASE, Report, Watch, taking,
};
use crate::models::stringers::Member;
use crate::models::{ModelResult, hold, or_not_found, readable};

/// An upload without its bytes, as pages show it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Upload {
    /// Its key.
    pub id: Uuid,
    /// As its file was called.
    pub file_name: String,
    /// In bytes.
    pub size: i64,
    /// Where it stands.
    pub state: ImportState,
    matching: Option<String>,
    choices: String,
    report: Option<String>,
    attempts: i64,
    /// When it came.
    pub created_at: DateTimeUtc,
}

impl Upload {
    /// One upload.
    ///
    /// # Errors
    /// When there is none for the caller.
    pub async fn find(db: &impl Connection, id: Uuid) -> ModelResult<Self> {
        or_not_found(readable::one(uploads().filter(Column::Id.eq(id)), db).await?)
    }

    /// What the dry run has found, once it has.
    #[must_use]
    pub fn report(&self) -> Option<Report> {
        serde_json::from_str(self.report.as_ref()?).ok()
    }

    /// Whether it can be taken over as its dry run has found it.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.report().is_some_and(|report| report.is_ok())
    }

    /// What its stringer says of its columns, or is asked about them; of a workbook nothing.
    #[must_use]
    pub fn table(&self) -> Option<Asked> {
        serde_json::from_str(self.matching.as_ref()?).ok()
    }

    /// It is a table of some shape, and its stringer is asked what its columns hold.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn ask(&self, db: &impl Connection, asked: &Asked) -> ModelResult<()> {
        let text = serde_json::to_string(asked).unwrap_or_default();
        Entity::to_state(ImportState::Matching)
            .col_expr(Column::Matching, Expr::value(text))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(self.state))
            .exec(db)
            .await?;
        Ok(())
    }

    /// What was said about the report.
    #[must_use]
    pub fn choices(&self) -> Choices {
        serde_json::from_str(&self.choices).unwrap_or_default()
    }
}

pub(super) fn uploads() -> sea_orm::Select<Entity> {
    Entity::find().select_only().columns([
        Column::Id,
        Column::FileName,
        Column::Size,
        Column::State,
        Column::Matching,
        Column::Choices,
        Column::Report,
        Column::Attempts,
        Column::CreatedAt,
    ])
}

impl Upload {
    /// Takes it for this process; the file, where no other has it, and something is owed.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn take(&self, db: &impl Connection) -> ModelResult<Option<Vec<u8>>> {
        if self.attempts >= ATTEMPTS {
            let failed = Entity::to_state(ImportState::Failed).filter(Column::Id.eq(self.id));
            failed.filter(Column::State.eq(self.state)).exec(db).await?;
            return Ok(None);
        }
        let taken = Entity::update_many()
            .col_expr(Column::NextAttemptAt, Expr::value(until()))
            .col_expr(Column::Attempts, Expr::value(self.attempts + 1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.is_in([ImportState::Uploaded, ImportState::Approved]))
            .filter(Column::Attempts.eq(self.attempts))
            .filter(Column::NextAttemptAt.lte(Utc::now()))
            .exec(db)
            .await?;
        if taken.rows_affected == 0 {
            return Ok(None);
        }
        let file = Entity::find_by_id(self.id).select_only().column(Column::File);
        Ok(file.into_tuple::<Option<Vec<u8>>>().one(db).await?.flatten())
    }

    /// This process is still at it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn renew(&self, db: &impl Connection) -> Result<(), DbErr> {
        Entity::update_many()
            .col_expr(Column::NextAttemptAt, Expr::value(until()))
            .filter(Column::Id.eq(self.id))
            .exec(db)
            .await
            .map(drop)
    }

    /// It cannot be read at all.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn refuse(&self, db: &impl Connection, report: &Report) -> ModelResult<()> {
        self.settle(db, ImportState::Refused, report).await
    }

    /// Goes the whole way into the book. After a dry run it is as if nothing had been; and what
    /// was approved is in the book as a whole, or not at all.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn run(
        &self,
        db: &impl Connection,
        me: &Member,
        brought: Brought,
        watch: &dyn Watch,
    ) -> ModelResult<()> {
        let begun = std::time::Instant::now();
        let txn = db.begin().await?;
        hold::<Entity>(&txn, self.id).await?;
        // Another process may have been here, or somebody has called it off.
        let now = Self::find(&txn, self.id).await?;
        if now.state != self.state {
            return Ok(());
        }
        let taken = taking::take(&txn, me, self.id, brought, &now.choices(), watch).await?;
        let Some(mut report) = taken else { return Ok(()) };
        report.took = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        if self.state == ImportState::Approved && report.is_ok() {
            now.settle(&txn, ImportState::Done, &report).await?;
            txn.commit().await?;
            return Ok(());
        }
        txn.rollback().await?;
        self.settle(db, ImportState::Read, &report).await
    }

    async fn settle(
        &self,
        db: &impl Connection,
        state: ImportState,
        report: &Report,
    ) -> ModelResult<()> {
        let text = serde_json::to_string(report).unwrap_or_default();
        Entity::to_state(state)
            .col_expr(Column::Report, Expr::value(text))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(self.state))
            .exec(db)
            .await?;
        Ok(())
    }
}

fn until() -> DateTimeUtc {
    Utc::now() + Duration::from_std(LEASE).unwrap_or_default()
}
