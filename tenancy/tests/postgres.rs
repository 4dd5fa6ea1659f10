//! What only PostgreSQL can tell: the settings that a transaction announces its scope by.
//! Listed as ignored without `TENANCY_TEST_POSTGRES_URL`.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "a test may fail loudly, and looks beneath the handle"
)]

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, DbBackend, Statement};
use sea_orm_tenancy::{Db, Policy, Registry, RowLevelSecurity, Scope, SessionSettings, TenantId};

fn main() -> ExitCode {
    let server = std::env::var("TENANCY_TEST_POSTGRES_URL").ok().filter(|url| !url.is_empty());
    let is_missing = server.is_none();
    let test = Trial::test("a_transaction_says_who_it_is_and_leaves_nothing_behind", move || {
        let runtime = tokio::runtime::Runtime::new()?;
        runtime.block_on(announces(&server.ok_or("no TENANCY_TEST_POSTGRES_URL")?));
        Ok(())
    });
    let test = if is_missing { test.with_kind("no TENANCY_TEST_POSTGRES_URL") } else { test };
    let tests = vec![test.with_ignored_flag(is_missing)];
    libtest_mimic::run(&Arguments::from_args(), tests).exit_code()
}

async fn announces(server: &str) {
    let mut options = ConnectOptions::new(server);
    options.max_connections(1).sqlx_logging(false);
    let raw = Database::connect(options).await.unwrap();
    for sql in [
        "CREATE TEMPORARY TABLE notes (id BIGINT, tenant_id BIGINT, text TEXT)",
        "INSERT INTO notes VALUES (1, 7, ''), (2, 8, '')",
        "CREATE FUNCTION pg_temp.tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
         NEW.text := current_setting('app.tenant_id', true); RETURN NEW; END $$",
        "CREATE TRIGGER tell BEFORE UPDATE ON notes FOR EACH ROW EXECUTE FUNCTION pg_temp.tell()",
    ] {
        raw.execute_unprepared(sql).await.unwrap();
    }
    let columns = ["id", "tenant_id", "text"].map(str::to_owned).to_vec();
    let notes = Policy::named("notes", columns)
        .read("this.tenant_id = :me")
        .update("this.tenant_id = :me")
        .only_settable(&["text"]);
    let settings = SessionSettings {
        tenant: "app.tenant_id",
        person: "app.person_id",
        purpose: "app.purpose",
    };
    let rls = RowLevelSecurity { settings, step_down: None, bypass: "none" };
    let db = Db::unbound(raw.clone(), Registry::new([notes]), rls);
    let mine = db.bind(Scope::Tenant(TenantId::from(7)));
    mine.execute_unprepared("UPDATE notes SET text = 'x'").await.unwrap();
    let told = "SELECT string_agg(text, ',' ORDER BY id) AS told, \
        COALESCE(current_setting('app.tenant_id', true), '') AS left_behind FROM notes";
    let row = raw.query_one_raw(Statement::from_string(DbBackend::Postgres, told)).await.unwrap();
    let row = row.unwrap();
    assert_eq!(row.try_get::<String>("", "told").unwrap(), "7,");
    assert_eq!(row.try_get::<String>("", "left_behind").unwrap(), "");
}
