//! What the chokepoint lets through and what it does not.

use rbo::database::scoped_db;
use rbo::demo;
use rbo::models::_entities::{orders, persons, rackets, receipt_counters, strings};
use rbo::models::catalogue::{Source, Visibility};
use rbo::models::{client_profiles, client_rackets, stringers};
use rbo::units::Sport;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    Statement, TransactionSession, TransactionTrait, Value,
};
use sea_orm_tenancy::{
    Grant, Purpose, Scope, ScopedHandle, TenancyError, TenantId, Verb, before_query,
};

use crate::support::World;

#[tokio::test]
async fn an_unbound_handle_refuses_everything_before_any_io() {
    let world = World::demo().await;
    let db = scoped_db(&world.ctx, Scope::Unbound).unwrap();
    assert!(orders::Entity::find().one(&db).await.is_err());
    assert!(db.begin().await.is_err());
    assert!(db.execute_unprepared("SELECT 1").await.is_err());
}

#[tokio::test]
async fn what_cannot_be_understood_is_refused() {
    let world = World::demo().await;
    let (_me, db) = world.at_work(demo::STEFAN).await;
    for sql in [
        "SELECT 1; DELETE FROM orders",
        "DROP TABLE orders",
        "PRAGMA foreign_keys = OFF",
        "SELECT * FROM sqlite_master",
        "SELECT * FROM users",
        "SELECT set_config('rbo.stringer_id', 'x', true)",
        "SELECT * FROM main.orders",
        "WITH orders AS (SELECT 1) UPDATE orders SET method = 'x'",
        "SELECT rowid FROM orders",
        "REPLACE INTO orders (id) VALUES (1)",
        "INSERT INTO orders SELECT * FROM orders",
        "SELECT orders FROM orders",
        "DELETE FROM order_state_audit",
        "UPDATE order_state_audit SET step = 'paid'",
        "UPDATE stringers SET role = 'admin'",
        "UPDATE orders SET stringer_id = 'x'",
        "TABLE orders",
        "VACUUM",
    ] {
        let refused = db.execute_unprepared(sql).await.expect_err(sql).to_string();
        assert!(refused.contains("tenancy: "), "{sql}: {refused}");
    }
}

#[tokio::test]
async fn a_statement_without_a_condition_reaches_ones_own_rows_alone() {
    let world = World::demo().await;
    let (_stefan, his) = world.at_work(demo::STEFAN).await;
    let (_marco, other) = world.at_work(demo::MARCO).await;
    let in_order = || orders::Entity::find().order_by_asc(orders::Column::Id);
    let others_before = in_order().all(&other).await.unwrap();
    let mine = orders::Entity::find().count(&his).await.unwrap();
    let changed = orders::Entity::update_many()
        .col_expr(orders::Column::Method, Expr::value("mine"))
        .exec(&his)
        .await
        .unwrap();
    assert_eq!(changed.rows_affected, mine);
    assert_eq!(in_order().all(&other).await.unwrap(), others_before);
    let named =
        orders::Entity::find().filter(orders::Column::StringerId.eq(others_before[0].stringer_id));
    assert_eq!(named.count(&his).await.unwrap(), 0);
}

#[tokio::test]
async fn an_insert_for_another_stringer_is_refused_and_a_missing_owner_is_added() {
    let world = World::demo().await;
    let (_stefan, his) = world.at_work(demo::STEFAN).await;
    let (marco, _other) = world.at_work(demo::MARCO).await;
    let now = chrono::Utc::now();
    let row = |owner| client_profiles::ActiveModel {
        id: Set(uuid::Uuid::now_v7()),
        stringer_id: owner,
        person_id: Set(None),
        is_self_for_stringer: Set(true),
        search_key: Set(String::new()),
        created_at: Set(now.into()),
        updated_at: Set(now.into()),
        ..Default::default()
    };
    let foreign =
        client_profiles::Entity::insert(row(Set(marco.id))).exec_without_returning(&his).await;
    assert!(foreign.expect_err("refused").to_string().contains("not the bound tenant"));
    let mine = client_profiles::Entity::insert(row(sea_orm::ActiveValue::NotSet))
        .exec_with_returning(&his)
        .await
        .unwrap();
    assert_ne!(mine.stringer_id, marco.id);
}

