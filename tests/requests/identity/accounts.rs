use rbo::demo;
use rbo::models::drafts;
use rbo::models::submissions::{Opened, Submission, Ticket};
use rbo::workers::sweep;
use sea_orm::ConnectionTrait as _;

use crate::support::{Kind, World};

const FRESH: &str = "Neue-Saiten-7kg!";

#[tokio::test]
async fn a_password_is_changed_with_the_old_one_and_every_other_device_is_out() {
    let world = World::demo().await;
    let (mut here, mut there) = (world.marco().await, world.marco().await);
    for (current, password, marked) in [
        ("wrong", FRESH, "current"),
        ("", FRESH, "current"),
        (demo::PASSWORD, "Short-1a", "password"),
        (demo::PASSWORD, "Marco@example.com1", "password"),
        (demo::PASSWORD, demo::PASSWORD, "password"),
    ] {
        let fields = [("current", current), ("password", password)];
        let page = here.post("/settings/password", &fields).await.sees(422);
        assert!(page.marked(marked).is_some(), "{current} {password}");
        assert!(!page.contains(&format!("value=\"{password}\"")));
    }
    there.get("/").await.sees(200);
    let fields = [("current", demo::PASSWORD), ("password", FRESH)];
    here.post("/settings/password", &fields).await.sees(303);
    here.get("/settings?done=password").await.sees(200);
    there.cookies.insert("rbo_access".into(), "expired".into());
    there.get("/").await.sees(303);
    world.visitor().sign_in(demo::MARCO, demo::PASSWORD).await.sees(422);
    world.visitor().sign_in(demo::MARCO, FRESH).await.sees(303);
}

#[tokio::test]
async fn sessions_are_listed_and_ended_one_by_one_or_all_others() {
    let world = World::embedded(Kind::Demo).await;
    let (mut here, mut there, mut elsewhere) =
        (world.marco().await, world.marco().await, world.marco().await);
    let list = here.get("/settings").await.sees(200);
    let rows = list.text().matches("/settings/sessions/").count();
    assert_eq!(rows, 2, "the others can be ended, this one not");
    let one = list.attribute("form[action^='/settings/sessions/']", "action").expect("a row");
    // Somebody else's session is nobody's to end.
    world.stefan().await.delete(&one).await.sees(303);
    let still = |page: crate::support::Answer| page.status == 200;
    assert!(still(there.get("/").await) && still(elsewhere.get("/").await));
    here.delete(&one).await.sees(303);
    let open = [still(there.get("/").await), still(elsewhere.get("/").await)];
    assert_eq!(open.iter().filter(|is_open| **is_open).count(), 1);
    here.delete("/settings/sessions").await.sees(303);
    assert!(!still(there.get("/").await) && !still(elsewhere.get("/").await));
    here.get("/").await.sees(200);
}

#[tokio::test]
async fn a_session_that_nobody_used_for_two_months_is_over() {
    let world = World::embedded(Kind::Demo).await;
    let mut marco = world.marco().await;
    marco.get("/").await.sees(200);
    world.age("sessions", "created_at").await;
    marco.get("/").await.sees(303);
}

