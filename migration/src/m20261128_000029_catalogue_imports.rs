//! Rows of outside feeds, staged for the admins to decide about.

use sea_orm_migration::prelude::*;

use crate::columns::*;
use crate::row_level_security::{self, run};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(imports()).await?;
        let waiting = "CREATE INDEX ix_catalogue_imports_waiting \
             ON catalogue_imports (source, kind, search_key, id) WHERE state = 'pending'";
        row_level_security::run_anywhere(manager, waiting).await?;
        row_level_security::enable(manager, "catalogue_imports").await?;
        row_level_security::open_to_bypass(manager, "catalogue_imports").await?;
        run(manager, WALLS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, NO_WALLS).await?;
        drop_tables(manager, &["catalogue_imports"]).await
    }
}

/// A feed says the same thing once: what it says of one of its things anew is another row.
fn imports() -> TableCreateStatement {
    said()
        .col(text("state").default("pending"))
        .col(uuid_null("racket_id"))
        .col(uuid_null("string_id"))
        .col(text_null("reason"))
        .col(uuid_null("decided_by"))
        .col(moment("staged_at"))
        .col(moment_null("decided_at"))
        .index(&mut unique(
            "uq_catalogue_imports_said".to_owned(),
            &["source", "external_id", "digest"],
        ))
        .foreign_key(&mut global("catalogue_imports", "racket_id", "rackets"))
        .foreign_key(&mut global("catalogue_imports", "string_id", "strings"))
        .foreign_key(&mut global("catalogue_imports", "decided_by", "stringers"))
        .check(one_of("kind", &["rackets", "strings"]))
        .check(one_of("sport", &["tennis", "badminton", "squash"]))
        .check(one_of("state", &["pending", "promoted", "matched", "rejected", "superseded"]))
        .check(Expr::cust("racket_id IS NULL OR (kind = 'rackets' AND string_id IS NULL)"))
        .check(Expr::cust("string_id IS NULL OR kind = 'strings'"))
        .check(Expr::cust(
            "state NOT IN ('promoted', 'matched') OR racket_id IS NOT NULL OR string_id IS NOT NULL",
        ))
        .check(Expr::cust("state <> 'rejected' OR reason IS NOT NULL"))
        .take()
}

/// What a row says.
fn said() -> TableCreateStatement {
    Table::create()
        .table("catalogue_imports")
        .col(key())
        .col(text("source"))
        .col(text("external_id"))
        .col(text("digest"))
        .col(text("kind"))
        .col(text("sport"))
        .col(text("manufacturer"))
        .col(text("model"))
        .col(text("search_key"))
        .col(int_null("year"))
        .col(int_null("head_size"))
        .col(text_null("string_pattern"))
        .col(int_null("weight"))
        .col(int_null("balance"))
        .col(int_null("gauge"))
        .col(text_null("material"))
        .col(text_null("colour"))
        .col(int_null("length"))
        .take()
}

/// Nobody's rows: whoever stages a feed puts them there, the bypass decides about them, and what
/// it makes of them is everybody's.
const WALLS: &str = "
CREATE POLICY stage ON catalogue_imports TO rbo_app
  USING ((SELECT rbo_purpose()) = 'stage_feed')
  WITH CHECK (rbo_purpose() = 'stage_feed' AND state IN ('pending', 'superseded'));
GRANT SELECT, INSERT, UPDATE (state, staged_at)
  ON catalogue_imports TO rbo_app;
CREATE POLICY stage ON rackets FOR SELECT TO rbo_app
  USING (visibility = 'catalogue_shared' AND (SELECT rbo_purpose()) = 'stage_feed');
CREATE POLICY stage ON strings FOR SELECT TO rbo_app
  USING (visibility = 'catalogue_shared' AND (SELECT rbo_purpose()) = 'stage_feed');
CREATE POLICY decide ON catalogue_imports FOR UPDATE TO rbo_bypass
  USING (state = 'pending' AND (SELECT rbo_purpose()) = 'decide_feed')
  WITH CHECK (state IN ('promoted', 'matched', 'rejected'));
GRANT UPDATE (state, racket_id, string_id, reason, decided_by, decided_at)
  ON catalogue_imports TO rbo_bypass;
CREATE POLICY promote_feed ON rackets FOR INSERT TO rbo_bypass WITH CHECK (
  rbo_purpose() = 'decide_feed' AND visibility = 'catalogue_shared' AND source = 'imported'
  AND created_by_stringer_id IS NULL AND merged_into IS NULL);
CREATE POLICY promote_feed ON strings FOR INSERT TO rbo_bypass WITH CHECK (
  rbo_purpose() = 'decide_feed' AND visibility = 'catalogue_shared' AND source = 'imported'
  AND created_by_stringer_id IS NULL AND merged_into IS NULL);
CREATE POLICY renew ON rackets FOR UPDATE TO rbo_bypass
  USING (source = 'imported' AND visibility = 'catalogue_shared'
    AND (SELECT rbo_purpose()) = 'decide_feed')
  WITH CHECK (source = 'imported' AND visibility = 'catalogue_shared'
    AND rbo_purpose() = 'decide_feed');
CREATE POLICY renew ON strings FOR UPDATE TO rbo_bypass
  USING (source = 'imported' AND visibility = 'catalogue_shared'
    AND (SELECT rbo_purpose()) = 'decide_feed')
  WITH CHECK (source = 'imported' AND visibility = 'catalogue_shared'
    AND rbo_purpose() = 'decide_feed');
CREATE POLICY renew ON orders FOR UPDATE TO rbo_bypass
  USING ((SELECT rbo_purpose()) = 'decide_feed');
GRANT INSERT ON rackets, strings TO rbo_bypass;
GRANT UPDATE (manufacturer, model, search_key, year, head_size, string_pattern, weight, balance)
  ON rackets TO rbo_bypass;
GRANT UPDATE (manufacturer, model, search_key, gauge, material, colour, length)
  ON strings TO rbo_bypass;
";

const NO_WALLS: &str = "
REVOKE UPDATE (manufacturer, model, search_key, gauge, material, colour, length)
  ON strings FROM rbo_bypass;
REVOKE UPDATE (manufacturer, model, search_key, year, head_size, string_pattern, weight, balance)
  ON rackets FROM rbo_bypass;
REVOKE INSERT ON rackets, strings FROM rbo_bypass;
DROP POLICY renew ON orders;
DROP POLICY renew ON strings;
DROP POLICY renew ON rackets;
DROP POLICY promote_feed ON strings;
DROP POLICY promote_feed ON rackets;
DROP POLICY stage ON strings;
DROP POLICY stage ON rackets;
";
