use rbo::demo;
use sea_orm::{ConnectionTrait as _, Statement};

use super::{ADMIN, WORKSHOP, follow, invite};
use crate::support::{Kind, World};

const VERA: &str = "vera@example.ch";

#[tokio::test]
async fn who_is_invited_fills_in_one_page_and_sees_an_empty_workspace() {
    let world = World::demo().await;
    let path = invite(&world, VERA).await;
    let mut vera = world.visitor().in_german();
    let page = vera.get(&path).await.sees(200);
    assert_eq!(page.element(".account").as_deref(), Some(VERA));
    assert_eq!(follow(&mut vera, &path).await.sees(303).location(), "/");
    // Whatever page is asked for, the first one comes first.
    assert_eq!(vera.get("/clients").await.sees(303).location(), "/welcome");
    let page = vera.get("/welcome").await.sees(200);
    assert_eq!(page.value("#f-time_zone").as_deref(), Some("Europe/Zurich"));
    assert_eq!(page.element("#f-currency option[selected]").as_deref(), Some("CHF"));
    assert_eq!(page.element("#f-locale option[selected]").as_deref(), Some("Deutsch"));

    let mut wrong = WORKSHOP;
    (wrong[0].1, wrong[2].1) = ("", "Mars/Olympus");
    let page = vera.post("/welcome", &wrong).await.sees(422);
    assert!(page.marked("display_name").is_some());
    assert_eq!(page.value("#f-time_zone").as_deref(), Some("Mars/Olympus"));

    assert_eq!(vera.post("/welcome", &WORKSHOP).await.sees(303).location(), "/");
    let home = vera.get("/").await.sees(200);
    assert!(home.contains("Deine erste Besaitung") || home.contains("erste"), "{}", home.text());
    assert_eq!(vera.get("/clients").await.sees(200).element(".client"), None);
    // Sent again, it makes no second workshop.
    assert_eq!(vera.post("/welcome", &WORKSHOP).await.sees(303).location(), "/");
    let list = world.stefan().await.get("/admin/stringers").await.sees(200);
    assert_eq!(list.text().matches(VERA).count(), 1);
    // No password yet; a link brings her in again.
    world.visitor().sign_in(VERA, demo::PASSWORD).await.sees(422);
    world.visitor().post("/session/link", &[("email", VERA)]).await.sees(200);
}

#[tokio::test]
async fn an_invitation_is_good_for_the_invited_alone() {
    let world = World::demo().await;
    let path = invite(&world, VERA).await;
    // Marco, signed in, finds Vera's mail: the page tells him whose it is, and pressing
    // the button makes him her, not her his.
    let mut marco = world.marco().await;
    let page = marco.get(&path).await.sees(200);
    assert_eq!(page.element(".account").as_deref(), Some(VERA));
    assert!(page.element("[role=status]").expect("a warning").contains(demo::MARCO));
    follow(&mut marco, &path).await.sees(303);
    assert_eq!(marco.get("/").await.sees(303).location(), "/welcome");
    // His own workshop is his still.
    world.marco().await.get("/").await.sees(200);
    // And the link is used up.
    world.visitor().get(&path).await;
    let fields = crate::support::query(&path);
    world.visitor().post_fields("/link", &fields).await.sees(422);
}

#[tokio::test]
async fn a_link_of_ones_own_does_not_carry_somebody_elses_invitation() {
    let world = World::demo().await;
    let theirs = invite(&world, VERA).await;
    let theirs = crate::support::query(&theirs);
    let value = |name: &str| theirs.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone());
    let stolen = value("invitation").filter(|v| !v.is_empty()).or_else(|| value("token_hash"));
    // Somebody with an account and no workshop, who has seen Vera's mail.
    let thief = "thief@example.com";
    world.account(thief).await;
    world.visitor().post("/session/link", &[("email", thief)]).await.sees(200);
    let mut own = crate::support::query(&world.link_to(thief).await);
    own.retain(|(name, _)| name != "invitation");
    own.push(("invitation".to_owned(), stolen.expect("a secret")));
    let mut visitor = world.visitor();
    visitor.post_fields("/link", &own).await.sees(422);
    assert_eq!(visitor.get("/").await.sees(303).location(), "/session/new");
    // Vera's is as good as before.
    let path = world.link_to(VERA).await;
    let mut vera = world.visitor();
    follow(&mut vera, &path).await.sees(303);
    assert_eq!(vera.get("/").await.sees(303).location(), "/welcome");
}

