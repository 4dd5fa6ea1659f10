//! What a stringer tells a client whose racket is ready.

use sea_orm_migration::prelude::*;

use crate::m20261128_000037_paying::{add_to_stringers, drop_from_stringers};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const COLUMNS: [&str; 3] = ["opening_hours", "ready_text_de", "ready_text_en"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add_to_stringers(manager, &COLUMNS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_from_stringers(manager, &COLUMNS).await
    }
}
