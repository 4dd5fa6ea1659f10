//! What admins list is read from an index, in its order: uses of the bypass, of which each has a
//! second row about its end, and stringers by name. Of the uses SQLite took the index on their
//! ends, in which half of the log stands beside each other, and sorted that for each page.

use sea_orm_migration::prelude::*;

use crate::row_level_security::run_anywhere;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_anywhere(
            manager,
            "CREATE INDEX ix_admin_audit_log_begun ON admin_audit_log (ends, at, id);
             CREATE INDEX ix_stringers_name ON stringers (display_name, id);
             DROP INDEX ix_admin_audit_log_at;
             CREATE INDEX ix_admin_audit_log_at ON admin_audit_log (at, id);",
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_anywhere(
            manager,
            "DROP INDEX ix_admin_audit_log_at;
             CREATE INDEX ix_admin_audit_log_at ON admin_audit_log (at);
             DROP INDEX ix_stringers_name;
             DROP INDEX ix_admin_audit_log_begun;",
        )
        .await
    }
}
