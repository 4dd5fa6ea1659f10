//! What the chokepoint costs: the hook alone, on a statement seen before and on a new
//! one, and queries through it beside the same ones without it. Compare within a run.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "a benchmark may fail loudly, and has to look past the chokepoint"
)]

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use migration::{Migrator, MigratorTrait};
use rbo::database::open;
use rbo::models::orders;
use rbo::models::purposes::{FIND_STRINGER, SEED};
use rbo::models::stringers::{Column as StringerColumn, Entity as Stringers};
use rbo::{demo, starter};
use sea_orm::prelude::Uuid;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ColumnTrait, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend,
    EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Statement, TransactionSession,
    TransactionTrait,
};
use sea_orm_tenancy::{Db, Registry, Scope, TenantId, before_query};
use tokio::runtime::Runtime;

struct Book {
    _folder: tempfile::TempDir,
    raw: DatabaseConnection,
    scoped: Db,
    stringer: Uuid,
    order: Uuid,
}

async fn book() -> Book {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("book.sqlite").display());
    // As the application opens its own, or the two could not be compared.
    let mut options = ConnectOptions::new(&url);
    options.max_connections(2).min_connections(1).sqlx_logging(false).map_sqlx_sqlite_opts(
        |sqlite| {
            sqlite
                .foreign_keys(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Normal)
                .busy_timeout(Duration::from_secs(5))
        },
    );
    let raw = Database::connect(options).await.expect("a connection");
    Migrator::up(&raw, None).await.expect("migrated");
    let unbound = open(&url, 2).await.expect("opened");
    starter::fill(&unbound.bind(Scope::System(&SEED))).await.expect("a catalogue");
    assert!(demo::fill(&unbound, "2026-11-24".parse().unwrap()).await.expect("a world"));
    let finder = unbound.bind(Scope::System(&FIND_STRINGER));
    let stringer = Stringers::find().select_only().column(StringerColumn::Id);
    let stringer = stringer.filter(StringerColumn::Email.eq(demo::STEFAN)).into_tuple();
    let stringer: Uuid = stringer.one(&finder).await.unwrap().expect("a stringer");
    let scoped = unbound.bind(Scope::Tenant(TenantId::from(stringer)));
    let order = orders::Entity::find().one(&scoped).await.unwrap().expect("an order").id;
    Book { _folder: folder, raw, scoped, stringer, order }
}

fn point(order: Uuid) -> Statement {
    orders::Entity::find_by_id(order).build(DbBackend::Sqlite)
}

/// The page of a list; whoever asks without the chokepoint has to say whose.
fn list(of: Option<Uuid>) -> Statement {
    let orders = orders::Entity::find();
    let orders = match of {
        Some(stringer) => orders.filter(orders::Column::StringerId.eq(stringer)),
        None => orders,
    };
    orders
        .select_only()
        .columns([orders::Column::Id, orders::Column::OrderedAt, orders::Column::StrungAt])
        .order_by_desc(orders::Column::OrderedAt)
        .limit(50)
        .build(DbBackend::Sqlite)
}

fn hook(c: &mut Criterion, book: &Book) {
    let scope = Scope::Tenant(TenantId::from(book.stringer));
    let registry = rbo::models::registry();
    let statement = point(book.order);
    let mut group = c.benchmark_group("hook");
    group.bench_function("seen before", |b| {
        b.iter_batched(
            || statement.clone(),
            |statement| before_query(&registry, &scope, black_box(statement)).unwrap(),
            criterion::BatchSize::SmallInput,
        );
    });
    let mut count = 0_u64;
    group.bench_function("first sight", |b| {
        b.iter_batched(
            || {
                count += 1;
                let sql = format!("{} /* {count} */", statement.sql);
                Statement { sql, ..statement.clone() }
            },
            |statement| before_query(&registry, &scope, statement).unwrap(),
            criterion::BatchSize::SmallInput,
        );
    });
    group.bench_function("seen before, 8 threads on one memory", |b| {
        b.iter_custom(|times| at_once(&registry, &scope, &statement, times));
    });
    group.finish();
}

/// The time of one pass on each of eight threads that run at once.
fn at_once(registry: &Registry, scope: &Scope, statement: &Statement, times: u64) -> Duration {
    let begun = Instant::now();
    std::thread::scope(|threads| {
        for _ in 0..8 {
            threads.spawn(|| {
                for _ in 0..times {
                    before_query(registry, scope, black_box(statement.clone())).unwrap();
                }
            });
        }
    });
    begun.elapsed() / 8
}

fn queries(c: &mut Criterion, runtime: &Runtime, book: &Arc<Book>) {
    let mut group = c.benchmark_group("query");
    for (name, bare, scoped) in [
        ("point", point(book.order), point(book.order)),
        ("list of 50", list(Some(book.stringer)), list(None)),
    ] {
        group.bench_function(format!("{name}, bare"), |b| {
            b.to_async(runtime)
                .iter(|| async { book.raw.query_all_raw(bare.clone()).await.unwrap() });
        });
        group.bench_function(format!("{name}, through the chokepoint"), |b| {
            b.to_async(runtime)
                .iter(|| async { book.scoped.query_all_raw(scoped.clone()).await.unwrap() });
        });
    }
    group.bench_function("insert, bare", |b| {
        b.to_async(runtime).iter(|| insert(&book.raw, book));
    });
    group.bench_function("insert, through the chokepoint", |b| {
        b.to_async(runtime).iter(|| insert(&book.scoped, book));
    });
    group.finish();
}

/// A row that is rolled back again, so that the book stays as large as it is.
async fn insert<C: TransactionTrait>(db: &C, book: &Book) {
    let sql = "INSERT INTO receipt_counters (stringer_id, year, last_number) VALUES (?, ?, ?)";
    let values = [book.stringer.into(), 1999_i64.into(), 1_i64.into()];
    let txn = db.begin().await.unwrap();
    txn.execute_raw(Statement::from_sql_and_values(DbBackend::Sqlite, sql, values)).await.unwrap();
    txn.rollback().await.unwrap();
}

fn all(c: &mut Criterion) {
    let runtime = Runtime::new().expect("a runtime");
    let book = Arc::new(runtime.block_on(book()));
    hook(c, &book);
    queries(c, &runtime, &book);
}

criterion_group!(benches, all);
criterion_main!(benches);
