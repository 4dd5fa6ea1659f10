//! What was erased for good leaves SQLite's files as well: a row that is emptied or deleted stays
//! in its page until something else is written there, and in the log beside the file.
//!
//! How many erasures the file was wiped after stands in its header (`user_version`), so that a
//! wiping that a crash or a reader has prevented is made up for. PostgreSQL clears its own pages;
//! no dump shows what they still have.

use loco_rs::app::AppContext;
use loco_rs::{Error, Result};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DbBackend, Statement};

use crate::settings::Settings;

/// Wipes the file, where that is owed.
///
/// # Errors
/// When another process reads or writes all the time; it is owed still.
#[expect(clippy::disallowed_methods, reason = "no transaction and no scope may be around it")]
pub async fn wipe(ctx: &AppContext) -> Result<()> {
    let url = Settings::from_context(ctx)?.database_url;
    if !url.starts_with("sqlite:") {
        return Ok(());
    }
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    let file = Database::connect(options).await?;
    let wiped = wipe_file(&file).await;
    file.close().await?;
    wiped
}

async fn wipe_file(file: &impl ConnectionTrait) -> Result<()> {
    let erasures = "SELECT count(*) FROM dsar_log WHERE event = 'scrubbed'";
    let erasures = number(file, erasures).await?;
    if number(file, "PRAGMA user_version").await? >= erasures {
        return Ok(());
    }
    file.execute_unprepared("VACUUM").await?;
    if number(file, "PRAGMA wal_checkpoint(TRUNCATE)").await? != 0 {
        return Err(Error::string("the log of the file is being read"));
    }
    file.execute_unprepared(&format!("PRAGMA user_version = {erasures}")).await?;
    Ok(())
}

/// The first number of the first row.
async fn number(file: &impl ConnectionTrait, sql: &str) -> Result<i64> {
    let row = file.query_one_raw(Statement::from_string(DbBackend::Sqlite, sql)).await?;
    let row = row.ok_or_else(|| Error::string("SQLite says nothing"))?;
    Ok(row.try_get_by_index(0)?)
}
