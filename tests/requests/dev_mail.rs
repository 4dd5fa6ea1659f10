//! What would have gone out, while developing.

use rbo::demo;
use rbo::models::orders::{self, Step};
use rbo::models::receipt_mails::{self, Delivery};
use rbo::workers::mail_receipts::mail_owed;

use crate::support::{Kind, World, waiting};

#[tokio::test]
async fn mails_that_are_kept_are_shown_with_their_files() {
    let world = World::with(Kind::Demo, |config| {
        config.settings.as_mut().expect("settings")["keeps_mails"] = true.into();
    })
    .await;
    let mut visitor = world.visitor();
    assert!(visitor.get("/dev/mail").await.sees(200).contains("Nothing yet"));
    visitor.post("/session/link", &[("email", demo::MARCO)]).await.sees(200);
    let mut page = visitor.get("/dev/mail").await.sees(200);
    for _ in 0..500 {
        if page.contains("token_hash=") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        page = visitor.get("/dev/mail").await.sees(200);
    }
    assert!(page.contains(demo::MARCO) && page.contains("token_hash="), "{}", page.text());

    // A receipt goes there as well, and counts as sent.
    let (me, db) = world.at_work(demo::STEFAN).await;
    let raw = world.beneath().await;
    let clients =
        "UPDATE persons SET email = 'sara@example.ch', display_first_name = '<b>Sara</b>'";
    sea_orm::ConnectionTrait::execute_unprepared(&raw, clients).await.unwrap();
    let order = waiting(&db).await[0];
    orders::Entity::mark(&db, &me, order, Step::Strung, Default::default()).await.unwrap();
    // What waits is due, and so is its file.
    world.age("receipt_mails", "next_attempt_at").await;
    world.age("receipt_emissions", "next_attempt_at").await;
    mail_owed(&world.ctx, || false).await.unwrap();
    let sent = receipt_mails::Entity::of_order(&db, order).await.unwrap();
    assert_eq!(sent.iter().map(|mail| mail.state).collect::<Vec<_>>(), [Delivery::Sent]);
    let page = visitor.get("/dev/mail").await.sees(200);
    assert!(!page.contains("<b>Sara"), "{}", page.text());
    let files = page.attributes("article:first-of-type a", "href");
    let [html, pdf] = &files[..] else { panic!("{files:?}") };
    assert!(visitor.get(html).await.sees(200).text().contains("<html"));
    assert!(visitor.get(pdf).await.sees(200).bytes.starts_with(b"%PDF-"));
    visitor.get("/dev/mail/0/another.pdf").await.sees(404);
    visitor.get("/dev/mail/99/page.html").await.sees(404);
}

#[tokio::test]
async fn where_no_mails_are_kept_there_is_no_such_page() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    stefan.get("/dev/mail").await.sees(404);
    stefan.get("/dev/mail/0/page.html").await.sees(404);
}