#[tokio::test]
async fn a_lapsed_link_of_an_invitation_is_mailed_again_to_the_invited_alone() {
    let world = World::embedded(Kind::Demo).await;
    let path = invite(&world, VERA).await;
    world.age("invitations", "link_expires_at").await;
    world.age("outbox", "created_at").await;
    let mut visitor = world.visitor();
    let page = visitor.get(&path).await.sees(422);
    let fields = page.form("form[action='/link/again']");
    let fields: Vec<_> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    visitor.post_as_is("/link/again", &fields).await.sees(200);
    let fresh = world.mail(VERA, 1).await.path();
    assert_ne!(fresh, path);
    follow(&mut visitor, &fresh).await.sees(303);
    assert_eq!(visitor.get("/").await.sees(303).location(), "/welcome");
}

#[tokio::test]
async fn a_withdrawn_invitation_opens_nothing() {
    let world = World::demo().await;
    let path = invite(&world, VERA).await;
    let mut admin = world.stefan().await;
    let list = admin.get("/admin/invitations").await.sees(200);
    let action = list.attribute("form[action^='/admin/invitations/']", "action");
    let action = action.expect("a row").trim_end_matches("/mail").to_owned();
    admin.delete(&action).await.sees(303);
    let mut vera = world.visitor();
    let fields = crate::support::query(&path);
    vera.post_fields("/link", &fields).await.sees(422);
    // Once it was accepted it can be taken back as long as nobody has joined.
    let path = invite_again(&world).await;
    follow(&mut vera, &path).await.sees(303);
    vera.get("/welcome").await.sees(200);
    let list = admin.get("/admin/invitations").await.sees(200);
    let accepted = list.attribute("form[action^='/admin/invitations/']", "action");
    let accepted = accepted.expect("a row").trim_end_matches("/mail").to_owned();
    admin.delete(&accepted).await.sees(303);
    assert_eq!(vera.post("/welcome", &WORKSHOP).await.sees(303).location(), "/");
    assert_eq!(vera.get("/").await.sees(303).location(), "/access");
}

async fn invite_again(world: &World) -> String {
    if world.gotrue.is_none() {
        world.age("outbox", "created_at").await;
    }
    let before = world.count_mails_to(VERA);
    let mut admin = world.stefan().await;
    let fields = [("email", VERA), ("locale", "de")];
    admin.post("/admin/invitations", &fields).await.sees(303);
    world.link_after(VERA, before).await
}

#[tokio::test]
async fn inviting_is_the_admins_and_stands_in_the_log_with_the_requests_name() {
    let world = World::demo().await;
    let mut marco = world.marco().await;
    for page in ["/admin/invitations", "/admin/stringers"] {
        marco.get(page).await.sees(404);
    }
    marco.post("/admin/invitations", &[("email", VERA)]).await.sees(404);
    world.visitor().get("/admin/invitations").await.sees(303);

    let mut admin = world.stefan().await;
    let answer = admin.post("/admin/invitations", &[("email", VERA)]).await.sees(303);
    let name = answer.headers["x-request-id"].to_str().expect("a name").to_owned();
    let raw = world.beneath().await;
    let sql =
        "SELECT act, reason, request_id FROM admin_audit_log WHERE ends IS NULL ORDER BY at DESC";
    let row = Statement::from_string(raw.get_database_backend(), sql);
    let row = raw.query_one_raw(row).await.expect("rows").expect("an entry");
    assert_eq!(row.try_get::<String>("", "act").expect("an act"), "invite_stringer");
    assert_eq!(row.try_get::<String>("", "reason").expect("a reason"), format!("invite {VERA}"));
    assert_eq!(row.try_get::<String>("", "request_id").expect("a name"), name);
    // Who strings here is not invited again, and what was typed is kept.
    for (email, marked) in [(demo::MARCO, "email"), ("nobody", "email"), ("", "email")] {
        let page = admin.post("/admin/invitations", &[("email", email)]).await.sees(422);
        assert!(page.marked(marked).is_some(), "{email}");
        assert_eq!(page.value("#f-email").as_deref(), Some(email));
    }
}

