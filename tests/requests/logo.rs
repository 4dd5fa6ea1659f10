//! The logo on receipts: taken, shown, replaced, and never another stringer's.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use rbo::demo;
use rbo::models::orders::{self, Said, Step};
use rbo::models::stringers::{self, Member};
use rbo::models::{logos, receipt_emissions};
use rbo::pictures;
use rbo::receipts::Snapshot;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use sea_orm_tenancy::Db;

use crate::support::{Browser, World};

fn logo(red: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let dots = DynamicImage::from(RgbImage::from_pixel(600, 60, Rgb([red, 0, 0])));
    dots.write_to(&mut bytes, ImageFormat::Png).expect("a file");
    bytes.into_inner()
}

async fn take(browser: &mut Browser, red: u8) {
    let done = browser.upload("/settings/logo", "logo.png", &logo(red)).await.sees(303);
    assert_eq!(done.location(), "/settings/logo?done=1");
}

/// An order that has just been strung.
async fn strung(db: &Db, me: &Member) -> Uuid {
    let order = orders::Entity::queue(db, 1).await.unwrap()[0].id;
    orders::Entity::mark(db, me, order, Step::Strung, Said::default()).await.expect("a step");
    order
}

async fn says(db: &Db, order: Uuid) -> Snapshot {
    let said = receipt_emissions::Entity::last_snapshot(db, order).await.unwrap();
    Snapshot::from_json(&said.expect("a receipt")).expect("a snapshot")
}

#[tokio::test]
async fn a_receipt_shows_the_logo_of_its_day_for_ever() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let (me, db) = world.at_work(demo::STEFAN).await;
    let order = strung(&db, &me).await;
    assert_eq!(says(&db, order).await.logo, None);
    let page = stefan.get("/settings/logo").await.sees(200);
    assert!(!page.contains("<img"), "nothing to look at yet");

    take(&mut stefan, 200).await;
    let first = stringers::Model::find(&db, me.id).await.unwrap().logo.expect("a logo");
    let page = stefan.get("/settings/logo?done=1").await.sees(200);
    assert!(page.contains("/orders/receipts"));
    let picture = page.attribute(".logo-slot img", "src").expect("a picture");
    let seen = stefan.get(&picture).await.sees(200);
    let header = |name: &str| seen.headers[name].to_str().expect("a word").to_owned();
    assert_eq!(header("content-type"), "image/png");
    assert!(header("cache-control").starts_with("private"));
    orders::Entity::issue_by_hand(&db, order).await.unwrap();
    assert_eq!(says(&db, order).await.logo.as_ref(), Some(&first));

    // Another, and none: what was issued is made again as it was.
    take(&mut stefan, 20).await;
    stefan.delete("/settings/logo").await.sees(303);
    let page = stefan.get("/settings/logo?done=1").await.sees(200);
    assert!(!page.contains("<img") && page.contains("Name"), "the name stands there instead");
    let mut files = Vec::new();
    for issue in receipt_emissions::Entity::of_order(&db, order).await.unwrap() {
        receipt_emissions::Entity::render(&db, issue.id).await.unwrap();
        let emission = receipt_emissions::Model::find(&db, order, issue.id).await.unwrap();
        let again = receipt_emissions::Entity::pdf(&db, emission.snapshot.clone()).await;
        assert_eq!(again.unwrap().ok(), emission.pdf);
        files.push(emission.pdf.expect("rendered"));
    }
    let pictures =
        |pdf: &Vec<u8>| pdf.windows(14).filter(|some| *some == b"/Subtype/Image").count();
    assert_eq!(files.iter().map(pictures).collect::<Vec<_>>(), [1, 0]);
    world.marco().await.get(&picture).await.sees(404);
}

#[tokio::test]
async fn a_logo_that_no_receipt_shows_is_not_kept() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let (me, db) = world.at_work(demo::STEFAN).await;
    let order = strung(&db, &me).await;
    for red in [10, 20, 30, 40] {
        take(&mut stefan, red).await;
        if red == 20 {
            orders::Entity::issue_by_hand(&db, order).await.unwrap();
        }
        let before = chrono::Utc::now() - chrono::Duration::hours(2);
        logos::Entity::update_many()
            .col_expr(logos::Column::ReplacedAt, Expr::value(before))
            .filter(logos::Column::ReplacedAt.is_not_null())
            .exec(&world.beneath().await)
            .await
            .unwrap();
    }
    let kept = async || {
        let all = logos::Entity::find().all(&db).await.unwrap();
        all.into_iter().map(|logo| logo.digest).collect::<Vec<_>>()
    };
    // What a receipt shows, what stood there until now, and what stands there.
    assert_eq!(kept().await.len(), 3);
    let shown = says(&db, order).await.logo.expect("a logo");
    // The same again is no other, and what was replaced long ago goes.
    take(&mut stefan, 40).await;
    let now = kept().await;
    assert!(now.len() == 2 && now.contains(&shown), "{now:?}");
    // One that was taken off goes as well, if it was not shown.
    stefan.delete("/settings/logo").await.sees(303);
    assert_eq!(kept().await.len(), 2, "a receipt with it may be on its way");
    world.age("logos", "replaced_at").await;
    stefan.delete("/settings/logo").await.sees(303);
    assert_eq!(kept().await, [shown]);
}

#[tokio::test]
async fn a_logo_is_not_changed_without_end_and_few_dots_are_told() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let (me, db) = world.at_work(demo::STEFAN).await;
    for red in 0..100 {
        let picture = pictures::child::read(&logo(red)).expect("a picture");
        assert!(logos::Entity::take(&db, me.id, picture).await.unwrap());
    }
    let page = stefan.upload("/settings/logo", "a.png", &logo(200)).await.sees(422);
    assert!(page.contains("sehr oft gewechselt"));
    world.age("logos", "replaced_at").await;
    let small = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>";
    let done = stefan.upload("/settings/logo", "a.svg", small).await.sees(303).location();
    assert_eq!(done, "/settings/logo?done=1", "a drawing has as many as it needs");
    let mut dots = std::io::Cursor::new(Vec::new());
    let few = DynamicImage::from(RgbImage::from_pixel(20, 20, Rgb([9, 9, 9])));
    few.write_to(&mut dots, ImageFormat::Png).expect("a file");
    let done = stefan.upload("/settings/logo", "a.png", dots.get_ref()).await.sees(303).location();
    assert!(stefan.get(&done).await.sees(200).contains("hat wenige Punkte"), "{done}");
}

#[tokio::test]
async fn what_is_no_logo_is_refused_with_a_sentence_and_changes_nothing() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let (me, db) = world.at_work(demo::STEFAN).await;
    take(&mut stefan, 200).await;
    let now = stringers::Model::find(&db, me.id).await.unwrap().logo;
    let white = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>";
    for (name, bytes, sentence) in [
        ("", &b""[..], "Wähle zuerst"),
        ("a.gif", b"GIF89a", "kein PNG, JPEG oder SVG"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "lässt sich nicht lesen"),
        ("a.svg", white, "ist auf weissem Papier nichts zu sehen"),
    ] {
        let page = stefan.upload("/settings/logo", name, bytes).await.sees(422);
        assert!(page.contains(sentence), "{name}: {sentence}");
        assert!(page.contains("aria-invalid"), "{name}");
    }
    assert_eq!(stringers::Model::find(&db, me.id).await.unwrap().logo, now);
}
