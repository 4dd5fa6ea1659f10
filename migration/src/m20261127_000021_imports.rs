//! Uploads of the old workbook, what was taken over of them, and what their words mean.

use sea_orm_migration::prelude::*;

use crate::columns::*;
use crate::row_level_security::{self, run};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLES: [&str; 3] = ["v1_imports", "v1_import_rows", "v1_import_names"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(imports()).await?;
        manager.create_table(rows()).await?;
        manager.create_table(names()).await?;
        for (table, name, columns) in [
            ("v1_imports", "ix_v1_imports_created", &["stringer_id", "created_at"][..]),
            ("v1_import_rows", "ix_v1_import_rows_order", &["stringer_id", "order_id"]),
        ] {
            manager.create_index(index(table, name, columns)).await?;
        }
        // The sweeper looks for what is owed across all stringers, and for what is old.
        for sql in [
            "CREATE INDEX ix_v1_imports_owed ON v1_imports (next_attempt_at) \
             WHERE state IN ('uploaded', 'approved')",
            "CREATE INDEX ix_v1_imports_kept ON v1_imports (kept_until) \
             WHERE kept_until IS NOT NULL",
        ] {
            row_level_security::run_anywhere(manager, sql).await?;
        }
        for table in TABLES {
            row_level_security::enable(manager, table).await?;
            row_level_security::open_to_bypass(manager, table).await?;
            row_level_security::own(manager, table, "SELECT, INSERT, UPDATE").await?;
        }
        run(
            manager,
            "CREATE POLICY sweep ON v1_imports FOR SELECT TO rbo_app
               USING ((SELECT rbo_purpose()) = 'sweep');",
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["v1_import_names", "v1_import_rows", "v1_imports"]).await
    }
}

fn imports() -> TableCreateStatement {
    Table::create()
        .table("v1_imports")
        .col(key())
        .col(uuid("stringer_id"))
        .col(text("file_name"))
        .col(text("digest"))
        .col(int("size"))
        .col(ColumnDef::new("file").blob().null())
        .col(moment_null("kept_until"))
        .col(text("state"))
        .col(text_null("matching"))
        .col(text("choices"))
        .col(text_null("report"))
        .col(int("attempts").default(0).take())
        .col(moment("next_attempt_at"))
        .col(moment("created_at"))
        .col(moment("updated_at"))
        .index(&mut tenant_key("v1_imports"))
        .foreign_key(&mut owner("v1_imports"))
        .check(one_of("state", &STATES))
        .check(Expr::cust("(file IS NULL) = (kept_until IS NULL)"))
        .take()
}

const STATES: [&str; 8] =
    ["matching", "uploaded", "read", "approved", "done", "refused", "failed", "cancelled"];

/// An order that came from a file, by the file's own number, and what it said then.
fn rows() -> TableCreateStatement {
    Table::create()
        .table("v1_import_rows")
        .col(key())
        .col(uuid("stringer_id"))
        .col(uuid("import_id"))
        .col(uuid("order_id"))
        .col(text("external_ref"))
        .col(text("digest"))
        .index(&mut unique("uq_v1_import_rows_external".into(), &["stringer_id", "external_ref"]))
        .foreign_key(&mut owner("v1_import_rows"))
        .foreign_key(&mut within_tenant("v1_import_rows", "import_id", "v1_imports"))
        .foreign_key(&mut within_tenant("v1_import_rows", "order_id", "orders"))
        .take()
}

/// What a spelling stands for: the client, the racket or the string that it was taken for.
fn names() -> TableCreateStatement {
    Table::create()
        .table("v1_import_names")
        .col(key())
        .col(uuid("stringer_id"))
        .col(text("kind"))
        .col(text("spelling"))
        .col(text("meant"))
        .col(uuid_null("client_profile_id"))
        .col(uuid_null("client_racket_id"))
        .index(&mut unique(
            "uq_v1_import_names_spelling".into(),
            &["stringer_id", "kind", "spelling"],
        ))
        .foreign_key(&mut owner("v1_import_names"))
        .foreign_key(&mut within_tenant("v1_import_names", "client_profile_id", "client_profiles"))
        .foreign_key(&mut within_tenant("v1_import_names", "client_racket_id", "client_rackets"))
        .check(one_of("kind", &["player", "racket", "string", "own"]))
        .take()
}