#[tokio::test]
async fn without_a_mail_server_the_admin_hands_the_link_over() {
    let world = World::with(Kind::Demo, |config| config.mailer = None).await;
    let mut admin = world.stefan().await;
    let page = admin.post("/admin/invitations", &[("email", VERA)]).await.sees(200);
    let link = page.value("#f-link").expect("a link");
    let link = url::Url::parse(&link).expect("an address");
    let path = format!("{}?{}", link.path(), link.query().expect("a query"));
    let mut vera = world.visitor();
    // No page offers a mail that nobody would send.
    assert!(!vera.get("/session/new").await.sees(200).contains("/session/link"));
    follow(&mut vera, &path).await.sees(303);
    // A password is the only way back in, so the first page asks for one.
    let page = vera.post("/welcome", &WORKSHOP).await.sees(422);
    assert!(page.marked("password").is_some());
    let password = "Neue-Saiten-7kg!";
    let fields: Vec<_> = WORKSHOP.into_iter().chain([("password", password)]).collect();
    vera.post("/welcome", &fields).await.sees(303);
    vera.get("/").await.sees(200);
    world.visitor().sign_in(VERA, password).await.sees(303);
}

#[tokio::test]
async fn a_forgotten_password_without_a_mail_server_is_replaced_by_a_link_from_the_admin() {
    let world = World::with(Kind::Demo, |config| config.mailer = None).await;
    let mut marco = world.marco().await;
    marco.post("/admin/stringers/00000000-0000-0000-0000-000000000000/link", &[]).await.sees(404);
    let mut admin = world.stefan().await;
    let list = admin.get("/admin/stringers").await.sees(200);
    let act = list.attribute("form[action$='/link']", "action").expect("a row");
    let by_hand = |page: crate::support::Answer| {
        let link = url::Url::parse(&page.value("#f-link").expect("a link")).expect("an address");
        format!("{}?{}", link.path(), link.query().expect("a query"))
    };
    let former = by_hand(admin.post(&act, &[]).await.sees(200));
    let path = by_hand(admin.post(&act, &[]).await.sees(200));
    // The newest link is the only one.
    world.visitor().get(&former).await.sees(422);
    let mut browser = world.visitor();
    follow(&mut browser, &path).await.sees(303);
    let new = [("password", "Neue-Saiten-7kg!")];
    browser.post("/settings/password", &new).await.sees(303);
    world.visitor().sign_in(demo::MARCO, "Neue-Saiten-7kg!").await.sees(303);
    world.visitor().sign_in(demo::MARCO, demo::PASSWORD).await.sees(422);
    // The act of the bypass stands in the log.
    assert!(world.rows("admin_audit_log WHERE act = 'hand_over_link'").await > 0);
}

#[tokio::test]
async fn who_accepted_and_lost_the_browser_is_invited_again() {
    let world = World::with(Kind::Demo, |config| config.mailer = None).await;
    let mut admin = world.stefan().await;
    let by_hand = |page: crate::support::Answer| {
        let link = page.value("#f-link").expect("a link");
        let link = url::Url::parse(&link).expect("an address");
        format!("{}?{}", link.path(), link.query().expect("a query"))
    };
    let path = by_hand(admin.post("/admin/invitations", &[("email", VERA)]).await.sees(200));
    follow(&mut world.visitor(), &path).await.sees(303);
    // The browser is gone before the first page was filled in.
    let list = admin.get("/admin/invitations").await.sees(200);
    let again = list.attribute("form[action$='/mail']", "action").expect("a row");
    let path = by_hand(admin.post(&again, &[]).await.sees(200));
    let mut vera = world.visitor();
    follow(&mut vera, &path).await.sees(303);
    let fields: Vec<_> = WORKSHOP.into_iter().chain([("password", "Neue-Saiten-7kg!")]).collect();
    vera.post("/welcome", &fields).await.sees(303);
    vera.get("/").await.sees(200);
}

#[tokio::test]
async fn an_invitation_that_was_just_mailed_is_not_said_to_be_mailed_again() {
    let world = World::embedded(Kind::Demo).await;
    super::invite(&world, VERA).await;
    let mut admin = world.stefan().await;
    let list = admin.get("/admin/invitations").await.sees(200);
    let again = list.attribute("form[action$='/mail']", "action").expect("a row");
    let to = admin.post(&again, &[]).await.sees(303).location();
    assert_eq!(to, "/admin/invitations?done=just-mailed");
    let told = admin.get(&to).await.sees(200).element("[role=status]").expect("words");
    assert!(told.contains("Minute"), "{told}");
    assert_eq!(world.count_mails_to(VERA), 1);
}

