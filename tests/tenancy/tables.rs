//! No table without a policy, and no drift between schema and entities.
//! Views count as tables: they are read like them.

use std::collections::BTreeSet;

use rbo::database::scoped_db;
use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, IsolationLevel, Statement, StreamTrait, TransactionTrait,
};
use sea_orm_tenancy::{Scope, TenancyError};

use crate::support::World;
use crate::support::database::NOT_OURS;

#[tokio::test]
async fn every_table_has_a_policy_with_exactly_its_columns() {
    let world = World::empty().await;
    let raw = world.raw().await;
    let registry = rbo::models::registry();
    let mut tables = BTreeSet::new();
    for (table, column) in columns(&raw).await {
        if !NOT_OURS.contains(&table.as_str()) {
            assert!(registry.knows(&table, &column), "{table}.{column} has no policy");
            tables.insert(table);
        }
    }
    assert_eq!(registry.tables().map(str::to_owned).collect::<BTreeSet<_>>(), tables);
}

#[tokio::test]
async fn every_table_refuses_an_unbound_read_and_write_and_begin() {
    let world = World::demo().await;
    let db = scoped_db(&world.ctx, Scope::Unbound).unwrap();
    let unbound = TenancyError::Unbound.to_string();
    let registry = rbo::models::registry();
    for table in registry.tables() {
        for sql in [
            format!("SELECT count(*) FROM {table}"),
            format!("UPDATE {table} SET id = id"),
            format!("DELETE FROM {table}"),
            format!("INSERT INTO {table} (id) VALUES (NULL)"),
        ] {
            let refused = db.execute_unprepared(&sql).await.expect_err(&sql).to_string();
            assert!(refused.contains(&unbound), "{sql}: {refused}");
            let sql = Statement::from_string(ConnectionTrait::get_database_backend(&db), sql);
            assert!(db.query_all_raw(sql.clone()).await.is_err());
            assert!(db.query_one_raw(sql.clone()).await.is_err());
            assert!(db.stream_raw(sql).await.is_err());
        }
    }
    assert!(db.begin().await.is_err());
    assert!(db.reading().await.is_err());
    let isolation = Some(IsolationLevel::Serializable);
    assert!(db.begin_with_config(isolation, None).await.is_err());
    let nothing = db.transaction::<_, (), DbErr>(|_txn| Box::pin(async { Ok(()) })).await;
    assert!(nothing.is_err());
}

async fn columns(raw: &sea_orm::DatabaseConnection) -> Vec<(String, String)> {
    let sql = match raw.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT table_name::text AS t, column_name::text AS c FROM information_schema.columns WHERE table_schema = 'public'"
        }
        _ => {
            "SELECT m.name AS t, p.name AS c FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite_%'"
        }
    };
    let rows =
        raw.query_all_raw(Statement::from_string(raw.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| (row.try_get("", "t").unwrap(), row.try_get("", "c").unwrap())).collect()
}
