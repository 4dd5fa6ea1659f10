//! A racket of a year is found by what pickers call it: its search key has the year, as those of
//! the starter catalogue always had. What an older book brought in had none.

use sea_orm_migration::prelude::*;

use crate::row_level_security::move_rows;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        move_rows(manager, &["rackets"], WITH_YEARS).await
    }

    /// A key with its year is no worse where it is not looked for.
    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Ok(())
    }
}

const WITH_YEARS: &str = "
UPDATE rackets SET search_key = search_key || ' ' || CAST(year AS TEXT)
WHERE year IS NOT NULL AND search_key NOT LIKE '% ' || CAST(year AS TEXT);";