#[tokio::test]
async fn two_who_ask_at_once_get_one_mail_and_one_invitation() {
    let world = World::embedded(Kind::Demo).await;
    let (mut one, mut two) = (world.visitor(), world.visitor());
    one.get("/session/new").await.sees(200);
    two.get("/session/new").await.sees(200);
    let ask = [("email", demo::MARCO)];
    tokio::join!(one.post("/session/link", &ask), two.post("/session/link", &ask));
    world.link_to(demo::MARCO).await;
    let (mut one, mut two) = (world.stefan().await, world.stefan().await);
    let vera = [("email", VERA)];
    let both =
        tokio::join!(one.post("/admin/invitations", &vera), two.post("/admin/invitations", &vera));
    both.0.sees(303);
    both.1.sees(303);
    world.link_to(VERA).await;
    while world.rows("outbox WHERE state = 'owed'").await > 0 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!((world.count_mails_to(demo::MARCO), world.count_mails_to(VERA)), (1, 1));
    assert_eq!(world.rows(&format!("invitations WHERE email = '{VERA}'")).await, 1);
}

#[tokio::test]
async fn an_identity_that_nobody_invited_may_ask_for_access() {
    let world = World::demo().await;
    world.account(VERA).await;
    world.visitor().post("/session/link", &[("email", VERA)]).await.sees(200);
    let path = world.link_to(VERA).await;
    let mut vera = world.visitor();
    follow(&mut vera, &path).await.sees(303);
    for page in ["/", "/clients", "/orders/new", "/settings"] {
        assert_eq!(vera.get(page).await.sees(303).location(), "/access", "{page}");
    }
    assert!(vera.get("/access").await.sees(200).contains(VERA));
    let page = vera.post("/access", &[("message", "I string in Chur <b>")]).await.sees(200);
    assert!(page.element("[role=status]").is_some());
    let page = vera.get("/access").await.sees(200);
    assert!(page.element("[role=status]").is_some(), "it was asked already");

    let mut admin = world.stefan().await;
    let list = admin.get("/admin/invitations").await.sees(200);
    assert!(list.contains("I string in Chur &lt;b&gt;"));
    let before = world.count_mails_to(VERA);
    let send = list.attribute("form[action$='/mail']", "action").expect("a row");
    admin.post(&send, &[]).await.sees(303);
    let path = world.link_after(VERA, before).await;
    follow(&mut vera, &path).await.sees(303);
    vera.post("/welcome", &WORKSHOP).await.sees(303);
    vera.get("/").await.sees(200);
}

#[tokio::test]
async fn a_deactivated_stringer_gets_nowhere_until_that_is_undone() {
    let world = World::demo().await;
    let mut marco = world.marco().await;
    marco.get("/").await.sees(200);
    let mut admin = world.stefan().await;
    let list = admin.get("/admin/stringers").await.sees(200);
    let close = list.attribute("form[action$='/closing']", "action").expect("a row");
    let page = admin.post(&close, &[("reason", " ")]).await.sees(422);
    assert!(page.element("[id^=e-reason]").is_some());
    marco.get("/").await.sees(200);
    admin.post(&close, &[("reason", "left the club")]).await.sees(303);

    // The sign-in from before ends at once; a new one leads to the sentence and no further.
    let status = marco.get("/").await.status.as_u16();
    assert!([303, 403].contains(&status), "{status}");
    let mut again = world.visitor();
    again.sign_in(demo::MARCO, demo::PASSWORD).await.sees(303);
    for page in ["/", "/clients", "/settings", "/admin/stringers"] {
        assert_eq!(again.get(page).await.sees(303).location(), "/access", "{page}");
    }
    let page = again.get("/access").await.sees(403);
    assert_eq!(page.element("h1").as_deref(), Some("Deactivated"));
    assert_eq!(again.post("/orders", &[]).await.sees(303).location(), "/access");
    assert_eq!(again.post("/access", &[]).await.sees(303).location(), "/");
    again.delete("/session").await.sees(303);

    admin.delete(&close).await.sees(303);
    world.marco().await.get("/").await.sees(200);
    // One is not deactivated by oneself.
    let me = world.at_work(ADMIN).await.0.id;
    admin.post(&format!("/admin/stringers/{me}/closing"), &[("reason", "no")]).await.sees(422);
    admin.get("/").await.sees(200);
}
