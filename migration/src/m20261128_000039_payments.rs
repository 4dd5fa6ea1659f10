//! What a client has paid for an order, by day, kind and amount; and with the order, how much
//! that is, so that no list has to look for it. What was paid before has no rows: it is paid in
//! full.

use sea_orm_migration::prelude::*;

use crate::columns::*;
use crate::row_level_security::{self, run_anywhere};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut received = int("received").default(0).take();
        manager
            .alter_table(Table::alter().table("orders").add_column(&mut received).take())
            .await?;
        run_anywhere(manager, WITH_RECEIVED).await?;
        manager.create_table(payments()).await?;
        for (name, columns) in [
            ("ix_payments_order", &["stringer_id", "order_id", "created_at", "id"]),
            ("ix_payments_day", &["stringer_id", "paid_on", "order_id", "amount"]),
        ] {
            manager.create_index(index("payments", name, columns)).await?;
        }
        row_level_security::enable(manager, "payments").await?;
        row_level_security::open_to_bypass(manager, "payments").await?;
        row_level_security::own(manager, "payments", "SELECT, INSERT, UPDATE, DELETE").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["payments"]).await?;
        run_anywhere(manager, WITHOUT_RECEIVED).await?;
        manager.alter_table(Table::alter().table("orders").drop_column("received").take()).await
    }
}

/// A year's report sums from the index alone.
const WITH_RECEIVED: &str = "
DROP INDEX ix_orders_paid;
CREATE INDEX ix_orders_paid
  ON orders (stringer_id, paid_at, cancelled_at, currency, received, total)
  WHERE paid_at IS NOT NULL;";

const WITHOUT_RECEIVED: &str = "
DROP INDEX ix_orders_paid;
CREATE INDEX ix_orders_paid ON orders (stringer_id, paid_at, cancelled_at, currency, total)
  WHERE paid_at IS NOT NULL;";

fn payments() -> TableCreateStatement {
    Table::create()
        .table("payments")
        .col(key())
        .col(uuid("stringer_id"))
        .col(uuid("order_id"))
        .col(ColumnDef::new("paid_on").date().not_null())
        .col(text_null("kind"))
        .col(int("amount"))
        .col(moment("created_at"))
        .index(&mut tenant_key("payments"))
        .foreign_key(&mut owner("payments"))
        .foreign_key(&mut within_tenant("payments", "order_id", "orders"))
        .check(Expr::col("amount").gt(0))
        .take()
}
