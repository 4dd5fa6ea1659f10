//! Where a stringer is paid: an account for codes that banking apps read, and a link of its own.

use sea_orm_migration::prelude::*;

use crate::columns::*;
use crate::row_level_security::run;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const COLUMNS: [&str; 7] =
    ["iban", "pay_holder", "pay_street", "pay_postcode", "pay_town", "pay_country", "pay_link"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add_to_stringers(manager, &COLUMNS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_from_stringers(manager, &COLUMNS).await
    }
}

/// Texts that a stringer may say of itself, or not.
pub(crate) async fn add_to_stringers(
    manager: &SchemaManager<'_>,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    for name in columns.iter().copied() {
        let altered = Table::alter().table("stringers").add_column(text_null(name)).take();
        manager.alter_table(altered).await?;
    }
    run(manager, &format!("GRANT UPDATE ({}) ON stringers TO rbo_app;", columns.join(", "))).await
}

/// Takes them away again.
pub(crate) async fn drop_from_stringers(
    manager: &SchemaManager<'_>,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    for name in columns.iter().rev().copied() {
        let altered = Table::alter().table("stringers").drop_column(name).take();
        manager.alter_table(altered).await?;
    }
    Ok(())
}
