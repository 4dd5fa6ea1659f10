//! How many statements a page sends: as many as it takes, and not one more. Each costs a way
//! to the database and back, and the time of a page is made of those (`benches/pages`).

use rbo::demo;
use rbo::models::{catalogue_strings, client_profiles, client_rackets, orders, reels};
use sea_orm::EntityTrait;

use crate::support::{Browser, Passed, REEL, World};

/// The statements of one page, the one that tells who is asking among them.
async fn sent(stefan: &mut Browser, page: &str) -> usize {
    let passed = Passed::begin();
    if page.contains("fragment") {
        stefan.fragment(page).await.sees(200);
    } else {
        stefan.get(page).await.sees(200);
    }
    passed.end().len()
}

#[tokio::test]
async fn a_page_sends_no_more_statements_than_it_takes() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let (me, db) = world.at_work(demo::STEFAN).await;
    let client = client_profiles::Entity::search(&db, "", 0).await.unwrap().0[0].id;
    let racket = client_rackets::Entity::of_client(&db, client).await.unwrap()[0].id;
    let order = orders::Entity::find_last(&db, client, None).await.unwrap().expect("one").id;
    let waiting = orders::Entity::queue(&db, 1).await.unwrap()[0].id;
    let strung = orders::Entity::ready(&db, 1).await.unwrap()[0].id;
    assert!(orders::Entity::find_by_id(order).one(&db).await.unwrap().is_some());
    let string = catalogue_strings::Entity::search(&db, None, "").await.unwrap()[0].id;
    let reel = reels::Entity::add(&db, string, me.currency(), REEL).await.unwrap();
    let today = me.today();
    for (page, budget) in [
        ("/".to_owned(), 5),
        ("/catalogue/rackets".to_owned(), 2),
        ("/catalogue/strings?q=babolat&sport=tennis".to_owned(), 2),
        ("/orders".to_owned(), 3),
        ("/orders?state=unpaid&sort=client".to_owned(), 3),
        ("/orders?q=yonex+lukas&fragment=1".to_owned(), 4),
        ("/clients".to_owned(), 2),
        ("/clients?q=a".to_owned(), 2),
        (format!("/clients/{client}"), 5),
        (format!("/client-rackets/{racket}"), 10),
        (format!("/orders/{waiting}"), 4),
        (format!("/orders/{strung}"), 7),
        (format!("/orders/{order}/edit"), 5),
        ("/orders/new".to_owned(), 2),
        (format!("/orders/new?client={client}"), 6),
        (format!("/orders/new?from={order}"), 6),
        (format!("/bench/{waiting}"), 5),
        (format!("/days/{today}"), 4),
        ("/news".to_owned(), 4),
        ("/news/badge".to_owned(), 2),
        ("/settings/notices".to_owned(), 2),
        ("/settings/paying".to_owned(), 2),
        ("/settings/taxes".to_owned(), 2),
        ("/settings/logo".to_owned(), 2),
        ("/settings/ready".to_owned(), 2),
        (format!("/orders/{strung}/ready"), 5),
        ("/shares".to_owned(), 3),
        (format!("/shares?from={client}"), 4),
        ("/shares/given".to_owned(), 2),
        ("/shares/log".to_owned(), 2),
        (format!("/shares/new?client={client}"), 3),
        ("/admin/feeds".to_owned(), 10),
        ("/reels".to_owned(), 2),
        (format!("/reels/{reel}"), 4),
        (format!("/orders/{order}/string"), 7),
        ("/reports".to_owned(), 12),
        ("/settings".to_owned(), 2),
        ("/settings/workshop".to_owned(), 2),
    ] {
        // The world's own clocks, as the one that sends mails, may ask in between; a page that
        // needs one more needs it each time.
        let mut least = usize::MAX;
        for _ in 0..20 {
            least = least.min(sent(&mut stefan, &page).await);
            if least <= budget {
                break;
            }
        }
        assert!(least <= budget, "{page}: {least} statements, where {budget} are enough");
    }
}

#[tokio::test]
async fn a_stylesheet_lies_ready_in_the_smallest_form_that_the_browser_takes() {
    let world = World::demo().await;
    let mut visitor = world.visitor();
    let page = visitor.get("/session/new").await.sees(200);
    let css = page.attribute("link[rel=stylesheet]", "href").expect("a stylesheet");
    let get = axum::http::Method::GET;
    let plain = visitor.get(&css).await.sees(200);
    assert!(plain.headers.get("content-encoding").is_none());
    let accepts = [("accept-encoding", "gzip, deflate, br")];
    let small = visitor.send(get, &css, &accepts, None).await.sees(200);
    assert_eq!(small.headers["content-encoding"], "br");
    assert_eq!(small.headers["content-type"], plain.headers["content-type"]);
    assert_eq!(small.headers["vary"], "Accept-Encoding");
    assert!(small.bytes.len() * 4 < plain.bytes.len(), "{}", small.bytes.len());
}