#[tokio::test]
async fn every_answer_is_hardened() {
    let world = World::with(Kind::Demo, |config| {
        config.settings.as_mut().expect("settings")["public_url"] =
            "https://book.example.ch".into();
    })
    .await;
    let mut visitor = world.visitor();
    for path in [
        "/session/new",
        "/nothing",
        "/static/app.css",
        "/healthz",
        "/auth/v1/health",
        "/auth/v1/user",
    ] {
        let answer = visitor.get(path).await;
        let header = |name: &str| {
            let value = answer.headers.get(name).unwrap_or_else(|| panic!("{path}: no {name}"));
            value.to_str().expect("text").to_owned()
        };
        let policy = header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        for part in
            ["frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "object-src 'none'"]
        {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(header("strict-transport-security").starts_with("max-age=63072000"));
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("x-frame-options"), "DENY");
        assert_eq!(header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(header("cross-origin-resource-policy"), "same-origin");
        assert!(header("permissions-policy").contains("camera=()"));
        assert_eq!(header("x-request-id").len(), 32);
        assert!(answer.headers.get("access-control-allow-origin").is_none());
    }
    let cookie = visitor.get("/session/new").await;
    drop(cookie);
    assert!(
        visitor.cookies.keys().all(|name| name.starts_with("__Host-")),
        "{:?}",
        visitor.cookies
    );
}

#[tokio::test]
async fn the_name_of_a_request_is_ours_whatever_the_client_says() {
    let world = World::demo().await;
    let mut visitor = world.visitor();
    let sent = [("x-request-id", "mine\"}{")];
    let answer = visitor.send(axum::http::Method::GET, "/session/new", &sent, None).await;
    assert_ne!(answer.headers["x-request-id"], "mine\"}{");
    let first = answer.headers["x-request-id"].clone();
    assert_ne!(visitor.get("/session/new").await.headers["x-request-id"], first);
}

#[tokio::test]
async fn what_nobody_needs_any_more_is_forgotten_and_the_rest_stays() {
    let world = World::embedded(Kind::Demo).await;
    let (_me, db) = world.at_work(demo::STEFAN).await;
    let ticket = Ticket { key: Some(uuid::Uuid::now_v7()), digest: "all fields".into() };
    let Opened::New(submission) = Submission::open(&db, &ticket).await.expect("open") else {
        panic!("a new ticket was used before");
    };
    submission.done("/orders").await.expect("taken");
    drafts::Entity::keep(&db, "labor=25".into()).await.expect("kept");
    world.visitor().post("/session/link", &[("email", demo::MARCO)]).await.sees(200);
    world.link_to(demo::MARCO).await;
    let mut marco = world.marco().await;
    sweep::forget(&world.ctx).await.expect("forgotten");
    for table in ["outbox", "link_tokens", "sessions", "refresh_tokens", "submissions", "drafts"] {
        assert!(world.rows(table).await > 0, "{table} is forgotten too early");
    }
    marco.get("/").await.sees(200);
    // Half a year later, all but a session that has just begun.
    for (table, column) in [
        ("outbox", "created_at"),
        ("link_tokens", "expires_at"),
        ("sessions", "created_at"),
        ("submissions", "created_at"),
        ("drafts", "created_at"),
    ] {
        world.age(table, column).await;
    }
    let mut stefan = world.stefan().await;
    sweep::forget(&world.ctx).await.expect("forgotten");
    for (table, left) in [
        ("outbox", 0),
        ("link_tokens", 0),
        ("sessions", 1),
        ("refresh_tokens", 1),
        ("submissions", 0),
        ("drafts", 0),
    ] {
        assert_eq!(world.rows(table).await, left, "{table}");
    }
    stefan.get("/").await.sees(200);
    marco.get("/").await.sees(303);
}

#[tokio::test]
async fn an_admin_is_told_that_mails_were_given_up() {
    let world = World::embedded(Kind::Demo).await;
    let mailer = async || -> String {
        let health = world.visitor().get("/healthz").await.sees(200);
        let health: serde_json::Value = serde_json::from_str(&health.text()).expect("JSON");
        health["mailer"].as_str().expect("a word").to_owned()
    };
    assert_eq!(mailer().await, "configured");
    world.visitor().post("/session/link", &[("email", demo::MARCO)]).await.sees(200);
    world.link_to(demo::MARCO).await;
    // A letter is out before its row says so.
    for _ in 0..1_000 {
        if world.rows("outbox WHERE state = 'sent'").await == 1 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    let raw = world.beneath().await;
    raw.execute_unprepared("UPDATE outbox SET state = 'dropped'").await.expect("given up");
    assert_eq!(mailer().await, "failing");
    let told = |page: crate::support::Answer| page.contains("Mailserver");
    assert!(told(world.stefan().await.get("/").await.sees(200)));
    assert!(!told(world.marco().await.get("/").await.sees(200)));
    // A day later it is the past.
    world.age("outbox", "created_at").await;
    assert_eq!(mailer().await, "configured");
}
