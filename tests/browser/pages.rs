//! Every page, in both languages and both themes: axe-core finds nothing, nothing scrolls
//! sideways or is cut off at any width or with letters of twice the size, nothing jumps while
//! it loads, it weighs no more than is allowed below, and no script complains.
//!
//! `RBO_TEST_SCREENS=folder cargo test --test equipped browser::pages` also keeps a picture of
//! each, at the size of a phone, a tablet and a desk.

use std::path::PathBuf;

use fantoccini::Client;
use rbo::demo;
use rbo::models::catalogue;
use rbo::models::receipt_emissions;
use rbo::models::receipt_mails::{self, Answer};
use rbo::models::reels::{self, BedSide, ReelKind, Said, uses};
use rbo::models::{
    catalogue_strings, catalogue_submissions, client_rackets, orders, persons as people, rackets,
    sharing,
};
use rbo::models::{logos, taxes};
use rbo::pictures;
use rbo::units::Sport;
use rbo::workers::render_receipt::{self, RenderReceiptArgs};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, TransactionSession,
    TransactionTrait,
};
use serde_json::Value;

use super::driver::{self, Driver};
use super::{ENGLISH, GERMAN, Scripts, Words, first_order, set_up, sign_in};
use super::{clients, persons};
use crate::support::harness::{Case, cases};
use crate::support::sample::{Book, written};
use crate::support::smtp::{Mood, Smtp};
use crate::support::{Kind, REEL, World};

/// The tests of this file.
pub fn tests() -> Vec<Case> {
    cases![every_page_is_for_everybody_in_english, every_page_is_for_everybody_in_german]
}

const SIZES: [(&str, u32, u32); 3] =
    [("phone", 390, 844), ("tablet", 768, 1024), ("desk", 1280, 800)];

async fn every_page_is_for_everybody_in_english() {
    look_at_all(&ENGLISH).await;
}

async fn every_page_is_for_everybody_in_german() {
    look_at_all(&GERMAN).await;
}

