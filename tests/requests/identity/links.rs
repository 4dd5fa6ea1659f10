use rbo::demo;
use sea_orm::ConnectionTrait as _;

use super::follow;
use crate::support::{Kind, World};

async fn ask(world: &World, email: &str) -> String {
    let mut visitor = world.visitor();
    let page = visitor.post("/session/link", &[("email", email)]).await.sees(200);
    assert!(page.contains(email));
    world.link_to(email).await
}

#[tokio::test]
async fn a_link_names_the_account_and_its_button_signs_in() {
    let world = World::demo().await;
    let path = ask(&world, demo::MARCO).await;
    let mut visitor = world.visitor();
    let page = visitor.get(&path).await.sees(200);
    assert_eq!(page.element(".account").as_deref(), Some(demo::MARCO));
    assert_eq!(page.headers["referrer-policy"], "strict-origin");
    follow(&mut visitor, &path).await.sees(303);
    assert_eq!(visitor.get("/").await.sees(200).element("h1").as_deref(), Some("Today"));
}

#[tokio::test]
async fn a_scanner_that_follows_a_link_does_not_use_it_up_and_a_person_does() {
    let world = World::demo().await;
    let path = ask(&world, demo::MARCO).await;
    for _ in 0..3 {
        world.visitor().get(&path).await.sees(200);
    }
    let (mut first, mut second) = (world.visitor(), world.visitor());
    follow(&mut first, &path).await.sees(303);
    first.get("/").await.sees(200);
    // The page of the second was open before.
    let fields = crate::support::query(&path);
    let page = second.post_fields("/link", &fields).await.sees(422);
    assert_eq!(page.element("h1").as_deref(), Some("This link is used up"));
    second.get("/").await.sees(303);
}

#[tokio::test]
async fn of_many_who_press_the_button_at_once_one_is_in() {
    let world = World::demo().await;
    let path = ask(&world, demo::MARCO).await;
    let fields = crate::support::query(&path);
    let mut all = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (mut visitor, fields) = (world.visitor(), fields.clone());
        all.spawn(async move { visitor.post_fields("/link", &fields).await.status.as_u16() });
    }
    let mut answers = all.join_all().await;
    answers.sort_unstable();
    assert_eq!(answers, [303, 422, 422, 422, 422, 422, 422, 422]);
}

#[tokio::test]
async fn a_link_that_a_mail_program_has_mangled_is_read() {
    let world = World::demo().await;
    let path = ask(&world, demo::MARCO).await;
    for mangled in [path.replace('&', "&amp;"), format!("{path}."), format!("{path})")] {
        let page = world.visitor().get(&mangled).await.sees(200);
        assert_eq!(page.element(".account").as_deref(), Some(demo::MARCO), "{mangled}");
    }
}

