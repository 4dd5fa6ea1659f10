//! Telling a client that a racket is ready.

use rbo::demo;
use rbo::models::orders::transitions::Said;
use rbo::models::orders::{self, Step};
use rbo::models::{client_profiles, persons};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::support::World;

#[tokio::test]
async fn a_client_is_told_in_its_language_what_it_is_about_and_what_is_to_be_paid() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let (me, db) = world.at_work(demo::STEFAN).await;
    let order = orders::Entity::queue(&db, 1).await.unwrap()[0].id;
    let path = format!("/orders/{order}/ready");
    stefan.get(&path).await.sees(404);
    let said = Said { is_free: true, ..Said::default() };
    orders::Entity::mark(&db, &me, order, Step::Strung, said).await.expect("strung");
    let order = orders::Model::find(&db, order).await.unwrap();
    assert!(stefan.get(&format!("/orders/{}", order.id)).await.sees(200).contains(&path));
    let (raw, file) = (world.beneath().await, order.client_profile_id);
    let contact = client_profiles::Entity::update_many()
        .col_expr(client_profiles::Column::Contact, Expr::value("+41 79 123 45 67"))
        .filter(client_profiles::Column::Id.eq(file));
    contact.exec(&raw).await.unwrap();
    let client = client_profiles::Client::find(&db, file).await.unwrap();
    let speaks = async |locale: &str| {
        let person = persons::Column::Id.eq(client.person_id.expect("a person"));
        let speaks = persons::Entity::update_many()
            .col_expr(persons::Column::DefaultLocale, Expr::value(locale))
            .filter(person);
        speaks.exec(&raw).await.unwrap();
    };
    // In a message it is an ordinary space.
    let total = me.region().money(order.prices().total()).replace('\u{a0}', " ");
    let row = orders::Row::find(&db, order.id).await.unwrap();
    let first = client.first_name.clone().expect("a name");
    speaks("en").await;
    let page = stefan.get(&path).await.sees(200);
    let text = page.element("#f-text").expect("a message");
    for told in [&first, row.racket(), "ready to be collected", &total, "Stefans Besaitungen"] {
        assert!(text.contains(told), "{told}: {text}");
    }
    let sms = page.attribute("a[href^='sms:']", "href").expect("a way");
    assert!(sms.starts_with("sms:+41791234567?&body=Hello%20"), "{sms}");
    assert!(page.element("a[href^='https://wa.me/41791234567?text=']").is_some());

    // In the stringer's own words, which are only those of their language.
    let edit = stefan.get("/settings/ready").await.sees(200);
    let version = edit.value("input[name=version]").expect("a version");
    let own = "Hoi {name}, {racket}: parat. {hours}";
    let fields =
        [("german", own), ("opening_hours", "Mo 17–19 Uhr"), ("version", version.as_str())];
    stefan.post("/settings/ready", &fields).await.sees(303);
    speaks("de").await;
    let text = stefan.get(&path).await.sees(200).element("#f-text").expect("a message");
    let racket = [Some(row.racket()), row.nickname()];
    let racket = racket.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    assert_eq!(text, format!("Hoi {first}, {racket}: parat. Mo 17–19 Uhr"));
    let button = stefan.fragment(&path).await.sees(200);
    assert_eq!(button.attribute("a#ready", "data-share").as_deref(), Some(&*text));

    // A blank that nobody fills is marked, and what was typed stays.
    let edit = stefan.get("/settings/ready").await.sees(200);
    let version = edit.value("input[name=version]").expect("a version");
    let fields = [("german", "Hoi {nmae}"), ("version", version.as_str())];
    let page = stefan.post("/settings/ready", &fields).await.sees(422);
    assert!(page.element("textarea[name=german][aria-invalid=true]").is_some());
    assert_eq!(page.element("textarea[name=german]").as_deref(), Some("Hoi {nmae}"));

    orders::Entity::mark(&db, &me, order.id, Step::Returned, Said::default()).await.expect("gone");
    stefan.get(&path).await.sees(404);
}
