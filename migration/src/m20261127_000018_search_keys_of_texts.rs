//! Search keys of what a stringer calls things in free text: a racket's nickname, and strings
//! that no catalogue has. Each database folds other letters by itself.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::prelude::Uuid;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::columns::text_null;
use crate::row_level_security::run;
use crate::search_key;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Each table with the columns whose texts make its key.
const KEYED: [(&str, &[&str]); 2] =
    [("client_rackets", &["nickname"]), ("orders", &["mains_string_text", "crosses_string_text"])];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, texts) in KEYED {
            let mut key = text_null("search_key");
            manager.alter_table(Table::alter().table(table).add_column(&mut key).take()).await?;
            run(manager, &format!("ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;")).await?;
            fill(manager, table, texts).await?;
            run(manager, &format!("ALTER TABLE {table} FORCE ROW LEVEL SECURITY;")).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, _) in KEYED {
            manager
                .alter_table(Table::alter().table(table).drop_column("search_key").take())
                .await?;
        }
        Ok(())
    }
}

async fn fill(manager: &SchemaManager<'_>, table: &str, texts: &[&str]) -> Result<(), DbErr> {
    let (db, backend) = (manager.get_connection(), manager.get_database_backend());
    let (key_mark, id_mark) = match backend {
        DbBackend::Postgres => ("$1", "$2"),
        _ => ("?", "?"),
    };
    let (columns, any) = (texts.join(", "), texts.join(", "));
    let read = format!("SELECT id, {columns} FROM {table} WHERE COALESCE({any}, '') <> ''");
    let update = format!("UPDATE {table} SET search_key = {key_mark} WHERE id = {id_mark}");
    for row in db.query_all_raw(Statement::from_string(backend, read)).await? {
        let id: Uuid = row.try_get("", "id")?;
        let said = texts.iter().map(|text| row.try_get::<Option<String>>("", text));
        let said: Vec<_> = said.collect::<Result<_, _>>()?;
        let key = search_key(said.iter().flatten().map(String::as_str));
        let values = [key.into(), id.into()];
        db.execute_raw(Statement::from_sql_and_values(backend, &update, values)).await?;
    }
    Ok(())
}
