//! What a page reads does not grow with the book. Counted by the databases themselves: rows
//! that PostgreSQL's plan has read, steps of SQLite's virtual machine; in a stringer's book,
//! and in the same with ten times as many clients and orders.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rbo::demo;
use rbo::models::admin_audit_log::{self, Wanted};
use rbo::models::notifications::{self, NotificationKind};
use rbo::models::reels::{BedSide, uses};
use rbo::models::{
    client_orders, client_profiles, client_rackets, client_reads, client_receipts, orders, reels,
    share_audit, sharing,
};
use sea_orm::ActiveValue::Set;
use sea_orm::prelude::Uuid;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, IdenStatic as _, Iterable as _,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait as _, Statement, TransactionSession,
    TransactionTrait, Value,
};
use sea_orm_tenancy::{Db, Scope, TenantId, before_query};

use super::oracle::{World, recorded};
use crate::support;

/// Copies of each client, with its rackets and orders: enough to fill each page, and ten times
/// as many.
const COPIES: [std::ops::RangeInclusive<u8>; 2] = [1..=9, 10..=99];

/// A page's rows, and the one that says whether there are more.
const PAGE: i64 = 51;

/// What a page may read more than before, in rows: other pages of the index, other siblings.
const SLACK: u64 = 40;

/// Steps of SQLite's machine that one row takes, with all that is done about it.
const STEPS: u64 = 60;

#[tokio::test]
async fn a_page_reads_no_more_of_a_book_ten_times_as_long() {
    let (world, book) = (World::generate(7), support::World::demo().await);
    let (me, db) = book.at_work(demo::STEFAN).await;
    let mut stefan = book.stefan().await;
    let client = client_profiles::Entity::search(&db, "", 0).await.unwrap().0[0].id;
    let racket = client_rackets::Entity::of_client(&db, client).await.unwrap()[0].id;
    let order = orders::Entity::find_last(&db, client, None).await.unwrap().expect("one").id;
    let (model, string) = (entry_of(&db, racket).await, string_of(&db, order).await);
    let reel = reels::Entity::add(&db, string, me.currency(), support::REEL).await.unwrap();
    let txn = db.begin().await.unwrap();
    for strung in orders::Entity::find().all(&db).await.unwrap() {
        let both = [(BedSide::Mains, reel, 600), (BedSide::Crosses, reel, 560)];
        uses::Entity::say(&txn, strung.id, &both).await.unwrap();
    }
    txn.commit().await.unwrap();
    // Told of some things, and an act on each of some orders: copied they fill a page.
    for _ in 0..12 {
        let told = notifications::ActiveModel {
            id: Set(Uuid::now_v7()),
            stringer_id: Set(me.id),
            kind: Set(NotificationKind::CatalogueSubmissionDecided),
            at: Set(chrono::Utc::now().into()),
            ..Default::default()
        };
        notifications::Entity::insert(told).exec_without_returning(&db).await.unwrap();
    }
    let (marco, _) = book.at_work(demo::MARCO).await;
    let strung = orders::Entity::find()
        .filter(orders::Column::StrungAt.is_not_null())
        .filter(orders::Column::IsSelf.eq(false));
    let strung = strung.all(&db).await.unwrap();
    let some: Vec<Uuid> = strung.iter().map(|order| order.id).take(12).collect();
    sharing::grant(&db, marco.id, &some).await.unwrap();
    let before = db.statements();
    let pages = [
        "/".to_owned(),
        "/orders".to_owned(),
        "/orders?state=unpaid&sort=client".to_owned(),
        "/orders?state=ready".to_owned(),
        "/clients".to_owned(),
        format!("/clients/{client}"),
        format!("/client-rackets/{racket}"),
        format!("/orders/{order}"),
        format!("/orders/{order}/edit"),
        format!("/orders/new?client={client}"),
        format!("/catalogue/rackets/{model}"),
        format!("/catalogue/strings/{string}"),
        "/reels".to_owned(),
        "/news".to_owned(),
        "/shares/log".to_owned(),
        format!("/reels/{reel}"),
        format!("/orders/{order}/string"),
    ];
    for page in &pages {
        stefan.get(page).await.sees(200);
    }
    let of = [
        ("client_profile_id", client),
        ("client_racket_id", racket),
        ("order_id", order),
        ("mains_string_id", string),
        ("crosses_string_id", string),
        ("racket_id", model),
        ("string_id", string),
    ];
    let mut texts = db.statements();
    texts.retain(|text| text.starts_with("SELECT") && !before.contains(text));
    assert!(texts.len() >= 15, "{texts:#?}");
    let raw = book.beneath().await;
    let [some, many] = COPIES;
    multiply(&raw, me.id, some).await;
    let mut short = Vec::new();
    for text in &texts {
        short.push(reads(&world, &raw, me.id, &of, text).await);
    }
    multiply(&raw, me.id, many).await;
    let mut grown = Vec::new();
    for (text, before) in texts.iter().zip(short) {
        let after = reads(&world, &raw, me.id, &of, text).await;
        if after > before * 12 / 10 + SLACK {
            grown.push(format!("{before} -> {after}: {text}"));
        }
    }
    assert!(grown.is_empty(), "{grown:#?}");
}

