//! A string that is shared is called as its stringer calls it, gauge and all: it was read from
//! columns of the order that nobody writes. An entry that another one stands for is nobody's to
//! change or to offer. And what one shares is listed from an index.

use sea_orm_migration::prelude::*;

use crate::m20261124_000008_shares::SHARED_ORDERS;
use crate::row_level_security::{self, run, run_anywhere};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        renew(manager, &with_gauges()).await?;
        run_anywhere(manager, INDEX).await?;
        run(manager, &walls(" AND merged_into IS NULL")).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &walls("")).await?;
        run_anywhere(manager, "DROP INDEX ix_order_shares_given;").await?;
        renew(manager, SHARED_ORDERS).await
    }
}

async fn renew(manager: &SchemaManager<'_>, query: &str) -> Result<(), DbErr> {
    run_anywhere(manager, "DROP VIEW shared_orders;").await?;
    let wall = "seen.grantee_id = rbo_me()";
    row_level_security::create_view(manager, "shared_orders", query, wall).await
}

const INDEX: &str = "
CREATE INDEX ix_order_shares_given ON order_shares (stringer_id, granted_at, id)
  WHERE revoked_at IS NULL;";

fn walls(alone: &str) -> String {
    let mine = "created_by_stringer_id = rbo_me() AND visibility <> 'catalogue_shared'";
    ["rackets", "strings"]
        .map(|table| {
            format!("ALTER POLICY change ON {table} USING ({mine}{alone}) WITH CHECK ({mine});")
        })
        .concat()
}

/// With the gauges of the entries that the order names.
fn with_gauges() -> String {
    SHARED_ORDERS
        .replace("o.mains_gauge", "m.gauge AS mains_gauge")
        .replace("o.crosses_gauge", "x.gauge AS crosses_gauge")
}
