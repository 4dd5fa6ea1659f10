//! What is wanted on a day is found by the day: without this every order of the stringer's is
//! looked at.

use sea_orm_migration::prelude::*;

use crate::columns::index;
use crate::row_level_security;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const INDEX: &str = "ix_orders_due";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_index(index("orders", INDEX, &["stringer_id", "due_at"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        row_level_security::run_anywhere(manager, &format!("DROP INDEX {INDEX};")).await
    }
}
