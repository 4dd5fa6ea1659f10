//! When a client last had a job entered: lists put those first, and could not in a book of
//! ten thousand clients by asking each one's orders.

use sea_orm_migration::prelude::*;

use crate::columns::{index, moment_null};
use crate::row_level_security;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const INDEX: &str = "ix_client_profiles_touched";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut column = moment_null("touched_at");
        manager
            .alter_table(Table::alter().table("client_profiles").add_column(&mut column).take())
            .await?;
        row_level_security::move_rows(
            manager,
            &["client_profiles", "orders"],
            "UPDATE client_profiles SET touched_at = coalesce(
               (SELECT max(created_at) FROM orders
                 WHERE orders.stringer_id = client_profiles.stringer_id
                   AND orders.client_profile_id = client_profiles.id), created_at);",
        )
        .await?;
        manager
            .create_index(index("client_profiles", INDEX, &["stringer_id", "touched_at", "id"]))
            .await?;
        row_level_security::run(manager, "GRANT UPDATE (touched_at) ON client_profiles TO rbo_app;")
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        row_level_security::run_anywhere(manager, &format!("DROP INDEX {INDEX};")).await?;
        manager
            .alter_table(Table::alter().table("client_profiles").drop_column("touched_at").take())
            .await
    }
}
