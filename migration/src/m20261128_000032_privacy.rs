//! What an admin does with persons: joins two that are one, answers what is asked under the law
//! of data protection, erases in two steps. Each by the bypass, under a purpose of its own.

use sea_orm_migration::prelude::*;

use crate::columns::*;
use crate::row_level_security::{self, run, run_anywhere};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(log()).await?;
        run_anywhere(manager, INDEXES).await?;
        row_level_security::enable(manager, "dsar_log").await?;
        for table in ["dsar_log", "person_merges"] {
            row_level_security::open_to_bypass(manager, table).await?;
        }
        run(manager, WALLS).await?;
        run(manager, LEAVE_ENDS).await?;
        run(manager, SCRUBBED).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, NO_WALLS).await?;
        run_anywhere(manager, "DROP INDEX ix_persons_deleted;").await?;
        drop_tables(manager, &["dsar_log"]).await
    }
}

/// What was asked for under the law of data protection (in Switzerland the FADP), and each act
/// that followed. Append-only: how a request stands is what its last row says. `concerns` is the
/// key of the row that asked.
fn log() -> TableCreateStatement {
    Table::create()
        .table("dsar_log")
        .col(key())
        .col(uuid("concerns"))
        .col(uuid("person_id"))
        .col(text("kind"))
        .col(text("event"))
        .col(uuid_null("admin_id"))
        .col(text_null("reason"))
        .col(text_null("request_id"))
        .col(moment("at"))
        .foreign_key(&mut global("dsar_log", "concerns", "dsar_log"))
        .foreign_key(&mut global("dsar_log", "person_id", "persons"))
        .foreign_key(&mut global("dsar_log", "admin_id", "stringers"))
        .check(one_of("kind", &["access", "erasure"]))
        .check(one_of(
            "event",
            &["asked", "handed_out", "answered", "refused", "deleted", "restored", "scrubbed"],
        ))
        .check(Expr::cust("(event = 'asked') = (concerns = id)"))
        .check(Expr::cust("event = 'asked' OR admin_id IS NOT NULL"))
        .take()
}

const INDEXES: &str = "
CREATE INDEX ix_dsar_log_concerns ON dsar_log (concerns, at, id);
CREATE UNIQUE INDEX uq_dsar_log_end ON dsar_log (concerns)
  WHERE event IN ('answered', 'refused', 'scrubbed');
CREATE INDEX ix_dsar_log_person ON dsar_log (person_id, at);
CREATE INDEX ix_persons_deleted ON persons (deleted_at) WHERE deleted_at IS NOT NULL;
";

/// A person asks for itself and reads how that stands; the rest is an admin's.
const WALLS: &str = "
CREATE POLICY ask ON dsar_log FOR INSERT TO rbo_app WITH CHECK (
  person_id = rbo_person() AND event = 'asked' AND admin_id IS NULL);
CREATE POLICY read_own ON dsar_log FOR SELECT TO rbo_app
  USING (person_id = (SELECT rbo_person()));
GRANT SELECT, INSERT ON dsar_log TO rbo_app;
CREATE POLICY act ON dsar_log FOR INSERT TO rbo_bypass WITH CHECK (admin_id IS NOT NULL AND (
  (rbo_purpose() = 'answer_request' AND event IN ('asked', 'handed_out', 'answered', 'refused'))
  OR (rbo_purpose() = 'erase_person' AND event IN ('asked', 'deleted', 'restored'))
  OR (rbo_purpose() = 'finalise_erasure' AND event IN ('asked', 'scrubbed'))));
CREATE POLICY prove_read ON dsar_log FOR SELECT TO rbo_app
  USING ((SELECT rbo_purpose()) = 'prove_person');
ALTER POLICY change ON persons USING (subject IS NULL AND deleted_at IS NULL
  AND scrubbed_at IS NULL
  AND EXISTS (SELECT 1 FROM client_profiles p WHERE p.person_id = persons.id
    AND p.stringer_id = (SELECT rbo_me()))
  AND NOT rbo_shares_person(id, (SELECT rbo_me())));
GRANT INSERT ON dsar_log TO rbo_bypass;

CREATE POLICY merge ON person_merges FOR INSERT TO rbo_bypass
  WITH CHECK (rbo_purpose() = 'merge_persons' AND admin_id IS NOT NULL);
