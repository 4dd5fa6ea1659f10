//! PostgreSQL's second wall, table by table.

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::support::World;
use crate::support::database::{self, NOT_OURS};
use crate::support::harness::{Case, cases};

/// Whether the tests run on PostgreSQL.
pub fn needs() -> Result<(), String> {
    database::owner().map(drop).ok_or_else(|| "no RBO_TEST_POSTGRES_URL".to_owned())
}

/// The tests of this file.
pub fn tests() -> Vec<Case> {
    cases![every_table_has_its_second_wall]
}

async fn every_table_has_its_second_wall() {
    let world = World::empty().await;
    let raw = world.raw().await;
    let sql = "SELECT relname::text AS name FROM pg_class WHERE relkind = 'r' \
               AND relnamespace = 'public'::regnamespace AND NOT (relrowsecurity AND relforcerowsecurity)";
    let bare =
        raw.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await.expect("rows");
    for row in bare {
        let name: String = row.try_get("", "name").expect("rows");
        assert!(NOT_OURS.contains(&name.as_str()), "{name} has no row-level security");
    }
    let owned = "SELECT count(*) AS n FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = 'rbo_app'";
    let row = raw
        .query_one_raw(Statement::from_string(DbBackend::Postgres, owned))
        .await
        .expect("rows")
        .expect("rows");
    assert_eq!(row.try_get::<i64>("", "n").expect("rows"), 0, "the app's role owns nothing");
}
