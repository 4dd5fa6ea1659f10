//! What an order costs to write, and what an entry of the catalogue costs to look up.
//!
//! On PostgreSQL a third of an import went into foreign keys, 12 an order: those to `stringers`
//! say nothing that the composite key beside them does not (its other end has the same key, or
//! one that says so), and are not asked any more. SQLite cannot take a key out of a table; it
//! asks them at little cost. And the wall asks once about a string that is on both sides.
//!
//! How often an entry is in one's own orders is read from an index, as are the orders that are
//! renamed with it. Nine of ten orders have one string on both sides, and stand in the first of
//! the two alone (`models/orders/used.rs` asks by the same words, by which SQLite knows it); a day for pick-up is rare, and only such orders stand in its index.

use sea_orm_migration::prelude::*;

use crate::row_level_security::{run, run_anywhere};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_anywhere(manager, INDEXES).await?;
        for (table, implied) in IMPLIED {
            let drop = format!("ALTER TABLE {table} DROP CONSTRAINT {implied};");
            run(manager, &drop).await?;
        }
        run(manager, &wall("crosses_string_id = mains_string_id OR ")).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &wall("")).await?;
        for (table, implied) in IMPLIED {
            let add = format!(
                "ALTER TABLE {table} ADD CONSTRAINT {implied} FOREIGN KEY (stringer_id)
                   REFERENCES stringers (id) ON UPDATE RESTRICT ON DELETE RESTRICT;"
            );
            run(manager, &add).await?;
        }
        run_anywhere(manager, INDEXES_BEFORE).await
    }
}

/// Each of these tables has a key to its order, its client or its upload of the same stringer.
const IMPLIED: [(&str, &str); 4] = [
    ("orders", "fk_orders_stringer_id"),
    ("order_state_audit", "fk_order_state_audit_stringer_id"),
    ("receipt_emissions", "fk_receipt_emissions_stringer_id"),
    ("v1_import_rows", "fk_v1_import_rows_stringer_id"),
];

const INDEXES: &str = "
CREATE INDEX ix_orders_mains ON orders (stringer_id, mains_string_id, strung_at, cancelled_at)
  WHERE mains_string_id IS NOT NULL;
CREATE INDEX ix_orders_crosses ON orders (stringer_id, crosses_string_id, strung_at, cancelled_at)
  WHERE crosses_string_id IS NOT NULL
    AND (mains_string_id IS NULL OR mains_string_id <> crosses_string_id);
CREATE INDEX ix_client_rackets_model ON client_rackets (stringer_id, racket_id, id);
DROP INDEX ix_orders_due;
CREATE INDEX ix_orders_due ON orders (stringer_id, due_at) WHERE due_at IS NOT NULL;";

const INDEXES_BEFORE: &str = "
DROP INDEX ix_orders_due;
CREATE INDEX ix_orders_due ON orders (stringer_id, due_at);
DROP INDEX ix_client_rackets_model;
DROP INDEX ix_orders_crosses;
DROP INDEX ix_orders_mains;";

fn wall(same: &str) -> String {
    format!(
        "ALTER POLICY own ON orders WITH CHECK (stringer_id = rbo_me()
           AND (mains_string_id IS NULL
             OR rbo_reference(rbo_may_use_string(mains_string_id, rbo_me())))
           AND (crosses_string_id IS NULL
             OR {same}rbo_reference(rbo_may_use_string(crosses_string_id, rbo_me()))));"
    )
}
