use rbo::demo;

use crate::support::World;

#[tokio::test]
async fn a_wrong_password_is_told_and_the_address_is_kept() {
    let world = World::demo().await;
    let mut visitor = world.visitor();
    for (email, password) in
        [(demo::STEFAN, "wrong"), ("nobody@example.ch", demo::PASSWORD), ("", "")]
    {
        let page = visitor.sign_in(email, password).await.sees(422);
        assert!(page.element("[role=alert]").is_some());
        assert_eq!(page.value("#f-email").as_deref(), Some(email));
        assert!(!page.contains("value=\"wrong\""));
    }
}

#[tokio::test]
async fn signing_in_returns_to_the_page_that_was_asked_for_and_to_no_other_site() {
    let world = World::demo().await;
    let mut visitor = world.visitor();
    assert_eq!(
        visitor.get("/orders?state=open").await.sees(303).location(),
        "/session/new?back=%2Forders%3Fstate%3Dopen"
    );
    for (back, to) in [
        ("/orders?state=open", "/orders?state=open"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
    ] {
        let mut visitor = world.visitor();
        let fields = [("email", demo::STEFAN), ("password", demo::PASSWORD), ("back", back)];
        assert_eq!(visitor.post("/session", &fields).await.sees(303).location(), to);
    }
}

#[tokio::test]
async fn after_signing_out_nothing_opens_any_more() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let kept = stefan.cookies.clone();
    stefan.delete("/session").await.sees(303);
    assert_eq!(stefan.get("/").await.sees(303).location(), "/session/new");
    // A stolen refresh token is worth nothing once the session is over.
    let mut thief = world.visitor();
    thief.cookies = kept.into_iter().filter(|(name, _)| name == "rbo_refresh").collect();
    thief.get("/").await.sees(303);
}

#[tokio::test]
async fn an_expired_access_token_is_renewed_without_a_word() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let before = stefan.cookies["rbo_refresh"].clone();
    stefan.cookies.insert("rbo_access".into(), "expired".into());
    stefan.get("/").await.sees(200);
    assert_ne!(stefan.cookies["rbo_refresh"], before);
    // Two tabs renew at once and get the same child.
    let child = stefan.cookies["rbo_refresh"].clone();
    stefan.cookies.insert("rbo_access".into(), "expired".into());
    stefan.cookies.insert("rbo_refresh".into(), before);
    stefan.get("/").await.sees(200);
    assert_eq!(stefan.cookies["rbo_refresh"], child);
}

#[tokio::test]
async fn a_session_that_is_over_asks_to_sign_in_again() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    stefan.cookies.insert("rbo_access".into(), "expired".into());
    stefan.cookies.remove("rbo_refresh");
    let to = stefan.get("/clients").await.sees(303).location();
    assert_eq!(to, "/session/new?lapsed=1&back=%2Fclients");
    let answer = stefan.post_as_is("/orders", &[("_csrf", "old")]).await.sees(303);
    assert_eq!(answer.location(), "/session/new?lapsed=1");
    assert!(stefan.get("/session/new?lapsed=1").await.sees(200).element("[role=status]").is_some());
}