#[tokio::test]
async fn a_link_of_yesterday_is_used_up() {
    let world = World::embedded(Kind::Demo).await;
    let path = ask(&world, demo::MARCO).await;
    world.age("link_tokens", "expires_at").await;
    let page = world.visitor().get(&path).await.sees(422);
    assert_eq!(page.element("h1").as_deref(), Some("This link is used up"));
    let fields = crate::support::query(&path);
    world.visitor().post_fields("/link", &fields).await.sees(422);
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_without_the_old_one_and_the_thief_is_out() {
    let world = World::demo().await;
    let mut thief = world.marco().await;
    let mut marco = world.visitor();
    marco.post("/session/recovery", &[("email", demo::MARCO)]).await.sees(200);
    let path = world.link_to(demo::MARCO).await;
    assert_eq!(follow(&mut marco, &path).await.sees(303).location(), "/settings/password");
    let page = marco.get("/settings/password").await.sees(200);
    assert!(page.element("#f-current").is_none());
    let fresh = "Neue-Saiten-7kg!";
    let to = marco.post("/settings/password", &[("password", fresh)]).await.sees(303);
    assert_eq!(to.location(), "/settings?done=password");

    if world.gotrue.is_none() {
        // gotrue's access token goes on until it ends; the embedded session ends at once.
        thief.get("/").await.sees(303);
    }
    world.visitor().sign_in(demo::MARCO, demo::PASSWORD).await.sees(422);
    world.visitor().sign_in(demo::MARCO, fresh).await.sees(303);
}

#[tokio::test]
async fn nobody_learns_who_has_an_account() {
    let world = World::demo().await;
    for path in ["/session/link", "/session/recovery"] {
        let mut pages = Vec::new();
        for email in [demo::MARCO, "nobody@example.com"] {
            let page = world.visitor().post(path, &[("email", email)]).await.sees(200);
            pages.push(page.element("main").expect("words").replace(email, "…"));
        }
        assert_eq!(pages[0], pages[1]);
    }
    if world.gotrue.is_none() {
        world.mail(demo::MARCO, 0).await;
        assert!(world.mails_to("nobody@example.com").is_empty());
    }
    let page = world.visitor().post("/session/link", &[("email", "no address")]).await.sees(422);
    assert_eq!(page.value("#f-email").as_deref(), Some("no address"));
    assert!(page.marked("email").is_some());
}

#[tokio::test]
async fn a_mail_speaks_the_visitors_language_and_has_both_bodies() {
    let world = World::embedded(Kind::Demo).await;
    let mut visitor = world.visitor().in_german();
    visitor.post("/session/link", &[("email", demo::MARCO)]).await.sees(200);
    let mail = world.mail(demo::MARCO, 0).await;
    assert_eq!(mail.subject, "Dein Link zum Anmelden");
    assert!(mail.html.contains("Anmelden") && mail.html.contains(&mail.secret()));
    // The address in the page is escaped, the one in the text is not.
    assert!(mail.text.contains("type=magiclink&token_hash="));
    // Whoever asks ten times fills nobody's mailbox.
    for _ in 0..5 {
        visitor.post("/session/link", &[("email", demo::MARCO)]).await.sees(200);
    }
    assert_eq!(world.mails_to(demo::MARCO).len(), 1);
}

#[tokio::test]
async fn what_is_kept_of_a_link_opens_nothing() {
    let world = World::embedded(Kind::Demo).await;
    ask(&world, demo::MARCO).await;
    let secret = world.mail(demo::MARCO, 0).await.secret();
    let raw = world.beneath().await;
    let rows = raw.query_all_raw(sea_orm::Statement::from_string(
        raw.get_database_backend(),
        "SELECT token_hash FROM link_tokens",
    ));
    for row in rows.await.expect("rows") {
        let kept: String = row.try_get("", "token_hash").expect("a hash");
        assert_ne!(kept, secret);
        let path = format!("/link?type=magiclink&token_hash={kept}");
        world.visitor().get(&path).await.sees(422);
    }
}

#[tokio::test]
async fn a_mail_that_cannot_be_sent_stays_owed_and_blocks_nobody() {
    let world = World::with(Kind::Demo, |config| {
        let nowhere = serde_json::json!({
            "smtp": { "enable": true, "host": "127.0.0.1", "port": 9, "secure": false }
        });
        config.mailer = Some(serde_json::from_value(nowhere).expect("a mailer"));
    })
    .await;
    let mut visitor = world.visitor();
    visitor.post("/session/link", &[("email", demo::MARCO)]).await.sees(200);
    let raw = world.beneath().await;
    let sql = "SELECT state, attempts FROM outbox";
    for _ in 0..300 {
        let row = sea_orm::Statement::from_string(raw.get_database_backend(), sql);
        let row = raw.query_one_raw(row).await.expect("rows").expect("a row");
        assert_eq!(row.try_get::<String>("", "state").expect("a state"), "owed");
        if row.try_get::<i64>("", "attempts").expect("a number") == 1 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("nobody tried to send it");
}
