//! What admins list is read from an index, in its order: uses of the bypass, and stringers by name.
//! What is owed and what was given up is found without the rows that are neither.

use sea_orm_migration::prelude::*;

use crate::row_level_security::run_anywhere;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_anywhere(
            manager,
            "CREATE INDEX ix_stringers_name ON stringers (display_name, id);
             DROP INDEX ix_admin_audit_log_at;
             CREATE INDEX ix_admin_audit_log_at ON admin_audit_log (at, id);
             CREATE INDEX ix_stringers_admins ON stringers (display_name) WHERE role = 'admin';
             CREATE INDEX ix_dsar_log_asked ON dsar_log (id) WHERE event = 'asked';
             CREATE INDEX ix_invitations_email ON invitations (email);
             CREATE INDEX ix_invitations_created ON invitations (created_at);
             CREATE INDEX ix_receipt_emissions_failed ON receipt_emissions (created_at)
               WHERE pdf_state = 'failed';
             CREATE INDEX ix_exports_failed ON exports (created_at) WHERE state = 'failed';
             CREATE INDEX ix_v1_imports_failed ON v1_imports (created_at) WHERE state = 'failed';",
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_anywhere(
            manager,
            "DROP INDEX ix_v1_imports_failed;
             DROP INDEX ix_exports_failed;
             DROP INDEX ix_receipt_emissions_failed;
             DROP INDEX ix_invitations_created;
             DROP INDEX ix_invitations_email;
             DROP INDEX ix_dsar_log_asked;
             DROP INDEX ix_stringers_admins;
             DROP INDEX ix_admin_audit_log_at;
             CREATE INDEX ix_admin_audit_log_at ON admin_audit_log (at);
             DROP INDEX ix_stringers_name;",
        )
        .await
    }
}
