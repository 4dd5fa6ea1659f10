//! The records, their rules, and beside each its policy.
//!
//! Models know no HTTP and no template. They speak to the database through a
//! [`Connection`](sea_orm_tenancy::Connection), which knows on whose behalf.

#[expect(missing_docs, reason = "generated from the schema, which its migrations explain")]
pub mod _entities;

pub mod admin_audit_log;
pub mod book;
pub mod catalogue;
pub mod catalogue_imports;
pub mod catalogue_strings;
pub mod catalogue_submissions;
pub mod client_orders;
pub mod client_profiles;
pub mod client_rackets;
pub mod client_reads;
pub mod client_receipts;
pub mod drafts;
pub mod dsar_log;
pub mod exports;
pub mod failures;
pub mod invitations;
pub mod link_tokens;
pub mod logos;
pub mod looking_after;
pub mod mine;
mod moments;
pub mod notifications;
pub mod order_shares;
pub mod order_state_audit;
pub mod orders;
pub mod outbox;
mod owing;
pub mod passwords;
pub mod payments;
pub mod person_answers;
pub mod person_claims;
pub mod person_merges;
pub mod person_proofs;
pub mod person_stringer_shares;
pub mod persons;
pub mod purposes;
pub mod rackets;
mod readable;
pub mod receipt_counters;
pub mod receipt_emissions;
pub mod receipt_mails;
pub mod reels;
pub mod refresh_tokens;
pub mod sessions;
pub mod share_audit;
pub mod shared_orders;
pub mod sharing;
pub mod stringer_cards;
pub mod stringers;
pub mod submissions;
pub mod taxes;
pub mod users;
pub mod v1_import_names;
pub mod v1_import_rows;
pub mod v1_imports;

pub use crate::values::YEARS;
use chrono::NaiveDate;
pub use migration::search_key;
pub use owing::{Kept, Owed, Owing};
use sea_orm::prelude::{PrimaryKeyTrait, Uuid};
use sea_orm::sea_query::{Expr, Func, LikeExpr};
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, ExprTrait as _, SqlErr};
use sea_orm_tenancy::{Policy, Registry, Txn};

use crate::values::Vocabulary;

/// The key that a reference gets which may not be made; no row may have it.
const NO_ROW: sea_orm::prelude::Uuid = sea_orm::prelude::Uuid::nil();

/// Every table's policy. A table that is missing here cannot be named by any
/// statement, and a test walks the schema to find it.
#[must_use]
pub fn registry() -> Registry {
    Registry::new(identity().into_iter().chain(books()).chain(commons()))
        .for_persons(policies_for_persons())
        .bypass_log(admin_audit_log::AuditLog)
}

/// Who is who.
fn identity() -> [Policy; 14] {
    [
        stringers::policy(),
        users::policy(),
        sessions::policy(),
        refresh_tokens::policy(),
        passwords::policy(),
        link_tokens::policy(),
        invitations::policy(),
        outbox::policy(),
        persons::policy(),
        person_claims::policy(),
        person_proofs::policy(),
        person_answers::policy(),
        person_merges::policy(),
        dsar_log::policy(),
    ]
}

/// What is one stringer's own. Generators add theirs here.
fn books() -> Vec<Policy> {
    vec![
        client_profiles::policy(),
        client_rackets::policy(),
        orders::policy(),
        order_state_audit::policy(),
        receipt_counters::policy(),
        receipt_emissions::policy(),
        receipt_mails::policy(),
        submissions::policy(),
        drafts::policy(),
        exports::policy(),
        exports::parts::policy(),
        v1_imports::policy(),
        v1_import_rows::policy(),
        notifications::policy(),
        v1_import_names::policy(),
        payments::policy(),
        taxes::policy(),
        logos::policy(),
        reels::policy(),
        reels::uses::policy(),
    ]
}

/// What several share, or nobody owns.
fn commons() -> [Policy; 13] {
    [
        rackets::policy(),
        catalogue_strings::policy(),
        catalogue_submissions::policy(),
        catalogue_imports::policy(),
        order_shares::policy(),
        person_stringer_shares::policy(),
        shared_orders::policy(),
        client_orders::policy(),
        client_receipts::policy(),
        client_reads::policy(),
        stringer_cards::policy(),
        share_audit::policy(),
        admin_audit_log::policy(),
    ]
}

/// What a client reads and writes in its own name; every other table is closed to it.
fn policies_for_persons() -> [Policy; 10] {
    [
        persons::policy_for_persons(),
        dsar_log::policy_for_persons(),
        client_orders::policy_for_persons(),
        client_receipts::policy_for_persons(),
        client_reads::policy_for_persons(),
        stringer_cards::policy(),
        order_shares::policy_for_persons(),
        person_stringer_shares::policy_for_persons(),
        share_audit::policy_for_persons(),
        notifications::policy_for_persons(),
    ]
}

