//! Standard words for what had a word of this house: the outbox, and the purposes that the
//! policies know.

use sea_orm_migration::prelude::*;

use crate::row_level_security::{run, run_anywhere};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &purposes("update_account", "send_mail", "keep_bypass_log")).await?;
        run(manager, "ALTER POLICY ledger ON stringers RENAME TO bypass_log;").await?;
        run_anywhere(manager, "ALTER TABLE owed_mails RENAME TO outbox;").await?;
        run_anywhere(manager, &drop_indexes("owed_mails")).await?;
        run_anywhere(manager, &create_indexes("outbox")).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_anywhere(manager, &drop_indexes("outbox")).await?;
        run_anywhere(manager, "ALTER TABLE outbox RENAME TO owed_mails;").await?;
        run_anywhere(manager, &create_indexes("owed_mails")).await?;
        run(manager, "ALTER POLICY bypass_log ON stringers RENAME TO ledger;").await?;
        run(manager, &purposes("mend_account", "post", "bypass_ledger")).await
    }
}

/// SQLite cannot rename an index.
fn drop_indexes(table: &str) -> String {
    format!(
        "
DROP INDEX ix_{table}_due;
DROP INDEX ix_{table}_lately;
DROP INDEX uq_{table}_open;
DROP INDEX uq_{table}_invitation;
"
    )
}

fn create_indexes(table: &str) -> String {
    format!(
        "
CREATE INDEX ix_{table}_due ON {table} (state, next_attempt_at);
CREATE INDEX ix_{table}_lately ON {table} (email, kind, created_at);
CREATE UNIQUE INDEX uq_{table}_open ON {table} (email, kind)
  WHERE state = 'owed' AND invitation_id IS NULL;
CREATE UNIQUE INDEX uq_{table}_invitation ON {table} (invitation_id)
  WHERE state = 'owed' AND invitation_id IS NOT NULL;
"
    )
}

/// The policies that `m20261124_000009_admin_audit_log` and `m20261124_000010_identity`
/// made, with these names for the purposes that change an account, send a mail and keep
/// the log of the bypass.
fn purposes(update: &str, send: &str, log: &str) -> String {
    format!(
        "
ALTER POLICY identity ON passwords
  USING (rbo_purpose() IN ('sign_in', '{update}', 'first_run', 'demo'))
  WITH CHECK (rbo_purpose() IN ('{update}', 'first_run', 'demo'));
ALTER POLICY identity ON link_tokens
  USING (rbo_purpose() = 'sign_in') WITH CHECK (rbo_purpose() IN ('sign_in', '{send}'));
ALTER POLICY identity ON invitations
  USING (rbo_purpose() IN ('invite', '{send}')) WITH CHECK (rbo_purpose() IN ('invite', '{send}'));
ALTER POLICY identity ON owed_mails
  USING (rbo_purpose() IN ('ask_for_mail', '{send}'))
  WITH CHECK (rbo_purpose() IN ('ask_for_mail', '{send}'));
ALTER POLICY identity ON users
  USING (rbo_purpose() IN ('sign_in', '{update}', 'invite', '{send}', 'first_run', 'demo'))
  WITH CHECK (rbo_purpose() IN ('sign_in', '{update}', 'invite', 'first_run', 'demo'));
ALTER POLICY add ON admin_audit_log WITH CHECK (rbo_purpose() = '{log}');
ALTER POLICY ledger ON stringers USING (rbo_purpose() = '{log}');
"
    )
}
