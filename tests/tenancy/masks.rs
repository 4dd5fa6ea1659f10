//! A masked column is empty on rows that are not one's own, whichever way it is asked
//! for, and no condition of a write can feel for it.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, JsonValue, Statement};
use sea_orm_tenancy::{Policy, Registry, Scope, TenantId, before_query};

use super::adversarial::{fill, json};
use crate::support::database::Scratch;

const MINE: &str = "this.stringer_id = :me";
const MINE_OR_SHARED: &str = "this.stringer_id = :me OR this.client_profile_id = 202";

/// Orders of the shared client are read by everybody, their prices by their own
/// stringer; the policy would let readers write, and the mask does not.
fn registry() -> Registry {
    let columns = ["id", "stringer_id", "client_profile_id", "status", "price_cents", "created_at"];
    let orders = Policy::named("orders", columns.map(str::to_owned).to_vec())
        .read(MINE_OR_SHARED)
        .insert()
        .stamp("stringer_id")
        .update(MINE_OR_SHARED)
        .all_settable_but(&["id", "stringer_id"])
        .delete(MINE_OR_SHARED)
        .mask(&["price_cents"], MINE);
    Registry::new([orders])
}

async fn asked(db: &DatabaseConnection, sql: &str) -> Vec<JsonValue> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let scope = Scope::Tenant(TenantId::from(1));
    let statement = before_query(&registry(), &scope, statement).expect(sql);
    let rows = db.query_all_raw(statement).await.expect(sql);
    rows.iter().map(json).collect()
}

#[tokio::test]
async fn a_masked_column_shows_on_ones_own_rows_alone() {
    let scratch = Scratch::make().await;
    let db = fill(&scratch, "INTEGER NOT NULL").await;
    let rows = asked(&db, "SELECT id, status, price_cents FROM orders ORDER BY id").await;
    let shared = rows.last().expect("the shared order");
    assert_eq!((&shared["id"], &shared["status"]), (&202.into(), &"done".into()));
    assert_eq!(shared["price_cents"], JsonValue::Null);
    assert_eq!(rows[0]["price_cents"], 1000);

    for nothing in [
        "SELECT id FROM orders WHERE price_cents > 700000",
        "SELECT id FROM orders WHERE id = 202 AND price_cents IS NOT NULL",
        "SELECT o.id FROM orders o JOIN orders p ON p.price_cents = o.price_cents WHERE o.id = 202",
        "SELECT id FROM orders o WHERE o.id = 202 AND EXISTS (SELECT 1 FROM orders p WHERE p.id = o.id AND p.price_cents > 0)",
        "SELECT stringer_id FROM orders GROUP BY stringer_id HAVING max(price_cents) > 700000",
        "SELECT x FROM (SELECT price_cents AS x FROM orders) AS y WHERE x > 700000",
        "WITH t AS (SELECT price_cents AS x FROM orders) SELECT x FROM t WHERE x > 700000",
    ] {
        assert_eq!(asked(&db, nothing).await, Vec::<JsonValue>::new(), "{nothing}");
    }
    let sum = asked(&db, "SELECT CAST(sum(price_cents) AS BIGINT) AS n FROM orders").await;
    assert_eq!(sum[0]["n"], 6000);
    let top = "SELECT id FROM orders ORDER BY coalesce(price_cents, 0) DESC LIMIT 1";
    assert_eq!(asked(&db, top).await[0]["id"], 3);
}

#[tokio::test]
async fn a_write_neither_returns_nor_feels_a_masked_column() {
    let scratch = Scratch::make().await;
    let db = fill(&scratch, "INTEGER NOT NULL").await;
    for untouched in [
        "UPDATE orders SET status = 'x' WHERE price_cents > 700000 RETURNING id",
        "UPDATE orders SET status = 'x' WHERE id = 202 RETURNING price_cents",
        "DELETE FROM orders WHERE id = 202 RETURNING price_cents",
    ] {
        assert_eq!(asked(&db, untouched).await, Vec::<JsonValue>::new(), "{untouched}");
    }
    let copied = "INSERT INTO orders (status, price_cents) \
                  SELECT status, price_cents FROM orders WHERE id = 202 RETURNING price_cents";
    assert_eq!(asked(&db, copied).await[0]["price_cents"], JsonValue::Null);
    let mine =
        asked(&db, "UPDATE orders SET status = 'x' WHERE id = 1 RETURNING price_cents").await;
    assert_eq!(mine[0]["price_cents"], 1000);
}

#[test]
fn a_row_that_is_made_for_somebody_else_returns_no_masked_column() {
    let columns = ["id", "stringer_id", "price_cents"].map(str::to_owned).to_vec();
    let gifts = Policy::named("orders", columns).read(MINE).insert().mask(&["price_cents"], MINE);
    let registry = Registry::new([gifts]);
    let made = |returning: &str| {
        let sql = format!("INSERT INTO orders (stringer_id) VALUES (2) RETURNING {returning}");
        let scope = Scope::Tenant(TenantId::from(1));
        before_query(&registry, &scope, Statement::from_string(DbBackend::Sqlite, sql)).is_ok()
    };
    assert!(made("id"));
    assert!(!made("price_cents"));
    assert!(!made("*"));
}
