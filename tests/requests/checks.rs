//! What is wrong with a form is said while it is filled in, by the rules that saving it
//! goes by, and nothing is written.

use rbo::demo;
use rbo::models::{client_profiles, client_rackets};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::support::{Answer, World};

/// What is said of a field; `None` where nothing is said about it at all.
fn said(marks: &Answer, field: &str) -> Option<String> {
    marks.element(&format!("#e-{field}"))
}

#[tokio::test]
async fn a_field_is_marked_before_the_job_is_saved() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let before = (world.rows("orders").await, world.rows("client_profiles").await);
    let job = |sport: &'static str| {
        [
            ("client", "new"),
            ("first_name", ""),
            ("email", "sara@"),
            ("frame", "new"),
            ("racket", ""),
            ("sport", sport),
            ("mains_tension", "24"),
            ("mains_price", "viel"),
            ("labor", "25"),
        ]
    };
    for wrong in ["email", "mains_price", "first_name"] {
        let marks = stefan.changed("/checks/order", wrong, &job("tennis")).await.sees(200);
        assert!(!marks.contains("<html") && marks.contains("hx-swap-oob"));
        let saving = stefan.post("/orders", &job("tennis")).await.sees(422);
        assert!(saving.marked(wrong).is_some());
        assert_eq!(said(&marks, wrong), saving.marked(wrong), "{wrong}");
        // Whoever has not come to a field yet is not told to fill it in.
        assert_eq!(said(&marks, "racket"), None);
    }
    let marks = stefan.changed("/checks/order", "mains_tension", &job("tennis")).await.sees(200);
    assert_eq!(said(&marks, "mains_tension").as_deref(), Some(""));
    assert_eq!(marks.element("#form-total").as_deref(), Some("CHF 25.00"));
    // An order that was entered in another currency keeps it; a quick hand changes two fields.
    let both = "labor mains_price";
    let marks = stefan.changed("/checks/order?currency=EUR", both, &job("tennis")).await.sees(200);
    assert_eq!(marks.element("#form-total").as_deref(), Some("EUR 25.00"));
    assert_eq!(said(&marks, "labor").as_deref(), Some(""));
    assert_ne!(said(&marks, "mains_price").as_deref(), Some(""));
    // What is possible depends on another field.
    let marks = stefan.changed("/checks/order", "sport", &job("badminton")).await.sees(200);
    assert!(said(&marks, "mains_tension").expect("a mark").contains("Sportart"));
    // A name that is none of a field's is no mark.
    let odd = stefan.changed("/checks/order", "x\"><script>", &job("tennis")).await.sees(200);
    assert!(!odd.contains("script") && !odd.contains("id=\"e-"));
    assert_eq!(before, (world.rows("orders").await, world.rows("client_profiles").await));
}

#[tokio::test]
async fn so_are_the_other_forms() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let long = "x".repeat(121);
    for (form, field, typed, well) in [
        ("client", "email", "sara@", "sara@example.ch"),
        ("racket", "serial", long.as_str(), "S-1"),
        ("workshop", "restring_days", "0", "30"),
        ("workshop", "time_zone", "Zürich", "Europe/Zurich"),
    ] {
        let path = format!("/checks/{form}");
        let marks = stefan.changed(&path, field, &[(field, typed)]).await.sees(200);
        assert_ne!(said(&marks, field).expect("a mark"), "", "{field} {typed}");
        let marks = stefan.changed(&path, field, &[(field, well)]).await.sees(200);
        assert_eq!(said(&marks, field).as_deref(), Some(""), "{field} {well}");
    }
    // Each form asks where its own rules are.
    let (_me, db) = world.at_work(demo::STEFAN).await;
    let client = client_profiles::Entity::find()
        .filter(client_profiles::Column::IsSelfForStringer.eq(false))
        .one(&db);
    let client = client.await.unwrap().expect("a client").id;
    let frame = client_rackets::Entity::find().one(&db).await.unwrap().expect("a racket").id;
    for (page, form) in [
        ("/orders/new?client=new".to_owned(), "order"),
        ("/clients/new".to_owned(), "client"),
        (format!("/clients/{client}/edit"), "client"),
        (format!("/client-rackets/{frame}/edit"), "racket"),
        ("/settings/workshop".to_owned(), "workshop"),
    ] {
        let asks = stefan.get(&page).await.sees(200).attribute("form[id$='-form']", "hx-post");
        assert!(asks.expect("it asks").starts_with(&format!("/checks/{form}")), "{page}");
    }
    world.visitor().post("/checks/client", &[]).await.sees(303);
}

#[tokio::test]
async fn a_part_of_a_page_is_never_another_page() {
    let world = World::demo().await;
    // Whoever was signed out meanwhile leaves the page.
    let away = world.visitor().fragment("/orders?q=a").await.sees(200);
    assert!(away.headers["hx-redirect"].to_str().unwrap().starts_with("/session/new"));
    assert!(away.headers.get("location").is_none());
    // What nobody has tapped for takes nothing from the page.
    for unasked in ["/strings?q=a", "/rackets?q=a", "/news/badge"] {
        world.visitor().fragment(unasked).await.sees(204);
    }
    world.visitor().swap("/checks/client", &[]).await.sees(204);
    // A session that is renewed on the way is not lost with it.
    let mut late = world.stefan().await;
    late.cookies.insert("rbo_access".into(), "expired".into());
    let nothing = late.fragment("/checks/nothing").await.sees(204);
    assert!(nothing.headers.get("set-cookie").is_some());
    late.get("/").await.sees(200);
    // A failure takes the whole page, with its words.
    let mut stefan = world.stefan().await;
    let gone = format!("/orders/{}/paid", uuid::Uuid::nil());
    let failed = stefan.swap(&gone, &[]).await.sees(404);
    assert_eq!(failed.headers["hx-retarget"], "body");
    assert!(stefan.post(&gone, &[]).await.sees(404).headers.get("hx-retarget").is_none());
}
