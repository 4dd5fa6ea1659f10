//! What an order costs, kept with it: a year's report is a sum that the database makes, and no
//! longer a look at each order. An index that has all of it (`strung_at` with currency, total and
//! the rest) was tried: SQLite then takes it for lists that another one serves.

use sea_orm_migration::prelude::*;

use crate::columns::{is_postgres, money_null};
use crate::row_level_security::{move_rows, run_anywhere};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut total = money_null("total");
        manager.alter_table(Table::alter().table("orders").add_column(&mut total).take()).await?;
        // Two databases have two names for the larger of two values.
        let larger = if is_postgres(manager) { "GREATEST" } else { "MAX" };
        move_rows(manager, &["orders"], &FILL.replace("LARGER", larger)).await?;
        run_anywhere(manager, INDEX).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_anywhere(manager, NO_INDEX).await?;
        manager.alter_table(Table::alter().table("orders").drop_column("total").take()).await
    }
}

/// By the rule of its day (`models/orders/pricing.rs`).
const FILL: &str = "
UPDATE orders SET total = COALESCE(total_override, LARGER(0,
  COALESCE(labor, 0)
  + CASE WHEN mains_byo THEN 0 ELSE COALESCE(mains_price, 0) END
  + CASE WHEN crosses_byo THEN 0 ELSE COALESCE(crosses_price, 0) END
  - COALESCE(discount, 0)))
WHERE NOT is_self;";

const INDEX: &str = "
CREATE INDEX ix_orders_paid ON orders (stringer_id, paid_at, cancelled_at, currency, total)
  WHERE paid_at IS NOT NULL;";

const NO_INDEX: &str = "
DROP INDEX ix_orders_paid;";
