//! The application's own way to the database. The only place that opens one.

mod pooler;
mod wiping;

pub use wiping::wipe;

use std::time::Duration;

use loco_rs::app::AppContext;
use loco_rs::{Error, Result};

#[expect(clippy::disallowed_types, reason = "the pool, before it is bound to nobody")]
use sea_orm::DatabaseConnection;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DbBackend, Statement};
use sea_orm_tenancy::{Db, PASSED, RowLevelSecurity, Scope, SessionSettings};

use crate::models;
use crate::settings::Settings;

/// More than a page of a list.
const ROWS_AHEAD: usize = 256;

/// The restricted role that PostgreSQL's policies are written for.
pub const APP_ROLE: &str = "rbo_app";

/// The role that reads across tenants, for the bypass alone.
const BYPASS_ROLE: &str = "rbo_bypass";

/// What PostgreSQL's policies read, in `migration/src/m20261124_000007_walls.rs`.
const SETTINGS: SessionSettings =
    SessionSettings { tenant: "rbo.stringer_id", person: "rbo.person_id", purpose: "rbo.purpose" };

/// Opens a pool of so many connections and binds it to nobody.
///
/// # Errors
/// With a sentence that says what to do.
#[expect(clippy::disallowed_methods, reason = "the pool has to be opened somewhere")]
pub async fn open(url: &str, connections: u32) -> Result<Db> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(10))
        // After a busy minute its caches and statements are memory that nobody needs.
        .idle_timeout(Duration::from_secs(30))
        // What was in use a moment ago answers still; asking first is a round trip each time.
        .test_before_acquire_if_idle_for(Duration::from_secs(15))
        // At the level of the chokepoint's own account, so that the two can be compared.
        .sqlx_logging(tracing::event_enabled!(target: PASSED, tracing::Level::TRACE))
        .sqlx_logging_level(log::LevelFilter::Trace)
        // A connection's own settings, so for every one of the pool; loco sets them
        // on one alone.
        .map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .foreign_keys(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Normal)
                // A page's rows and one more: the reader's thread need not wait in the middle.
                .row_buffer_size(ROWS_AHEAD)
                .busy_timeout(Duration::from_secs(5))
        });
    let pool = Database::connect(options).await?;
    if pool.get_database_backend() == DbBackend::Postgres {
        pooler::prove(&pool).await?;
    }
    let rls = row_level_security(&pool).await?;
    Ok(Db::unbound(pool, models::registry(), rls))
}

/// The application's own pool, once. Not when the context is made: `db migrate` has
/// to run before the pool's role exists.
///
/// # Errors
/// With a sentence that says what to do.
pub async fn open_once(ctx: &AppContext) -> Result<()> {
    if !ctx.shared_store.contains::<Db>() {
        let settings = Settings::from_context(ctx)?;
        let db = open(&settings.database_url, settings.database_connections).await?;
        ctx.shared_store.insert(db);
    }
    Ok(())
}

/// Which way PostgreSQL's row-level security is told: by the login itself, or by stepping
/// down from a login that owns the tables.
#[expect(clippy::disallowed_types, reason = "the pool, before it is bound to nobody")]
async fn row_level_security(pool: &DatabaseConnection) -> Result<RowLevelSecurity> {
    let by_login = RowLevelSecurity { settings: SETTINGS, step_down: None, bypass: BYPASS_ROLE };
    if pool.get_database_backend() != DbBackend::Postgres {
        return Ok(by_login);
    }
    let sql = format!(
        "SELECT current_user = '{APP_ROLE}' AS is_app, \
         EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{APP_ROLE}') \
         AND pg_has_role(current_user, '{APP_ROLE}', 'MEMBER') AS may_step_down, \
         EXISTS (SELECT 1 FROM pg_roles AS app, pg_roles AS bypass \
         WHERE app.rolname = '{APP_ROLE}' AND bypass.rolname = '{BYPASS_ROLE}' \
         AND pg_has_role(app.oid, bypass.oid, 'USAGE')) AS inherits"
    );
    let row = pool.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    let row = row.ok_or_else(|| Error::string("PostgreSQL does not say who we are"))?;
    if row.try_get("", "inherits")? {
        return Err(Error::string(
            "rbo_app inherits rbo_bypass, whose policies would then be everybody's; run \
             REVOKE rbo_bypass FROM rbo_app, ALTER ROLE rbo_app NOINHERIT, and \
             GRANT rbo_bypass TO rbo_app as their owner",
        ));
    }
    if row.try_get("", "is_app")? {
        Ok(by_login)
    } else if row.try_get("", "may_step_down")? {
        Ok(RowLevelSecurity { step_down: Some(APP_ROLE), ..by_login })
    } else {
        Err(Error::string(
            "DATABASE_URL must log in as rbo_app, or as a role that is a member of it; \
             run `db migrate` with MIGRATION_DATABASE_URL first",
        ))
    }
}

/// A handle for one scope.
///
/// # Errors
/// When the application has not booted.
pub fn scoped_db(ctx: &AppContext, scope: Scope) -> Result<Db> {
    let unbound = ctx.shared_store.get_ref::<Db>();
    unbound.map(|db| db.bind(scope)).ok_or_else(|| Error::string("no database"))
}
