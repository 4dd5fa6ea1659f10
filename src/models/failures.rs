//! What workers have given up, whosever it is: for an admin to look at, and to run again.

use chrono::Utc;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{FromQueryResult, QueryOrder as _, QuerySelect as _, Select};
use sea_orm_tenancy::Connection;
/// What the chokepoint has turned away: told beside what was given up, since each asks for a look.
pub use sea_orm_tenancy::{Refusal, recent_refusals};

use super::exports::{self, ExportState};
use super::receipt_emissions::{self, PdfState};
use super::v1_imports::{self, ImportState};
use super::{ModelResult, or_not_found, readable, says, stringers};
use crate::values::stored_words;

/// So many of each kind are shown; what is run again makes room.
pub const SHOWN: u64 = 50;

stored_words! {
    "snake_case";

    /// What was to be made.
    pub enum Work {
        /// The file of a receipt.
        Receipt,
        /// A download of one's own data.
        Export,
        /// An older book that is brought in.
        Import,
    }
}

/// Work that was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What was to be made.
    pub work: Work,
    /// The row that it is owed by.
    pub id: Uuid,
    /// Whose it is.
    pub stringer: String,
    /// The last error, where it was kept.
    pub error: Option<String>,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was asked for.
    pub at: DateTimeUtc,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    stringer: String,
    error: Option<String>,
    attempts: i64,
    created_at: DateTimeUtc,
}

impl Row {
    fn of(self, work: Work) -> Failure {
        let Self { id, stringer, error, attempts, created_at: at } = self;
        Failure { work, id, stringer, error, attempts, at }
    }
}

/// What waits with each kind of work, and whose it is.
fn of<E>(found: Select<E>, columns: [E::Column; 3]) -> Select<E>
where
    E: EntityTrait + Related<stringers::Entity>,
{
    let [.., created_at] = columns;
    found
        .select_only()
        .columns(columns)
        .inner_join(stringers::Entity)
        .column_as(stringers::Column::DisplayName, "stringer")
        .order_by_asc(created_at)
        .limit(SHOWN)
}

/// All that was given up, of each kind the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn all(db: &impl Connection) -> Result<Vec<Failure>, DbErr> {
    let receipts = {
        use receipt_emissions::{Column, Entity};
        let failed = Entity::find().filter(says(Column::PdfState, &[PdfState::Failed]));
        let failed = of(failed, [Column::Id, Column::Attempts, Column::CreatedAt]);
        failed.column_as(Column::LastError, "error")
    };
    let exports = {
        use exports::{Column, Entity};
        let failed = Entity::find().filter(says(Column::State, &[ExportState::Failed]));
        let failed = of(failed, [Column::Id, Column::Attempts, Column::CreatedAt]);
        failed.expr_as(Expr::value(Option::<String>::None), "error")
    };
    // Whose file was forgotten has nothing to run again.
    let imports = {
        use v1_imports::{Column, Entity};
        let failed = Entity::find().filter(says(Column::State, &[ImportState::Failed]));
        let failed = failed.filter(Column::File.is_not_null());
        let failed = of(failed, [Column::Id, Column::Attempts, Column::CreatedAt]);
        failed.expr_as(Expr::value(Option::<String>::None), "error")
    };
    let (receipts, exports, imports): (Vec<Row>, Vec<Row>, Vec<Row>) = (
        readable::all(receipts, db).await?,
        readable::all(exports, db).await?,
        readable::all(imports, db).await?,
    );
    let receipts = receipts.into_iter().map(|row| row.of(Work::Receipt));
    let exports = exports.into_iter().map(|row| row.of(Work::Export));
    let imports = imports.into_iter().map(|row| row.of(Work::Import));
    Ok(receipts.chain(exports).chain(imports).collect())
}

/// Owes a piece of work again, from its beginning: an older book is read again, and waits for its
/// stringer's word. The sweeper takes it up.
///
/// # Errors
/// When it has not failed, or somebody has run it again already.
pub async fn run_again(db: &impl Connection, work: Work, id: Uuid) -> ModelResult<()> {
    let now = Expr::value(Utc::now());
    let owed = match work {
        Work::Receipt => {
            use receipt_emissions::{Column, Entity};
            Entity::update_many()
                .col_expr(Column::PdfState, Expr::value(PdfState::Pending))
                .col_expr(Column::Attempts, Expr::value(0))
                .col_expr(Column::NextAttemptAt, now)
                .filter(Column::Id.eq(id))
                .filter(Column::PdfState.eq(PdfState::Failed))
                .exec(db)
                .await?
        }
        Work::Export => {
            use exports::{Column, Entity};
            Entity::update_many()
                .col_expr(Column::State, Expr::value(ExportState::Owed))
                .col_expr(Column::Attempts, Expr::value(0))
                .col_expr(Column::NextAttemptAt, now)
                .filter(Column::Id.eq(id))
                .filter(Column::State.eq(ExportState::Failed))
                .exec(db)
                .await?
        }
        Work::Import => {
            use v1_imports::{Column, Entity};
            Entity::update_many()
                .col_expr(Column::State, Expr::value(ImportState::Uploaded))
                .col_expr(Column::Attempts, Expr::value(0))
                .col_expr(Column::NextAttemptAt, now)
                .filter(Column::Id.eq(id))
                .filter(Column::State.eq(ImportState::Failed))
                .filter(Column::File.is_not_null())
                .exec(db)
                .await?
        }
    };
    or_not_found((owed.rows_affected == 1).then_some(()))
}
