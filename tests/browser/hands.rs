//! What hands do: hold Enter, tap twice, go back and save again, send a form as it came; and
//! what eyes see at the desk.

use std::time::Duration;

use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use rbo::demo;
use rbo::models::{client_profiles, client_rackets, orders, stringers};
use sea_orm::{EntityTrait, PaginatorTrait};
use sea_orm_tenancy::Db;

use super::driver::{self, Driver};
use super::pages::ask;
use super::{at_work, fill, find, holds, tap, text};
use crate::support::World;
use crate::support::harness::{Case, cases};

/// The tests of this file.
pub fn tests() -> Vec<Case> {
    cases![
        enter_held_taps_twice_and_back_make_one_order,
        a_form_that_is_sent_untouched_stores_what_it_shows,
        enter_in_a_picker_takes_the_suggestion_and_goes_on,
        a_step_that_was_taken_is_seen_when_one_goes_back,
        at_the_desk_a_list_shows_ten_orders_and_is_walked_with_keys,
        strung_from_home_is_one_tap_and_half_a_kilo_too,
        the_bench_goes_from_racket_to_racket,
    ]
}

async fn count(db: &Db) -> u64 {
    orders::Entity::find().count(db).await.expect("orders")
}

async fn enter_held_taps_twice_and_back_make_one_order() {
    let driver = Driver::start();
    let (world, base, browser) = at_work(&driver).await;
    let (_me, db) = world.at_work(demo::STEFAN).await;
    let before = count(&db).await;
    browser.goto(&format!("{base}/orders/new?client=new&name=Vera")).await.expect("a page");
    fill(&browser, "#f-racket", "Head Boom MP").await;
    fill(&browser, "#f-labor", "25").await;
    let name = find(&browser, "#f-last_name").await;
    let held = char::from(Key::Enter).to_string().repeat(60);
    name.send_keys(&format!("Meier{held}")).await.expect("typed");
    find(&browser, "#order").await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(count(&db).await, before + 1);
    let saved = browser.current_url().await.expect("an address");

    // Back, and Save again: the same order.
    browser.back().await.expect("the form");
    find(&browser, "#order-form").await;
    fill(&browser, "#f-racket", "Head Boom MP").await;
    fill(&browser, "#f-labor", "25").await;
    fill(&browser, "#f-last_name", "Meier").await;
    tap(&browser, ".dock button").await;
    find(&browser, "#order, .notice a").await;
    assert_eq!(count(&db).await, before + 1, "Back and Save made another");
    if let Ok(seen) = browser.find(Locator::Css(".notice a")).await {
        seen.click().await.expect("the first");
        find(&browser, "#order").await;
    }
    let again = browser.current_url().await.expect("an address");
    assert_eq!(again.path(), saved.path());

    // Two fast taps.
    browser.goto(&format!("{base}/orders/new?client=new&name=Walter")).await.expect("a page");
    fill(&browser, "#f-racket", "Head Boom MP").await;
    let twice =
        "const save = document.querySelector('.dock button'); save.click(); save.click(); done(1)";
    ask(&browser, twice).await;
    find(&browser, "#order").await;
    assert_eq!(count(&db).await, before + 2);
    browser.close().await.expect("closed");
}

/// Sends the form of a page as it came.
async fn send_untouched(browser: &Client, base: &str, path: &str, leads_to: &str) {
    browser.goto(&format!("{base}{path}")).await.expect("a page");
    tap(browser, ".dock button").await;
    find(browser, leads_to).await;
}

