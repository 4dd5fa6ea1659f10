//! The rewritten statements still use the indexes: in what the application's pages send,
//! no tenant's table is read from end to end.

use rbo::auth::authenticator::Authenticator;
use rbo::demo;
use rbo::models::orders::{self, Query, Sort};
use rbo::workers::mail_receipts::mail_owed;
use rbo::workers::sweep::sweep;
use sea_orm::prelude::Uuid;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, QueryResult, Statement,
    TransactionTrait,
};
use sea_orm_tenancy::{Scope, TenantId, before_query};

use super::oracle::{World, recorded};
use crate::support;

/// Where every index begins with the tenant.
const OF_TENANTS: [&str; 13] = [
    "orders",
    "client_profiles",
    "client_rackets",
    "order_state_audit",
    "receipt_counters",
    "receipt_emissions",
    "receipt_mails",
    "order_shares",
    "payments",
    "taxes",
    "logos",
    "notifications",
    "persons",
];

#[tokio::test]
async fn no_page_reads_a_tenants_table_from_end_to_end() {
    let (world, book) = (World::generate(7), support::World::demo().await);
    let (me, _db) = book.at_work(demo::STEFAN).await;
    let planner = Planner::of(&book, me.id, &[SEQSCAN]).await;
    let selects = recorded::all().iter().filter(|text| text.starts_with("SELECT"));
    let mut looked_at = 0;
    for text in selects {
        let plan = planner.plan(&world, text).await;
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
    // In a book of a few hundred a sort is cheap; it is not to be there at all.
    let off = [SEQSCAN, "enable_bitmapscan", "enable_sort"];
    let planner = Planner::of(&book, me.id, &off).await;
    for sort in [Sort::Ordered, Sort::Strung, Sort::Client] {
        let before = db.statements();
        let query = Query { sort, page: 1, ..Query::default() };
        orders::Entity::search(&db, &query).await.unwrap();
        let mut texts = db.statements();
        // The world's own clocks ask for other things meanwhile.
        texts.retain(|text| !before.contains(text) && text.contains("\"client_name\""));
        assert_eq!(texts.len(), 1, "{sort:?}: {texts:?}");
        let plan = planner.plan(&world, &texts[0]).await;
        for step in &plan {
            let sorts = step.contains("TEMP B-TREE FOR ORDER BY")
                || step.contains("Sort") && !step.contains("Incremental Sort");
            let sorts = sorts && !step.contains("Sort Key") && !step.contains("Sort Method");
            assert!(!sorts, "{sort:?}: {}\n{}", texts[0], plan.join("\n"));
        }
    }
}

/// Where all stringers' rows are in one heap, of which the sweeper and the admins look for a few.
const OF_ALL: [&str; 10] = [
    "admin_audit_log",
    "catalogue_imports",
    "catalogue_submissions",
    "dsar_log",
    "exports",
    "invitations",
    "outbox",
    "receipt_emissions",
    "receipt_mails",
    "v1_imports",
];

/// What is owed, what was given up and what waits for an admin is found by an index on such rows
/// alone; none of it grows with what was done already. Without values, as SQLite prepares it.
#[tokio::test]
async fn what_is_left_to_do_is_found_without_what_is_done() {
    let book = support::World::demo().await;
    let (mut stefan, raw) = (book.stefan().await, book.beneath().await);
    let passed = support::Passed::begin();
    sweep(&book.ctx).await.unwrap();
    mail_owed(&book.ctx, || false).await.unwrap();
    let auth = book.ctx.shared_store.get::<Authenticator>().unwrap();
    auth.mails.send_owed(async |_| Ok(())).await.unwrap();
    let pages = ["catalogue", "feeds", "audit", "jobs", "invitations", "privacy", "stringers"];
    stefan.get("/").await.sees(200);
    for page in pages {
        stefan.get(&format!("/admin/{page}")).await.sees(200);
    }
    let mut texts = passed.end();
    texts.retain(|text| text.starts_with("SELECT"));
    for table in OF_ALL {
        let mut looked_at = 0;
        if raw.get_database_backend() == DbBackend::Postgres {
            // The tables' owner, who is asked here, would be shown none.
            let open = format!("ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY");
            raw.execute_unprepared(&open).await.unwrap();
        }
        for text in texts.iter().filter(|text| text.contains(&format!("FROM \"{table}\""))) {
            let plan = without_values(&raw, text).await;
            let scanned = [format!("Seq Scan on {table}"), format!("SCAN {table}")];
            let is_scanned = |step: &&String| {
                let in_order = IN_ORDER.iter().any(|index| step.contains(index));
                !in_order && scanned.iter().any(|scan| step.contains(scan.as_str()))
            };
            assert_eq!(plan.iter().find(is_scanned), None, "{text}\n{}", plan.join("\n"));
            looked_at += 1;
        }
        assert!(looked_at > 0, "nobody asks for {table}");
    }
}

/// Of which a page is read from an end, or which have such rows alone.
const IN_ORDER: [&str; 9] = [
    "ix_admin_audit_log_at",
    "ix_catalogue_imports_waiting",
    "ix_catalogue_submissions_pending",
    "ix_dsar_log_asked",
    "ix_exports_failed",
    "ix_invitations_created",
    "ix_receipt_emissions_failed",
    "ix_v1_imports_failed",
    "uq_dsar_log_end",
];

/// How a database would do it whatever the values are.
async fn without_values(raw: &DatabaseConnection, text: &str) -> Vec<String> {
    let backend = raw.get_database_backend();
    let rows = if backend == DbBackend::Postgres {
        let values = (1..).take_while(|nth| text.contains(&format!("${nth}"))).count();
        let values = vec!["NULL"; values].join(", ");
        let values = if values.is_empty() { values } else { format!("({values})") };
        let txn = raw.begin().await.unwrap();
        for set in [SEQSCAN, "enable_sort"] {
            txn.execute_unprepared(&format!("SET LOCAL {set} = off")).await.unwrap();
        }
        let generic = "SET LOCAL plan_cache_mode = force_generic_plan";
        txn.execute_unprepared(generic).await.unwrap();
        txn.execute_unprepared(&format!("PREPARE looked_at AS {text}")).await.unwrap();
        let explain = Statement::from_string(backend, format!("EXPLAIN EXECUTE looked_at{values}"));
        let rows = txn.query_all_raw(explain).await.unwrap();
        txn.execute_unprepared("DEALLOCATE looked_at").await.unwrap();
        rows
    } else {
        let explain = Statement::from_string(backend, format!("EXPLAIN QUERY PLAN {text}"));
        raw.query_all_raw(explain).await.unwrap()
    };
    steps(backend, &rows)
}

/// What a database says of its plan, line by line.
fn steps(backend: DbBackend, rows: &[QueryResult]) -> Vec<String> {
    let column = if backend == DbBackend::Postgres { "QUERY PLAN" } else { "detail" };
    rows.iter().map(|row| row.try_get("", column).unwrap()).collect()
}

const SEQSCAN: &str = "enable_seqscan";

/// The database as a stringer's pages ask it, which tells how it would answer.
struct Planner {
    me: Uuid,
    txn: DatabaseTransaction,
}

impl Planner {
    /// Without these ways of PostgreSQL's to read.
    async fn of(book: &support::World, me: Uuid, off: &[&str]) -> Self {
        let txn = book.raw().await.begin().await.unwrap();
        if txn.get_database_backend() == DbBackend::Postgres {
            let off = off.iter().map(|way| format!("SET LOCAL {way} = off"));
            for set in off.chain([
                format!("SELECT set_config('rbo.stringer_id', '{me}', true)"),
                "SET LOCAL ROLE rbo_app".to_owned(),
            ]) {
                txn.execute_unprepared(&set).await.unwrap();
            }
        }
        Self { me, txn }
    }

    async fn plan(&self, world: &World, text: &str) -> Vec<String> {
        let db_backend = self.txn.get_database_backend();
        let scope = Scope::Tenant(TenantId::from(self.me));
        let statement = recorded::with_values(world, self.me, db_backend, text);
        let rewritten = before_query(&rbo::models::registry(), &scope, statement).unwrap();
        let Statement { sql, values, .. } = rewritten;
        let explain = match db_backend {
            DbBackend::Postgres => "EXPLAIN",
            _ => "EXPLAIN QUERY PLAN",
        };
        let sql = format!("{explain} {sql}");
        let rows = self.txn.query_all_raw(Statement { sql, values, db_backend }).await.unwrap();
        steps(db_backend, &rows)
    }
}
