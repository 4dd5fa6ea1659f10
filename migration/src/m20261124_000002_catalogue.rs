//! Racket models and strings: shared entries, and each stringer's own.

use sea_orm_migration::prelude::*;

use crate::columns::*;

const SPORTS: [&str; 3] = ["tennis", "badminton", "squash"];
const VISIBILITIES: [&str; 3] = ["catalogue_private", "catalogue_shared", "one_off"];
const SOURCES: [&str; 3] = ["manual", "imported", "manual_edited_from_import"];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(rackets()).await?;
        manager.create_table(strings()).await?;
        for (table, by_owner, by_key) in [
            ("rackets", "ix_rackets_owner", "ix_rackets_search"),
            ("strings", "ix_strings_owner", "ix_strings_search"),
        ] {
            let owner = ["created_by_stringer_id", "sport", "search_key"];
            manager.create_index(index(table, by_owner, &owner)).await?;
            let shared = ["visibility", "sport", "search_key"];
            manager.create_index(index(table, by_key, &shared)).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["strings", "rackets"]).await
    }
}

fn rackets() -> TableCreateStatement {
    entry("rackets")
        .col(int_null("year"))
        .col(int_null("head_size"))
        .col(text_null("string_pattern"))
        .col(int_null("weight"))
        .col(int_null("balance"))
        .take()
}

fn strings() -> TableCreateStatement {
    entry("strings")
        .col(int_null("gauge"))
        .col(text_null("material"))
        .col(text_null("colour"))
        .col(int_null("length"))
        .take()
}

fn entry(table: &'static str) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(key())
        .col(text("sport"))
        .col(text("manufacturer"))
        .col(text("model"))
        // Lower case, so that a search folds umlauts alike on both databases.
        .col(text("search_key"))
        .col(text("visibility"))
        .col(text("source"))
        .col(uuid_null("created_by_stringer_id"))
        .col(uuid_null("merged_into"))
        .col(moment("created_at"))
        .col(moment("updated_at"))
        .foreign_key(&mut global(table, "created_by_stringer_id", "stringers"))
        .foreign_key(&mut global(table, "merged_into", table))
        .check(one_of("sport", &SPORTS))
        .check(one_of("visibility", &VISIBILITIES))
        .check(one_of("source", &SOURCES))
        .check(Expr::cust("created_by_stringer_id IS NOT NULL OR visibility = 'catalogue_shared'"))
        .take()
}
