//! SQLite's own authorizer, asked while a rewritten statement is prepared, must see the
//! tables that the chokepoint saw, and no other.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use migration::{Migrator, MigratorTrait};
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use sea_orm::{Database, DbBackend, Statement};
use sea_orm_tenancy::{Scope, TenantId, before_query, tables_of};

use super::oracle::{Grammar, VIEWS, World};

type Seen = Arc<Mutex<BTreeSet<String>>>;

async fn watched() -> (tempfile::TempDir, Connection, Seen) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("book.sqlite");
    let db = Database::connect(format!("sqlite://{}?mode=rwc", file.display())).await.unwrap();
    Migrator::up(&db, None).await.unwrap();
    db.close().await.unwrap();
    let (connection, seen) = (Connection::open(file).unwrap(), Seen::default());
    // Whether a key's other end exists is asked behind every statement's back.
    connection.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    let told = Arc::clone(&seen);
    let watch = move |context: AuthContext<'_>| {
        let table = match context.action {
            AuthAction::Read { table_name, .. }
            | AuthAction::Insert { table_name }
            | AuthAction::Update { table_name, .. }
            | AuthAction::Delete { table_name } => table_name,
            AuthAction::Select | AuthAction::Function { .. } | AuthAction::Recursive => {
                return Authorization::Allow;
            }
            other => panic!("{other:?}"),
        };
        // What a view reads is the view's affair; a WITH is told as an accessor, too.
        let table = context.accessor.filter(|name| VIEWS.contains(name)).unwrap_or(table);
        told.lock().unwrap().insert(table.to_owned());
        Authorization::Allow
    };
    connection.authorizer(Some(watch)).unwrap();
    (folder, connection, seen)
}

#[tokio::test]
async fn the_database_reaches_the_tables_that_the_chokepoint_saw_and_no_other() {
    let (_folder, connection, seen) = watched().await;
    let (registry, world) = (rbo::models::registry(), World::generate(7));
    let me = world.stringers[0];
    let scope = Scope::Tenant(TenantId::from(me));
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[9; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut compared = 0;
    for _ in 0..4000 {
        let bytes = vec(any::<u8>(), 20..700).new_tree(&mut runner).unwrap().current();
        let (sql, values) = Grammar::new(&world, me, false, &bytes).statement().given;
        let statement = Statement::from_sql_and_values(DbBackend::Sqlite, &sql, values);
        let Ok(rewritten) = before_query(&registry, &scope, statement) else { continue };
        seen.lock().unwrap().clear();
        // A statement that the database does not take reaches nothing.
        if connection.prepare(&rewritten.sql).is_err() {
            continue;
        }
        let reached: BTreeSet<String> =
            tables_of(&registry, &scope, DbBackend::Sqlite, &sql).unwrap().into_iter().collect();
        let mut seen = seen.lock().unwrap();
        seen.retain(|name| !rewritten.sql.contains(&format!("{name} AS (")));
        // A WITH that nothing uses is never looked at.
        let is_same = *seen == reached || (sql.contains("WITH") && seen.is_subset(&reached));
        assert!(is_same, "{seen:?} and {reached:?}: {}", rewritten.sql);
        compared += 1;
    }
    assert!(compared > 2500, "only {compared}");
}