async fn a_form_that_is_sent_untouched_stores_what_it_shows() {
    let driver = Driver::start();
    let (world, base, browser) = at_work(&driver).await;
    let (me, db) = world.at_work(demo::STEFAN).await;

    // New, with what is asked for alone.
    browser.goto(&format!("{base}/orders/new?client=new&name=Vera")).await.expect("a page");
    fill(&browser, "#f-racket", "Head Boom MP").await;
    tap(&browser, ".dock button").await;
    find(&browser, "#order").await;
    let url = browser.current_url().await.expect("an address");
    let id = url.path().rsplit('/').next().and_then(|id| id.parse().ok()).expect("an order");
    let order = orders::Model::find(&db, id).await.expect("an order");
    assert_eq!((order.payment_kind, order.prestretch_kind, order.pieces), (None, None, None));
    assert_eq!((order.paid_in_advance, order.due_at, order.mains_tension), (false, None, None));
    assert_eq!((order.mains_byo, order.crosses_byo), (false, false));

    // An order, a client, a racket, the workshop: as they were.
    send_untouched(&browser, &base, &format!("/orders/{id}/edit"), "#order").await;
    let saved = orders::Model::find(&db, id).await.expect("an order");
    let untimed = |order: orders::Model| orders::Model {
        lock_version: 0,
        updated_at: order.created_at,
        ..order
    };
    assert_eq!(untimed(saved), untimed(order.clone()));

    let client = order.client_profile_id;
    let before = client_profiles::Client::find(&db, client).await.expect("a client");
    send_untouched(&browser, &base, &format!("/clients/{client}/edit"), ".desk").await;
    let after = client_profiles::Client::find(&db, client).await.expect("a client");
    assert_eq!(format!("{before:?}"), format!("{after:?}"));

    let racket = order.client_racket_id;
    let before = client_rackets::Model::find(&db, racket).await.expect("a racket");
    send_untouched(&browser, &base, &format!("/client-rackets/{racket}/edit"), ".notice--good")
        .await;
    let after = client_rackets::Model::find(&db, racket).await.expect("a racket");
    assert_eq!(client_rackets::Model { updated_at: before.updated_at, ..after }, before);

    let before = stringers::Model::find(&db, me.id).await.expect("a stringer");
    send_untouched(&browser, &base, "/settings/workshop", "[role=status]").await;
    let after = stringers::Model::find(&db, me.id).await.expect("a stringer");
    assert_eq!(stringers::Model { updated_at: before.updated_at, ..after }, before);

    // A list that is searched shows what was asked for, and no more.
    browser.goto(&format!("{base}/orders?state=unpaid")).await.expect("a page");
    fill(&browser, "#f-q", "a").await;
    tokio::time::sleep(Duration::from_millis(800)).await;
    let url = browser.current_url().await.expect("an address");
    let chosen: Vec<_> = url.query_pairs().filter(|(_, value)| !value.is_empty()).collect();
    let names: Vec<_> = chosen.iter().map(|(name, _)| name.as_ref()).collect();
    assert!(!names.contains(&"year") && !names.contains(&"byo"), "{url}");
    browser.close().await.expect("closed");
}

async fn enter_in_a_picker_takes_the_suggestion_and_goes_on() {
    let driver = Driver::start();
    let (world, base, browser) = at_work(&driver).await;
    let (_me, db) = world.at_work(demo::STEFAN).await;
    let before = count(&db).await;
    browser.goto(&format!("{base}/orders/new?client=new&name=Vera")).await.expect("a page");
    fill(&browser, "#f-mains_string", "rpm bl").await;
    find(&browser, "#o-mains_string [data-option]").await;
    let enter = char::from(Key::Enter).to_string();
    find(&browser, "#f-mains_string").await.send_keys(&enter).await.expect("typed");
    find(&browser, "#f-mains_tension:focus").await;
    let taken = find(&browser, "#f-mains_string").await.prop("value").await.expect("a value");
    assert!(taken.is_some_and(|name| name.starts_with("Babolat RPM Blast")));
    // A name of nobody's is taken as it is, and nothing is sent.
    fill(&browser, "#f-racket", "Nobodys 1").await;
    find(&browser, "#f-racket").await.send_keys(&enter).await.expect("typed");
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(count(&db).await, before);
    assert!(browser.find(Locator::Css("#order-form")).await.is_ok());
    browser.close().await.expect("closed");
}

