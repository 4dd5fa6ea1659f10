//! A racket's page, its label, and what the stringer sets.

use rbo::demo;
use rbo::models::{client_rackets, orders};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::support::World;

/// A racket of Stefan's that was strung.
async fn strung(world: &World) -> (orders::Model, client_rackets::Model) {
    let (_me, db) = world.at_work(demo::STEFAN).await;
    let order = orders::Entity::find()
        .filter(orders::Column::StrungAt.is_not_null())
        .filter(orders::Column::IsSelf.eq(false))
        .one(&db)
        .await
        .unwrap()
        .expect("a strung order");
    let racket = client_rackets::Model::find(&db, order.client_racket_id).await.unwrap();
    (order, racket)
}

#[tokio::test]
async fn the_code_on_the_label_opens_the_racket_and_copy_last_is_one_tap_from_there() {
    let world = World::demo().await;
    let (order, racket) = strung(&world).await;
    let code = format!("/r/{}", racket.label_code);
    // Who is not signed in signs in first and then sees the racket.
    let mut visitor = world.visitor();
    let sign_in = visitor.get(&code).await.sees(303).location();
    assert!(sign_in.starts_with("/session/new"), "{sign_in}");
    let mut stefan = world.stefan().await;
    // Typed by hand it may be in small letters.
    let small = format!("/r/{}", racket.label_code.to_lowercase());
    for path in [&code, &small] {
        let to = stefan.get(path).await.sees(303).location();
        assert_eq!(to, format!("/client-rackets/{}", racket.id));
    }
    let page = stefan.get(&format!("/client-rackets/{}", racket.id)).await.sees(200);
    assert!(page.contains(&racket.label_code));
    assert!(page.contains(&format!("href=\"/orders/{}\"", order.id)));
    let copy = page.attribute(".dock a", "href").expect("copy last");
    let form = stefan.get(&copy).await.sees(200);
    assert_eq!(
        form.attribute("input[name=frame][checked]", "value").as_deref(),
        Some(racket.id.to_string().as_str())
    );
    stefan.get("/r/NOTONE").await.sees(404);
    world.marco().await.get(&code).await.sees(404);
}

#[tokio::test]
async fn a_label_is_a_pdf_of_either_size_for_the_owner_alone() {
    let world = World::demo().await;
    let (order, _racket) = strung(&world).await;
    let mut stefan = world.stefan().await;
    for size in ["wide", "throat"] {
        let label = stefan.get(&format!("/orders/{}/labels/{size}.pdf", order.id)).await;
        let label = label.sees(200);
        assert_eq!(label.headers["content-type"], "application/pdf");
        assert!(label.bytes.starts_with(b"%PDF-"));
    }
    stefan.get(&format!("/orders/{}/labels/huge.pdf", order.id)).await.sees(404);
    stefan.get(&format!("/orders/{}/labels/wide", order.id)).await.sees(404);
    let path = format!("/orders/{}/labels/wide.pdf", order.id);
    world.marco().await.get(&path).await.sees(404);
}

#[tokio::test]
async fn what_tells_a_racket_from_its_twin_is_changed_on_its_page() {
    let world = World::demo().await;
    let (_order, racket) = strung(&world).await;
    let path = format!("/client-rackets/{}", racket.id);
    let mut stefan = world.stefan().await;
    stefan.get(&format!("{path}/edit")).await.sees(200);
    let long = "x".repeat(121);
    let page = stefan.post(&path, &[("nickname", &long), ("serial", "S-1")]).await.sees(422);
    assert!(page.marked("nickname").is_some());
    assert_eq!(page.value("#f-serial").as_deref(), Some("S-1"));
    let fields = [("nickname", "Nr. 7 <b>"), ("serial", "S-1"), ("grip_size", "L3")];
    let back = stefan.post(&path, &fields).await.sees(303).location();
    let page = stefan.get(&back).await.sees(200);
    assert!(page.contains("Nr. 7 &lt;b&gt;") && page.contains("S-1") && page.contains("L3"));
    // A box that is not ticked: it rests.
    assert!(page.contains("nicht im Einsatz"));
    for path in [path.clone(), format!("{path}/edit")] {
        world.marco().await.get(&path).await.sees(404);
    }
    world.marco().await.post(&path, &[("nickname", "mine")]).await.sees(404);
    assert!(stefan.get(&path).await.sees(200).contains("Nr. 7"));
}