#[tokio::test]
async fn anothers_private_racket_or_person_cannot_be_named() {
    let world = World::demo().await;
    let (_stefan, his) = world.at_work(demo::STEFAN).await;
    let (_marco, other) = world.at_work(demo::MARCO).await;
    let private = rbo::models::rackets::Entity::find_or_create(
        &other,
        rbo::units::Sport::Tennis,
        "Marcos Geheimnis",
    )
    .await
    .unwrap();
    let mine = client_profiles::Entity::find().one(&his).await.unwrap().unwrap();
    let refused = client_rackets::Entity::add(&his, mine.id, private, None, None).await;
    assert!(matches!(refused, Err(rbo::models::ModelError::Reference)), "{refused:?}");
    assert_eq!(rackets::Entity::find_by_id(private).count(&his).await.unwrap(), 0);

    let person = persons::Entity::find().one(&other).await.unwrap().unwrap();
    let now = chrono::Utc::now();
    let spy = client_profiles::ActiveModel {
        id: Set(uuid::Uuid::now_v7()),
        person_id: Set(Some(person.id)),
        is_self_for_stringer: Set(false),
        search_key: Set(String::new()),
        created_at: Set(now.into()),
        updated_at: Set(now.into()),
        ..Default::default()
    };
    assert!(client_profiles::Entity::insert(spy).exec_without_returning(&his).await.is_err());
}

#[tokio::test]
async fn the_shared_catalogue_is_read_by_all_and_changed_by_none() {
    let world = World::demo().await;
    let (_stefan, his) = world.at_work(demo::STEFAN).await;
    assert!(strings::Entity::find().count(&his).await.unwrap() >= 150);
    let none = strings::Entity::update_many()
        .col_expr(strings::Column::Model, Expr::value("stolen"))
        .filter(strings::Column::Visibility.eq("catalogue_shared"))
        .exec(&his)
        .await
        .unwrap();
    assert_eq!(none.rows_affected, 0);
    let shared = strings::ActiveModel {
        id: Set(uuid::Uuid::now_v7()),
        sport: Set(Sport::Tennis),
        manufacturer: Set("X".into()),
        model: Set("Y".into()),
        search_key: Set("x y".into()),
        visibility: Set(Visibility::CatalogueShared),
        source: Set(Source::Manual),
        created_at: Set(chrono::Utc::now().into()),
        updated_at: Set(chrono::Utc::now().into()),
        ..Default::default()
    };
    assert!(strings::Entity::insert(shared).exec_without_returning(&his).await.is_err());
}

#[tokio::test]
async fn a_purpose_reaches_its_own_columns_alone() {
    let world = World::demo().await;
    let sweep = scoped_db(&world.ctx, Scope::System(&rbo::models::purposes::SWEEP)).unwrap();
    let select = |sql: &str| Statement::from_string(sweep.get_database_backend(), sql);
    assert!(
        sweep.query_all_raw(select("SELECT id, stringer_id FROM receipt_emissions")).await.is_ok()
    );
    assert!(sweep.query_all_raw(select("SELECT snapshot FROM receipt_emissions")).await.is_err());
    assert!(sweep.query_all_raw(select("SELECT id FROM orders")).await.is_err());
    assert!(stringers::Entity::find().one(&sweep).await.is_err());
}

#[tokio::test]
async fn an_alias_cannot_slip_into_the_place_of_the_policys_own_sources() {
    let world = World::demo().await;
    let (_me, db) = world.at_work(demo::STEFAN).await;
    for alias in ["mine", "other", "others", "theirs", "p", "o", "c", "client_profiles"] {
        let sql = format!("UPDATE persons AS {alias} SET display_first_name = 'x'");
        match db.execute_unprepared(&sql).await {
            Ok(changed) => {
                let plain = "UPDATE persons SET display_first_name = 'x'";
                let all = db.execute_unprepared(plain).await.expect(plain);
                assert_eq!(changed.rows_affected(), all.rows_affected(), "{alias}");
            }
            Err(refused) => assert!(refused.to_string().contains("tenancy"), "{refused}"),
        }
    }
    // The policy of persons calls its own source `p`.
    let slip = "UPDATE persons AS p SET display_first_name = 'x'";
    assert!(db.execute_unprepared(slip).await.is_err());
}