async fn a_step_that_was_taken_is_seen_when_one_goes_back() {
    let driver = Driver::start();
    let (_world, base, browser) = at_work(&driver).await;
    browser.goto(&format!("{base}/orders?state=open")).await.expect("a page");
    let open = browser.find_all(Locator::Css("#list tr.job")).await.expect("rows").len();
    tap(&browser, "#list tr.job a").await;
    tap(&browser, "#order .button--main").await;
    find(&browser, "#order > .toast").await;
    // Two entries of the history: the order as it was, and as it is.
    browser.goto(&format!("{base}/clients")).await.expect("another page");
    for _ in 0..4 {
        browser.back().await.expect("back");
        let url = browser.current_url().await.expect("an address");
        if url.path() == "/orders" {
            break;
        }
    }
    for _ in 0..50 {
        let rows = browser.find_all(Locator::Css("#list tr.job")).await.expect("rows").len();
        if rows == open - 1 {
            browser.close().await.expect("closed");
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the order is still listed");
}

async fn at_the_desk_a_list_shows_ten_orders_and_is_walked_with_keys() {
    let driver = Driver::start();
    let (_world, base, browser) = at_work(&driver).await;
    driver::resize(&browser, 1280, 800).await;
    browser.goto(&format!("{base}/orders")).await.expect("a page");
    let shown = "done([...document.querySelectorAll('tr.job')].filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length)";
    let rows = ask(&browser, shown).await.as_u64().expect("a number");
    let tops = "done([innerHeight, ...[...document.querySelectorAll('h1, .finder, thead, tr.job')].slice(0, 8).map((e) => [e.tagName, e.getBoundingClientRect().top, e.getBoundingClientRect().height])])";
    assert!(rows >= 10, "{rows} orders: {}", ask(&browser, tops).await);
    let heads = browser.find_all(Locator::Css("table.jobs th a")).await.expect("heads").len();
    assert_eq!(heads, 4);
    tap(&browser, "table.jobs th a[href$='sort=client']").await;
    find(&browser, "th[aria-sort=ascending] a[href$='sort=client']").await;
    // Down into the list, down, up, and open.
    let search = find(&browser, "#f-q").await;
    search.send_keys(&char::from(Key::Down).to_string()).await.expect("typed");
    find(&browser, "tr.job:nth-child(1) [data-hit]:focus").await;
    for (key, row) in [(Key::Down, 2), (Key::Down, 3), (Key::Up, 2)] {
        let at = browser.active_element().await.expect("a hit");
        at.send_keys(&char::from(key).to_string()).await.expect("typed");
        find(&browser, &format!("tr.job:nth-child({row}) [data-hit]:focus")).await;
    }
    let at = browser.active_element().await.expect("a hit");
    at.send_keys(&char::from(Key::Enter).to_string()).await.expect("typed");
    find(&browser, "#order").await;
    // From elsewhere a slash leads to the search; the only hit is opened with Enter.
    browser.goto(&base).await.expect("a page");
    find(&browser, "body").await.send_keys("/").await.expect("typed");
    find(&browser, "#f-q:focus").await.send_keys("noah").await.expect("typed");
    find(&browser, "[data-hits=noah]").await;
    let search = find(&browser, "#f-q").await;
    search.send_keys(&char::from(Key::Enter).to_string()).await.expect("typed");
    find(&browser, ".desk--facts").await;
    browser.close().await.expect("closed");
}

async fn strung_from_home_is_one_tap_and_half_a_kilo_too() {
    let driver = Driver::start();
    let (world, base, browser) = at_work(&driver).await;
    let (_me, db) = world.at_work(demo::STEFAN).await;
    let form = find(&browser, "#today form[action$='/strung']").await;
    let action = form.attr("action").await.expect("an address").expect("an address");
    let id = action.split('/').nth(2).and_then(|id| id.parse().ok()).expect("an order");
    tap(&browser, &format!("form[action='{action}'] button")).await;
    find(&browser, ".toast:focus").await;
    assert!(orders::Model::find(&db, id).await.expect("an order").strung_at.is_some());

    browser.goto(&format!("{base}/orders/new?client=new&name=Vera")).await.expect("a page");
    // The first tap on an empty field begins with what is usual.
    tap(&browser, "[value='mains_tension:+']").await;
    holds(&browser, "#f-mains_tension", "23").await;
    tap(&browser, "[value='mains_tension:+']").await;
    holds(&browser, "#f-mains_tension", "23.5").await;
    holds(&browser, "#f-crosses_tension", "23.5").await;
    browser.close().await.expect("closed");
}

async fn the_bench_goes_from_racket_to_racket() {
    let driver = Driver::start();
    let (world, base, browser): (World, String, Client) = at_work(&driver).await;
    let (_me, db) = world.at_work(demo::STEFAN).await;
    let queue = orders::Entity::queue(&db, 50).await.expect("a queue");
    browser.goto(&format!("{base}/bench")).await.expect("a page");
    let tall = "done(document.querySelector('.bench__sides b').getBoundingClientRect().height)";
    let tall = ask(&browser, tall).await.as_f64().expect("a height");
    assert!(tall >= 80.0, "{tall} px");
    tap(&browser, ".bench__act a[href^='/bench/']").await;
    let second = format!("/orders/{}/strung", queue[1].id);
    find(&browser, &format!("form[action='{second}']")).await;
    fill(&browser, ".bench__act [name=dt_after]", "37").await;
    // For half a second the same thumb strings no other racket.
    ask(&browser, "setTimeout(done, 600)").await;
    tap(&browser, ".bench__act .button--main").await;
    find(&browser, ".toast").await;
    let strung = orders::Model::find(&db, queue[1].id).await.expect("an order");
    assert_eq!((strung.strung_at.is_some(), strung.dt_after), (true, Some(37)));
    assert_eq!(text(&browser, ".bar .muted").await, format!("1 von {}", queue.len() - 1));
    // What is no measure is said at the bench.
    ask(&browser, "setTimeout(done, 600)").await;
    fill(&browser, ".bench__act [name=dt_after]", "370").await;
    tap(&browser, ".bench__act .button--main").await;
    find(&browser, "[role=alert]").await;
    holds(&browser, ".bench__act [name=dt_after]", "370").await;
    browser.close().await.expect("closed");
}
