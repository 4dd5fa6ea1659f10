//! What an admin should look after, in one statement; numbers, and nothing of what they count.

use sea_orm::DbErr;
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm_tenancy::Connection;

use super::{catalogue_submissions, outbox};

/// Numbers for an admin's first page.
#[derive(Debug, Clone, Copy, Default, serde::Serialize)]
pub struct LookingAfter {
    /// Mails that were given up in the last day.
    pub mails_failed: u64,
    /// Entries that were offered to everybody, and wait.
    pub offers: u64,
}

impl LookingAfter {
    /// As it is now.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn count(db: &impl Connection) -> Result<Self, DbErr> {
        let number = |count: SelectStatement| Expr::SubQuery(None, Box::new(count.into()));
        let counts = Query::select()
            .expr_as(number(outbox::Entity::given_up()), "mails")
            .expr_as(number(catalogue_submissions::Entity::waiting()), "offers")
            .take();
        let row = db.query_one(&counts).await?.ok_or(DbErr::RecordNotFound("a count".into()))?;
        let counted = |name: &str| row.try_get::<i64>("", name).map(i64::unsigned_abs);
        Ok(Self { mails_failed: counted("mails")?, offers: counted("offers")? })
    }
}
