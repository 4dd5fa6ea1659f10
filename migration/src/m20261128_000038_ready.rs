//! What a stringer tells a client whose racket is ready.

use sea_orm_migration::prelude::*;

use crate::columns::*;
use crate::row_level_security::run;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const COLUMNS: [&str; 3] = ["opening_hours", "ready_text_de", "ready_text_en"];

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
