//! Every page, in both languages and both themes: axe-core finds nothing, nothing scrolls
//! sideways at any width or with letters of twice the size, nothing jumps while it loads,
//! and no script complains.
//!
//! `RBO_TEST_SCREENS=folder cargo test --test mod browser::pages` also keeps a picture of
//! each, at the size of a phone, a tablet and a desk.

use std::path::PathBuf;

use fantoccini::Client;
use rbo::demo;
use rbo::models::{client_rackets, orders};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value;

use super::driver::{self, Driver};
use super::{ENGLISH, GERMAN, Words, sign_in};
use crate::support::{Kind, World};

const SIZES: [(&str, u32, u32); 3] =
    [("phone", 390, 844), ("tablet", 768, 1024), ("desk", 1280, 800)];

#[tokio::test]
async fn every_page_is_for_everybody_in_english() {
    look_at_all(&ENGLISH).await;
}

#[tokio::test]
async fn every_page_is_for_everybody_in_german() {
    look_at_all(&GERMAN).await;
}

async fn look_at_all(words: &Words) {
    let Some(driver) = Driver::start() else { return };
    let mut found = Vec::new();
    let empty = World::empty().await;
    let base = empty.serve().await;
    let browser = driver.browser(words.accept).await;
    look(&browser, words, &base, &[("first-run", "/first-run".to_owned())], &mut found).await;

    let world = World::embedded(Kind::Demo).await;
    speak(&world, words).await;
    let base = world.serve().await;
    let outside =
        [("session-new", "/session/new"), ("link-spent", "/link?type=magiclink&token_hash=0")];
    let outside = outside.map(|(name, path)| (name, path.to_owned()));
    look(&browser, words, &base, &outside, &mut found).await;
    sign_in(&browser, &base, words).await;
    let pages = pages(&world).await;
    look(&browser, words, &base, &pages, &mut found).await;
    let complaints = driver::complaints(&browser).await;
    browser.close().await.expect("closed");
    assert_eq!(found, Vec::<String>::new());
    // The browser itself notes what was answered with an error on purpose.
    let ours: Vec<_> = complaints
        .into_iter()
        .filter(|line| !line.contains("(Not Found)") && !line.contains("(Unprocessable Entity)"))
        .collect();
    assert_eq!(ours, Vec::<String>::new());
}

/// The pages' language is the stringer's own.
async fn speak(world: &World, words: &Words) {
    let raw = world.beneath().await;
    let sql = format!("UPDATE stringers SET default_locale = '{}'", words.locale);
    raw.execute_unprepared(&sql).await.expect("another language");
}

/// All that a stringer and an admin see.
async fn pages(world: &World) -> Vec<(&'static str, String)> {
    let (_me, db) = world.at_work(demo::STEFAN).await;
    let strung = orders::Entity::find()
        .filter(orders::Column::StrungAt.is_not_null())
        .filter(orders::Column::IsSelf.eq(false))
        .order_by_desc(orders::Column::StrungAt)
        .one(&db);
    let strung = strung.await.unwrap().expect("a strung order");
    let open = orders::Entity::find()
        .filter(orders::Column::StrungAt.is_null())
        .filter(orders::Column::CancelledAt.is_null())
        .one(&db);
    let open = open.await.unwrap().expect("an open order");
    let day = orders::Entity::find().filter(orders::Column::DueAt.is_not_null()).one(&db);
    let day = day.await.unwrap().and_then(|order| order.due_at).expect("a day");
    let racket = client_rackets::Entity::one(&db, strung.client_racket_id).await.unwrap();
    let client = strung.client_profile_id;
    [
        ("home", "/".to_owned()),
        ("orders", "/orders".to_owned()),
        ("orders-unpaid", "/orders?state=unpaid".to_owned()),
        ("orders-none", "/orders?q=zzzz".to_owned()),
        ("orders-new", "/orders/new".to_owned()),
        ("orders-new-found", "/orders/new?q=a".to_owned()),
        ("order-form-copied", format!("/orders/new?client={client}")),
        ("order-form-new", "/orders/new?client=new&name=Sara%20Frei".to_owned()),
        ("order-form-self", "/orders/new?client=self".to_owned()),
        ("order-strung", format!("/orders/{}", strung.id)),
        ("order-open", format!("/orders/{}", open.id)),
        ("order-edit", format!("/orders/{}/edit", strung.id)),
        ("clients", "/clients".to_owned()),
        ("clients-none", "/clients?q=zzzz".to_owned()),
        ("client-new", "/clients/new".to_owned()),
        ("client", format!("/clients/{client}")),
        ("client-edit", format!("/clients/{client}/edit")),
        ("racket", format!("/client-rackets/{}", racket.id)),
        ("racket-edit", format!("/client-rackets/{}/edit", racket.id)),
        ("day", format!("/days/{day}")),
        ("day-none", "/days/2031-01-01".to_owned()),
        ("reports", "/reports".to_owned()),
        ("reports-none", "/reports?year=1999".to_owned()),
        ("settings", "/settings".to_owned()),
        ("settings-workshop", "/settings/workshop".to_owned()),
        ("settings-password", "/settings/password".to_owned()),
        ("admin-invitations", "/admin/invitations".to_owned()),
        ("admin-stringers", "/admin/stringers".to_owned()),
        ("styleguide", "/styleguide".to_owned()),
        ("missing", "/nowhere".to_owned()),
    ]
    .into()
}

