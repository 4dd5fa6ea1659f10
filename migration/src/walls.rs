//! Puts a table behind the second wall, row-level security on PostgreSQL. On SQLite
//! there is none, and these do nothing.
//!
//! The functions that the policies ask stand in `m20261124_000007_walls`.

use sea_orm_migration::prelude::*;

use crate::columns::is_postgres;

/// Row-level security for everybody, the owner included, and the bypass's leave to read.
pub(crate) async fn raise(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    run(
        manager,
        &format!(
            "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
             ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
             GRANT SELECT ON {table} TO rbo_bypass;
             CREATE POLICY bypass ON {table} FOR SELECT TO rbo_bypass USING (true);"
        ),
    )
    .await
}

/// The rows of a table with a `stringer_id` are their own stringer's, who may do to
/// them what `verbs` names (`SELECT, INSERT, ...`).
pub(crate) async fn own(
    manager: &SchemaManager<'_>,
    table: &str,
    verbs: &str,
) -> Result<(), DbErr> {
    run(
        manager,
        &format!(
            "CREATE POLICY own ON {table} TO rbo_app
               USING (stringer_id = rbo_me()) WITH CHECK (stringer_id = rbo_me());
             GRANT {verbs} ON {table} TO rbo_app;"
        ),
    )
    .await
}

async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    if is_postgres(manager) {
        manager.get_connection().execute_unprepared(sql).await?;
    }
    Ok(())
}
