//! Every use of the bypass: who, when, why, which act, and how it ended.

use sea_orm_migration::prelude::*;

use crate::columns::*;
use crate::row_level_security;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(admin_audit_log()).await?;
        manager.create_index(index("admin_audit_log", "ix_admin_audit_log_at", &["at"])).await?;
        row_level_security::enable(manager, "admin_audit_log").await?;
        row_level_security::open_to_bypass(manager, "admin_audit_log").await?;
        row_level_security::run(manager, WALLS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        row_level_security::run(manager, "DROP POLICY ledger ON stringers;").await?;
        drop_tables(manager, &["admin_audit_log"]).await
    }
}

/// Append-only: an outcome is an entry of its own, which names the one that it ends.
fn admin_audit_log() -> TableCreateStatement {
    Table::create()
        .table("admin_audit_log")
        .col(key())
        .col(uuid("admin_id"))
        .col(moment("at"))
        .col(text("act"))
        .col(text("reason"))
        .col(text_null("request_id"))
        .col(uuid_null("ends"))
        .col(text_null("outcome"))
        .index(&mut unique("uq_admin_audit_log_ends".into(), &["ends"]))
        .foreign_key(&mut global("admin_audit_log", "admin_id", "stringers"))
        .foreign_key(&mut global("admin_audit_log", "ends", "admin_audit_log"))
        .check(Expr::cust("(ends IS NULL) = (outcome IS NULL)"))
        .check(Expr::cust("outcome IN ('done', 'failed')"))
        .take()
}

const WALLS: &str = "
CREATE POLICY add ON admin_audit_log FOR INSERT TO rbo_app
  WITH CHECK (rbo_purpose() = 'bypass_ledger');
GRANT INSERT ON admin_audit_log TO rbo_app;
CREATE POLICY ledger ON stringers FOR SELECT TO rbo_app USING (rbo_purpose() = 'bypass_ledger');
";