#[tokio::test]
async fn a_long_chain_is_refused_before_it_overflows_the_stack() {
    let world = World::demo().await;
    let (_me, db) = world.at_work(demo::STEFAN).await;
    for (start, operator) in [("1", " + 1"), ("1 = 1", " OR 1 = 1"), ("1", " UNION SELECT 1")] {
        let chain = |times| format!("SELECT {start}{}", operator.repeat(times));
        db.execute_unprepared(&chain(120)).await.expect(operator);
        assert!(db.execute_unprepared(&chain(100_000)).await.is_err(), "{operator}");
    }
    db.execute_unprepared(&format!("SELECT 1 {}", "+ 1 ".repeat(250))).await.expect("250");
}

#[test]
fn on_sqlite_a_condition_does_not_tell_of_a_row_by_failing_on_it() {
    let registry = rbo::models::registry();
    let scope = Scope::Tenant(TenantId::from(uuid::Uuid::now_v7()));
    let ask = |sql: &str, values: Vec<Value>| {
        before_query(
            &registry,
            &scope,
            Statement::from_sql_and_values(DbBackend::Sqlite, sql, values),
        )
    };
    for sql in [
        "SELECT 1 FROM persons AS h WHERE 'a' LIKE 'a' ESCAPE CASE WHEN h.email = 'x' THEN 'ab' ELSE 'b' END",
        "SELECT 1 FROM persons AS h WHERE 'a' LIKE 'a' ESCAPE 'ab'",
        "SELECT 1 FROM persons AS h WHERE 'a' LIKE CASE WHEN h.email = 'x' THEN 'a' ELSE 'b' END",
        "SELECT 1 FROM persons AS h WHERE 'a' LIKE h.email",
        "SELECT abs(h.email) FROM persons AS h",
        "SELECT json_group_array(h.id) FROM persons AS h",
        "SELECT ntile(0) OVER () FROM persons AS h",
        "SELECT replace(h.email, 'a', 'aaaa') FROM persons AS h",
    ] {
        assert!(ask(sql, vec![]).is_err(), "{sql}");
    }
    let like = "SELECT 1 FROM persons WHERE email LIKE ? ESCAPE '\\'";
    assert!(ask(like, vec!["%a%".into()]).is_ok());
    assert!(ask(like, vec!["a".repeat(60_000).into()]).is_err());
    assert!(ask(like, vec![1_i64.into()]).is_err());
    let shared = ask("SELECT id FROM shared_orders", vec![]).unwrap().sql;
    assert!(shared.contains("LIMIT -1) AS"), "{shared}");
}

#[test]
fn marks_are_all_bare_or_all_numbered_and_never_named() {
    let registry = rbo::models::registry();
    let scope = Scope::Tenant(TenantId::from(uuid::Uuid::now_v7()));
    for (marks, given) in [
        ("? OR method = ?1", 1),
        ("?1 OR method = ?", 2),
        (":method", 1),
        ("@method", 1),
        ("$method", 1),
        ("?0", 1),
        ("?99999", 1),
        ("?", 0),
        ("?", 2),
        ("?2", 1),
    ] {
        let sql = format!("SELECT id FROM orders WHERE method = {marks}");
        let values = vec![Value::from("x"); given];
        let statement = Statement::from_sql_and_values(DbBackend::Sqlite, &sql, values);
        let refused = before_query(&registry, &scope, statement);
        assert!(matches!(refused, Err(TenancyError::Refused(_))), "{sql}: {refused:?}");
    }
}

