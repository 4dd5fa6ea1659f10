//! The life of a form: taken once, given back after a sign-in, and never written over what
//! somebody else has saved meanwhile.

use std::time::Duration;

use futures_util::future::join_all;
use rbo::demo;
use rbo::models::{client_profiles, drafts, orders, persons};
use sea_orm::{EntityTrait, PaginatorTrait};
use sea_orm_tenancy::Db;
use uuid::Uuid;

use crate::support::{Answer, Browser, World};

/// The form of a new order for somebody new, filled in, with the key that its page gave it.
async fn filled(stefan: &mut Browser, name: &str) -> Vec<(String, String)> {
    let page = stefan.get("/orders/new?client=new").await.sees(200);
    let mut fields = page.form("#order-form");
    for (field, typed) in [("first_name", name), ("racket", "Wilson Blade 98"), ("labor", "25")] {
        with(&mut fields, field, typed);
    }
    fields
}

fn with(fields: &mut [(String, String)], field: &str, typed: &str) {
    let found = fields.iter_mut().find(|(name, _)| name == field);
    found.unwrap_or_else(|| panic!("no {field}")).1 = typed.to_owned();
}

fn body(fields: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

async fn send(browser: &mut Browser, path: &str, fields: &[(String, String)]) -> Answer {
    browser.send(axum::http::Method::POST, path, &[], Some(body(fields))).await
}

async fn counts(db: &Db) -> (u64, u64, u64) {
    (
        orders::Entity::find().count(db).await.unwrap(),
        client_profiles::Entity::find().count(db).await.unwrap(),
        persons::Entity::find().count(db).await.unwrap(),
    )
}

#[tokio::test]
async fn a_form_that_is_sent_four_times_makes_one_order_and_one_client() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let (_me, db) = world.at_work(demo::STEFAN).await;
    let before = counts(&db).await;
    let fields = filled(&mut stefan, "Vera").await;
    let first = send(&mut stefan, "/orders", &fields).await.sees(303).location();
    for _ in 0..3 {
        assert_eq!(send(&mut stefan, "/orders", &fields).await.sees(303).location(), first);
    }
    assert_eq!(counts(&db).await, (before.0 + 1, before.1 + 1, before.2 + 1));

    let page = stefan.get("/clients/new").await.sees(200);
    let mut client = page.form("#client-form");
    with(&mut client, "first_name", "Walter");
    let first = send(&mut stefan, "/clients", &client).await.sees(303).location();
    assert_eq!(send(&mut stefan, "/clients", &client).await.sees(303).location(), first);
    assert_eq!(counts(&db).await.1, before.1 + 2);
}

#[tokio::test]
async fn sent_at_once_it_makes_one_order_as_well() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let (_me, db) = world.at_work(demo::STEFAN).await;
    let before = counts(&db).await;
    let fields = filled(&mut stefan, "Vera").await;
    let taps = (0..12).map(|_| {
        let (mut finger, fields) = (stefan.clone(), fields.clone());
        async move { send(&mut finger, "/orders", &fields).await.sees(303).location() }
    });
    let answers = join_all(taps).await;
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(counts(&db).await, (before.0 + 1, before.1 + 1, before.2 + 1));
}

#[tokio::test]
async fn sent_again_with_something_else_it_asks_before_it_makes_another() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let (_me, db) = world.at_work(demo::STEFAN).await;
    let before = counts(&db).await;
    let mut fields = filled(&mut stefan, "Vera").await;
    let first = send(&mut stefan, "/orders", &fields).await.sees(303).location();
    with(&mut fields, "labor", "30");
    let page = send(&mut stefan, "/orders", &fields).await.sees(422);
    assert_eq!(page.attribute("[role=alert] a", "href"), Some(first));
    assert_eq!(page.value("#f-labor").as_deref(), Some("30"));
    assert_eq!(counts(&db).await.0, before.0 + 1);
    // The page that says so has a key of its own.
    send(&mut stefan, "/orders", &page.form("#order-form")).await.sees(303);
    assert_eq!(counts(&db).await.0, before.0 + 2);
}

#[tokio::test]
async fn a_form_that_could_not_be_taken_has_not_used_its_key() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let mut fields = filled(&mut stefan, "").await;
    send(&mut stefan, "/orders", &fields).await.sees(422);
    with(&mut fields, "first_name", "Vera");
    let saved = send(&mut stefan, "/orders", &fields).await.sees(303).location();
    // Nobody else's key is used by it either.
    let mut marco = world.marco().await;
    let token = marco.token().await;
    with(&mut fields, "_csrf", &token);
    let his = send(&mut marco, "/orders", &fields).await.sees(303).location();
    assert_ne!(saved, his);
}

