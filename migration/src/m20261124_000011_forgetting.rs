//! What the embedded provider needs no longer may be forgotten; and of what two people
//! ask for at the same moment there is one.

use sea_orm_migration::prelude::*;

use crate::row_level_security;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        row_level_security::move_rows(manager, &["owed_mails", "invitations"], ONE_EACH).await?;
        row_level_security::run_anywhere(manager, INDEXES).await?;
        row_level_security::run(manager, WALLS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        row_level_security::run(manager, NO_WALLS).await?;
        row_level_security::run_anywhere(manager, NO_INDEXES).await
    }
}

/// Mails that are owed are minutes old, and who waits for one asks again; of several open
/// invitations the newest stays.
const ONE_EACH: &str = "
UPDATE owed_mails SET state = 'dropped' WHERE state = 'owed';
UPDATE invitations SET state = 'withdrawn', token_hash = NULL
  WHERE state IN ('sent', 'accepted') AND EXISTS (
    SELECT 1 FROM invitations AS later
      WHERE later.email = invitations.email AND later.state IN ('sent', 'accepted')
        AND later.id > invitations.id);
";

const INDEXES: &str = "
CREATE UNIQUE INDEX uq_owed_mails_open ON owed_mails (email, kind)
  WHERE state = 'owed' AND invitation_id IS NULL;
CREATE UNIQUE INDEX uq_owed_mails_invitation ON owed_mails (invitation_id)
  WHERE state = 'owed' AND invitation_id IS NOT NULL;
CREATE UNIQUE INDEX uq_invitations_open ON invitations (email)
  WHERE state IN ('sent', 'accepted');
";

const NO_INDEXES: &str = "
DROP INDEX uq_owed_mails_open;
DROP INDEX uq_owed_mails_invitation;
DROP INDEX uq_invitations_open;
";

const WALLS: &str = "
CREATE POLICY forget ON owed_mails FOR DELETE TO rbo_app USING (rbo_purpose() = 'forget');
CREATE POLICY forgotten ON owed_mails FOR SELECT TO rbo_app USING (rbo_purpose() = 'forget');
CREATE POLICY forget ON link_tokens FOR DELETE TO rbo_app USING (rbo_purpose() = 'forget');
CREATE POLICY forgotten ON link_tokens FOR SELECT TO rbo_app USING (rbo_purpose() = 'forget');
CREATE POLICY forget ON refresh_tokens FOR DELETE TO rbo_app USING (rbo_purpose() = 'forget');
CREATE POLICY forgotten ON refresh_tokens FOR SELECT TO rbo_app USING (rbo_purpose() = 'forget');
CREATE POLICY forget ON sessions FOR DELETE TO rbo_app USING (rbo_purpose() = 'forget');
CREATE POLICY forgotten ON sessions FOR SELECT TO rbo_app USING (rbo_purpose() = 'forget');
GRANT DELETE ON owed_mails, link_tokens, refresh_tokens, sessions TO rbo_app;
CREATE POLICY hand_over ON link_tokens FOR INSERT TO rbo_app
  WITH CHECK (rbo_purpose() = 'hand_over');
CREATE POLICY hand_over ON users FOR SELECT TO rbo_app USING (rbo_purpose() = 'hand_over');
";

const NO_WALLS: &str = "
DROP POLICY hand_over ON users;
DROP POLICY hand_over ON link_tokens;
REVOKE DELETE ON owed_mails, link_tokens, refresh_tokens, sessions FROM rbo_app;
DROP POLICY forget ON sessions;
DROP POLICY forgotten ON sessions;
DROP POLICY forget ON refresh_tokens;
DROP POLICY forgotten ON refresh_tokens;
DROP POLICY forget ON link_tokens;
DROP POLICY forgotten ON link_tokens;
DROP POLICY forget ON owed_mails;
DROP POLICY forgotten ON owed_mails;
";