#[test]
fn a_forbidden_value_does_not_pass_as_another_type() {
    use sea_orm::sea_query::{Enum, OptionEnum};
    let registry = rbo::models::registry();
    let scope = Scope::Tenant(TenantId::from(uuid::Uuid::now_v7()));
    let set = |value: Value| {
        let sql = "UPDATE strings SET visibility = ?";
        before_query(
            &registry,
            &scope,
            Statement::from_sql_and_values(DbBackend::Sqlite, sql, [value]),
        )
    };
    assert!(set("catalogue_private".into()).is_ok());
    let disguised = Enum { type_name: "visibility".into(), value: "catalogue_shared".into() };
    for value in [
        "catalogue_shared".into(),
        Value::Enum(OptionEnum::Some(Box::new(disguised))),
        b"catalogue_shared".to_vec().into(),
        serde_json::json!("catalogue_shared").into(),
    ] {
        assert_eq!(set(value), Err(TenancyError::ForbiddenValue("visibility".into())));
    }
}

#[tokio::test]
async fn the_key_of_no_row_is_no_rows() {
    let world = World::demo().await;
    let (_me, db) = world.at_work(demo::STEFAN).await;
    for id in ["'00000000-0000-0000-0000-000000000000'", "X'00'", "NULL"] {
        let sql = format!(
            "INSERT INTO rackets (id, sport, manufacturer, model, search_key, visibility, source, \
             created_at, updated_at) VALUES ({id}, 'tennis', 'x', 'x', 'x', 'catalogue_private', \
             'manual', '2026-01-01', '2026-01-01')"
        );
        let refused = db.execute_unprepared(&sql).await.unwrap_err().to_string();
        assert!(refused.contains("tenancy"), "{refused}");
    }
}

#[tokio::test]
async fn a_transaction_keeps_the_scope_that_it_began_with() {
    let world = World::demo().await;
    let (stefan, his) = world.at_work(demo::STEFAN).await;
    let (marco, other) = world.at_work(demo::MARCO).await;
    let mine = orders::Entity::find().count(&his).await.unwrap();
    let txn = his.begin().await.unwrap();
    // Another handle of the same pool becomes another's; the transaction does not.
    let theirs = his.bind(other.scope().clone());
    assert_eq!(theirs.scope(), other.scope());
    for switch in [
        format!("SELECT set_config('rbo.stringer_id', '{}', true)", marco.id),
        "SELECT set_config('role', 'none', true)".to_owned(),
        "SET LOCAL ROLE rbo_bypass".to_owned(),
        "RESET ROLE".to_owned(),
        "COMMIT".to_owned(),
        "ROLLBACK".to_owned(),
        "SAVEPOINT x".to_owned(),
        "BEGIN".to_owned(),
    ] {
        assert!(txn.execute_unprepared(&switch).await.is_err(), "{switch}");
    }
    assert_eq!(orders::Entity::find().count(&txn).await.unwrap(), mine);
    let nested = txn.begin().await.unwrap();
    assert_eq!(nested.scope(), &Scope::Tenant(TenantId::from(stefan.id)));
    assert_eq!(orders::Entity::find().count(&nested).await.unwrap(), mine);
    nested.commit().await.unwrap();
    txn.commit().await.unwrap();
}

#[tokio::test]
async fn an_insert_from_a_query_may_stand_beside_a_conflict() {
    let world = World::demo().await;
    let (_me, db) = world.at_work(demo::STEFAN).await;
    let sql = "INSERT INTO receipt_counters (year, last_number) SELECT 1999, 1 FROM stringers ON CONFLICT DO NOTHING";
    assert_eq!(db.execute_unprepared(sql).await.unwrap().rows_affected(), 1);
    assert_eq!(db.execute_unprepared(sql).await.unwrap().rows_affected(), 0);
}

/// Writes one column of two tables.
static NARROW: Purpose = Purpose {
    name: "narrow",
    grants: &[
        Grant { table: "orders", verbs: &[Verb::Update], columns: &["id", "method"] },
        Grant { table: "sessions", verbs: &[Verb::Read, Verb::Insert], columns: &["id"] },
    ],
};