/// As many orders as were meant, whatever fingers and networks do: double taps, requests
/// that are cut before their answer and sent again, Back and Save.
#[tokio::test]
async fn a_thousand_saves_make_a_thousand_orders() {
    const SAVES: usize = 1000;
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let (_me, db) = world.at_work(demo::STEFAN).await;
    let client = client_profiles::Entity::search(&db, "", 0).await.unwrap().0[0].id;
    let before = orders::Entity::find().count(&db).await.unwrap();
    let page = stefan.get(&format!("/orders/new?client={client}")).await.sees(200);
    let mut fields = page.form("#order-form");
    for save in 0..SAVES {
        with(&mut fields, "_key", &Uuid::now_v7().to_string());
        match save % 4 {
            0 => {
                send(&mut stefan, "/orders", &fields).await.sees(303);
            }
            1 => {
                let (mut one, mut other) = (stefan.clone(), stefan.clone());
                let (one, other) = tokio::join!(
                    send(&mut one, "/orders", &fields),
                    send(&mut other, "/orders", &fields)
                );
                assert_eq!(one.sees(303).location(), other.sees(303).location());
            }
            2 => {
                let mut finger = stefan.clone();
                let cut = Duration::from_micros(200 * (save as u64 % 97));
                let _answer =
                    tokio::time::timeout(cut, send(&mut finger, "/orders", &fields)).await;
                send(&mut stefan, "/orders", &fields).await.sees(303);
            }
            _ => {
                let saved = send(&mut stefan, "/orders", &fields).await.sees(303).location();
                let again = send(&mut stefan, "/orders", &fields).await.sees(303).location();
                assert_eq!(saved, again);
            }
        }
    }
    let after = orders::Entity::find().count(&db).await.unwrap();
    assert_eq!(after - before, SAVES as u64);
}

#[tokio::test]
async fn what_was_typed_when_the_sign_in_ended_is_given_back_after_the_next() {
    let world = World::embedded(crate::support::Kind::Demo).await;
    let mut stefan = world.stefan().await;
    let (_me, db) = world.at_work(demo::STEFAN).await;
    let mut elsewhere = world.stefan().await;
    let mut fields = filled(&mut stefan, "Vera & Söhne").await;
    with(&mut fields, "labor", "27");
    // Signed out everywhere, while the form was being filled in.
    elsewhere.delete("/settings/sessions").await.sees(303);
    let before = counts(&db).await;
    let to = send(&mut stefan, "/orders", &fields).await.sees(303).location();
    assert!(to.starts_with("/session/new?lapsed=1&back=%2Forders%2Fnew%3Fdraft%3D"), "{to}");
    let back = stefan.get(&to).await.sees(200).value("input[name=back]").expect("a way back");
    // It is its stringer's alone.
    world.marco().await.get(&back).await.sees(404);
    let sign_in = [("email", demo::STEFAN), ("password", demo::PASSWORD), ("back", &back)];
    let back = stefan.post("/session", &sign_in).await.sees(303).location();
    let page = stefan.get(&back).await.sees(200);
    assert_eq!(page.value("#f-first_name").as_deref(), Some("Vera & Söhne"));
    assert_eq!(page.value("#f-labor").as_deref(), Some("27"));
    assert!(page.element("[role=status]").is_some());
    assert_eq!(counts(&db).await, before, "nothing was saved");
    send(&mut stefan, "/orders", &page.form("#order-form")).await.sees(303);
    assert_eq!(counts(&db).await.0, before.0 + 1);
}

#[tokio::test]
async fn what_was_saved_and_sent_again_without_a_sign_in_is_no_second_order() {
    let world = World::embedded(crate::support::Kind::Demo).await;
    let mut stefan = world.stefan().await;
    let (_me, db) = world.at_work(demo::STEFAN).await;
    let mut elsewhere = world.stefan().await;
    let fields = filled(&mut stefan, "Vera").await;
    // The answer is lost on its way, then the sign-in ends, then Save is tapped again.
    let saved = send(&mut stefan, "/orders", &fields).await.sees(303).location();
    let before = counts(&db).await;
    elsewhere.delete("/settings/sessions").await.sees(303);
    let to = send(&mut stefan, "/orders", &fields).await.sees(303).location();
    let back = stefan.get(&to).await.sees(200).value("input[name=back]").expect("a way back");
    let sign_in = [("email", demo::STEFAN), ("password", demo::PASSWORD), ("back", &back)];
    let back = stefan.post("/session", &sign_in).await.sees(303).location();
    let kept = stefan.get(&back).await.sees(200).form("#order-form");
    assert_eq!(send(&mut stefan, "/orders", &kept).await.sees(303).location(), saved);
    assert_eq!(counts(&db).await, before);
}

