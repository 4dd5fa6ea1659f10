//! What a stringer takes along: asked for, made by a worker, and kept for a day to be fetched.

use sea_orm_migration::prelude::*;

use crate::columns::*;
use crate::row_level_security::{self, run};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(exports()).await?;
        manager.create_table(parts()).await?;
        for sql in [
            "CREATE INDEX ix_exports_created ON exports (stringer_id, created_at)",
            "CREATE INDEX ix_exports_owed ON exports (next_attempt_at) WHERE state = 'owed'",
            "CREATE INDEX ix_exports_kept ON exports (kept_until)",
        ] {
            row_level_security::run_anywhere(manager, sql).await?;
        }
        for table in ["exports", "export_parts"] {
            row_level_security::enable(manager, table).await?;
            row_level_security::open_to_bypass(manager, table).await?;
            row_level_security::own(manager, table, "SELECT, INSERT, UPDATE, DELETE").await?;
        }
        run(
            manager,
            "CREATE POLICY sweep ON exports FOR SELECT TO rbo_app
               USING ((SELECT rbo_purpose()) = 'sweep');",
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["export_parts", "exports"]).await
    }
}

fn exports() -> TableCreateStatement {
    Table::create()
        .table("exports")
        .col(key())
        .col(uuid("stringer_id"))
        .col(text("kind"))
        .col(text("state"))
        .col(int("size"))
        .col(int("attempts"))
        .col(moment("next_attempt_at"))
        .col(moment("created_at"))
        .col(moment("kept_until"))
        .index(&mut tenant_key("exports"))
        .foreign_key(&mut owner("exports"))
        .check(one_of("kind", &["workbook", "json", "receipts"]))
        .check(one_of("state", &["owed", "made", "failed"]))
        .take()
}

/// The bytes, a piece each: no file is in memory as a whole.
fn parts() -> TableCreateStatement {
    Table::create()
        .table("export_parts")
        .col(uuid("stringer_id"))
        .col(uuid("export_id"))
        .col(int("number"))
        .col(ColumnDef::new("bytes").blob().not_null())
        .primary_key(Index::create().col("stringer_id").col("export_id").col("number"))
        .foreign_key(&mut owner("export_parts"))
        .foreign_key(&mut within_tenant("export_parts", "export_id", "exports"))
        .take()
}
