//! What stringers offer to everybody, and what became of it.

use sea_orm_migration::prelude::*;

use crate::columns::*;
use crate::row_level_security::{self, run};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(submissions()).await?;
        for sql in [
            "CREATE UNIQUE INDEX uq_catalogue_submissions_racket \
             ON catalogue_submissions (racket_id) WHERE state = 'pending'",
            "CREATE UNIQUE INDEX uq_catalogue_submissions_string \
             ON catalogue_submissions (string_id) WHERE state = 'pending'",
            "CREATE INDEX ix_catalogue_submissions_pending \
             ON catalogue_submissions (created_at) WHERE state = 'pending'",
            "CREATE INDEX ix_catalogue_submissions_mine \
             ON catalogue_submissions (stringer_id, created_at)",
        ] {
            row_level_security::run_anywhere(manager, sql).await?;
        }
        row_level_security::enable(manager, "catalogue_submissions").await?;
        row_level_security::open_to_bypass(manager, "catalogue_submissions").await?;
        run(manager, WALLS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, NO_WALLS).await?;
        drop_tables(manager, &["catalogue_submissions"]).await
    }
}

fn submissions() -> TableCreateStatement {
    Table::create()
        .table("catalogue_submissions")
        .col(key())
        .col(uuid("stringer_id"))
        .col(uuid_null("racket_id"))
        .col(uuid_null("string_id"))
        .col(text("state").default("pending"))
        .col(text_null("reason"))
        .col(uuid_null("decided_by"))
        .col(moment("created_at"))
        .col(moment_null("decided_at"))
        .index(&mut tenant_key("catalogue_submissions"))
        .foreign_key(&mut owner("catalogue_submissions"))
        .foreign_key(&mut global("catalogue_submissions", "racket_id", "rackets"))
        .foreign_key(&mut global("catalogue_submissions", "string_id", "strings"))
        .foreign_key(&mut global("catalogue_submissions", "decided_by", "stringers"))
        .check(one_of("state", &["pending", "accepted", "rejected"]))
        .check(Expr::cust("(racket_id IS NULL) <> (string_id IS NULL)"))
        .check(Expr::cust("(state = 'pending') = (decided_at IS NULL)"))
        .check(Expr::cust("(state = 'rejected') = (reason IS NOT NULL)"))
        .take()
}

/// A stringer offers what it alone sees, and takes back what nobody has decided; the bypass
/// decides, once, and nobody makes private again what is everybody's.
const WALLS: &str = "
CREATE POLICY own ON catalogue_submissions FOR SELECT TO rbo_app
  USING (stringer_id = (SELECT rbo_me()));
CREATE POLICY offer ON catalogue_submissions FOR INSERT TO rbo_app WITH CHECK (
  stringer_id = rbo_me() AND state = 'pending'
  AND reason IS NULL AND decided_by IS NULL AND decided_at IS NULL
  AND (racket_id IS NULL OR rbo_reference(EXISTS (SELECT 1 FROM rackets r
    WHERE r.id = catalogue_submissions.racket_id
    AND r.created_by_stringer_id = rbo_me() AND r.visibility = 'catalogue_private')))
  AND (string_id IS NULL OR rbo_reference(EXISTS (SELECT 1 FROM strings s
    WHERE s.id = catalogue_submissions.string_id
    AND s.created_by_stringer_id = rbo_me() AND s.visibility = 'catalogue_private'))));
CREATE POLICY take_back ON catalogue_submissions FOR DELETE TO rbo_app
  USING (stringer_id = (SELECT rbo_me()) AND state = 'pending');
GRANT SELECT, INSERT, DELETE ON catalogue_submissions TO rbo_app;
CREATE POLICY decide ON catalogue_submissions FOR UPDATE TO rbo_bypass
  USING (state = 'pending' AND (SELECT rbo_purpose()) = 'moderate_catalogue')
  WITH CHECK (state <> 'pending');
GRANT UPDATE (state, reason, decided_by, decided_at) ON catalogue_submissions TO rbo_bypass;
CREATE POLICY promote ON rackets FOR UPDATE TO rbo_bypass
  USING (visibility = 'catalogue_private' AND (SELECT rbo_purpose()) = 'moderate_catalogue')
  WITH CHECK (visibility = 'catalogue_shared');
CREATE POLICY promote ON strings FOR UPDATE TO rbo_bypass
  USING (visibility = 'catalogue_private' AND (SELECT rbo_purpose()) = 'moderate_catalogue')
  WITH CHECK (visibility = 'catalogue_shared');
GRANT UPDATE (visibility, updated_at) ON rackets, strings TO rbo_bypass;
CREATE POLICY decided ON notifications FOR INSERT TO rbo_bypass
  WITH CHECK (kind = 'catalogue_submission_decided' AND rbo_purpose() = 'moderate_catalogue');
GRANT INSERT (id, stringer_id, actor_id, kind, at) ON notifications TO rbo_bypass;
";

const NO_WALLS: &str = "
DROP POLICY decided ON notifications;
REVOKE INSERT (id, stringer_id, actor_id, kind, at) ON notifications FROM rbo_bypass;
DROP POLICY promote ON strings;
DROP POLICY promote ON rackets;
REVOKE UPDATE (visibility, updated_at) ON rackets, strings FROM rbo_bypass;
";