#[test]
fn the_system_names_only_the_columns_of_its_purpose() {
    let registry = rbo::models::registry();
    let ask = |sql: &str| {
        let statement = Statement::from_string(DbBackend::Sqlite, sql);
        before_query(&registry, &Scope::System(&NARROW), statement)
    };
    for sql in [
        "SELECT id FROM orders",
        "SELECT display_name FROM stringers",
        "UPDATE orders SET labor = 0",
        "UPDATE orders SET method = comment_private",
        "UPDATE orders SET method = 'x' WHERE labor > 1000",
        "UPDATE orders SET method = 'x' WHERE orders.labor > 1000",
        "UPDATE orders AS o SET method = 'x' WHERE o.labor > 1000",
        "UPDATE orders SET method = 'x' WHERE EXISTS (SELECT 1 FROM sessions WHERE labor > 1000)",
        "UPDATE orders SET method = 'x' WHERE EXISTS (SELECT 1 WHERE orders.labor > 1000)",
        "UPDATE orders SET method = 'x' RETURNING id",
        "DELETE FROM orders",
        "DELETE FROM sessions",
        "SELECT user_id FROM sessions AS s WHERE s.user_id IS NOT NULL",
        "INSERT INTO sessions (id) SELECT id FROM sessions",
        "INSERT INTO sessions (id, user_id) VALUES (NULL, NULL)",
        "INSERT INTO sessions (id) VALUES (NULL) RETURNING user_id",
        "INSERT INTO sessions (id) VALUES (NULL) ON CONFLICT (id) DO UPDATE SET id = NULL",
    ] {
        assert!(
            matches!(ask(sql), Err(TenancyError::Refused(_)))
                // A source that has the granted columns alone; the database finds no other.
                || ask(sql).is_ok_and(|rewritten| rewritten.sql.contains("SELECT \"id\" FROM")),
            "{sql}"
        );
    }
    ask("UPDATE orders SET method = 'x' WHERE id IN (SELECT id FROM sessions)").unwrap();
}

/// Rules with a second net below them: the count of tokens, or the database itself. The
/// first net must hold by itself.
#[test]
fn what_a_second_net_would_catch_as_well_is_refused_for_its_own_reason() {
    let registry = rbo::models::registry();
    let scope = Scope::Tenant(TenantId::from(uuid::Uuid::now_v7()));
    for (sql, reason) in [
        ("WITH d AS (DELETE FROM orders RETURNING id) SELECT id FROM d", "a write inside a query"),
        (
            "UPDATE orders SET method = 'x' FROM client_rackets AS orders WHERE true",
            "a source called like the table that is written",
        ),
        (
            "INSERT INTO rackets (id, created_by_stringer_id, visibility) \
             SELECT id, COALESCE(NULL, id), lower('CATALOGUE_SHARED') FROM rackets",
            "a computed value where a plain one is needed",
        ),
        (
            "SELECT d.x FROM orders AS o, (SELECT o.id AS x FROM strings) AS d",
            "`o` qualifies nothing",
        ),
    ] {
        let statement = Statement::from_string(DbBackend::Postgres, sql);
        let refused = before_query(&registry, &scope, statement).expect_err(sql).to_string();
        assert!(refused.contains(reason), "{sql}: {refused}");
    }
}

#[tokio::test]
async fn an_owner_that_a_query_computes_is_the_caller_all_the_same() {
    let world = World::demo().await;
    let ((stefan, db), (marco, _)) =
        (world.at_work(demo::STEFAN).await, world.at_work(demo::MARCO).await);
    let backend = ConnectionTrait::get_database_backend(&db);
    let owner = if backend == DbBackend::Postgres { "CAST($1 AS uuid)" } else { "?" };
    let sql = format!(
        "INSERT INTO receipt_counters (stringer_id, year, last_number) \
         SELECT COALESCE(NULL, {owner}), 1999, 7 FROM stringers"
    );
    let insert = Statement::from_sql_and_values(backend, sql, [marco.id.into()]);
    db.execute_raw(insert).await.expect("inserted");
    let raw = world.beneath().await;
    let counters = receipt_counters::Entity::find();
    let made = counters.filter(receipt_counters::Column::Year.eq(1999)).all(&raw).await.unwrap();
    assert_eq!(made.iter().map(|row| row.stringer_id).collect::<Vec<_>>(), [stefan.id]);
}
