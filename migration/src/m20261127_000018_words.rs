//! What an order's client, racket and strings are called, in the order's own row: a list is a
//! range of one table then, and looks nobody up. With the keys that a search looks into, also
//! of a racket's nickname, since each database folds other letters by itself.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::prelude::Uuid;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};

use crate::columns::{text, text_null};
use crate::row_level_security::{run, run_anywhere};
use crate::search_key;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const WORDS: [&str; 7] = [
    "client_name",
    "client_key",
    "racket_name",
    "racket_nickname",
    "mains_name",
    "crosses_name",
    "search_key",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in
            WORDS.map(|word| ("orders", word)).into_iter().chain([("client_rackets", "search_key")])
        {
            let mut column = match column {
                "client_key" | "racket_name" => text(column).default("").take(),
                column => text_null(column),
            };
            manager.alter_table(Table::alter().table(table).add_column(&mut column).take()).await?;
        }
        for (table, read, write) in [("client_rackets", RACKETS, RACKET), ("orders", ORDERS, ORDER)]
        {
            let others = ["persons", "client_profiles", "client_rackets", "rackets", "strings"];
            for walled in others.iter().chain([&table]) {
                run(manager, &format!("ALTER TABLE {walled} NO FORCE ROW LEVEL SECURITY;")).await?;
            }
            fill(manager, read, write).await?;
            for walled in others.iter().chain([&table]) {
                run(manager, &format!("ALTER TABLE {walled} FORCE ROW LEVEL SECURITY;")).await?;
            }
        }
        run_anywhere(manager, INDEXES).await?;
        run(manager, LATEST_FIRST).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_anywhere(manager, INDEXES_BEFORE).await?;
        run(manager, LATEST_FIRST_BEFORE).await?;
        for (table, column) in
            WORDS.map(|word| ("orders", word)).into_iter().chain([("client_rackets", "search_key")])
        {
            manager.alter_table(Table::alter().table(table).drop_column(column).take()).await?;
        }
        Ok(())
    }
}

/// The list by client; and how many jobs a client has had, and the latest, without a look at
/// the orders themselves.
const INDEXES: &str = "
CREATE INDEX ix_orders_client_key ON orders (stringer_id, client_key, id DESC);
DROP INDEX ix_orders_client;
CREATE INDEX ix_orders_client ON orders (stringer_id, client_profile_id, strung_at, cancelled_at);";
const INDEXES_BEFORE: &str = "
DROP INDEX ix_orders_client_key;
DROP INDEX ix_orders_client;
CREATE INDEX ix_orders_client ON orders (stringer_id, client_profile_id, strung_at);";

/// The list as it opens: what has no date comes last. Read from its end, the plain index has
/// that first on PostgreSQL, which then sorted the whole book.
const LATEST_FIRST: &str = "
DROP INDEX ix_orders_ordered;
CREATE INDEX ix_orders_ordered ON orders (stringer_id, ordered_at DESC NULLS LAST, id DESC);";
const LATEST_FIRST_BEFORE: &str = "
DROP INDEX ix_orders_ordered;
CREATE INDEX ix_orders_ordered ON orders (stringer_id, ordered_at, id);";

const RACKETS: &str = "SELECT id, nickname FROM client_rackets WHERE nickname IS NOT NULL";
const RACKET: &str = "UPDATE client_rackets SET search_key = $1 WHERE id = $2";

const ORDERS: &str = "
SELECT o.id, k.search_key, p.display_first_name, p.display_last_name, f.nickname,
  r.manufacturer, r.model, o.mains_string_text, o.crosses_string_text,
  m.manufacturer AS mains_maker, m.model AS mains_model, m.gauge AS mains_gauge,
  x.manufacturer AS crosses_maker, x.model AS crosses_model, x.gauge AS crosses_gauge
FROM orders AS o
JOIN client_profiles AS k ON k.id = o.client_profile_id
LEFT JOIN persons AS p ON p.id = k.person_id
JOIN client_rackets AS f ON f.id = o.client_racket_id
JOIN rackets AS r ON r.id = f.racket_id
LEFT JOIN strings AS m ON m.id = o.mains_string_id
LEFT JOIN strings AS x ON x.id = o.crosses_string_id";
const ORDER: &str = "
UPDATE orders SET client_name = $1, client_key = $2, racket_name = $3, racket_nickname = $4,
  mains_name = $5, crosses_name = $6, search_key = $7 WHERE id = $8";

async fn fill(manager: &SchemaManager<'_>, read: &str, write: &str) -> Result<(), DbErr> {
    let (db, backend) = (manager.get_connection(), manager.get_database_backend());
    let write = if backend == DbBackend::Postgres {
        write.to_owned()
    } else {
        (1..=8).fold(write.to_owned(), |sql, at| sql.replace(&format!("${at}"), &format!("?{at}")))
    };
    for row in db.query_all_raw(Statement::from_string(backend, read)).await? {
        let mut values =
            if write.contains("client_rackets") { racket(&row)? } else { order(&row)? };
        values.push(row.try_get::<Uuid>("", "id")?.into());
        db.execute_raw(Statement::from_sql_and_values(backend, &write, values)).await?;
    }
    Ok(())
}

fn racket(row: &QueryResult) -> Result<Vec<Value>, DbErr> {
    let nickname: String = row.try_get("", "nickname")?;
    Ok(vec![search_key([nickname.as_str()]).into()])
}

fn order(row: &QueryResult) -> Result<Vec<Value>, DbErr> {
    let said = |column: &str| row.try_get::<Option<String>>("", column);
    let joined = |one: Option<String>, other: Option<String>| {
        let both = [one.unwrap_or_default(), other.unwrap_or_default()].join(" ");
        Some(both.trim().to_owned()).filter(|both| !both.is_empty())
    };
    let string = |side: &str| -> Result<Option<String>, DbErr> {
        let named = joined(said(&format!("{side}_maker"))?, said(&format!("{side}_model"))?);
        let gauge: Option<i64> = row.try_get("", &format!("{side}_gauge"))?;
        let gauge = gauge.map(|gauge| format!("{}.{:02}", gauge / 100, gauge % 100));
        Ok(joined(named, gauge).or(said(&format!("{side}_string_text"))?))
    };
    let (mains, crosses) = (string("mains")?, string("crosses")?);
    let key = search_key([&mains, &crosses].into_iter().flatten().map(String::as_str));
    Ok(vec![
        joined(said("display_first_name")?, said("display_last_name")?).into(),
        said("search_key")?.unwrap_or_default().into(),
        joined(said("manufacturer")?, said("model")?).unwrap_or_default().into(),
        said("nickname")?.into(),
        mains.into(),
        crosses.into(),
        Some(key).filter(|key| !key.is_empty()).into(),
    ])
}