async fn look_at_all(words: &Words) {
    let driver = Driver::start();
    let empty = World::empty().await;
    let base = empty.serve().await;
    let browser = driver.browser(words.accept).await;
    let mut eyes = Eyes { browser: &browser, words, base, found: Vec::new(), seen: 0 };
    eyes.look(&named([("first-run", "/first-run")])).await;
    // Nobody and nothing yet; then one of each.
    set_up(&empty, &browser, &eyes.base, words).await;
    eyes.look(&named([
        ("empty-home", "/"),
        ("empty-orders", "/orders"),
        ("empty-clients", "/clients"),
        ("empty-choose", "/orders/new"),
        ("empty-reports", "/reports"),
    ]))
    .await;
    browser.goto(&eyes.base).await.expect("a page");
    first_order(&browser, words, Scripts::On).await;
    eyes.look(&named([("one-home", "/"), ("one-orders", "/orders"), ("one-clients", "/clients")]))
        .await;
    browser.delete_all_cookies().await.expect("signed out");

    // A mail server that nobody is at: mails wait.
    let smtp = Smtp::start().await;
    smtp.is(Mood::Closed);
    let world = World::with(Kind::Demo, |config| config.mailer = Some(smtp.mailer())).await;
    speak(&world, words).await;
    // Another address, of which the browser has nothing yet.
    (eyes.base, eyes.seen) = (world.serve().await, 0);
    eyes.look(&named([
        ("session-new", "/session/new"),
        ("link-spent", "/link?type=magiclink&token_hash=0"),
        ("mine-start", "/mine/start"),
    ]))
    .await;
    sign_in(&browser, &eyes.base, words).await;
    eyes.look(&pages(&world).await).await;
    // Last: from now on the browser is a client's as well.
    let own = clients::let_in(&world, &browser, &eyes.base).await;
    eyes.look(&own).await;
    let proven = persons::prove(&world, &browser, &eyes.base).await;
    eyes.look(&proven).await;
    let found = eyes.found;
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
pub(super) async fn speak(world: &World, words: &Words) {
    let raw = world.beneath().await;
    for table in ["stringers", "persons"] {
        let sql = format!("UPDATE {table} SET default_locale = '{}'", words.locale);
        raw.execute_unprepared(&sql).await.expect("another language");
    }
}

fn named<const N: usize>(pages: [(&'static str, &str); N]) -> Vec<(&'static str, String)> {
    pages.map(|(name, path)| (name, path.to_owned())).into()
}

/// All that a stringer and an admin see.
pub(super) async fn pages(world: &World) -> Vec<(&'static str, String)> {
    let (me, db) = world.at_work(demo::STEFAN).await;
    let strung = orders::Entity::find()
        .filter(orders::Column::StrungAt.is_not_null())
        .filter(orders::Column::PaidAt.is_null())
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
    let racket = client_rackets::Model::find(&db, strung.client_racket_id).await.unwrap();
    let client = strung.client_profile_id;
    let [read, failed, refused, columns] = uploads(world).await;
    let shared = rackets::Entity::find()
        .filter(rackets::Column::Visibility.eq(catalogue::Visibility::CatalogueShared))
        .filter(rackets::Column::MergedInto.is_null())
        .one(&db);
    let shared = shared.await.unwrap().expect("a racket of everybody's");
    let own = rackets::Entity::find_or_create(&db, Sport::Tennis, "Zürisee Regatta 98").await;
    let own = own.unwrap();
    let entry = catalogue::find(&db, catalogue::Kind::Rackets, own).await.unwrap();
    catalogue_submissions::Entity::offer(&db, &entry).await.unwrap();
    let part = orders::Said {
        amount: Some(500),
        payment: Some(orders::Payment::Cash),
        ..Default::default()
    };
    orders::Entity::mark(&db, &me, strung.id, orders::Step::Paid, part).await.unwrap();
    taxes::Entity::say(&db, me.today(), &taxes::Tax::NONE).await.unwrap();
    // What a picture weighs is its stringer's, and a browser keeps it for ever: a page's own weight
    // is measured with a light one.
    let logo = b"<svg xmlns='http://www.w3.org/2000/svg' width='324' height='44'>\
                 <rect width='300' height='30' fill='#0b5'/></svg>";
    let logo = pictures::child::read(logo).expect("a picture");
    logos::Entity::take(&db, me.id, logo).await.unwrap();
    let shares = shares(world, strung.id, client).await;
    let stock = stock(world, strung.id).await;
    mail(world, &strung).await;
    let pages: Vec<(&'static str, String)> = [
        ("imports", "/imports".to_owned()),
        ("import-read", read),
        ("import-failed", failed),
        ("import-refused", refused),
        ("import-columns", columns),
        ("exports", "/exports".to_owned()),
        ("home", "/".to_owned()),
        ("bench", "/bench".to_owned()),
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
        ("news", "/news".to_owned()),
        ("settings-notices", "/settings/notices".to_owned()),
        ("reports-none", "/reports?year=1999".to_owned()),
        ("catalogue", "/catalogue/rackets".to_owned()),
        ("catalogue-strings", "/catalogue/strings?q=luxilon".to_owned()),
        ("catalogue-none", "/catalogue/strings?q=zzzz".to_owned()),
        ("catalogue-own", "/catalogue/rackets?own=1".to_owned()),
        ("catalogue-new", "/catalogue/rackets/new".to_owned()),
        ("catalogue-new-string", "/catalogue/strings/new".to_owned()),
        ("catalogue-entry", format!("/catalogue/rackets/{}", racket.racket_id)),
        ("catalogue-entry-own", format!("/catalogue/rackets/{own}?saved=1")),
        ("catalogue-edit", format!("/catalogue/rackets/{own}/edit")),
        ("settings", "/settings".to_owned()),
        ("settings-workshop", "/settings/workshop".to_owned()),
        ("settings-password", "/settings/password".to_owned()),
        ("settings-paying", "/settings/paying".to_owned()),
        ("settings-taxes", "/settings/taxes".to_owned()),
        ("settings-logo", "/settings/logo".to_owned()),
        ("settings-ready", "/settings/ready".to_owned()),
        ("order-ready", format!("/orders/{}/ready", strung.id)),
        ("settings-leaving", "/settings/leaving".to_owned()),
        ("admin-invitations", "/admin/invitations".to_owned()),
        ("admin-stringers", "/admin/stringers".to_owned()),
        ("admin-catalogue", "/admin/catalogue".to_owned()),
        ("admin-audit", "/admin/audit".to_owned()),
        ("admin-entry", format!("/admin/entries/rackets/{}", shared.id)),
        ("admin-jobs", "/admin/jobs".to_owned()),
        ("admin-refusals", "/admin/refusals".to_owned()),
        ("admin-audit-none", "/admin/audit?q=zzzz".to_owned()),
        ("styleguide", "/styleguide".to_owned()),
        ("missing", "/nowhere".to_owned()),
    ]
    .into();
    let persons = persons::pages(world).await;
    pages
        .into_iter()
        .chain(shares)
        .chain(stock)
        .chain(clients::feed(world).await)
        .chain(persons)
        .collect()
}

/// Mails of a receipt: one that may have arrived, and one that goes out later.
async fn mail(world: &World, order: &orders::Model) {
    let raw = world.beneath().await;
    let email = Expr::value("anna-katharina.von-allmen@example.ch");
    people::Entity::update_many()
        .col_expr(people::Column::Email, email)
        .filter(people::Column::Subject.is_null())
        .exec(&raw)
        .await
        .unwrap();
    let (me, db) = world.at_work(demo::STEFAN).await;
    let emission = receipt_emissions::Entity::latest(&db, order.id).await.unwrap().expect("one");
    let args = RenderReceiptArgs { stringer_id: me.id, emission_id: emission };
    render_receipt::render(&world.ctx, args).await.expect("rendered");
    for said in [Some(Answer::Nothing("no reply".to_owned())), None] {
        assert!(receipt_mails::Entity::ask(&db, order.id).await.unwrap());
        let mail = receipt_mails::Entity::find().filter(receipt_mails::Column::State.eq("owed"));
        let mail = mail.one(&db).await.unwrap().expect("a mail");
        match said {
            Some(said) => {
                assert!(
                    mail.take(
                        &db,
                        "anna-katharina.von-allmen@example.ch",
                        chrono::Duration::minutes(3)
                    )
                    .await
                    .unwrap()
                );
                mail.answered(&db, said).await.unwrap();
            }
            None => mail.wait(&db, chrono::Duration::hours(2), "no more today").await.unwrap(),
        }
    }
}

/// String in stock, one of which runs low, and what a job drew.
async fn stock(world: &World, order: Uuid) -> Vec<(&'static str, String)> {
    let (me, db) = world.at_work(demo::STEFAN).await;
    let entry =
        |name: &'static str| catalogue_strings::Entity::find_or_add_named(&db, Sport::Tennis, name);
    let (alu, gut) = (entry("Luxilon ALU Power 1.25"), entry("Babolat VS Touch 1.30"));
    let (alu, gut) = (alu.await.unwrap().id, gut.await.unwrap().id);
    let few = Said { kind: ReelKind::Set, length: 1_220, count: 2, price: Some(8_900), ..REEL };
    let bought = Some(me.today() - chrono::Days::new(40));
    let reel =
        reels::Entity::add(&db, alu, me.currency(), Said { bought_at: bought, ..REEL }).await;
    let (reel, sets) = (reel.unwrap(), reels::Entity::add(&db, gut, me.currency(), few).await);
    let sets = sets.unwrap();
    let txn = db.begin().await.unwrap();
    let draws = [(BedSide::Mains, reel, 620), (BedSide::Crosses, sets, 610)];
    uses::Entity::say(&txn, order, &draws).await.unwrap();
    txn.commit().await.unwrap();
    [
        ("reels", "/reels".to_owned()),
        ("reels-finished", "/reels?finished=1".to_owned()),
        ("reel-new", "/reels/new".to_owned()),
        ("reel", format!("/reels/{reel}?saved=1")),
        ("reel-edit", format!("/reels/{sets}/edit")),
        ("order-string", format!("/orders/{order}/string")),
    ]
    .into()
}

/// What is shared by Stefan and with him, and what else Marco wants looked at.
async fn shares(world: &World, order: Uuid, client: Uuid) -> Vec<(&'static str, String)> {
    let (_, stefans) = world.at_work(demo::STEFAN).await;
    let (marco, marcos) = world.at_work(demo::MARCO).await;
    let (me, _) = world.at_work(demo::STEFAN).await;
    let aero = rackets::Entity::find_or_create(&marcos, Sport::Tennis, "Babolat Pure Limmat");
    let aero = catalogue::find(&marcos, catalogue::Kind::Rackets, aero.await.unwrap()).await;
    catalogue_submissions::Entity::offer(&marcos, &aero.unwrap()).await.unwrap();
    sharing::grant(&stefans, marco.id, &[order]).await.unwrap();
    let his = orders::Entity::find()
        .filter(orders::Column::StrungAt.is_not_null())
        .filter(orders::Column::IsSelf.eq(false));
    let his = his.one(&marcos).await.unwrap().expect("an order of Marco's").id;
    sharing::grant(&marcos, me.id, &[his]).await.unwrap();
    let received = sharing::received(&stefans, &sharing::Wanted::default()).await.unwrap().0;
    let share = received[0].share_id;
    let new = format!("/shares/new?client={client}");
    [
        ("shares", "/shares".to_owned()),
        ("shares-given", "/shares/given?done=granted".to_owned()),
        ("shares-log", "/shares/log".to_owned()),
        ("share-new", format!("{new}&q=marco")),
        ("share-nobody", format!("{new}&q=zzzz")),
        ("share-with", format!("{new}&to={}&none=1", marco.id)),
        ("shared-order", format!("/shares/{share}/{his}")),
        ("shared-copy", format!("/orders/new?shared={share}&from={his}")),
    ]
    .into()
}

/// Uploads that were read, failed and refused; and what was asked for to be taken along.
async fn uploads(world: &World) -> [String; 4] {
    let mut stefan = world.stefan().await;
    stefan.post("/exports", &[("kind", "workbook")]).await.sees(303);
    let book = Book::generate(7, 60, 30, 12);
    let mut paths = Vec::new();
    for (name, file) in [
        ("stringing_orders.xlsx", written(&book, false, false)),
        ("broken.xlsx", written(&book, true, true)),
        ("notes.txt", b"ID,Name\n".to_vec()),
        ("jobs.csv", include_bytes!("../fixtures/stringjobs.csv").to_vec()),
    ] {
        paths.push(stefan.upload("/imports", name, &file).await.sees(303).location());
    }
    paths.try_into().expect("four")
}

/// Somebody who looks at pages and notes what is wrong with them.
struct Eyes<'b> {
    browser: &'b Client,
    words: &'b Words,
    base: String,
    found: Vec<String>,
    /// Pages of this address so far: the first brings everything that later ones have already.
    seen: u32,
}

impl Eyes<'_> {
    async fn look(&mut self, pages: &[(&'static str, String)]) {
        for theme in ["light", "dark"] {
            driver::theme(self.browser, theme).await;
            for (page, path) in pages {
                self.look_at(page, path, theme).await;
            }
        }
    }

    async fn look_at(&mut self, page: &str, path: &str, theme: &str) {
        let browser = self.browser;
        driver::resize(browser, 390, 844).await;
        browser.goto(&format!("{}{path}", self.base)).await.expect("a page");
        let seen = format!("{page}, {theme}");
        let status = ask(browser, STATUS).await.as_u64().expect("a status");
        if status >= 500 || (status == 404) != (page == "missing") {
            self.found.push(format!("{seen}: {path} answered {status}"));
        }
        self.found
            .extend(jumps(browser, 0.02).await.map(|jumps| format!("{seen}: jumps, {jumps}")));
        let budget = if self.seen == 0 { FIRST_VISIT } else { LATER_VISIT };
        self.found.extend(too_heavy(browser, &seen, budget).await);
        self.seen += 1;
        if ask(browser, REVEALED).await != 0 {
            self.found.push(format!("{seen}: scripts show what was hidden"));
        }
        let broken = violations(browser).await;
        self.found.extend(broken.into_iter().map(|rule| format!("{seen}: {rule}")));
        for (name, width, height) in SIZES {
            driver::resize(browser, width, height).await;
            let picture = format!("{page}-{}-{theme}-{name}", self.words.locale);
            keep(browser, &picture, width, height).await;
            self.found.extend(out_of_place(browser, &format!("{seen}, {width} px")).await);
        }
        driver::resize(browser, 320, 640).await;
        self.found.extend(out_of_place(browser, &format!("{seen}, 320 px")).await);
        driver::resize(browser, 390, 844).await;
        ask(browser, TWICE_THE_SIZE).await;
        let large = out_of_place(browser, &format!("{seen}, letters of twice the size")).await;
        self.found.extend(large);
    }
}

/// What jumps on the page, where it is more than so much.
pub(super) async fn jumps(browser: &Client, much: f64) -> Option<Value> {
    let jumps = ask(browser, JUMPS).await;
    (jumps["sum"].as_f64().expect("a number") > much).then_some(jumps)
}

/// What the page itself was answered with.
const STATUS: &str = "done(performance.getEntriesByType('navigation')[0].responseStatus)";

/// What a page may weigh with all that it brings, compressed, in bytes.
const FIRST_VISIT: u64 = 100_000;
pub(super) const LATER_VISIT: u64 = 15_000;

/// What has come over the wire for the page that is open.
const TRANSFER: &str = "
    const kinds = ['navigation', 'resource'].flatMap((kind) => performance.getEntriesByType(kind));
    done(kinds.reduce((sum, entry) => sum + entry.transferSize, 0));";

pub(super) async fn too_heavy(browser: &Client, seen: &str, budget: u64) -> Option<String> {
    let bytes = ask(browser, TRANSFER).await.as_u64().expect("a number");
    assert!(bytes > 0, "{seen} came from nowhere");
    if std::env::var_os("RBO_TEST_SCREENS").is_some() {
        println!("{seen}: {bytes} bytes");
    }
    (bytes > budget).then(|| format!("{seen}: {bytes} bytes"))
}

pub(super) const TWICE_THE_SIZE: &str = "document.documentElement.style.fontSize = '200%'; done(1)";

/// The sum of the shifts that nobody asked for, as browsers count it.
const JUMPS: &str = "
    let sum = 0;
    const what = [];
    const name = (node) => node?.nodeType === 1 ? `${node.tagName}.${node.className}#${node.id}` : `${node?.nodeName}`;
    const box = ({ x, y, width, height }) => [x, y, width, height].join(' ');
    const watch = new PerformanceObserver((list) => list.getEntries().forEach((e) => {
      if (e.hadRecentInput) return;
      sum += e.value;
      for (const { node, previousRect, currentRect } of e.sources) what.push(`${name(node)} at ${Math.round(e.startTime)} ms: ${box(previousRect)} to ${box(currentRect)}`);
    }));
    watch.observe({ type: 'layout-shift', buffered: true });
    document.fonts.ready.then(() => setTimeout(() => done({ sum, what, width: innerWidth, font: document.fonts.check('1rem Inter') }), 50));";

/// How much was sent hidden and is shown now: whether it comes before the first picture or
/// makes the page jump is a matter of luck, which a slow phone does not have.
const REVEALED: &str = "
    fetch(location.href).then((answer) => answer.text()).then((text) => {
      const sent = new DOMParser().parseFromString(text, 'text/html');
      const [before, now] = [sent, document].map((page) => page.querySelectorAll('[hidden]').length);
      done(Math.max(0, before - now));
    });";

/// What hangs out at the right of the page, widest first.
const SIDEWAYS: &str = "
    const wide = document.documentElement.clientWidth;
    const over = document.documentElement.scrollWidth > wide
      ? [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > wide + 1).map((e) => e.tagName + '.' + e.className)
      : [];
    done(over.slice(0, 3));";

/// What is wider than the box that it is shown in; a field scrolls by itself.
const CUT: &str = "
    const isCut = (e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1
      && getComputedStyle(e).overflowX !== 'visible' && !e.matches('input, textarea, select, svg, html, body');
    const cut = [...document.querySelectorAll('body *')].filter(isCut);
    done(cut.slice(0, 3).map((e) => e.tagName + '.' + e.className));";

/// The one next step, where it is not under the thumb.
const OUT_OF_REACH: &str = "
    const steps = [...document.querySelectorAll('.dock > *')].filter((e) => getComputedStyle(e.parentElement).display !== 'none');
    const isReached = (e) => {
      const { left, top, width, height } = e.getBoundingClientRect();
      return e.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    };
    done(steps.filter((e) => !isReached(e)).map((e) => e.tagName + '.' + e.className));";

const AXE: &str = include_str!("../../assets/node_modules/axe-core/axe.min.js");

async fn violations(browser: &Client) -> Vec<String> {
    browser.execute(AXE, Vec::new()).await.expect("axe-core");
    let run = "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
        .then((said) => done(said.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html + ' ' + n.failureSummary).join(' | '))))
        .catch((error) => done([String(error)]))";
    texts(&ask(browser, run).await)
}

/// What is not to be seen whole: it hangs out of the page, or out of its own box.
pub(super) async fn out_of_place(browser: &Client, seen: &str) -> Vec<String> {
    let mut found = Vec::new();
    let looks = [(SIDEWAYS, "hangs out"), (CUT, "is cut off"), (OUT_OF_REACH, "is out of reach")];
    for (script, what) in looks {
        let elements = texts(&ask(browser, script).await);
        found.extend(elements.into_iter().map(|element| format!("{seen}: {element} {what}")));
    }
    found
}

fn texts(list: &Value) -> Vec<String> {
    let list = list.as_array().expect("a list").iter();
    list.map(|text| text.as_str().unwrap_or_default().chars().take(600).collect()).collect()
}

/// Runs a script that calls `done`.
pub(super) async fn ask(browser: &Client, script: &str) -> Value {
    let script = format!("const done = arguments[arguments.length - 1]; {script}");
    browser.execute_async(&script, Vec::new()).await.expect("an answer")
}

/// A picture of the whole page, at the width that the window has.
async fn keep(browser: &Client, name: &str, width: u32, height: u32) {
    let Some(folder) = std::env::var_os("RBO_TEST_SCREENS").map(PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).expect("a folder");
    let tall = ask(browser, "done(document.documentElement.scrollHeight)").await.as_u64();
    let tall = tall.and_then(|tall| u32::try_from(tall).ok()).expect("a height");
    driver::resize(browser, width, tall.clamp(height, 4_000)).await;
    let png = browser.screenshot().await.expect("a picture");
    std::fs::write(folder.join(format!("{name}.png")), png).expect("kept");
    driver::resize(browser, width, height).await;
}