#[tokio::test]
async fn of_two_tabs_at_one_instant_one_is_told() {
    let world = World::demo().await;
    let stefan = world.stefan().await;
    let (_me, db) = world.at_work(demo::STEFAN).await;
    let client = client_profiles::Entity::search(&db, "", 0).await.unwrap().0[0].id;
    let racket = rbo::models::client_rackets::Entity::of_client(&db, client).await.unwrap()[0].id;
    for (at, form, field) in [
        (format!("/clients/{client}"), "#client-form", "contact"),
        (format!("/client-rackets/{racket}"), "#racket-form", "serial"),
        ("/settings/workshop".to_owned(), "#workshop-form", "town"),
    ] {
        let page = if at.starts_with("/settings") { at.clone() } else { format!("{at}/edit") };
        for round in 0..8 {
            let (mut one, mut other) = (stefan.clone(), stefan.clone());
            let mut first = one.get(&page).await.sees(200).form(form);
            let mut second = first.clone();
            with(&mut first, field, &format!("one {round}"));
            with(&mut second, field, &format!("other {round}"));
            let (one, other) =
                tokio::join!(send(&mut one, &at, &first), send(&mut other, &at, &second));
            let mut told = [one.status.as_u16(), other.status.as_u16()];
            told.sort_unstable();
            assert_eq!(told, [303, 422], "{at}");
        }
    }
}

#[tokio::test]
async fn nothing_is_kept_of_what_no_page_of_that_sign_in_has_sent() {
    let world = World::embedded(crate::support::Kind::Demo).await;
    let mut stefan = world.stefan().await;
    let mut elsewhere = world.stefan().await;
    let mut fields = filled(&mut stefan, "Eve").await;
    elsewhere.delete("/settings/sessions").await.sees(303);
    with(&mut fields, "_csrf", &"0".repeat(64));
    let to = send(&mut stefan, "/orders", &fields).await.sees(303).location();
    assert_eq!(to, "/session/new?lapsed=1");
    let (_me, db) = world.at_work(demo::STEFAN).await;
    assert_eq!(drafts::Entity::find().count(&db).await.unwrap(), 0);
}

#[tokio::test]
async fn a_second_tab_does_not_write_over_what_the_first_has_saved() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let (_me, db) = world.at_work(demo::STEFAN).await;
    let client = client_profiles::Entity::search(&db, "", 0).await.unwrap().0[0].clone();
    let racket = rbo::models::client_rackets::Entity::of_client(&db, client.id).await.unwrap();
    let racket = racket.first().expect("a racket").id;
    let order = orders::Entity::find_last(&db, client.id, None).await.unwrap().expect("an order");
    for (page, form, action, field) in [
        (
            format!("/clients/{}/edit", client.id),
            "#client-form",
            format!("/clients/{}", client.id),
            "contact",
        ),
        (
            format!("/client-rackets/{racket}/edit"),
            "#racket-form",
            format!("/client-rackets/{racket}"),
            "serial",
        ),
        (
            "/settings/workshop".to_owned(),
            "#workshop-form",
            "/settings/workshop".to_owned(),
            "town",
        ),
        (
            format!("/orders/{}/edit", order.id),
            "#order-form",
            format!("/orders/{}", order.id),
            "method",
        ),
    ] {
        let mut first = stefan.get(&page).await.sees(200).form(form);
        let mut second = first.clone();
        with(&mut first, field, "one");
        send(&mut stefan, &action, &first).await.sees(303);
        with(&mut second, field, "two");
        let told = send(&mut stefan, &action, &second).await.sees(422);
        assert!(told.element("[role=alert]").is_some(), "{page}");
        let kept = told.form(form);
        assert!(kept.contains(&(field.to_owned(), "two".to_owned())), "{page}");
        let now = stefan.get(&page).await.form(form);
        assert!(now.contains(&(field.to_owned(), "one".to_owned())), "{page}");
        // Whoever has read that says what counts.
        send(&mut stefan, &action, &kept).await.sees(303);
        let now = stefan.get(&page).await.form(form);
        assert!(now.contains(&(field.to_owned(), "two".to_owned())), "{page}");
    }
}

#[tokio::test]
async fn a_step_is_taken_back_without_a_body() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let fields = filled(&mut stefan, "Vera").await;
    let saved = send(&mut stefan, "/orders", &fields).await.sees(303).location();
    let path = saved.split('?').next().unwrap();
    stefan.post(&format!("{path}/strung"), &[]).await.sees(303);
    let token = stefan.token().await;
    let undo = format!("{path}/strung");
    let header = [("x-csrf-token", token.as_str())];
    stefan.send(axum::http::Method::DELETE, &undo, &header, None).await.sees(303);
}

