//! Statements that were written to get around the chokepoint, each run on a small
//! schema with foreign rows: what comes back is what the same statement gives where
//! there are none, what is written leaves every foreign row as it was, and what must
//! be refused is.
//!
//! `RBO_TEST_ADVERSARIAL` names a further file of such lines.

use std::collections::BTreeMap;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, JsonValue,
    QueryResult, Statement, TransactionTrait, Value,
};
use sea_orm_tenancy::{Scope, TenantId, before_query};
use serde::Deserialize;

use super::fixture;
use crate::support::database::Scratch;

const ME: i64 = 1;
const TABLES: [&str; 6] =
    ["stringers", "client_profiles", "orders", "strings", "rackets", "client_shares"];

#[derive(Deserialize)]
struct Line {
    id: String,
    dialect: String,
    sql: String,
    #[serde(default)]
    params: Vec<JsonValue>,
    expect: String,
}

/// The schema with everybody's rows, and with those alone that I may see.
struct Books {
    _scratch: [Scratch; 2],
    all: DatabaseConnection,
    mine: DatabaseConnection,
}

#[tokio::test]
async fn no_line_of_the_adversarial_list_gets_around() {
    let books = Books::open().await;
    let backend = books.all.get_database_backend();
    let dialect = if backend == DbBackend::Postgres { "postgres" } else { "sqlite" };
    let mut wrong = BTreeMap::new();
    let mut tried = 0;
    for line in lines() {
        if [dialect, "both"].contains(&line.dialect.as_str()) {
            tried += 1;
            if let Err(reason) = books.attempt(backend, &line).await {
                wrong.insert(line.id, format!("{}: {reason}", line.sql));
            }
        }
    }
    assert!(tried > 80, "only {tried} lines for {dialect}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// `refused` says that the chokepoint does it; `fails`, that the rewritten statement
/// fails by itself, as a guarded reference does. Other lists do not tell them apart.
fn lines() -> Vec<Line> {
    let parsed = |text: &str| -> Vec<Line> {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let line = |line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{line}: {e}"));
        lines.map(line).collect()
    };
    let mut all = parsed(include_str!("adversarial.jsonl"));
    if let Ok(further) = std::env::var("RBO_TEST_ADVERSARIAL") {
        let text = std::fs::read_to_string(further).expect("the further list");
        all.extend(parsed(&text).into_iter().map(|line| match line.expect.as_str() {
            "refused" => Line { expect: "refused_or_fails".to_owned(), ..line },
            _ => line,
        }));
    }
    all
}

impl Books {
    async fn open() -> Self {
        let (all, mine) = (Scratch::make().await, Scratch::make().await);
        let books = Self {
            all: fill(&all, "INTEGER NOT NULL").await,
            mine: fill(&mine, "INTEGER NOT NULL DEFAULT 1").await,
            _scratch: [all, mine],
        };
        // What I may see, said once more and in other words than the policies.
        for unseen in [
            "DELETE FROM orders WHERE stringer_id <> 1",
            "DELETE FROM client_profiles WHERE stringer_id <> 1 AND id <> 202",
            "DELETE FROM client_shares WHERE NOT (stringer_id = 1 OR target_stringer_id = 1)",
            "DELETE FROM strings WHERE created_by_stringer_id <> 1 AND visibility = 'private'",
            "DELETE FROM rackets WHERE created_by_stringer_id <> 1 AND visibility = 'private'",
            "DELETE FROM stringers WHERE id <> 1",
        ] {
            books.mine.execute_unprepared(unseen).await.expect(unseen);
        }
        books
    }

    async fn attempt(&self, backend: DbBackend, line: &Line) -> Result<(), String> {
        let statement = |sql: &str| {
            let values = line.params.iter().map(value);
            Statement::from_sql_and_values(backend, sql, values)
        };
        let scope = Scope::Tenant(TenantId::from(ME));
        let registry = fixture::registry();
        // The text may have been seen before, with values that were fine.
        if let [JsonValue::Number(_), rest @ ..] = line.params.as_slice() {
            let mut first = vec![Value::from(ME)];
            first.extend(rest.iter().map(value));
            let _seen = before_query(
                &registry,
                &scope,
                Statement::from_sql_and_values(backend, &line.sql, first),
            );
        }
        let rewritten = match before_query(&registry, &scope, statement(&line.sql)) {
            Err(_) if line.expect == "scoped" => return Err("refused".to_owned()),
            Err(_) => return Ok(()),
            Ok(rewritten) => rewritten,
        };
        let before = self.foreign_rows().await;
        let txn = self.all.begin().await.map_err(|e| e.to_string())?;
        let came = txn.query_all_raw(rewritten.clone()).await;
        let (after, own) = match &came {
            Ok(_) => (rows(&txn, "<>").await, rows(&txn, "=").await),
            Err(_) => (before.clone(), Vec::new()),
        };
        txn.rollback().await.map_err(|e| e.to_string())?;
        if before != after {
            return Err(format!("foreign rows changed by {}", rewritten.sql));
        }
        match (came, line.expect.as_str()) {
            (Err(_), "fails" | "refused_or_fails" | "scoped_or_refused") => Ok(()),
            (Err(error), _) => Err(format!("{error} in {}", rewritten.sql)),
            (Ok(_), "refused" | "fails" | "refused_or_fails") => {
                Err(format!("passed as {}", rewritten.sql))
            }
            (Ok(rows), _) => {
                let own = (line.expect == "scoped").then_some(own);
                self.same_as_mine(statement(&line.sql), &rows, own).await
            }
        }
    }

    /// What the statement as it was written gives where nothing is foreign.
    async fn same_as_mine(
        &self,
        statement: Statement,
        came: &[QueryResult],
        own: Option<Vec<String>>,
    ) -> Result<(), String> {
        let txn = self.mine.begin().await.map_err(|e| e.to_string())?;
        let expected = txn.query_all_raw(statement).await.map_err(|e| e.to_string());
        let left = if expected.is_ok() { rows(&txn, "=").await } else { Vec::new() };
        txn.rollback().await.map_err(|e| e.to_string())?;
        if own.is_some_and(|own| own != left) {
            return Err("my own rows are other ones than where nothing is foreign".to_owned());
        }
        let (came, expected) = (sorted(came), sorted(&expected?));
        if came == expected { Ok(()) } else { Err(format!("{came:?} instead of {expected:?}")) }
    }

    async fn foreign_rows(&self) -> Vec<String> {
        rows(&self.all, "<>").await
    }
}

/// Where nothing is foreign, a row that names no tenant is mine.
pub(super) async fn fill(scratch: &Scratch, owner: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(&scratch.url);
    options.max_connections(1).sqlx_logging(false);
    let db = Database::connect(options).await.expect("a connection");
    let key = match db.get_database_backend() {
        DbBackend::Postgres => {
            "INTEGER GENERATED BY DEFAULT AS IDENTITY (START WITH 10000) PRIMARY KEY"
        }
        _ => "INTEGER PRIMARY KEY",
    };
    let sql = include_str!("fixture.sql").replace("KEY", key).replace("OWNER", owner);
    db.execute_unprepared(&sql).await.expect("filled");
    db
}

/// All rows of all tables that are mine (`=`) or are not (`<>`), without my keys, which
/// a database counts on from the highest.
async fn rows(db: &impl ConnectionTrait, whose: &str) -> Vec<String> {
    let mut all = Vec::new();
    for table in TABLES {
        let owner = match table {
            "stringers" => "id",
            "strings" | "rackets" => "created_by_stringer_id",
            _ => "stringer_id",
        };
        let sql = format!("SELECT * FROM {table} WHERE {owner} {whose} {ME}");
        let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await;
        let mut rows: Vec<_> = rows.expect(table).iter().map(json).collect();
        if whose == "=" && table != "stringers" {
            rows.iter_mut().filter_map(JsonValue::as_object_mut).for_each(|row| {
                row.remove("id");
            });
        }
        let mut rows: Vec<_> = rows.iter().map(JsonValue::to_string).collect();
        rows.sort();
        all.push(format!("{table}: {rows:?}"));
    }
    all
}

fn sorted(rows: &[QueryResult]) -> Vec<String> {
    let mut rows: Vec<_> = rows.iter().map(|row| json(row).to_string()).collect();
    rows.sort();
    rows
}

/// A row as it is: what a column of an expression holds, only its value tells.
pub(super) fn json(row: &QueryResult) -> JsonValue {
    let cell = |name: &String| {
        let name = name.as_str();
        None.or_else(|| row.try_get::<Option<i64>>("", name).ok().map(JsonValue::from))
            .or_else(|| row.try_get::<Option<i32>>("", name).ok().map(JsonValue::from))
            .or_else(|| row.try_get::<Option<f64>>("", name).ok().map(JsonValue::from))
            .or_else(|| row.try_get::<Option<String>>("", name).ok().map(JsonValue::from))
            .or_else(|| row.try_get::<Option<bool>>("", name).ok().map(JsonValue::from))
            .or_else(|| row.try_get::<Option<Vec<i32>>>("", name).ok().map(JsonValue::from))
            .unwrap_or_else(|| panic!("a value of an unknown type in `{name}`"))
    };
    let cells = row.column_names().into_iter().map(|name| (name.clone(), cell(&name)));
    JsonValue::Object(cells.collect())
}

fn value(param: &JsonValue) -> Value {
    match param {
        JsonValue::Number(number) => number.as_i64().into(),
        JsonValue::String(text) => text.as_str().into(),
        other => panic!("{other}"),
    }
}
