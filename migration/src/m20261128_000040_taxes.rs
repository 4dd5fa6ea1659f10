//! How a stringer's prices are taxed, from which day on: a receipt says what held when its
//! racket was strung. Until something is said, a stringer is in no register.

use sea_orm_migration::prelude::*;

use crate::columns::*;
use crate::row_level_security;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(taxes()).await?;
        row_level_security::enable(manager, "taxes").await?;
        row_level_security::open_to_bypass(manager, "taxes").await?;
        row_level_security::own(manager, "taxes", "SELECT, INSERT, UPDATE, DELETE").await?;
        let dropped = Table::alter().table("stringers").drop_column("tax_regime").take();
        manager.alter_table(dropped).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut regime = text("tax_regime").default("not_registered").take();
        let altered = Table::alter().table("stringers").add_column(&mut regime).take();
        manager.alter_table(altered).await?;
        drop_tables(manager, &["taxes"]).await
    }
}

/// Rates are in hundredths of a percent.
fn taxes() -> TableCreateStatement {
    Table::create()
        .table("taxes")
        .col(key())
        .col(uuid("stringer_id"))
        .col(ColumnDef::new("since").date().not_null())
        .col(text("regime"))
        .col(text_null("number"))
        .col(int_null("labor_rate"))
        .col(int_null("strings_rate"))
        .col(moment("created_at"))
        .index(&mut tenant_key("taxes"))
        .index(&mut unique("uq_taxes_since".to_owned(), &["stringer_id", "since"]))
        .foreign_key(&mut owner("taxes"))
        .check(one_of("regime", &REGIMES))
        .take()
}

const REGIMES: [&str; 6] =
    ["not_registered", "switzerland", "germany_small", "germany", "austria", "european_union"];
