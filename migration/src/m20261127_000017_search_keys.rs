//! Search keys without accents, so that `muller` finds Müller.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::prelude::Uuid;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::row_level_security::run;
use crate::search_key;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["client_profiles", "rackets", "strings"] {
            run(manager, &format!("ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;")).await?;
            renew(manager, table).await?;
            run(manager, &format!("ALTER TABLE {table} FORCE ROW LEVEL SECURITY;")).await?;
        }
        Ok(())
    }

    /// What was folded is good enough for who folds less.
    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Ok(())
    }
}

/// The key of a key is the key of what it was made of.
async fn renew(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    let (db, backend) = (manager.get_connection(), manager.get_database_backend());
    let all = Statement::from_string(backend, format!("SELECT id, search_key FROM {table}"));
    let (key_mark, id_mark) = match backend {
        DbBackend::Postgres => ("$1", "$2"),
        _ => ("?", "?"),
    };
    let update = format!("UPDATE {table} SET search_key = {key_mark} WHERE id = {id_mark}");
    for row in db.query_all_raw(all).await? {
        let id: Uuid = row.try_get("", "id")?;
        let old: String = row.try_get("", "search_key")?;
        let new = search_key([old.as_str()]);
        if new != old {
            let values = [new.into(), id.into()];
            db.execute_raw(Statement::from_sql_and_values(backend, &update, values)).await?;
        }
    }
    Ok(())
}
