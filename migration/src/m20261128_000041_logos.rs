//! Logos, each kept for as long as a receipt shows it: a snapshot says a picture's digest, and a
//! stringer which of its own is on the next one. The column that was meant for the picture itself
//! would have been read with every page.

use sea_orm_migration::prelude::*;

use crate::columns::*;
use crate::m20261128_000037_paying::add_to_stringers;
use crate::row_level_security;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(logos()).await?;
        row_level_security::enable(manager, "logos").await?;
        row_level_security::open_to_bypass(manager, "logos").await?;
        row_level_security::own(manager, "logos", "SELECT, INSERT, UPDATE, DELETE").await?;
        let dropped = Table::alter().table("stringers").drop_column("logo").take();
        manager.alter_table(dropped).await?;
        add_to_stringers(manager, &["logo"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let dropped = Table::alter().table("stringers").drop_column("logo").take();
        manager.alter_table(dropped).await?;
        let mut logo = ColumnDef::new("logo").blob().null().take();
        manager.alter_table(Table::alter().table("stringers").add_column(&mut logo).take()).await?;
        row_level_security::run(manager, "GRANT UPDATE (logo) ON stringers TO rbo_app;").await?;
        drop_tables(manager, &["logos"]).await
    }
}

fn logos() -> TableCreateStatement {
    Table::create()
        .table("logos")
        .col(key())
        .col(uuid("stringer_id"))
        .col(text("digest"))
        .col(ColumnDef::new("picture").blob().not_null())
        .col(moment("created_at"))
        .col(moment_null("replaced_at"))
        .index(&mut tenant_key("logos"))
        .index(&mut unique("uq_logos_digest".to_owned(), &["stringer_id", "digest"]))
        .foreign_key(&mut owner("logos"))
        .take()
}
