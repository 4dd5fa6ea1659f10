//! What was given up may be run again by an admin, and what everybody has may be said otherwise; and
//! what one entry stands for another with, is
//! written under the purpose that decides so and no other.

use sea_orm_migration::prelude::*;

use crate::row_level_security::run;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, WALLS).await?;
        run(manager, NAMED).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, NO_WALLS).await
    }
}

const WALLS: &str = "
CREATE POLICY run_again ON receipt_emissions FOR UPDATE TO rbo_bypass
  USING ((SELECT rbo_purpose()) = 'run_again' AND pdf_state = 'failed')
  WITH CHECK (rbo_purpose() = 'run_again' AND pdf_state = 'pending');
CREATE POLICY run_again ON exports FOR UPDATE TO rbo_bypass
  USING ((SELECT rbo_purpose()) = 'run_again' AND state = 'failed')
  WITH CHECK (rbo_purpose() = 'run_again' AND state = 'owed');
GRANT UPDATE (state, attempts, next_attempt_at) ON exports TO rbo_bypass;
CREATE POLICY run_again ON v1_imports FOR UPDATE TO rbo_bypass
  USING ((SELECT rbo_purpose()) = 'run_again' AND state = 'failed')
  WITH CHECK (rbo_purpose() = 'run_again' AND state = 'uploaded');
GRANT UPDATE (state, attempts, next_attempt_at) ON v1_imports TO rbo_bypass;
CREATE POLICY edit_entry ON rackets FOR UPDATE TO rbo_bypass
  USING ((SELECT rbo_purpose()) = 'edit_entry' AND visibility = 'catalogue_shared'
    AND merged_into IS NULL)
  WITH CHECK (rbo_purpose() = 'edit_entry' AND visibility = 'catalogue_shared');
CREATE POLICY edit_entry ON strings FOR UPDATE TO rbo_bypass
  USING ((SELECT rbo_purpose()) = 'edit_entry' AND visibility = 'catalogue_shared'
    AND merged_into IS NULL)
  WITH CHECK (rbo_purpose() = 'edit_entry' AND visibility = 'catalogue_shared');
CREATE POLICY edit_entry ON orders FOR UPDATE TO rbo_bypass
  USING ((SELECT rbo_purpose()) = 'edit_entry') WITH CHECK (rbo_purpose() = 'edit_entry');
GRANT UPDATE (source) ON rackets, strings TO rbo_bypass;
";

/// The bypass has one role for all its acts, and policies add up: what one of them lets through
/// another must not reach.
const NAMED: &str = "
ALTER POLICY merge ON rackets
  WITH CHECK (rbo_purpose() = 'moderate_catalogue' AND merged_into IS NOT NULL);
ALTER POLICY merge ON strings
  WITH CHECK (rbo_purpose() = 'moderate_catalogue' AND merged_into IS NOT NULL);
ALTER POLICY merge ON client_rackets WITH CHECK (rbo_purpose() = 'moderate_catalogue'
  AND EXISTS (SELECT 1 FROM rackets r
    WHERE r.id = client_rackets.racket_id AND r.visibility = 'catalogue_shared'));
ALTER POLICY merge ON orders WITH CHECK (rbo_purpose() = 'moderate_catalogue');
ALTER POLICY promote ON rackets
  WITH CHECK (rbo_purpose() = 'moderate_catalogue' AND visibility = 'catalogue_shared');
ALTER POLICY promote ON strings
  WITH CHECK (rbo_purpose() = 'moderate_catalogue' AND visibility = 'catalogue_shared');
ALTER POLICY decide ON catalogue_submissions
  WITH CHECK (rbo_purpose() = 'moderate_catalogue' AND state <> 'pending');
ALTER POLICY decide ON catalogue_imports
  WITH CHECK (rbo_purpose() = 'decide_feed' AND state IN ('promoted', 'matched', 'rejected'));
ALTER POLICY renew ON orders WITH CHECK (rbo_purpose() = 'decide_feed');
ALTER POLICY retire ON stringers USING ((SELECT rbo_purpose()) = 'deactivate_stringer')
  WITH CHECK (rbo_purpose() = 'deactivate_stringer');
";

const NO_WALLS: &str = "
ALTER POLICY retire ON stringers USING (true) WITH CHECK (true);
ALTER POLICY renew ON orders WITH CHECK (true);
ALTER POLICY decide ON catalogue_imports WITH CHECK (state IN ('promoted', 'matched', 'rejected'));
ALTER POLICY decide ON catalogue_submissions WITH CHECK (state <> 'pending');
ALTER POLICY promote ON strings WITH CHECK (visibility = 'catalogue_shared');
ALTER POLICY promote ON rackets WITH CHECK (visibility = 'catalogue_shared');
ALTER POLICY merge ON orders WITH CHECK (true);
ALTER POLICY merge ON client_rackets WITH CHECK (EXISTS (SELECT 1 FROM rackets r
    WHERE r.id = client_rackets.racket_id AND r.visibility = 'catalogue_shared'));
ALTER POLICY merge ON strings WITH CHECK (merged_into IS NOT NULL);
ALTER POLICY merge ON rackets WITH CHECK (merged_into IS NOT NULL);
REVOKE UPDATE (source) ON rackets, strings FROM rbo_bypass;
DROP POLICY edit_entry ON orders;
DROP POLICY edit_entry ON strings;
DROP POLICY edit_entry ON rackets;
REVOKE UPDATE (state, attempts, next_attempt_at) ON v1_imports FROM rbo_bypass;
DROP POLICY run_again ON v1_imports;
REVOKE UPDATE (state, attempts, next_attempt_at) ON exports FROM rbo_bypass;
DROP POLICY run_again ON exports;
DROP POLICY run_again ON receipt_emissions;
";
