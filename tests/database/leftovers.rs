//! The databases of tests that have ended.

use std::time::Duration;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use url::Url;

pub use super::row_level_security::needs;
use crate::support::database::{self, Scratch};
use crate::support::harness::{Case, cases};

/// The tests of this file.
pub fn tests() -> Vec<Case> {
    cases![one_that_is_in_use_is_dropped_later_and_keeps_no_other]
}

async fn until_it_is_gone(server: &DatabaseConnection, name: &str) {
    let sql = "SELECT 1 FROM pg_database WHERE datname = $1";
    let there = || Statement::from_sql_and_values(DbBackend::Postgres, sql, [name.into()]);
    for _ in 0..300 {
        if server.query_one_raw(there()).await.expect("an answer").is_none() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{name} is still there");
}

async fn one_that_is_in_use_is_dropped_later_and_keeps_no_other() {
    let server = Database::connect(database::owner().expect("a server")).await.expect("a server");
    let (used, idle) = (Scratch::make().await, Scratch::make().await);
    let name = |scratch: &Scratch| {
        Url::parse(&scratch.url).expect("an address").path().trim_start_matches('/').to_owned()
    };
    // Whom its owner may not send away, as the server's own workers.
    let stranger = format!("rbo_stranger_{}", std::process::id());
    let role = format!("CREATE ROLE {stranger} LOGIN PASSWORD '{stranger}'");
    server.execute_unprepared(&role).await.expect("a role");
    let mut at = Url::parse(&used.url).expect("an address");
    at.set_username(&stranger).and_then(|()| at.set_password(Some(&stranger))).expect("an address");
    let at_work = Database::connect(at.as_str()).await.expect("connected");
    let (used_name, idle_name) = (name(&used), name(&idle));
    drop(used);
    tokio::time::sleep(Duration::from_millis(500)).await;
    drop(idle);
    until_it_is_gone(&server, &idle_name).await;
    at_work.ping().await.expect("still at work");
    at_work.close().await.expect("closed");
    until_it_is_gone(&server, &used_name).await;
    server.execute_unprepared(&format!("DROP ROLE {stranger}")).await.expect("no role");
}
