//! What is wrong with a form is said while it is filled in, by the rules that saving it
//! goes by, and nothing is written.

use crate::support::{Answer, World};

/// What is said of a field; `None` where nothing is said about it at all.
fn said(marks: &Answer, field: &str) -> Option<String> {
    assert!(marks.contains("hx-swap-oob"));
    marks.element(&format!("#e-{field}"))
}

#[tokio::test]
async fn a_field_is_marked_before_the_job_is_saved() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let before = (world.rows("orders").await, world.rows("client_profiles").await);
    let job = |mains: &'static str, sport: &'static str| {
        [
            ("client", "new"),
            ("first_name", ""),
            ("email", "sara@"),
            ("frame", "new"),
            ("racket", ""),
            ("sport", sport),
            ("mains_tension", mains),
            ("mains_price", "viel"),
        ]
    };
    let marks = stefan.swap("/checks/order", &job("24", "tennis")).await.sees(200);
    assert!(!marks.contains("<html"));
    for wrong in ["email", "mains_price"] {
        let saving = stefan.post("/orders", &job("24", "tennis")).await.sees(422);
        assert_eq!(said(&marks, wrong), saving.marked(wrong), "{wrong}");
        assert_ne!(said(&marks, wrong).as_deref(), Some(""));
    }
    assert_eq!(said(&marks, "mains_tension").as_deref(), Some(""));
    // Whoever has not come to a field yet is not told to fill it in.
    assert_eq!((said(&marks, "first_name"), said(&marks, "racket")), (None, None));
    // What is possible depends on another field.
    let marks = stefan.swap("/checks/order", &job("24", "badminton")).await.sees(200);
    assert!(said(&marks, "mains_tension").expect("a mark").contains("Sportart"));
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
        let marks = stefan.swap(&path, &[(field, typed)]).await.sees(200);
        assert_ne!(said(&marks, field).expect("a mark"), "", "{field} {typed}");
        let marks = stefan.swap(&path, &[(field, well)]).await.sees(200);
        assert_eq!(said(&marks, field).as_deref(), Some(""), "{field} {well}");
    }
    // Each form asks where its own rules are.
    for (page, form) in [
        ("/orders/new?client=new", "order"),
        ("/clients/new", "client"),
        ("/settings/workshop", "workshop"),
    ] {
        let asks = stefan.get(page).await.sees(200).attribute("form[id$='-form']", "hx-post");
        assert_eq!(asks, Some(format!("/checks/{form}")));
    }
    world.visitor().post("/checks/client", &[]).await.sees(303);
}