#[tokio::test]
async fn the_workshop_is_the_stringers_own_and_says_when_to_restring() {
    let world = World::demo().await;
    let (_order, racket) = strung(&world).await;
    let mut stefan = world.stefan().await;
    let page = stefan.get("/settings/workshop").await.sees(200);
    let name = page.value("#f-display_name").expect("a name");
    let form = |days: &str, zone: &str| {
        [
            ("display_name", name.as_str()),
            ("business_address", "Musterweg 4\n8000 Zürich"),
            ("locale", "en"),
            ("currency", "CHF"),
            ("time_zone", zone),
            ("tension_unit", "lb"),
            ("standard_labor", "27.50"),
            ("restring_by", "days"),
            ("restring_days", days),
            ("restring_loss", "25"),
        ]
        .map(|(field, value)| (field.to_owned(), value.to_owned()))
        .to_vec()
    };
    for (days, zone, marked) in [
        ("", "Europe/Zurich", "restring_days"),
        ("0", "Europe/Zurich", "restring_days"),
        ("7", "Zürich", "time_zone"),
    ] {
        let page = stefan.post_fields("/settings/workshop", &form(days, zone)).await.sees(422);
        assert!(page.marked(marked).is_some(), "{days} {zone}");
        assert_eq!(page.value("#f-standard_labor").as_deref(), Some("27.50"));
    }
    let done = stefan.post_fields("/settings/workshop", &form("1", "Europe/Zurich")).await;
    stefan.get(&done.sees(303).location()).await.sees(200);
    let page = stefan.get("/settings/workshop").await.sees(200);
    assert_eq!(page.value("#f-standard_labor").as_deref(), Some("27.50"));
    // A day after it was strung it is due, and what is new begins with the new labor.
    let page = stefan.get(&format!("/client-rackets/{}", racket.id)).await.sees(200);
    assert!(page.element(".badge--late").is_some());
    let form = stefan.get("/orders/new?client=new").await.sees(200);
    assert_eq!(form.value("#f-labor").as_deref(), Some("27.50"));
    // Nobody else's workshop has changed.
    let page = world.marco().await.get("/settings/workshop").await.sees(200);
    assert_ne!(page.value("#f-standard_labor").as_deref(), Some("27.50"));
}

#[tokio::test]
async fn the_labels_of_a_day_are_one_pdf_for_the_owner_alone() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let mut one = Vec::new();
    for name in ["Vera", "Zoë"] {
        let fields = [
            ("client", "new"),
            ("first_name", name),
            ("frame", "new"),
            ("racket", "Head Boom MP"),
            ("due_at", "2027-03-14"),
            ("labor", "25"),
        ];
        stefan.post("/orders", &fields).await.sees(303);
        let sheet = stefan.get("/days/2027-03-14/labels/throat.pdf").await.sees(200);
        assert!(sheet.bytes.starts_with(b"%PDF-"));
        one.push(sheet.bytes.len());
    }
    assert!(one[1] > one[0], "a page for each: {one:?}");
    let day = stefan.get("/days/2027-03-14").await.sees(200);
    assert!(day.element("a[href='/days/2027-03-14/labels/wide.pdf']").is_some());
    for path in [
        "/days/2027-03-14/labels/huge.pdf",
        "/days/2027-03-15/labels/wide.pdf",
        "/days/+200000-01-01/labels/wide.pdf",
    ] {
        stefan.get(path).await.sees(404);
    }
    world.marco().await.get("/days/2027-03-14/labels/wide.pdf").await.sees(404);
}
