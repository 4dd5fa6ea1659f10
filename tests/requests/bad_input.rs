//! Bad input gets a clear answer, and nothing is half-written.

use rbo::demo;
use rbo::models::{client_profiles, orders};
use sea_orm::{EntityTrait, PaginatorTrait};

use crate::support::{Answer, Browser, World};

async fn enter(stefan: &mut Browser, differs: &[(&str, &str)]) -> Answer {
    let mut fields = vec![
        ("client", "new"),
        ("first_name", "Sara"),
        ("frame", "new"),
        ("racket", "Wilson Blade 98"),
        ("same_string", "1"),
    ];
    fields.retain(|(name, _)| !differs.iter().any(|(other, _)| other == name));
    fields.extend_from_slice(differs);
    stefan.post("/orders", &fields).await
}

#[tokio::test]
async fn a_field_that_cannot_be_taken_is_marked_and_what_was_typed_is_kept() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let (_me, db) = world.at_work(demo::STEFAN).await;
    let before = (
        orders::Entity::find().count(&db).await.unwrap(),
        client_profiles::Entity::find().count(&db).await.unwrap(),
    );
    for (field, typed) in [
        ("mains_tension", "99"),
        ("mains_tension", "hart"),
        ("crosses_tension", "-3"),
        ("labor", "1e12"),
        ("labor", "1000000000000"),
        ("labor", "1.200"),
        ("labor", "100,000"),
        ("mains_tension", "54 lbs"),
        ("mains_price", "gratis"),
        ("ordered_at", "2999-01-01"),
        ("due_at", "gestern"),
        ("racket", ""),
        ("first_name", ""),
        ("email", "sara@"),
        ("knots", "many"),
    ] {
        let page = enter(&mut stefan, &[(field, typed)]).await.sees(422);
        assert!(page.marked(field).is_some(), "{field} {typed}");
        assert_eq!(page.value(&format!("#f-{field}")).as_deref(), Some(typed), "{field}");
    }
    let after = (
        orders::Entity::find().count(&db).await.unwrap(),
        client_profiles::Entity::find().count(&db).await.unwrap(),
    );
    assert_eq!(before, after);
}

#[tokio::test]
async fn all_that_has_to_be_corrected_is_marked_at_once() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let fields = [
        ("racket", ""),
        ("racket_count", "3"),
        ("total", "20"),
        ("payment", "gold"),
        ("prestretch_kind", "teeth"),
        ("unit", "stone"),
        ("language", "la"),
    ];
    let page = enter(&mut stefan, &fields).await.sees(422);
    for field in ["racket", "total", "payment", "prestretch_kind", "unit", "language"] {
        assert!(page.marked(field).is_some(), "{field}");
    }
    assert!(page.element("details[open] #f-payment").is_some(), "what is marked is shown");
}

#[tokio::test]
async fn an_amount_is_stored_as_it_was_meant_or_asked_about() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    for (typed, shown) in
        [("25.-", "CHF 25.00"), ("CHF 25", "CHF 25.00"), ("1.200,50", "CHF 1'200.50")]
    {
        let saved = enter(&mut stefan, &[("labor", typed)]).await.sees(303).location();
        let page = stefan.get(&saved).await.sees(200);
        assert_eq!(page.element(".total b").as_deref(), Some(shown), "{typed}");
    }
    let mut workshop = stefan.get("/settings/workshop").await.sees(200).form("main form");
    for (name, value) in &mut workshop {
        if name == "standard_labor" {
            *value = "1,200".to_owned();
        }
    }
    let page = stefan.post_fields("/settings/workshop", &workshop).await.sees(422);
    assert!(page.marked("standard_labor").expect("a sentence").contains("1200 oder 1.20"));
    assert_eq!(page.value("#f-standard_labor").as_deref(), Some("1,200"));
}

#[tokio::test]
async fn strung_before_ordered_is_refused_with_a_sentence() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let order = enter(&mut stefan, &[]).await.sees(303).location();
    let order = order.split('?').next().unwrap();
    let page = stefan.post(&format!("{order}/strung"), &[("date", "2020-01-01")]).await.sees(422);
    assert!(page.element("[role=alert]").expect("a sentence").contains("Bestelldatum"));
    for date in ["2999-01-01", "soon"] {
        stefan.post(&format!("{order}/strung"), &[("date", date)]).await.sees(422);
    }
    stefan.post(&format!("{order}/returned"), &[]).await.sees(422);
    stefan.post(&format!("{order}/paid"), &[]).await.sees(422);
}

#[tokio::test]
async fn a_form_without_our_token_changes_nothing() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let mut marco = world.marco().await;
    let foreign = marco.token().await;
    for token in ["", "nonsense", foreign.as_str()] {
        let page =
            stefan.post_as_is("/clients", &[("_csrf", token), ("first_name", "X")]).await.sees(403);
        assert!(page.element("h1").is_some());
    }
    stefan.post_as_is("/clients", &[("first_name", "X")]).await.sees(403);
}

#[tokio::test]
async fn a_form_of_ten_megabytes_is_too_large() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let much = "x".repeat(10 * 1024 * 1024);
    stefan.post_as_is("/clients", &[("first_name", &much)]).await.sees(413);
}

#[tokio::test]
async fn names_of_every_script_are_kept_and_shown_as_text() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    for name in ["🎾👩‍👩‍👧", "שרה כהן", "<script>alert(1)</script>", "O'Hara & Söhne"]
    {
        let client = stefan.post("/clients", &[("first_name", name)]).await.sees(303).location();
        let page = stefan.get(&client).await.sees(200);
        assert_eq!(page.element("h1").as_deref(), Some(name));
        assert!(!page.contains("<script>alert"));
    }
    stefan.post("/clients", &[("first_name", &"x".repeat(121))]).await.sees(422);
    stefan.post("/clients", &[("first_name", "nul\0l")]).await.sees(303);
}

#[tokio::test]
async fn a_path_in_a_file_name_leads_nowhere() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let order = enter(&mut stefan, &[("racket", "../../etc/passwd"), ("labor", "25")])
        .await
        .sees(303)
        .location();
    let order = order.split('?').next().unwrap().to_owned();
    stefan.post(&format!("{order}/strung"), &[]).await.sees(303);
    let pdf = stefan.get(&order).await.attribute("#receipt li a", "href").expect("a PDF");
    let (folder, _name) = pdf.rsplit_once('/').unwrap();
    let answer = stefan.get(&format!("{folder}/..%2F..%2Fetc%2Fpasswd")).await.sees(200);
    assert!(answer.bytes.starts_with(b"%PDF-"));
    assert!(!answer.headers["content-disposition"].to_str().unwrap().contains(".."));
    for path in ["/static/../Cargo.toml", "/static/..%2f..%2fCargo.toml"] {
        stefan.get(path).await.sees(404);
    }
}

#[tokio::test]
async fn what_is_not_there_is_a_page_in_the_readers_language() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    for path in [
        "/nothing",
        "/orders/not-a-key",
        "/clients/0190aaaa-0000-7000-8000-000000000000",
        "/orders/1/2/3/4",
    ] {
        let page = stefan.get(path).await.sees(404);
        assert_eq!(page.element("h1").as_deref(), Some("Nicht gefunden"), "{path}");
    }
    let page = world.visitor().get("/nothing").await.sees(404);
    assert_eq!(page.element("h1").as_deref(), Some("Not found"));
    assert_eq!(
        world.visitor().in_german().get("/nothing").await.element("h1").as_deref(),
        Some("Nicht gefunden")
    );
}
