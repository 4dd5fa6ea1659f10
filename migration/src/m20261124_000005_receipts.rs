//! The last number of each stringer's year, and every issue of a receipt.

use sea_orm_migration::prelude::*;

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(receipt_counters()).await?;
        manager.create_table(receipt_emissions()).await?;
        manager
            .create_index(index(
                "receipt_emissions",
                "ix_receipt_emissions_order",
                &["stringer_id", "order_id", "created_at"],
            ))
            .await?;
        // The sweeper looks for what is owed across all stringers, and only that.
        manager
            .get_connection()
            .execute_unprepared(
                "CREATE INDEX ix_receipt_emissions_owed ON receipt_emissions (next_attempt_at) \
                 WHERE pdf_state = 'pending'",
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["receipt_emissions", "receipt_counters"]).await
    }
}

fn receipt_counters() -> TableCreateStatement {
    Table::create()
        .table("receipt_counters")
        .col(uuid("stringer_id"))
        .col(int("year"))
        .col(int("last_number"))
        .primary_key(Index::create().col("stringer_id").col("year"))
        .foreign_key(&mut owner("receipt_counters"))
        .take()
}

fn receipt_emissions() -> TableCreateStatement {
    Table::create()
        .table("receipt_emissions")
        .col(key())
        .col(uuid("stringer_id"))
        .col(uuid("order_id"))
        .col(text("number"))
        .col(text("cause"))
        .col(text("locale"))
        .col(text("snapshot"))
        .col(text("pdf_state"))
        .col(ColumnDef::new("pdf").blob().null())
        .col(text_null("pdf_digest"))
        .col(int("attempts").default(0).take())
        .col(moment("next_attempt_at"))
        .col(text_null("last_error"))
        .col(moment("created_at"))
        .col(moment_null("rendered_at"))
        .index(&mut tenant_key("receipt_emissions"))
        .foreign_key(&mut owner("receipt_emissions"))
        .foreign_key(&mut within_tenant("receipt_emissions", "order_id", "orders"))
        .check(one_of("cause", &["first", "edit", "by_hand"]))
        .check(one_of("locale", &["en", "de"]))
        .check(one_of("pdf_state", &["pending", "rendered", "failed"]))
        .check(Expr::cust("(pdf_state = 'rendered') = (pdf IS NOT NULL)"))
        .take()
}