/// A client's own pages cost what the client's own orders do, however many others are strung for.
#[tokio::test]
async fn a_clients_page_reads_no_more_where_ten_times_as_many_have_their_rackets_strung() {
    let book = support::World::demo().await;
    let (me, db) = book.at_work(demo::STEFAN).await;
    let client = client_profiles::Entity::search(&db, "", 0).await.unwrap().0[0].id;
    let file = client_profiles::Entity::find_by_id(client).one(&db).await.unwrap().unwrap();
    let person = file.person_id.expect("a person");
    let order = orders::Entity::find_last(&db, client, None).await.unwrap().expect("one").id;
    let raw = book.beneath().await;
    let backend = raw.get_database_backend();
    if backend == DbBackend::Postgres {
        let named = format!("SELECT set_config('rbo.person_id', '{person}', false)");
        raw.execute_unprepared(&named).await.unwrap();
    }
    let page = u64::try_from(PAGE).unwrap();
    let own = [
        client_orders::Entity::find()
            .order_by_desc(client_orders::Column::StrungAt)
            .limit(page)
            .build(backend),
        client_orders::Entity::find_by_id(order).build(backend),
        client_receipts::Entity::find()
            .select_only()
            .columns([client_receipts::Column::Id, client_receipts::Column::Number])
            .filter(client_receipts::Column::OrderId.eq(order))
            .build(backend),
        client_reads::Entity::find()
            .order_by_desc(client_reads::Column::At)
            .limit(page)
            .build(backend),
    ];
    let scope = Scope::Person(TenantId::from(person));
    let cost = async |statement: &Statement| {
        let registry = rbo::models::registry();
        let statement = before_query(&registry, &scope, statement.clone()).unwrap();
        match backend {
            DbBackend::Postgres => rows(&raw, statement).await,
            _ => steps(&raw, statement).await / STEPS,
        }
    };
    let [some, many] = COPIES;
    multiply(&raw, me.id, some).await;
    let mut short = Vec::new();
    for statement in &own {
        short.push(cost(statement).await);
    }
    assert!(short[0] > 0, "it reads something");
    multiply(&raw, me.id, many).await;
    let mut grown = Vec::new();
    for (statement, before) in own.iter().zip(short) {
        let after = cost(statement).await;
        if after > before * 12 / 10 + SLACK {
            grown.push(format!("{before} -> {after}: {}", statement.sql));
        }
    }
    assert!(grown.is_empty(), "{grown:#?}");
}

