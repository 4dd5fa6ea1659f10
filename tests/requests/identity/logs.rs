//! No token reaches a log, at any level.

use rbo::demo;
use tracing::instrument::WithSubscriber as _;

use super::{follow, invite};
use crate::support::log::Log;
use crate::support::{Kind, World, leaks};

#[tokio::test]
async fn a_whole_sign_in_leaves_no_token_in_the_log_and_each_line_names_its_request() {
    let log = Log::at(tracing::Level::TRACE);
    let secrets = async {
        let world = World::embedded(Kind::Demo).await;
        let path = invite(&world, "vera@example.ch").await;
        let mut vera = world.visitor();
        follow(&mut vera, &path).await.sees(303);
        vera.get("/welcome?a-query=of-no-interest").await.sees(200);
        let mut marco = world.marco().await;
        let old = marco.cookies.clone();
        marco.cookies.insert("rbo_access".into(), "expired".into());
        marco.get("/").await.sees(200);
        let mut secrets: Vec<String> =
            crate::support::query(&path).into_iter().map(|f| f.1).collect();
        secrets.retain(|secret| secret.len() > 20);
        for jar in [&old, &marco.cookies, &vera.cookies] {
            secrets.extend(["rbo_access", "rbo_refresh"].map(|name| jar[name].clone()));
        }
        secrets.push(demo::PASSWORD.to_owned());
        secrets
    };
    let secrets = secrets.with_subscriber(log.subscriber.clone()).await;
    let log = log.text();
    assert!(secrets.len() > 6 && log.lines().count() > 20, "{}", log.lines().count());
    for secret in secrets {
        assert!(!log.contains(&secret), "a secret is in the log");
    }
    assert_eq!(leaks(&log), Vec::<String>::new());
    assert!(!log.contains("a-query"), "a query is in the log");
    let answered: Vec<serde_json::Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .filter(|line: &serde_json::Value| line["fields"]["message"] == "answered")
        .collect();
    assert!(answered.len() > 5);
    for line in &answered {
        assert_eq!(line["span"]["request_id"].as_str().expect("a name").len(), 32, "{line}");
    }
    assert!(answered.iter().any(|line| line["span"]["stringer"].is_string()));
}

#[test]
fn what_looks_like_a_token_is_found() {
    let jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl";
    let secret = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    for line in [format!("cookie: {jwt}"), format!("token_hash={secret}&"), "Bearer abcdef0".into()]
    {
        assert_eq!(leaks(&line).len(), 1, "{line}");
    }
    assert!(leaks("request_id 01a20e2e57ca743ab1dd063efa742801 of /orders").is_empty());
}
