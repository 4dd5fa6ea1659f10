//! A gotrue that answers slowly, wrongly, with garbage, without end, or not at all.

use jsonwebtoken::Algorithm;
use rbo::demo;

use crate::support::gotrue::Fault;
use crate::support::{Kind, World};

async fn world() -> World {
    World::with_gotrue(Kind::Demo, Algorithm::RS256).await
}

#[tokio::test]
async fn whoever_is_signed_in_goes_on_and_the_others_are_told() {
    for fault in [Fault::Broken, Fault::Garbage, Fault::Flood] {
        let world = world().await;
        let gotrue = world.gotrue.as_ref().expect("a gotrue");
        let mut marco = world.marco().await;
        gotrue.misbehave(fault);
        marco.get("/clients").await.sees(200);
        marco.post("/clients", &[("first_name", "Ada"), ("last_name", "Frei")]).await.sees(303);
        let page = world.visitor().sign_in(demo::MARCO, demo::PASSWORD).await.sees(503);
        assert_eq!(page.element("h1").as_deref(), Some("Sign-in is not available"), "{fault:?}");
        let page = world.visitor().post("/session/link", &[("email", demo::MARCO)]).await.sees(503);
        assert!(page.element("h1").is_some());
        // A sign-in that would have to be renewed waits, and is not thrown away.
        let mut waiting = marco.clone();
        waiting.cookies.insert("rbo_access".into(), "expired".into());
        waiting.get("/clients").await.sees(503);
        assert!(waiting.cookies.contains_key("rbo_refresh"));
        gotrue.misbehave(Fault::None);
        waiting.get("/clients").await.sees(200);
    }
}

#[tokio::test]
async fn a_gotrue_that_is_gone_is_told_at_once() {
    let world = world().await;
    let mut marco = world.marco().await;
    world.gotrue.as_ref().expect("a gotrue").stop();
    tokio::task::yield_now().await;
    marco.get("/clients").await.sees(200);
    world.visitor().sign_in(demo::MARCO, demo::PASSWORD).await.sees(503);
    world.visitor().get("/session/new").await.sees(200);
    marco.get("/healthz").await.sees(200);
}

#[tokio::test]
async fn a_gotrue_that_does_not_answer_keeps_nobody_for_long() {
    let world = world().await;
    let mut marco = world.marco().await;
    world.gotrue.as_ref().expect("a gotrue").misbehave(Fault::Slow);
    let before = std::time::Instant::now();
    world.visitor().sign_in(demo::MARCO, demo::PASSWORD).await.sees(503);
    // The client's own limit is shorter than the one around every request.
    assert!(before.elapsed() < std::time::Duration::from_secs(15));
    marco.get("/clients").await.sees(200);
}

#[tokio::test]
async fn keys_are_asked_for_once_and_for_invented_ids_no_more_often_than_the_limit() {
    let world = world().await;
    let gotrue = world.gotrue.as_ref().expect("a gotrue");
    for _ in 0..3 {
        world.marco().await.get("/").await.sees(200);
    }
    assert_eq!(gotrue.asked("/.well-known/jwks.json"), 1);
    let good = gotrue.access(demo::MARCO);
    for n in 0..20 {
        let header = format!("{{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"invented-{n}\"}}");
        let (_, rest) = good.split_once('.').expect("a token");
        let mut thief = world.visitor();
        let forged = format!("{}.{rest}", super::attacks::base64(header.as_bytes()));
        thief.cookies.insert("rbo_access".into(), forged);
        thief.get("/").await.sees(303);
    }
    assert!(gotrue.asked("/.well-known/jwks.json") <= 2);
}

#[tokio::test]
async fn acts_are_not_repeated_where_they_may_have_been_done() {
    let world = world().await;
    let gotrue = world.gotrue.as_ref().expect("a gotrue");
    gotrue.misbehave(Fault::Broken);
    world.visitor().sign_in(demo::MARCO, demo::PASSWORD).await.sees(503);
    world.visitor().post("/session/link", &[("email", demo::MARCO)]).await.sees(503);
    // A mail is not even asked for where gotrue is not well.
    assert_eq!((gotrue.asked("/token"), gotrue.asked("/otp")), (1, 0));
}

#[tokio::test]
async fn a_link_that_names_another_account_than_it_opens_is_refused() {
    let world = world().await;
    world.visitor().post("/session/link", &[("email", demo::MARCO)]).await.sees(200);
    let path = world.link_to(demo::MARCO).await;
    let mut fields = crate::support::query(&path);
    fields.iter_mut().filter(|(name, _)| name == "email").for_each(|f| f.1 = demo::STEFAN.into());
    let mut victim = world.visitor();
    victim.post_fields("/link", &fields).await.sees(422);
    assert_eq!(victim.get("/").await.sees(303).location(), "/session/new");
}

#[tokio::test]
async fn an_address_that_was_never_confirmed_comes_in_by_its_confirmation() {
    let world = world().await;
    super::invite(&world, "vera@example.ch").await;
    let before = world.count_mails_to("vera@example.ch");
    world.visitor().post("/session/link", &[("email", "vera@example.ch")]).await.sees(200);
    let path = world.link_after("vera@example.ch", before).await;
    assert!(path.contains("type=signup"), "{path}");
    let mut vera = world.visitor();
    super::follow(&mut vera, &path).await.sees(303);
    // Signed in, and by another link than the invitation's: no stringer by that.
    assert_eq!(vera.get("/").await.sees(303).location(), "/access");
}

#[tokio::test]
async fn whoever_signs_out_is_out_here_also_while_gotrue_is_away() {
    let world = world().await;
    let mut marco = world.marco().await;
    let token = marco.token().await;
    world.gotrue.as_ref().expect("a gotrue").misbehave(Fault::Broken);
    let fields = [("_method", "DELETE"), ("_csrf", token.as_str())];
    marco.post_as_is("/session", &fields).await.sees(303);
    assert!(!marco.cookies.contains_key("rbo_access"));
    assert_eq!(marco.get("/").await.sees(303).location(), "/session/new");
}

#[tokio::test]
async fn a_mail_that_gotrue_refuses_leaves_the_one_before_good() {
    let world = world().await;
    let path = super::invite(&world, "vera@example.ch").await;
    let gotrue = world.gotrue.as_ref().expect("a gotrue");
    gotrue.misbehave(Fault::Broken);
    let mut admin = world.bearing(gotrue.access(demo::STEFAN));
    admin.post("/admin/invitations", &[("email", "vera@example.ch")]).await.sees(503);
    gotrue.misbehave(Fault::None);
    let mut vera = world.visitor();
    super::follow(&mut vera, &path).await.sees(303);
    assert_eq!(vera.get("/").await.sees(303).location(), "/welcome");
}

#[tokio::test]
async fn a_known_address_is_invited_by_a_link_to_sign_in() {
    let world = world().await;
    world.account("vera@example.ch").await;
    let path = super::invite(&world, "vera@example.ch").await;
    assert!(path.contains("type=magiclink"), "{path}");
    let mut vera = world.visitor();
    super::follow(&mut vera, &path).await.sees(303);
    assert_eq!(vera.get("/").await.sees(303).location(), "/welcome");
}