/// The log's first page costs the same, however long the log is.
#[tokio::test]
async fn a_page_of_the_log_reads_no_more_of_one_ten_times_as_long() {
    let book = support::World::demo().await;
    let (me, _) = book.at_work(demo::STEFAN).await;
    let raw = book.beneath().await;
    let backend = raw.get_database_backend();
    if backend == DbBackend::Postgres {
        // Its owner, who is asked here, is no admin.
        let open = "ALTER TABLE admin_audit_log NO FORCE ROW LEVEL SECURITY";
        raw.execute_unprepared(open).await.unwrap();
    }
    let mut costs = Vec::new();
    for uses in [200, 2_000] {
        for nth in 0..uses {
            let mut entry = admin_audit_log::ActiveModel {
                id: Set(Uuid::now_v7()),
                at: Set(chrono::Utc::now().into()),
                admin_id: Set(me.id),
                act: Set("list_stringers".to_owned()),
                reason: Set(format!("look {nth}")),
                ..Default::default()
            };
            admin_audit_log::Entity::insert(entry.clone()).exec(&raw).await.unwrap();
            (entry.ends, entry.outcome) =
                (Set(entry.id.try_as_ref().copied()), Set(Some("done".to_owned())));
            entry.id = Set(Uuid::now_v7());
            admin_audit_log::Entity::insert(entry).exec(&raw).await.unwrap();
        }
        if backend == DbBackend::Postgres {
            // As its own cleaner does, of which SQLite has none.
            raw.execute_unprepared("ANALYZE admin_audit_log").await.unwrap();
        }
        let page = Wanted::default().begun().limit(u64::try_from(PAGE).unwrap()).build(backend);
        costs.push(match backend {
            DbBackend::Postgres => rows(&raw, page).await,
            _ => steps(&raw, page).await / STEPS,
        });
    }
    assert!(costs[0] > 0 && costs[1] <= costs[0] * 12 / 10 + SLACK, "{costs:?}");
}

async fn entry_of(db: &Db, racket: Uuid) -> Uuid {
    client_rackets::Model::find(db, racket).await.unwrap().racket_id
}

async fn string_of(db: &Db, order: Uuid) -> Uuid {
    let order = orders::Model::find(db, order).await.unwrap();
    order.mains_string_id.expect("a string of the catalogue")
}

/// How many rows a statement of the stringer's reads.
async fn reads(
    world: &World,
    raw: &sea_orm::DatabaseConnection,
    me: Uuid,
    of: &[(&str, Uuid)],
    text: &str,
) -> u64 {
    let db_backend = raw.get_database_backend();
    let mut statement = recorded::with_values(world, me, db_backend, text);
    let asks = |column: &str| {
        ["?", "$"].iter().any(|value| text.contains(&format!("\"{column}\" = {value}")))
    };
    let asked = of.iter().find(|(column, _)| asks(column));
    let id = asked.or_else(|| of.iter().find(|(column, _)| text.contains(column)));
    let id = id.map_or(of[0].1, |(_, id)| *id);
    // A column that the oracle's world does not have.
    if let (Some(("string_id", _)), Some(values)) = (asked, &mut statement.values) {
        values.0[0] = id.into();
    }
    for value in statement.values.iter_mut().flat_map(|values| &mut values.0) {
        match value {
            Value::BigInt(Some(1000)) => *value = PAGE.into(),
            Value::Uuid(_) => *value = id.into(),
            _ => {}
        }
    }
    let scope = Scope::Tenant(TenantId::from(me));
    let statement = before_query(&rbo::models::registry(), &scope, statement).unwrap();
    match db_backend {
        DbBackend::Postgres => rows(raw, statement).await,
        _ => steps(raw, statement).await / STEPS,
    }
}

async fn rows(raw: &sea_orm::DatabaseConnection, statement: Statement) -> u64 {
    let sql = format!("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {}", statement.sql);
    let plan = raw.query_one_raw(Statement { sql: sql.clone(), ..statement }).await;
    let plan = plan.unwrap_or_else(|error| panic!("{error}: {sql}")).unwrap();
    let plan: serde_json::Value = plan.try_get_by_index(0).unwrap();
    read_by(&plan[0]["Plan"])
}

/// What the steps of a plan take from tables and indexes, kept or not.
fn read_by(step: &serde_json::Value) -> u64 {
    let number = |name: &str| step[name].as_f64().unwrap_or_default();
    let is_scan = step["Node Type"].as_str().is_some_and(|kind| kind.contains("Scan"));
    let thrown = number("Rows Removed by Filter") + number("Rows Removed by Index Recheck");
    let own = if is_scan { (number("Actual Rows") + thrown) * number("Actual Loops") } else { 0. };
    let below = step["Plans"].as_array().into_iter().flatten().map(read_by).sum::<u64>();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of rows")]
    let own = own as u64;
    own + below
}

