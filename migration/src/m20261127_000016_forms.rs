//! The life of a form: what was sent is taken once, and what was typed when a sign-in ended is
//! kept. And why an order with a number was set aside.

use sea_orm_migration::prelude::*;

use crate::columns::*;
use crate::row_level_security;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLES: [&str; 2] = ["submissions", "drafts"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(submissions()).await?;
        manager.create_table(drafts()).await?;
        for (table, name) in [("submissions", "ix_submissions_age"), ("drafts", "ix_drafts_age")] {
            manager.create_index(index(table, name, &["stringer_id", "created_at"])).await?;
            row_level_security::enable(manager, table).await?;
            row_level_security::open_to_bypass(manager, table).await?;
            row_level_security::own(manager, table, "SELECT, INSERT, UPDATE, DELETE").await?;
        }
        let mut reason = text_null("void_reason");
        manager.alter_table(Table::alter().table("orders").add_column(&mut reason).take()).await?;
        row_level_security::run(manager, PATIENCE).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .alter_table(Table::alter().table("orders").drop_column("void_reason").take())
            .await?;
        drop_tables(manager, &TABLES).await
    }
}

/// A form that was taken, by the key that its page gave it; and what was answered.
fn submissions() -> TableCreateStatement {
    Table::create()
        .table("submissions")
        .col(key())
        .col(uuid("stringer_id"))
        .col(uuid("form_key"))
        .col(text("digest"))
        .col(text("answer"))
        .col(moment("created_at"))
        .index(&mut unique("uq_submissions_key".into(), &["stringer_id", "form_key"]))
        .foreign_key(&mut owner("submissions"))
        .take()
}

/// What was typed into a form that was sent without a sign-in.
fn drafts() -> TableCreateStatement {
    Table::create()
        .table("drafts")
        .col(key())
        .col(uuid("stringer_id"))
        .col(text("body"))
        .col(moment("created_at"))
        .index(&mut tenant_key("drafts"))
        .foreign_key(&mut owner("drafts"))
        .take()
}

/// A net below the application, which leaves no transaction open: what waits inside one for a
/// minute has been forgotten. The role is the whole server's, so another database may be
/// saying the same at the moment.
const PATIENCE: &str = "
DO $$ BEGIN
  ALTER ROLE rbo_app SET idle_in_transaction_session_timeout = '60s';
EXCEPTION WHEN insufficient_privilege OR internal_error THEN NULL;
END $$;
";
