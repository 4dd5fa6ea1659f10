use rbo::auth::setup::SetupToken;

use crate::support::{Kind, World};

const FORM: [(&str, &str); 5] = [
    ("display_name", "Stefans Besaitungen"),
    ("email", "first@example.ch"),
    ("password", "Saiten-und-24kg"),
    ("locale", "de"),
    ("currency", "CHF"),
];

fn with(token: &str) -> Vec<(&str, &str)> {
    FORM.into_iter().chain([("setup_token", token)]).collect()
}

#[tokio::test]
async fn an_empty_place_leads_to_its_setting_up() {
    let world = World::embedded(Kind::Empty).await;
    let mut visitor = world.visitor();
    assert_eq!(visitor.get("/").await.sees(303).location(), "/session/new");
    assert_eq!(visitor.get("/session/new").await.sees(303).location(), "/first-run");
    assert!(visitor.get("/first-run").await.sees(200).value("#f-setup_token").is_some());
}

#[tokio::test]
async fn whoever_reads_the_log_becomes_the_first_admin_and_nobody_after() {
    let world = World::embedded(Kind::Empty).await;
    let token = world.ctx.shared_store.get::<SetupToken>().expect("a token");
    let mut first = world.visitor();
    let page = first.post("/first-run", &with("guessed")).await.sees(422);
    assert!(page.marked("setup_token").is_some());
    assert_eq!(page.value("#f-display_name").as_deref(), Some("Stefans Besaitungen"));
    assert_eq!(page.attribute("#f-password", "value").as_deref(), Some(""));

    first.post("/first-run", &with(token.reveal())).await.sees(303);
    let home = first.get("/").await.sees(200);
    assert_eq!(home.element("h1").as_deref(), Some("Heute"));

    let mut second = world.visitor();
    assert_eq!(
        second.post("/first-run", &with(token.reveal())).await.sees(303).location(),
        "/session/new"
    );
    second.sign_in("first@example.ch", "Saiten-und-24kg").await.sees(303);
}

#[tokio::test]
async fn of_two_who_set_up_at_once_one_wins() {
    let world = World::embedded(Kind::Empty).await;
    let token = world.ctx.shared_store.get::<SetupToken>().expect("a token");
    let (mut one, mut two) = (world.visitor(), world.visitor());
    let (a, b) = (one.token().await, two.token().await);
    let (form_a, form_b) = (with(token.reveal()), with(token.reveal()));
    let form_a: Vec<_> = form_a.into_iter().chain([("_csrf", a.as_str())]).collect();
    let form_b: Vec<_> = form_b.into_iter().chain([("_csrf", b.as_str())]).collect();
    let both =
        tokio::join!(one.post_as_is("/first-run", &form_a), two.post_as_is("/first-run", &form_b));
    let homes =
        [both.0, both.1].iter().filter(|answer| answer.location.as_deref() == Some("/")).count();
    assert_eq!(homes, 1);
}
