//! Uploads of an older book. A dry run goes the whole way into this one and is rolled back; what
//! it found is approved or not; and only what was approved is written, in one transaction.
//!
//! The row says what is owed (`uploaded`: a dry run; `approved`: the real one), the job is a
//! nudge, and the sweeper takes up what was left. Both may run twice, and at once: the row is
//! held while the outcome is written, and each order has its file's own number, which is unique.
//!
//! * [`job`]: an order as a file has it.
//! * [`Upload`]: from its file to the book, by way of `taking`; `finding`: whom and what its words name; `changes`: rows
//!   that say something else than they did; `spellings`: words that may be the same.
//! * `whole`: a complete book, into an empty one; `pace`: so many orders at a time, of either.
//! * [`report`], `reckoning`: what a dry run has found.

mod changes;
mod choices;
mod finding;
pub mod job;
mod keeping;
mod named;
mod pace;
mod reckoning;
pub mod report;
mod spellings;
mod taking;
mod upload;
mod whole;

pub use super::_entities::v1_imports::{ActiveModel, Column, Entity, Model, Relation};
pub use choices::Choices;
pub use job::Job;
pub use report::Report;
pub use taking::{Brought, Held};
pub use upload::Upload;

use chrono::{Duration, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{QueryOrder, QuerySelect};
use sea_orm_tenancy::{Connection, Policy};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{ModelResult, or_not_found, owned, readable};
use crate::v1::table::Matching;
use crate::values::stored_words;
use upload::uploads;

impl ActiveModelBehavior for ActiveModel {}

/// A file is kept for so long after its upload (RULES 8).
const KEPT_DAYS: i64 = 30;

/// While one process is at a file, the others leave it alone for so long; it renews that.
pub const LEASE: std::time::Duration = std::time::Duration::from_secs(10);

/// What has failed so often is given up: somebody must look.
const ATTEMPTS: i64 = 5;

/// So many uploads are listed.
const LISTED: u64 = 30;

stored_words! {
    "snake_case";

    /// Where an upload stands.
    pub enum ImportState {
        /// Its columns are to be named.
        Matching,
        /// A dry run is owed.
        Uploaded,
        /// The dry run was made, and its report waits for a word.
        Read,
        /// It is owed to the book.
        Approved,
        /// It is in the book.
        Done,
        /// It cannot be read at all.
        Refused,
        /// It was tried too often; somebody must look.
        Failed,
        /// Called off.
        Cancelled,
    }
}

/// Mine; what was uploaded never changes, but for being forgotten.
#[must_use]
pub fn policy() -> Policy {
    owned::<Entity>().only_settable(&[
        "file",
        "kept_until",
        "state",
        "matching",
        "choices",
        "report",
        "attempts",
        "next_attempt_at",
        "updated_at",
    ])
}

/// What a stringer is asked about a table's columns, and has said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// What the columns are called.
    pub heads: Vec<String>,
    /// The first rows, to see what is meant.
    pub samples: Vec<Vec<String>>,
    /// What each holds: guessed, or said.
    pub matching: Matching,
    /// It was said.
    pub is_said: bool,
}

/// Sees how far a file is, and may call it off.
pub trait Watch: Send + Sync {
    /// So many rows of so many are written; `false` calls it off.
    fn at(&self, done: usize, of: usize) -> bool;
}