/// By the only connection of a pool.
async fn steps(raw: &sea_orm::DatabaseConnection, statement: Statement) -> u64 {
    let pool = raw.get_sqlite_connection_pool();
    let counted = Arc::new(AtomicU64::new(0));
    let counting = Arc::clone(&counted);
    let mut connection = pool.acquire().await.unwrap();
    connection.lock_handle().await.unwrap().set_progress_handler(1, move || {
        counting.fetch_add(1, Ordering::Relaxed);
        true
    });
    drop(connection);
    raw.query_all_raw(statement).await.unwrap();
    pool.acquire().await.unwrap().lock_handle().await.unwrap().remove_progress_handler();
    counted.load(Ordering::Relaxed)
}

/// Copies of all clients of a stringer, each with its rackets and its orders.
async fn multiply(
    raw: &sea_orm::DatabaseConnection,
    me: Uuid,
    copies: std::ops::RangeInclusive<u8>,
) {
    fn names<E: EntityTrait>() -> Vec<&'static str> {
        E::Column::iter().map(|column| column.as_str()).collect()
    }
    let backend = raw.get_database_backend();
    let mine = match backend {
        DbBackend::Postgres => format!("'{me}'"),
        _ => format!("x'{}'", me.simple()),
    };
    let clients = format!("NOT is_self_for_stringer AND stringer_id = {mine}");
    let persons = format!("id IN (SELECT person_id FROM client_profiles WHERE {clients})");
    let rackets = format!("client_profile_id IN (SELECT id FROM client_profiles WHERE {clients})");
    let orders = format!("NOT is_self AND stringer_id = {mine}");
    let numbers = copies.map(|n| format!("SELECT {n} AS n")).collect::<Vec<_>>();
    let numbers = numbers.join(" UNION ALL ");
    for (table, columns, which) in [
        ("persons", names::<rbo::models::persons::Entity>(), persons),
        ("client_profiles", names::<client_profiles::Entity>(), clients),
        ("client_rackets", names::<client_rackets::Entity>(), rackets),
        ("orders", names::<orders::Entity>(), orders),
        ("reel_uses", names::<uses::Entity>(), format!("stringer_id = {mine}")),
        ("notifications", names::<notifications::Entity>(), format!("stringer_id = {mine}")),
        ("share_audit", names::<share_audit::Entity>(), format!("stringer_id = {mine}")),
    ] {
        let which = format!("{which} AND {}", is_no_copy(backend));
        let values: Vec<_> = columns.iter().map(|column| copied(backend, column)).collect();
        let sql = format!(
            "INSERT INTO {table} ({}) SELECT {} FROM {table} CROSS JOIN ({numbers}) AS copies \
             WHERE {which}",
            columns.join(", "),
            values.join(", ")
        );
        raw.execute_unprepared(&sql).await.unwrap();
    }
    raw.execute_unprepared("ANALYZE").await.unwrap();
}

/// A key of ours says that it is of the seventh version, where a copy's says its number.
const fn is_no_copy(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => "substr(id::text, 15, 1) = '7'",
        _ => "substr(hex(id), 13, 1) = '7'",
    }
}

/// What a copy has in a column: keys of its own, which name its own client and racket.
fn copied(backend: DbBackend, column: &str) -> String {
    match (column, backend) {
        (
            "id" | "person_id" | "client_profile_id" | "client_racket_id" | "order_id",
            DbBackend::Postgres,
        ) => {
            format!("overlay({column}::text PLACING lpad(to_hex(n), 2, '0') FROM 15 FOR 2)::uuid")
        }
        ("id" | "person_id" | "client_profile_id" | "client_racket_id" | "order_id", _) => format!(
            "CAST(substr({column}, 1, 6) || CAST(char(n) AS BLOB) || substr({column}, 8) AS BLOB)"
        ),
        ("label_code" | "receipt_number", _) => format!("{column} || '-' || n"),
        ("email" | "copied_from" | "external_ref" | "subject", _) => "NULL".to_owned(),
        (column, _) => column.to_owned(),
    }
}
