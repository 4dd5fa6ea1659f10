//! String in stock, by the reel or by the set, and what each job has drawn of it.

use sea_orm_migration::prelude::*;

use crate::columns::*;
use crate::row_level_security::{self, run, run_anywhere};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(reels()).await?;
        manager.create_table(uses()).await?;
        run_anywhere(manager, INDEXES).await?;
        for (table, verbs) in
            [("reels", "SELECT, INSERT, UPDATE"), ("reel_uses", "SELECT, INSERT, UPDATE, DELETE")]
        {
            row_level_security::enable(manager, table).await?;
            row_level_security::open_to_bypass(manager, table).await?;
            row_level_security::own(manager, table, verbs).await?;
        }
        run(manager, WALLS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["reel_uses", "reels"]).await
    }
}

/// Lengths are in centimetres. A reel may have given more than it should have, so what is left
/// is not held above nought.
fn reels() -> TableCreateStatement {
    Table::create()
        .table("reels")
        .col(key())
        .col(uuid("stringer_id"))
        .col(uuid("string_id"))
        .col(text("kind"))
        .col(int("length"))
        .col(int("count"))
        .col(money_null("price"))
        .col(text("currency"))
        .col(int("warn_below"))
        .col(int("used").default(0).take())
        .col(int("lost").default(0).take())
        .col(date_null("bought_at"))
        .col(date_null("finished_at"))
        .col(moment("created_at"))
        .col(moment("updated_at"))
        .index(&mut tenant_key("reels"))
        .foreign_key(&mut owner("reels"))
        .foreign_key(&mut global("reels", "string_id", "strings"))
        .check(one_of("kind", &["reel", "set"]))
        .check(Expr::col("length").gt(0).and(Expr::col("count").gt(0)))
        .check(Expr::col("price").is_null().or(Expr::col("price").gte(0)))
        .take()
}

/// What a side of a job took of a reel, and what that cost.
fn uses() -> TableCreateStatement {
    Table::create()
        .table("reel_uses")
        .col(key())
        .col(uuid("stringer_id"))
        .col(uuid("reel_id"))
        .col(uuid("order_id"))
        .col(text("side"))
        .col(int("length"))
        .col(money_null("cost"))
        .col(moment("created_at"))
        .index(&mut tenant_key("reel_uses"))
        .index(&mut unique("uq_reel_uses_side".to_owned(), &["stringer_id", "order_id", "side"]))
        .foreign_key(&mut owner("reel_uses"))
        .foreign_key(&mut within_tenant("reel_uses", "reel_id", "reels"))
        .foreign_key(&mut within_tenant("reel_uses", "order_id", "orders"))
        .check(one_of("side", &["mains", "crosses"]))
        .check(Expr::col("length").gt(0))
        .take()
}

const INDEXES: &str = "
CREATE INDEX ix_reels_open ON reels (stringer_id, string_id) WHERE finished_at IS NULL;
CREATE INDEX ix_reels_listed ON reels (stringer_id, finished_at, id);
CREATE INDEX ix_reel_uses_reel ON reel_uses (stringer_id, reel_id, created_at, id);";

/// Only strings that one may use; and of two entries that are one, the reel is of the one that
/// stays.
const WALLS: &str = "
ALTER POLICY own ON reels WITH CHECK (stringer_id = rbo_me()
  AND rbo_reference(rbo_may_use_string(string_id, rbo_me())));
CREATE POLICY merge ON reels FOR UPDATE TO rbo_bypass
  USING ((SELECT rbo_purpose()) = 'moderate_catalogue')
  WITH CHECK (rbo_purpose() = 'moderate_catalogue'
    AND EXISTS (SELECT 1 FROM strings s
      WHERE s.id = reels.string_id AND s.visibility = 'catalogue_shared'));
GRANT UPDATE (string_id) ON reels TO rbo_bypass;";
