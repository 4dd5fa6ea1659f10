//! Every statement that the driver is given has passed the chokepoint; and no token is in
//! the log of the whole request suite.

use std::collections::BTreeMap;
use std::process::Command;

use sea_orm_tenancy::PASSED;
use serde_json::Value as Json;

use crate::support::statement_log;

/// What `Scoped` and the pool say by themselves, with nothing of anybody in it.
const OURS: [&str; 12] = [
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
    "SAVEPOINT",
    "RELEASE",
    "PRAGMA",
    "SELECT set_config('rbo.stringer_id', $1, true)",
    // The proof of the pooler and of the role, before anybody is served.
    "SELECT current_user = 'rbo_app'",
    "SELECT CAST($1 AS BIGINT) * 1000 +",
    "SELECT sqlite_version()",
    "SET TRANSACTION READ ONLY",
    // While a book is filled, so that what looks keys up sees how large it has become.
    "DISCARD PLANS",
];

/// Whose tokens the request tests of the account run with, where it is to be a gotrue's: they
/// run a second time here, and it need not be as the first time.
const TOKENS: &str = "RBO_TEST_ACCOUNT_TOKENS";

/// The request tests once more, in a process of their own whose two accounts are kept.
#[test]
fn the_drivers_account_of_the_request_tests_is_the_chokepoints() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("statements.jsonl");
    let algorithm = std::env::var_os(TOKENS);
    let tests = Command::new(std::env::current_exe().unwrap())
        .envs(algorithm.map(|algorithm| (crate::support::TOKENS, algorithm)))
        // Two of them have a log of their own.
        .args(["requests::", "--test-threads=2", "--skip", "identity::logs", "--skip", "budgets"])
        .env(statement_log::PATH, &path)
        .output()
        .unwrap();
    assert!(tests.status.success(), "{}", String::from_utf8_lossy(&tests.stdout));

    let (mut passed, mut sent) = (BTreeMap::new(), BTreeMap::new());
    for line in std::fs::read_to_string(&path).unwrap().lines() {
        let line: Json = serde_json::from_str(line).unwrap();
        let fields = &line["fields"];
        if line["target"] == PASSED {
            count(&mut passed, fields["sql"].as_str().unwrap());
        } else if line["level"] == "TRACE" {
            // The application's own pool; the owner's and the queue's speak louder.
            let whole = fields["db.statement"].as_str().unwrap().trim();
            let sql = if whole.is_empty() { fields["summary"].as_str().unwrap() } else { whole };
            if !OURS.iter().any(|ours| sql.starts_with(ours)) {
                count(&mut sent, sql);
            }
        }
    }
    let (went, came): (usize, usize) = (sent.values().sum(), passed.values().sum());
    assert!(went > 1000, "only {went} statements");
    let past = sent.iter().filter(|(sql, times)| passed.get(*sql).is_none_or(|p| p < *times));
    assert_eq!(past.collect::<Vec<_>>(), Vec::new(), "sent more often than passed");
    // And in all that these tests have logged there is no token.
    let log = std::fs::read_to_string(statement_log::whole(path.to_str().unwrap())).unwrap();
    assert!(log.matches("\"answered\"").count() > 500, "hardly anything was logged");
    assert_eq!(crate::support::leaks(&log), Vec::<String>::new(), "a token is in the log");
    // What passed and was not sent: a sweeper whose test had ended.
    assert!((came - went) * 100 < went, "{came} passed, {went} were sent");
}

fn count(counts: &mut BTreeMap<String, usize>, sql: &str) {
    let words = sql.split_whitespace().collect::<Vec<_>>().join(" ");
    *counts.entry(words).or_default() += 1;
}
