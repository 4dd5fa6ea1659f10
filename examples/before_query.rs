//! Shows what the chokepoint makes of a statement. Reads JSON lines
//! `{"dialect": "sqlite" | "postgres", "stringer_id": ..., "sql": "...", "params": [...]}`
//! on standard input and prints a line for each: `{"sql", "params"}` of the rewritten
//! statement, or `{"refused": reason}`. With RBO's own registry, or with
//! `--registry fixture` the one of the tests' small schema with integer keys.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for the command line")]

#[path = "../tests/tenancy/fixture.rs"]
mod fixture;

use std::io::BufRead;
use std::process::ExitCode;

use sea_orm::prelude::Uuid;
use sea_orm::{DbBackend, Statement, Value, Values};
use sea_orm_tenancy::{Registry, Scope, TenantId, before_query};
use serde::Deserialize;
use serde_json::{Value as Json, json};

#[derive(Deserialize)]
struct Line {
    dialect: String,
    stringer_id: Json,
    sql: String,
    #[serde(default)]
    params: Vec<Json>,
}

fn main() -> ExitCode {
    match std::env::args().skip(1).collect::<Vec<_>>().as_slice() {
        [] => answer(&rbo::models::registry(), true),
        [flag, name] if flag == "--registry" && name == "fixture" => {
            answer(&fixture::registry(), false)
        }
        _ => {
            eprintln!("usage: before_query [--registry fixture] < lines.jsonl");
            ExitCode::FAILURE
        }
    }
}

fn answer(registry: &Registry, has_uuids: bool) -> ExitCode {
    for line in std::io::stdin().lock().lines() {
        match line {
            Ok(line) if line.trim().is_empty() => {}
            Ok(line) => println!("{}", rewritten(registry, has_uuids, &line)),
            Err(error) => {
                eprintln!("{error}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

fn rewritten(registry: &Registry, has_uuids: bool, line: &str) -> Json {
    let refused = |reason: String| json!({ "refused": reason });
    let line: Line = match serde_json::from_str(line) {
        Ok(line) => line,
        Err(error) => return refused(format!("not a line of this program: {error}")),
    };
    let backend = match line.dialect.as_str() {
        "sqlite" => DbBackend::Sqlite,
        "postgres" => DbBackend::Postgres,
        other => return refused(format!("unknown dialect `{other}`")),
    };
    let scope = match tenant(&line.stringer_id) {
        Some(tenant) => Scope::Tenant(tenant),
        None => Scope::Unbound,
    };
    let values = line.params.iter().map(|param| value(param, has_uuids)).collect::<Vec<_>>();
    let statement = Statement::from_sql_and_values(backend, line.sql, values);
    match before_query(registry, &scope, statement) {
        Ok(Statement { sql, values, .. }) => {
            let params = values.map_or_else(Vec::new, |Values(values)| values);
            json!({ "sql": sql, "params": params.iter().map(shown).collect::<Vec<_>>() })
        }
        Err(error) => refused(error.to_string()),
    }
}

fn tenant(id: &Json) -> Option<TenantId> {
    match id {
        Json::Number(number) => number.as_i64().map(TenantId::from),
        Json::String(text) => text.parse::<Uuid>().ok().map(TenantId::from),
        _ => None,
    }
}

fn value(param: &Json, has_uuids: bool) -> Value {
    match param {
        Json::Null => Value::String(None),
        Json::Bool(flag) => (*flag).into(),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => whole.into(),
            None => number.as_f64().into(),
        },
        Json::String(text) => match text.parse::<Uuid>() {
            Ok(id) if has_uuids => id.into(),
            _ => text.as_str().into(),
        },
        other => other.to_string().into(),
    }
}

fn shown(value: &Value) -> Json {
    match value {
        Value::Bool(flag) => json!(flag),
        Value::BigInt(number) => json!(number),
        Value::Double(number) => json!(number),
        Value::String(text) => json!(text),
        Value::Uuid(id) => json!(id),
        other => json!(other.to_string()),
    }
}