GRANT INSERT ON person_merges TO rbo_bypass;
CREATE POLICY merge ON persons FOR UPDATE TO rbo_bypass
  USING ((SELECT rbo_purpose()) = 'merge_persons') WITH CHECK (rbo_purpose() = 'merge_persons');
CREATE POLICY erase ON persons FOR UPDATE TO rbo_bypass
  USING ((SELECT rbo_purpose()) = 'erase_person' AND scrubbed_at IS NULL)
  WITH CHECK (rbo_purpose() = 'erase_person');
CREATE POLICY finalise ON persons FOR UPDATE TO rbo_bypass
  USING ((SELECT rbo_purpose()) = 'finalise_erasure'
    AND (deleted_at IS NOT NULL OR merged_into IS NOT NULL))
  WITH CHECK (rbo_purpose() = 'finalise_erasure' AND scrubbed_at IS NOT NULL);
GRANT UPDATE (email, email_normalised, email_verified_at, subject, merged_into, deleted_at,
  scrubbed_at, display_first_name, display_last_name, default_locale, notification_prefs,
  updated_at) ON persons TO rbo_bypass;
CREATE POLICY merge ON client_profiles FOR UPDATE TO rbo_bypass
  USING ((SELECT rbo_purpose()) = 'merge_persons') WITH CHECK (rbo_purpose() = 'merge_persons');
CREATE POLICY call_anew ON orders FOR UPDATE TO rbo_bypass
  USING ((SELECT rbo_purpose()) = 'merge_persons') WITH CHECK (rbo_purpose() = 'merge_persons');
GRANT UPDATE (person_id, search_key) ON client_profiles TO rbo_bypass;
GRANT UPDATE (client_name, client_key) ON orders TO rbo_bypass;
";

/// Whoever is joined with another, or erased, has given its leave for the last time.
const LEAVE_ENDS: &str = "
CREATE POLICY end_leave ON order_shares FOR UPDATE TO rbo_bypass
  USING ((SELECT rbo_purpose()) IN ('merge_persons', 'erase_person'))
  WITH CHECK (rbo_purpose() IN ('merge_persons', 'erase_person') AND revoked_at IS NOT NULL);
CREATE POLICY end_leave ON person_stringer_shares FOR UPDATE TO rbo_bypass
  USING ((SELECT rbo_purpose()) IN ('merge_persons', 'erase_person'))
  WITH CHECK (rbo_purpose() IN ('merge_persons', 'erase_person') AND revoked_at IS NOT NULL);
GRANT UPDATE (revoked_at) ON order_shares, person_stringer_shares TO rbo_bypass;
CREATE POLICY end_leave ON share_audit FOR INSERT TO rbo_bypass
  WITH CHECK (rbo_purpose() IN ('merge_persons', 'erase_person') AND event = 'revoked');
GRANT INSERT ON share_audit TO rbo_bypass;
CREATE POLICY end_leave ON notifications FOR INSERT TO rbo_bypass
  WITH CHECK (rbo_purpose() IN ('merge_persons', 'erase_person')
    AND kind = 'share_revoked_from_me');
GRANT INSERT (actor_person_id, order_stringer_id, order_id) ON notifications TO rbo_bypass;
";

/// What names somebody is emptied; orders, files and audits stay (RULES 4).
const SCRUBBED: &str = "
CREATE POLICY finalise ON client_profiles FOR UPDATE TO rbo_bypass
  USING ((SELECT rbo_purpose()) = 'finalise_erasure')
  WITH CHECK (rbo_purpose() = 'finalise_erasure');
GRANT UPDATE (nickname, contact, internal_notes, default_tension_memo) ON client_profiles
  TO rbo_bypass;
CREATE POLICY finalise ON client_rackets FOR UPDATE TO rbo_bypass
  USING ((SELECT rbo_purpose()) = 'finalise_erasure')
  WITH CHECK (rbo_purpose() = 'finalise_erasure');
GRANT UPDATE (nickname, serial, search_key) ON client_rackets TO rbo_bypass;
CREATE POLICY finalise ON orders FOR UPDATE TO rbo_bypass
  USING ((SELECT rbo_purpose()) = 'finalise_erasure')
  WITH CHECK (rbo_purpose() = 'finalise_erasure');
GRANT UPDATE (comment_public, comment_private, racket_nickname, void_reason, lock_version)
  ON orders TO rbo_bypass;