impl Entity {
    /// Keeps a file, which owes a dry run; the upload that is there already where it waits.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn add(db: &impl Connection, name: &str, file: Vec<u8>) -> ModelResult<Uuid> {
        let digest = hex::encode(Sha256::digest(&file));
        if let Some(same) = Self::waiting(db, &digest).await? {
            return Ok(same);
        }
        let (id, now) = (Uuid::now_v7(), Utc::now());
        let row = ActiveModel {
            id: Set(id),
            file_name: Set(name.to_owned()),
            digest: Set(digest),
            size: Set(i64::try_from(file.len()).unwrap_or(i64::MAX)),
            file: Set(Some(file)),
            kept_until: Set(Some((now + Duration::days(KEPT_DAYS)).into())),
            state: Set(ImportState::Uploaded),
            choices: Set("{}".to_owned()),
            attempts: Set(0),
            next_attempt_at: Set(now.into()),
            created_at: Set(now.into()),
            updated_at: Set(now.into()),
            ..Default::default()
        };
        Self::insert(row).exec_without_returning(db).await?;
        Ok(id)
    }

    /// The same file, of which nothing was decided yet: a second tap is no second upload.
    async fn waiting(db: &impl Connection, digest: &str) -> Result<Option<Uuid>, DbErr> {
        let open = [ImportState::Matching, ImportState::Uploaded, ImportState::Read];
        Self::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::Digest.eq(digest))
            .filter(Column::State.is_in(open))
            .order_by_desc(Column::Id)
            .into_tuple()
            .one(db)
            .await
    }

    /// The latest uploads.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn latest(db: &impl Connection) -> Result<Vec<Upload>, DbErr> {
        let latest = uploads().order_by_desc(Column::CreatedAt).order_by_desc(Column::Id);
        readable::all(latest.limit(LISTED), db).await
    }

    /// Says something about a report, and owes another dry run.
    ///
    /// # Errors
    /// When there is none that waits for a word.
    pub async fn choose(db: &impl Connection, id: Uuid, choices: &Choices) -> ModelResult<()> {
        let text = serde_json::to_string(choices).unwrap_or_default();
        let said = Self::to_state(ImportState::Uploaded)
            .col_expr(Column::Choices, Expr::value(text))
            .filter(Column::Id.eq(id))
            .filter(Column::State.eq(ImportState::Read));
        or_not_found((said.exec(db).await?.rows_affected == 1).then_some(()))
    }

    /// Says what a table's columns hold, and owes a dry run.
    ///
    /// # Errors
    /// When there is none that is asked about, or was read before.
    pub async fn matched(db: &impl Connection, id: Uuid, asked: &Asked) -> ModelResult<()> {
        let text = serde_json::to_string(asked).unwrap_or_default();
        let said = Self::to_state(ImportState::Uploaded)
            .col_expr(Column::Matching, Expr::value(text))
            .filter(Column::Id.eq(id))
            .filter(Column::State.is_in([ImportState::Matching, ImportState::Read]));
        or_not_found((said.exec(db).await?.rows_affected == 1).then_some(()))
    }

    /// Owes it to the book.
    ///
    /// # Errors
    /// When there is none that waits for a word, or it cannot be taken as it is: what fails is
    /// mended in the file (RULES 8).
    pub async fn approve(db: &impl Connection, id: Uuid) -> ModelResult<()> {
        let upload = Upload::find(db, id).await?;
        let owed = Self::to_state(ImportState::Approved)
            .filter(Column::Id.eq(id))
            .filter(Column::State.eq(ImportState::Read));
        let is_done = upload.is_ok() && owed.exec(db).await?.rows_affected == 1;
        or_not_found(is_done.then_some(()))
    }

    /// Calls it off, as long as it is not in the book.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn cancel(db: &impl Connection, id: Uuid) -> Result<(), DbErr> {
        use ImportState::{Approved, Matching, Read, Uploaded};
        Self::to_state(ImportState::Cancelled)
            .filter(Column::Id.eq(id))
            .filter(Column::State.is_in([Matching, Uploaded, Read, Approved]))
            .exec(db)
            .await
            .map(drop)
    }

    fn to_state(state: ImportState) -> sea_orm::UpdateMany<Self> {
        let now = Utc::now();
        Self::update_many()
            .col_expr(Column::State, Expr::value(state))
            .col_expr(Column::Attempts, Expr::value(0))
            .col_expr(Column::NextAttemptAt, Expr::value(now))
            .col_expr(Column::UpdatedAt, Expr::value(now))
    }
}