async fn look(
    browser: &Client,
    words: &Words,
    base: &str,
    pages: &[(&'static str, String)],
    found: &mut Vec<String>,
) {
    for theme in ["light", "dark"] {
        driver::theme(browser, theme).await;
        for (page, path) in pages {
            driver::resize(browser, 390, 844).await;
            browser.goto(&format!("{base}{path}")).await.expect("a page");
            let seen = format!("{page}, {theme}");
            let shift = ask(browser, SHIFT).await.as_f64().expect("a number");
            if shift > 0.02 {
                found.push(format!("{seen}: jumps by {shift}"));
            }
            found.extend(
                violations(browser).await.into_iter().map(|rule| format!("{seen}: {rule}")),
            );
            for (name, width, height) in SIZES {
                driver::resize(browser, width, height).await;
                keep(browser, &format!("{page}-{}-{theme}-{name}", words.locale)).await;
                found.extend(sideways(browser, &format!("{seen}, {width} px")).await);
            }
            driver::resize(browser, 320, 640).await;
            found.extend(sideways(browser, &format!("{seen}, 320 px")).await);
            driver::resize(browser, 390, 844).await;
            ask(browser, "document.documentElement.style.fontSize = '200%'; done(1)").await;
            found.extend(sideways(browser, &format!("{seen}, letters of twice the size")).await);
        }
    }
}

/// The sum of the shifts that nobody asked for, as browsers count it.
const SHIFT: &str = "
    let sum = 0;
    const watch = new PerformanceObserver((list) => list.getEntries().forEach((e) => { if (!e.hadRecentInput) sum += e.value; }));
    watch.observe({ type: 'layout-shift', buffered: true });
    document.fonts.ready.then(() => setTimeout(() => done(sum), 50));";

/// What hangs out at the right of the page, widest first.
const SIDEWAYS: &str = "
    const wide = document.documentElement.clientWidth;
    const over = document.documentElement.scrollWidth > wide
      ? [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > wide + 1).map((e) => e.tagName + '.' + e.className)
      : [];
    done(over.slice(0, 3));";

const AXE: &str = include_str!("../../assets/node_modules/axe-core/axe.min.js");

async fn violations(browser: &Client) -> Vec<String> {
    browser.execute(AXE, Vec::new()).await.expect("axe-core");
    let run = "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
        .then((said) => done(said.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html + ' ' + n.failureSummary).join(' | '))))
        .catch((error) => done([String(error)]))";
    texts(&ask(browser, run).await)
}

async fn sideways(browser: &Client, seen: &str) -> Vec<String> {
    let over = texts(&ask(browser, SIDEWAYS).await);
    over.into_iter().map(|element| format!("{seen}: {element} hangs out")).collect()
}

fn texts(list: &Value) -> Vec<String> {
    let list = list.as_array().expect("a list").iter();
    list.map(|text| text.as_str().unwrap_or_default().chars().take(600).collect()).collect()
}

/// Runs a script that calls `done`.
async fn ask(browser: &Client, script: &str) -> Value {
    let script = format!("const done = arguments[arguments.length - 1]; {script}");
    browser.execute_async(&script, Vec::new()).await.expect("an answer")
}

async fn keep(browser: &Client, name: &str) {
    let Some(folder) = std::env::var_os("RBO_TEST_SCREENS").map(PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).expect("a folder");
    let png = browser.screenshot().await.expect("a picture");
    std::fs::write(folder.join(format!("{name}.png")), png).expect("kept");
}