/// The policy of a table whose rows are each one stringer's own.
fn owned<E: EntityTrait>() -> Policy {
    Policy::owned_by::<E>("stringer_id")
}

/// The policy of a view that a person reads, of what is its own; stringers have the rows
/// themselves.
fn persons_own<E: EntityTrait>() -> Policy {
    Policy::of::<E>().read("this.person_id = :me").barrier()
}

/// What can go wrong in a model's verb.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// No such row, or none that the caller may see; which of them is nobody's business.
    #[error("not found")]
    NotFound,
    /// Somebody else changed the row since it was read.
    #[error("the record was changed meanwhile")]
    Stale,
    /// The order's life does not allow the step.
    #[error(transparent)]
    Step(#[from] orders::StepRefused),
    /// A row that this one names is not there for the caller.
    #[error("a reference is not usable")]
    Reference,
    /// A racket is of another sport than the job that it is strung for.
    #[error("a racket of another sport")]
    OtherSport(sea_orm::prelude::Uuid),
    /// The database refused.
    #[error(transparent)]
    Database(DbErr),
}

/// What a model's verb returns.
pub type ModelResult<T> = Result<T, ModelError>;

impl From<DbErr> for ModelError {
    fn from(error: DbErr) -> Self {
        match error {
            DbErr::RecordNotFound(_) | DbErr::RecordNotUpdated => Self::NotFound,
            error => match error.sql_err() {
                Some(SqlErr::ForeignKeyConstraintViolation(_)) => Self::Reference,
                _ => Self::Database(error),
            },
        }
    }
}

/// Whether a row was not added because another has its unique key: of two at once one won.
#[must_use]
pub fn is_unique_violation(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

/// Turns an optional row into a row or [`ModelError::NotFound`].
pub(crate) fn or_not_found<T>(row: Option<T>) -> ModelResult<T> {
    row.ok_or(ModelError::NotFound)
}

/// Holds a row until the transaction ends: of two forms that were made of it and are sent at
/// one instant, the second is checked against what the first has written. SQLite lets one
/// writer in at a time, and knows no such lock.
///
/// # Errors
/// When there is none for the caller.
pub async fn hold<E>(txn: &Txn, id: Uuid) -> ModelResult<()>
where
    E: EntityTrait,
    <E::PrimaryKey as PrimaryKeyTrait>::ValueType: From<Uuid>,
{
    use sea_orm::{Iterable as _, QuerySelect as _};
    let key = E::PrimaryKey::iter().map(sea_orm::PrimaryKeyToColumn::into_column);
    let row = E::find_by_id(id).select_only().columns(key).lock_exclusive();
    or_not_found(row.into_tuple::<Uuid>().one(txn).await?).map(|_| ())
}

/// Nobody's name has more; what is pasted into a search may.
const WORDS: usize = 12;

/// First and last day of a year that may be in a book.
#[must_use]
pub fn year_of(year: i32) -> Option<(NaiveDate, NaiveDate)> {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    YEARS.contains(&year).then(|| day(1, 1).zip(day(12, 31))).flatten()
}

/// The words of a query, as search keys have them.
pub(crate) fn words_of(query: &str) -> Vec<String> {
    search_key([query]).split_whitespace().take(WORDS).map(str::to_owned).collect()
}

/// A text must contain a word, in which no sign stands for another.
pub(crate) fn contains(text: impl Into<Expr>, word: &str) -> Expr {
    const ESCAPE: char = '!';
    let plain = word.replace([ESCAPE], "!!").replace('%', "!%").replace('_', "!_");
    text.into().like(LikeExpr::new(format!("%{plain}%")).escape(ESCAPE))
}

/// A column must contain a text, in whatever capitals.
pub(crate) fn contains_folded<C: ColumnTrait>(column: C, text: &str) -> Condition {
    let column = || Expr::col(column.as_column_ref());
    // SQLite folds the letters of English alone: others are found as they are typed.
    Condition::any()
        .add(contains(Func::lower(column()), &text.to_lowercase()))
        .add(contains(column(), text))
}

/// A column must have one of these words, which stand in the statement itself and are not bound to
/// it: SQLite takes an index on such rows alone only where it reads the index's own condition, with
/// its words in the same order (it plans without values, `SQLITE_ENABLE_QPSG`).
pub(crate) fn says<C: ColumnTrait, W: Vocabulary>(column: C, words: &[W]) -> Expr {
    let text = |word: &W| Expr::Constant(word.code().into());
    let column = Expr::col(column.as_column_ref());
    match words {
        [word] => column.eq(text(word)),
        words => column.is_in(words.iter().map(text)),
    }
}

/// A search key must contain each word of the query, in any order.
pub(crate) fn contains_words<C: ColumnTrait>(column: C, query: &str) -> Condition {
    words_of(query).iter().fold(Condition::all(), |all, word| {
        all.add(contains(Expr::col(column.as_column_ref()), word))
    })
}
