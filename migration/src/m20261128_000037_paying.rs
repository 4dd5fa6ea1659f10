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
        for name in COLUMNS {
            let altered = Table::alter().table("stringers").add_column(text_null(name)).take();
            manager.alter_table(altered).await?;
        }
        run(manager, &format!("GRANT UPDATE ({}) ON stringers TO rbo_app;", COLUMNS.join(", ")))
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in COLUMNS.iter().rev().copied() {
            let altered = Table::alter().table("stringers").drop_column(name).take();
            manager.alter_table(altered).await?;
        }
        Ok(())
    }
}
