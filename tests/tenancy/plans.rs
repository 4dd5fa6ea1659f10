//! The rewritten statements still use the indexes: in what the application's pages send,
//! no tenant's table is read from end to end.

use rbo::demo;
use rbo::models::orders::{self, Query, Sort};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, TransactionTrait};
use sea_orm_tenancy::{Scope, TenantId, before_query};

use super::oracle::{World, recorded};
use crate::support;

/// Where every index begins with the tenant.
const OF_TENANTS: [&str; 9] = [
    "orders",
    "client_profiles",
    "client_rackets",
    "order_state_audit",
    "receipt_counters",
    "receipt_emissions",
    "order_shares",
    "notifications",
    "persons",
];

#[tokio::test]
async fn no_page_reads_a_tenants_table_from_end_to_end() {
    let (world, book) = (World::generate(7), support::World::demo().await);
    let (me, _db) = book.at_work(demo::STEFAN).await;
    let raw = book.raw().await;
    let backend = raw.get_database_backend();
    let registry = rbo::models::registry();
    let scope = Scope::Tenant(TenantId::from(me.id));
    let txn = raw.begin().await.unwrap();
    if backend == DbBackend::Postgres {
        for set in [
            "SET LOCAL enable_seqscan = off".to_owned(),
            format!("SELECT set_config('rbo.stringer_id', '{}', true)", me.id),
            "SET LOCAL ROLE rbo_app".to_owned(),
        ] {
            txn.execute_unprepared(&set).await.unwrap();
        }
    }
    let selects = recorded::all().iter().filter(|text| text.starts_with("SELECT"));
    let mut looked_at = 0;
    for text in selects {
        let statement = recorded::with_values(&world, me.id, backend, text);
        let Statement { sql, values, .. } = before_query(&registry, &scope, statement).unwrap();
        let explain = match backend {
            DbBackend::Postgres => format!("EXPLAIN {sql}"),
            _ => format!("EXPLAIN QUERY PLAN {sql}"),
        };
        let rows = txn.query_all_raw(Statement { sql: explain, values, db_backend: backend }).await;
        let plan: Vec<String> = rows.unwrap().iter().map(|row| step(backend, row)).collect();
        for step in &plan {
            let is_scanned = OF_TENANTS.iter().any(|table| {
                step.trim_start().starts_with(&format!("SCAN {table}"))
                    || step.contains(&format!("Seq Scan on {table}"))
            });
            assert!(!is_scanned, "{text}\n{}", plan.join("\n"));
        }
        if std::env::var_os("RBO_TEST_PLANS").is_some() {
            println!("{text}\n{}\n", plan.join("\n"));
        }
        looked_at += 1;
    }
    assert!(looked_at >= 20, "only {looked_at}");
}

/// A list shows its first fifty from the end of an index: it sorts no book, however long.
#[tokio::test]
async fn a_list_of_the_whole_book_is_read_in_the_order_of_an_index() {
    let (world, book) = (World::generate(7), support::World::demo().await);
    let (me, db) = book.at_work(demo::STEFAN).await;
    let raw = book.raw().await;
    let backend = raw.get_database_backend();
    let registry = rbo::models::registry();
    let scope = Scope::Tenant(TenantId::from(me.id));
    let txn = raw.begin().await.unwrap();
    if backend == DbBackend::Postgres {
        for set in [
            // In a book of a few hundred a sort is cheap; it is not to be there at all.
            "SET LOCAL enable_seqscan = off".to_owned(),
            "SET LOCAL enable_bitmapscan = off".to_owned(),
            "SET LOCAL enable_sort = off".to_owned(),
            format!("SELECT set_config('rbo.stringer_id', '{}', true)", me.id),
            "SET LOCAL ROLE rbo_app".to_owned(),
        ] {
            txn.execute_unprepared(&set).await.unwrap();
        }
    }
    for sort in [Sort::Ordered, Sort::Strung, Sort::Client] {
        let before = db.statements();
        let query = Query { sort, page: 1, ..Query::default() };
        orders::Entity::search(&db, &query).await.unwrap();
        let mut texts = db.statements();
        // The world's own clocks ask for other things meanwhile.
        texts.retain(|text| !before.contains(text) && text.contains("\"client_name\""));
        assert_eq!(texts.len(), 1, "{sort:?}: {texts:?}");
        let statement = recorded::with_values(&world, me.id, backend, &texts[0]);
        let Statement { sql, values, .. } = before_query(&registry, &scope, statement).unwrap();
        let explain = match backend {
            DbBackend::Postgres => format!("EXPLAIN {sql}"),
            _ => format!("EXPLAIN QUERY PLAN {sql}"),
        };
        let rows = txn.query_all_raw(Statement { sql: explain, values, db_backend: backend }).await;
        let plan: Vec<String> = rows.unwrap().iter().map(|row| step(backend, row)).collect();
        for step in &plan {
            let sorts = step.contains("TEMP B-TREE FOR ORDER BY")
                || step.contains("Sort") && !step.contains("Incremental Sort");
            let sorts = sorts && !step.contains("Sort Key") && !step.contains("Sort Method");
            assert!(!sorts, "{sort:?}: {}\n{}", texts[0], plan.join("\n"));
        }
    }
}

fn step(backend: DbBackend, row: &QueryResult) -> String {
    let column = if backend == DbBackend::Postgres { "QUERY PLAN" } else { "detail" };
    row.try_get("", column).unwrap()
}
