//! A keystroke in the search of a large book: 10,000 clients and 100,000 orders, beside the
//! empty list of a small one. The whole answer of the server, from the cookie to the
//! fragment; compare within a run (50 ms at most).
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "a benchmark may fail loudly, and fills its book past the chokepoint"
)]

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use criterion::{Criterion, criterion_group, criterion_main};
use loco_rs::app::{AppContext, Hooks as _};
use loco_rs::boot::StartMode;
use loco_rs::environment::Environment;
use migration::{Migrator, MigratorTrait};
use rbo::app::App;
use rbo::auth::authenticator::Authenticator;
use rbo::auth::provider::Device;
use rbo::demo;
use sea_orm::{ConnectionTrait, Database, DbBackend, Statement};
use sea_orm_tenancy::{Db, Scope};
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

const CLIENTS: u32 = 10_000;
const ORDERS: u32 = 100_000;

struct Book {
    _folder: tempfile::TempDir,
    router: Router,
    large: String,
    small: String,
}

async fn book() -> Book {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("book.sqlite").display());
    let raw = Database::connect(&url).await.expect("a connection");
    Migrator::up(&raw, None).await.expect("migrated");
    let mut config = App::load_config(&Environment::Test).await.expect("a configuration");
    config.database.uri.clone_from(&url);
    config.settings.as_mut().expect("settings")["database_url"] = url.into();
    let boot = App::boot(StartMode::ServerOnly, &Environment::Test, config).await.expect("boot");
    let ctx = boot.app_context;
    let db = ctx.shared_store.get_ref::<Db>().expect("a database").bind(Scope::Unbound);
    assert!(demo::fill(&db, "2026-11-24".parse().unwrap()).await.expect("a world"));
    for sql in fill(&raw).await {
        raw.execute_unprepared(&sql).await.expect("a large book");
    }
    Book {
        _folder: folder,
        router: boot.router.expect("a router"),
        large: sign_in(&ctx, demo::STEFAN).await,
        small: sign_in(&ctx, demo::MARCO).await,
    }
}

fn id(kind: u32, number: &str) -> String {
    format!("unhex(printf('%08x000070008000%012x', {kind}, {number}))")
}

async fn columns(raw: &sea_orm::DatabaseConnection) -> Vec<String> {
    let columns = Statement::from_string(DbBackend::Sqlite, "PRAGMA table_info(orders)");
    let columns = raw.query_all_raw(columns).await.expect("columns");
    columns.iter().map(|row| row.try_get("", "name").expect("a name")).collect()
}

/// What a column of a new order holds.
fn grown(column: &str) -> String {
    match column {
        "id" => id(4, "i"),
        "client_profile_id" => id(2, &format!("1 + i % {CLIENTS}")),
        "client_racket_id" => id(3, &format!("1 + i % {CLIENTS}")),
        "ordered_at" | "strung_at" => "date('2026-11-20', '-' || (i % 2000) || ' days')".to_owned(),
        "returned_at" | "paid_at" => "date('2026-11-24')".to_owned(),
        "receipt_number" => "'L-' || i".to_owned(),
        "copied_from" => "NULL".to_owned(),
        other => format!("o.{other}"),
    }
}

/// Stefan's book, grown: each new order is like one of his, of another client and day.
async fn fill(raw: &sea_orm::DatabaseConnection) -> Vec<String> {
    let numbers = |most: u32| {
        format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {most}) ")
    };
    let like = "SELECT id FROM orders WHERE strung_at IS NOT NULL AND NOT is_self
        AND stringer_id = (SELECT id FROM stringers WHERE email = 'stefan@example.ch') LIMIT 1";
    let columns = columns(raw).await;
    let values = columns.iter().map(|column| grown(column)).collect::<Vec<_>>().join(", ");
    vec![
        format!(
            "{} INSERT INTO persons (id, display_first_name, display_last_name, created_by, created_at, updated_at)
             SELECT {}, 'First' || (i % 200), 'Last' || i, s.id, s.created_at, s.created_at
             FROM n, stringers s WHERE s.email = 'stefan@example.ch'",
            numbers(CLIENTS), id(1, "i"),
        ),
        format!(
            "{} INSERT INTO client_profiles (id, stringer_id, person_id, is_self_for_stringer, search_key, created_at, updated_at)
             SELECT {}, s.id, {}, FALSE, 'first' || (i % 200) || ' last' || i, s.created_at, s.created_at
             FROM n, stringers s WHERE s.email = 'stefan@example.ch'",
            numbers(CLIENTS), id(2, "i"), id(1, "i"),
        ),
        format!(
            "{} INSERT INTO client_rackets (id, stringer_id, client_profile_id, racket_id, label_code, created_at, updated_at)
             SELECT {}, o.stringer_id, {}, k.racket_id, 'X' || i, o.created_at, o.created_at
             FROM n, orders o JOIN client_rackets k ON k.id = o.client_racket_id WHERE o.id = ({like})",
            numbers(CLIENTS), id(3, "i"), id(2, "i"),
        ),
        format!(
            "{} INSERT INTO orders ({}) SELECT {values} FROM n, orders o WHERE o.id = ({like})",
            numbers(ORDERS), columns.join(", "),
        ),
        "ANALYZE".to_owned(),
    ]
}

async fn sign_in(ctx: &AppContext, email: &str) -> String {
    let auth = ctx.shared_store.get::<Authenticator>().expect("wired");
    let tokens = auth.provider.sign_in(email, demo::PASSWORD.to_owned(), &Device::default()).await;
    tokens.expect("signed in").access
}

async fn keystroke(router: &Router, access: &str, path: &str) -> usize {
    let request = Request::get(path)
        .header("cookie", format!("rbo_access={access}"))
        .header("hx-request", "true")
        .body(Body::empty())
        .expect("a request");
    let answer = router.clone().oneshot(request).await.expect("an answer");
    let status = answer.status();
    let page = to_bytes(answer.into_body(), 1 << 20).await.expect("a page");
    assert_eq!(status, 200, "{path}: {}", String::from_utf8_lossy(&page));
    page.len()
}

fn search(criterion: &mut Criterion) {
    let runtime = Runtime::new().expect("a runtime");
    let book = runtime.block_on(book());
    let mut group = criterion.benchmark_group("a keystroke");
    group.sample_size(20);
    for (name, whose, path) in [
        ("clients, the empty list", &book.small, "/clients?q=zzzz"),
        ("clients, l", &book.large, "/clients?q=l"),
        ("clients, last12", &book.large, "/clients?q=last12"),
        ("clients, first7 last77", &book.large, "/clients?q=first7+last77"),
        ("clients, nobody", &book.large, "/clients?q=zzzz"),
        ("choices of a new job, la", &book.large, "/orders/new?q=la"),
        ("orders, the empty list", &book.small, "/orders?q=zzzz"),
        ("orders, l", &book.large, "/orders?q=l"),
        ("orders, last12", &book.large, "/orders?q=last12"),
        ("orders, first7 last77", &book.large, "/orders?q=first7+last77"),
        ("orders, nobody", &book.large, "/orders?q=zzzz"),
        ("orders of a year by client", &book.large, "/orders?q=l&year=2025&sort=client"),
        ("orders, to string", &book.large, "/orders?q=l&state=open"),
        ("home", &book.large, "/"),
    ] {
        let bytes = runtime.block_on(keystroke(&book.router, whose, path));
        assert!(bytes > 0, "{path}");
        group.bench_function(name, |bench| {
            bench.to_async(&runtime).iter(|| keystroke(&book.router, whose, path));
        });
    }
    group.finish();
}

criterion_group!(benches, search);
criterion_main!(benches);
