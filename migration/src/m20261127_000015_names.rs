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
        run_anywhere(manager, NO_OLD_INDEXES).await?;
        run_anywhere(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_anywhere(manager, NO_INDEXES).await?;
        run_anywhere(manager, "ALTER TABLE outbox RENAME TO owed_mails;").await?;
        run_anywhere(manager, OLD_INDEXES).await?;
        run(manager, "ALTER POLICY bypass_log ON stringers RENAME TO ledger;").await?;
        run(manager, &purposes("mend_account", "post", "bypass_ledger")).await
    }
}

/// SQLite cannot rename an index.
const NO_OLD_INDEXES: &str = "
DROP INDEX ix_owed_mails_due;
DROP INDEX ix_owed_mails_lately;
DROP INDEX uq_owed_mails_open;
DROP INDEX uq_owed_mails_invitation;
";

const OLD_INDEXES: &str = "
CREATE INDEX ix_owed_mails_due ON owed_mails (state, next_attempt_at);
CREATE INDEX ix_owed_mails_lately ON owed_mails (email, kind, created_at);
CREATE UNIQUE INDEX uq_owed_mails_open ON owed_mails (email, kind)
  WHERE state = 'owed' AND invitation_id IS NULL;
CREATE UNIQUE INDEX uq_owed_mails_invitation ON owed_mails (invitation_id)
  WHERE state = 'owed' AND invitation_id IS NOT NULL;
";

const INDEXES: &str = "
CREATE INDEX ix_outbox_due ON outbox (state, next_attempt_at);
CREATE INDEX ix_outbox_lately ON outbox (email, kind, created_at);
CREATE UNIQUE INDEX uq_outbox_open ON outbox (email, kind)
  WHERE state = 'owed' AND invitation_id IS NULL;
CREATE UNIQUE INDEX uq_outbox_invitation ON outbox (invitation_id)
  WHERE state = 'owed' AND invitation_id IS NOT NULL;
";

const NO_INDEXES: &str = "
DROP INDEX ix_outbox_due;
DROP INDEX ix_outbox_lately;
DROP INDEX uq_outbox_open;
DROP INDEX uq_outbox_invitation;
";

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
