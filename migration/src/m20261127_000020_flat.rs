//! What a page reads does not grow with the book: what waits, what is owed and what is to be
//! strung are read in the order of an index each, of those rows alone; a search of clients looks
//! into an index, not at the clients. And forms that were taken are forgotten by the sweeper,
//! no longer by each that is saved.

use sea_orm_migration::prelude::*;

use crate::columns::is_postgres;
use crate::row_level_security::{run, run_anywhere};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_anywhere(manager, INDEXES).await?;
        // Read from its end, a plain index has what has no date first on PostgreSQL.
        let latest = if is_postgres(manager) { "DESC NULLS LAST" } else { "DESC" };
        run_anywhere(manager, &READY_BY_ORDER.replace("LATEST", latest)).await?;
        run(manager, WALLS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, NO_WALLS).await?;
        run_anywhere(manager, INDEXES_BEFORE).await
    }
}

/// The conditions are those of `models/orders/filter.rs`, word by word: SQLite knows a partial
/// index by them.
const INDEXES: &str = "
DROP INDEX ix_orders_ready;
CREATE INDEX ix_orders_ready ON orders (stringer_id, strung_at, id)
  WHERE cancelled_at IS NULL AND strung_at IS NOT NULL AND NOT is_self
    AND (returned_at IS NULL OR paid_at IS NULL);
CREATE INDEX ix_orders_unpaid ON orders (stringer_id, client_key, id DESC)
  WHERE cancelled_at IS NULL AND strung_at IS NOT NULL AND NOT is_self AND paid_at IS NULL;
CREATE INDEX ix_orders_open
  ON orders (stringer_id, (due_at IS NULL), due_at, (due_time IS NULL), due_time, ordered_at, id)
  WHERE cancelled_at IS NULL AND strung_at IS NULL;
DROP INDEX ix_client_profiles_touched;
CREATE INDEX ix_client_profiles_touched
  ON client_profiles (stringer_id, touched_at, id, search_key, is_self_for_stringer);
DROP INDEX ix_submissions_age;
CREATE INDEX ix_submissions_age ON submissions (created_at);
DROP INDEX ix_drafts_age;
CREATE INDEX ix_drafts_age ON drafts (created_at);";

const READY_BY_ORDER: &str = "
CREATE INDEX ix_orders_ready_ordered ON orders (stringer_id, ordered_at LATEST, id DESC)
  WHERE cancelled_at IS NULL AND strung_at IS NOT NULL AND NOT is_self
    AND (returned_at IS NULL OR paid_at IS NULL);";

const INDEXES_BEFORE: &str = "
DROP INDEX ix_orders_ready_ordered;
DROP INDEX ix_orders_open;
DROP INDEX ix_orders_unpaid;
DROP INDEX ix_orders_ready;
CREATE INDEX ix_orders_ready ON orders (stringer_id, strung_at)
  WHERE strung_at IS NOT NULL AND NOT is_self AND (returned_at IS NULL OR paid_at IS NULL);
DROP INDEX ix_client_profiles_touched;
CREATE INDEX ix_client_profiles_touched ON client_profiles (stringer_id, touched_at, id);
DROP INDEX ix_submissions_age;
CREATE INDEX ix_submissions_age ON submissions (stringer_id, created_at);
DROP INDEX ix_drafts_age;
CREATE INDEX ix_drafts_age ON drafts (stringer_id, created_at);";

const WALLS: &str = "
CREATE POLICY forget ON submissions FOR DELETE TO rbo_app USING ((SELECT rbo_purpose()) = 'forget');
CREATE POLICY forgotten ON submissions FOR SELECT TO rbo_app
  USING ((SELECT rbo_purpose()) = 'forget');
CREATE POLICY forget ON drafts FOR DELETE TO rbo_app USING ((SELECT rbo_purpose()) = 'forget');
CREATE POLICY forgotten ON drafts FOR SELECT TO rbo_app USING ((SELECT rbo_purpose()) = 'forget');";

const NO_WALLS: &str = "
DROP POLICY forget ON submissions;
DROP POLICY forgotten ON submissions;
DROP POLICY forget ON drafts;
DROP POLICY forgotten ON drafts;";
