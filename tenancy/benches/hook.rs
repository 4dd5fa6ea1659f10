//! What the hook costs by itself: on a statement seen before, and on a new one.
#![allow(missing_docs, clippy::expect_used, reason = "a benchmark may fail loudly")]

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use sea_orm::{DbBackend, Statement};
use sea_orm_tenancy::{Policy, Registry, Scope, TenantId, before_query};

const SQL: &str = "SELECT n.id, n.text, a.name FROM notes AS n \
    JOIN authors AS a ON a.id = n.author_id WHERE n.id = ? ORDER BY n.id LIMIT 50";

fn registry() -> Registry {
    let table = |name: &str, columns: &[&str]| {
        Policy::named(name, columns.iter().map(|column| (*column).to_owned()).collect())
            .read("this.tenant_id = :me")
    };
    Registry::new([
        table("notes", &["id", "tenant_id", "author_id", "text"]),
        table("authors", &["id", "tenant_id", "name"]),
    ])
}

fn hook(criterion: &mut Criterion) {
    let scope = Scope::Tenant(TenantId::from(1));
    let asked = |sql: &str| Statement::from_sql_and_values(DbBackend::Sqlite, sql, [7.into()]);
    let known = registry();
    criterion.bench_function("a statement seen before", |bench| {
        bench.iter_batched(
            || asked(SQL),
            |statement| before_query(&known, &scope, black_box(statement)).expect("passes"),
            BatchSize::SmallInput,
        );
    });
    let mut count = 0_u64;
    criterion.bench_function("a statement seen for the first time", |bench| {
        bench.iter_batched(
            || {
                count += 1;
                asked(&SQL.replace("LIMIT 50", &format!("LIMIT {count}")))
            },
            |statement| before_query(&known, &scope, black_box(statement)).expect("passes"),
            BatchSize::SmallInput,
        );
    });
}

criterion_group!(benches, hook);
criterion_main!(benches);