CREATE POLICY finalise ON receipt_emissions FOR UPDATE TO rbo_bypass
  USING ((SELECT rbo_purpose()) = 'finalise_erasure')
  WITH CHECK (rbo_purpose() = 'finalise_erasure');
GRANT UPDATE (snapshot, pdf, pdf_state, pdf_digest, last_error, attempts, next_attempt_at)
  ON receipt_emissions TO rbo_bypass;
CREATE POLICY finalise ON v1_import_names FOR UPDATE TO rbo_bypass
  USING ((SELECT rbo_purpose()) = 'finalise_erasure')
  WITH CHECK (rbo_purpose() = 'finalise_erasure');
GRANT UPDATE (spelling, meant) ON v1_import_names TO rbo_bypass;
CREATE POLICY finalise ON v1_imports FOR UPDATE TO rbo_bypass
  USING ((SELECT rbo_purpose()) = 'finalise_erasure')
  WITH CHECK (rbo_purpose() = 'finalise_erasure');
GRANT UPDATE (kept_until) ON v1_imports TO rbo_bypass;
CREATE POLICY finalise ON exports FOR UPDATE TO rbo_bypass
  USING ((SELECT rbo_purpose()) = 'finalise_erasure')
  WITH CHECK (rbo_purpose() = 'finalise_erasure');
GRANT UPDATE (kept_until) ON exports TO rbo_bypass;
CREATE POLICY finalise ON drafts FOR UPDATE TO rbo_bypass
  USING ((SELECT rbo_purpose()) = 'finalise_erasure')
  WITH CHECK (rbo_purpose() = 'finalise_erasure');
GRANT UPDATE (body) ON drafts TO rbo_bypass;
";

const NO_WALLS: &str = "
REVOKE UPDATE (body) ON drafts FROM rbo_bypass;
REVOKE UPDATE (spelling, meant) ON v1_import_names FROM rbo_bypass;
DROP POLICY finalise ON drafts;
REVOKE UPDATE (kept_until) ON exports, v1_imports FROM rbo_bypass;
DROP POLICY finalise ON exports;
DROP POLICY finalise ON v1_imports;
DROP POLICY finalise ON v1_import_names;
REVOKE UPDATE (snapshot, pdf, pdf_state, pdf_digest, last_error, attempts, next_attempt_at)
  ON receipt_emissions FROM rbo_bypass;
DROP POLICY finalise ON receipt_emissions;
REVOKE UPDATE (comment_public, comment_private, racket_nickname, void_reason, lock_version)
  ON orders FROM rbo_bypass;
ALTER POLICY change ON persons USING (subject IS NULL
  AND EXISTS (SELECT 1 FROM client_profiles p WHERE p.person_id = persons.id
    AND p.stringer_id = (SELECT rbo_me()))
  AND NOT rbo_shares_person(id, (SELECT rbo_me())));
DROP POLICY finalise ON orders;
REVOKE UPDATE (nickname, serial, search_key) ON client_rackets FROM rbo_bypass;
DROP POLICY finalise ON client_rackets;
REVOKE UPDATE (nickname, contact, internal_notes, default_tension_memo) ON client_profiles
  FROM rbo_bypass;
DROP POLICY finalise ON client_profiles;
REVOKE INSERT (actor_person_id, order_stringer_id, order_id) ON notifications FROM rbo_bypass;
DROP POLICY end_leave ON notifications;
REVOKE INSERT ON share_audit FROM rbo_bypass;
DROP POLICY end_leave ON share_audit;
REVOKE UPDATE (revoked_at) ON order_shares, person_stringer_shares FROM rbo_bypass;
DROP POLICY end_leave ON person_stringer_shares;
DROP POLICY end_leave ON order_shares;
REVOKE UPDATE (client_name, client_key) ON orders FROM rbo_bypass;
REVOKE UPDATE (person_id, search_key) ON client_profiles FROM rbo_bypass;
DROP POLICY call_anew ON orders;
DROP POLICY merge ON client_profiles;
REVOKE UPDATE (email, email_normalised, email_verified_at, subject, merged_into, deleted_at,
  scrubbed_at, display_first_name, display_last_name, default_locale, notification_prefs,
  updated_at) ON persons FROM rbo_bypass;
DROP POLICY finalise ON persons;
DROP POLICY erase ON persons;
DROP POLICY merge ON persons;
REVOKE SELECT, INSERT ON person_merges FROM rbo_bypass;
DROP POLICY merge ON person_merges;
DROP POLICY bypass ON person_merges;
";