#[tokio::test]
async fn it_is_given_back_where_a_check_has_met_the_end_of_the_sign_in_first() {
    let world = World::embedded(crate::support::Kind::Demo).await;
    let mut stefan = world.stefan().await;
    let mut elsewhere = world.stefan().await;
    let fields = filled(&mut stefan, "Vera").await;
    elsewhere.delete("/settings/sessions").await.sees(303);
    // The token has ended as well: it would be renewed, and is not.
    let access = stefan.cookies["rbo_access"].clone();
    stefan.cookies.insert("rbo_access".into(), "ended".into());
    stefan.get("/strings?mains_string=rpm").await.sees(303);
    assert!(!stefan.cookies.contains_key("rbo_refresh"));
    stefan.cookies.insert("rbo_access".into(), access);
    stefan.swap("/checks/order", &[("labor", "25")]).await;
    let to = send(&mut stefan, "/orders", &fields).await.sees(303).location();
    assert!(to.contains("draft%3D"), "{to}");
}

#[tokio::test]
async fn a_mailed_link_leads_to_where_one_was_going() {
    let world = World::demo().await;
    let mut marco = world.visitor();
    let to = marco.get("/orders?state=open").await.sees(303).location();
    let back = marco.get(&to).await.sees(200).value("input[name=back]").expect("a way back");
    let ask = [("email", demo::MARCO), ("back", back.as_str())];
    marco.post("/session/link", &ask).await.sees(200);
    let path = world.link_to(demo::MARCO).await;
    let fields = marco.get(&path).await.sees(200).form("form[action='/link']");
    let answer = send(&mut marco, "/link", &fields).await.sees(303);
    assert_eq!(answer.location(), "/orders?state=open");
    // A way to another site is none.
    let mut other = world.visitor();
    let evil = [("email", demo::STEFAN), ("back", "//evil.example")];
    other.post("/session/link", &evil).await.sees(200);
    let path = world.link_to(demo::STEFAN).await;
    let fields = other.get(&path).await.sees(200).form("form[action='/link']");
    assert_eq!(send(&mut other, "/link", &fields).await.sees(303).location(), "/");
}

#[tokio::test]
async fn what_is_wrong_besides_makes_no_old_form_fresh() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let saved = filled(&mut stefan, "Vera").await;
    let saved = send(&mut stefan, "/orders", &saved).await.sees(303).location();
    let path = saved.split('?').next().unwrap().to_owned();
    let edit = format!("{path}/edit");
    let mut old = stefan.get(&edit).await.sees(200).form("#order-form");
    let mut first = old.clone();
    with(&mut first, "_key", &Uuid::now_v7().to_string());
    with(&mut first, "method", "box");
    send(&mut stefan, &path, &first).await.sees(303);
    // Another sport than the racket's: marked, and still the old form.
    with(&mut old, "sport", "badminton");
    with(&mut old, "mains_tension", "11");
    let page = send(&mut stefan, &path, &old).await.sees(422);
    let mut corrected = page.form("#order-form");
    with(&mut corrected, "sport", "tennis");
    with(&mut corrected, "mains_tension", "24");
    send(&mut stefan, &path, &corrected).await.sees(422);
    assert_eq!(stefan.get(&edit).await.value("#f-method").as_deref(), Some("box"));
    // The same edit twice is one.
    let mut twice = stefan.get(&edit).await.sees(200).form("#order-form");
    with(&mut twice, "method", "star");
    for _ in 0..2 {
        send(&mut stefan, &path, &twice).await.sees(303);
    }
}

#[tokio::test]
async fn a_racket_that_left_the_bench_leads_on() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let fields = filled(&mut stefan, "Vera").await;
    let saved = send(&mut stefan, "/orders", &fields).await.sees(303).location();
    let id = saved["/orders/".len()..].split('?').next().unwrap().to_owned();
    stefan.get(&format!("/bench/{id}")).await.sees(200);
    let act = format!("/orders/{id}/strung");
    let bench = [("back", "bench")];
    stefan.post(&act, &bench).await.sees(303);
    assert_eq!(stefan.get(&format!("/bench/{id}")).await.sees(303).location(), "/bench");
    // What cannot be done to it is said on its own page.
    stefan.post(&format!("/orders/{id}/paid"), &[]).await.sees(303);
    let token = stefan.token().await;
    let undo = [("_csrf", token.as_str()), ("_method", "DELETE"), ("back", "bench")];
    let page = stefan.post_as_is(&act, &undo).await.sees(422);
    assert!(page.element("[role=alert]").is_some());
    world.marco().await.get(&format!("/bench/{id}")).await.sees(404);
}
