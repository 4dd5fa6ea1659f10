//! Puts a table behind the second wall, row-level security on PostgreSQL. On SQLite
//! there is none, and these do nothing.
//!
//! The functions that the policies ask stand in `m20261124_000007_walls`.

use sea_orm_migration::prelude::*;

use crate::columns::is_postgres;

/// Row-level security for everybody, the owner included.
pub(crate) async fn enable(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    run(
        manager,
        &format!(
            "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
             ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
        ),
    )
    .await
}

/// The bypass's leave to read.
pub(crate) async fn open_to_bypass(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    run(
        manager,
        &format!(
            "GRANT SELECT ON {table} TO rbo_bypass;
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
               USING (stringer_id = (SELECT rbo_me())) WITH CHECK (stringer_id = rbo_me());
             GRANT {verbs} ON {table} TO rbo_app;"
        ),
    )
    .await
}

/// A view that everybody reads through, whoever may not read its tables. On PostgreSQL
/// it belongs to `rbo_walls`, sees past the tables' policies, and shows only the rows for
/// which `wall` holds (in it `seen` is the row); nothing is pushed into it that could
/// tell of others. Row-level security masks no columns; such a view does.
pub(crate) async fn create_view(
    manager: &SchemaManager<'_>,
    view: &str,
    query: &str,
    wall: &str,
) -> Result<(), DbErr> {
    if !is_postgres(manager) {
        return run_anywhere(manager, &format!("CREATE VIEW {view} AS {query};")).await;
    }
    run(
        manager,
        &format!(
            "CREATE VIEW {view} WITH (security_barrier = true) AS
               SELECT seen.* FROM ({query}) AS seen WHERE {wall};
             GRANT CREATE ON SCHEMA public TO rbo_walls;
             ALTER VIEW {view} OWNER TO rbo_walls;
             REVOKE CREATE ON SCHEMA public FROM rbo_walls;
             GRANT SELECT ON {view} TO rbo_app;"
        ),
    )
    .await
}

/// Moves rows between tables whose walls hold for their owner as well.
pub(crate) async fn move_rows(
    manager: &SchemaManager<'_>,
    walled: &[&str],
    sql: &str,
) -> Result<(), DbErr> {
    for table in walled {
        run(manager, &format!("ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;")).await?;
    }
    run_anywhere(manager, sql).await?;
    for table in walled {
        run(manager, &format!("ALTER TABLE {table} FORCE ROW LEVEL SECURITY;")).await?;
    }
    Ok(())
}

/// On either database.
pub(crate) async fn run_anywhere(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    manager.get_connection().execute_unprepared(sql).await.map(drop)
}

/// On PostgreSQL.
pub(crate) async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    if is_postgres(manager) {
        manager.get_connection().execute_unprepared(sql).await?;
    }
    Ok(())
}
