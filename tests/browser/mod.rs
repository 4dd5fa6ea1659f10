//! The road in a real browser, with scripts, at a phone's size.
//!
//! A machine without a browser says that these are ignored, and has the request tests, which
//! walk the same road without scripts.

mod clients;
mod driver;
mod extremes;
mod hands;
mod identity;
mod imports;
mod keys;
mod live;
mod offline;
mod pages;
mod persons;
mod pieces;
mod taps;

use std::time::Duration;

use fantoccini::error::CmdError;
use fantoccini::{Client, Locator};
use rbo::auth::setup::SetupToken;
use rbo::demo;

use self::driver::Driver;
use crate::support::harness::{Case, cases};
use crate::support::{Kind, World};

/// Whether there is a browser to drive.
pub fn needs() -> Result<(), String> {
    Driver::program().map(drop)
}

/// All tests with a browser.
pub fn tests() -> Vec<Case> {
    let mut all = cases![
        from_the_first_run_to_the_receipt_in_english,
        from_the_first_run_to_the_receipt_in_german,
        from_the_first_run_to_the_receipt_without_scripts
    ];
    for further in [
        extremes::tests(),
        hands::tests(),
        identity::tests(),
        imports::tests(),
        keys::tests(),
        live::tests(),
        offline::tests(),
        pages::tests(),
        pieces::tests(),
        taps::tests(),
    ] {
        all.extend(further);
    }
    all
}

/// What one language's pages are expected to say.
struct Words {
    locale: &'static str,
    accept: &'static str,
    today: &'static str,
    open: &'static str,
}

const ENGLISH: Words = Words { locale: "en", accept: "en-GB", today: "Today", open: "Open" };
const GERMAN: Words = Words { locale: "de", accept: "de-CH", today: "Heute", open: "Öffnen" };

async fn from_the_first_run_to_the_receipt_in_english() {
    road(&ENGLISH, Scripts::On).await;
}

async fn from_the_first_run_to_the_receipt_in_german() {
    road(&GERMAN, Scripts::On).await;
}

async fn from_the_first_run_to_the_receipt_without_scripts() {
    road(&GERMAN, Scripts::Off).await;
}

/// Whether the browser's owner allows scripts. All of this folder passes with either, but
/// for `pages` and `extremes` (axe-core is a script, as is what measures), `keys`, `live`, `offline`
/// and the counting in `taps` (the suggestions that a new client's entry is counted with are
/// htmx's).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scripts {
    On,
    Off,
}

impl Scripts {
    async fn browser(self, driver: &Driver, words: &Words) -> Client {
        let browser = driver.browser(words.accept).await;
        if self == Self::Off {
            driver::without_scripts(&browser).await;
        }
        browser
    }
}

async fn road(words: &Words, scripts: Scripts) {
    let driver = Driver::start();
    let world = World::empty().await;
    let base = world.serve().await;
    let browser = scripts.browser(&driver, words).await;
    set_up(&world, &browser, &base, words).await;
    first_order(&browser, words, scripts).await;
    copy_last(&browser, &base).await;
    let complaints = driver::complaints(&browser).await;
    browser.close().await.expect("closed");
    assert_eq!(complaints, Vec::<String>::new());
}

async fn set_up(world: &World, browser: &Client, base: &str, words: &Words) {
    let token = world.ctx.shared_store.get::<SetupToken>().expect("a token");
    browser.goto(base).await.expect("a page");
    fill(browser, "#f-setup_token", token.reveal()).await;
    fill(browser, "#f-display_name", "Stefans Besaitungen").await;
    fill(browser, "#f-email", "stefan@example.ch").await;
    fill(browser, "#f-password", "Saiten-und-24kg").await;
    tap(browser, &format!("#f-locale option[value={}]", words.locale)).await;
    tap(browser, "main button").await;
    says(browser, "h1", words.today).await;
}

async fn first_order(browser: &Client, words: &Words, scripts: Scripts) {
    tap(browser, ".dock a").await;
    fill(browser, "#f-q", "Sara Frei").await;
    if scripts == Scripts::Off {
        tap(browser, "noscript button").await;
    }
    tap(browser, "#choices a[href*='name=Sara']").await;
    for (field, typed) in
        [("racket", "Wilson Blade 98"), ("mains_string", "Luxilon Alu Power 1.25")]
    {
        fill(browser, &format!("#f-{field}"), typed).await;
        if scripts == Scripts::On {
            tap(browser, &format!("#o-{field} [data-option]")).await;
        }
    }
    fill(browser, "#f-mains_tension", "24").await;
    tap(browser, "[value='mains_tension:-']").await;
    // Without scripts this is another page: what is typed into the old one goes with it.
    holds(browser, "#f-mains_tension", "23.5").await;
    fill(browser, "#f-labor", "25").await;
    tap(browser, ".dock button").await;
    assert_eq!(text(browser, ".twin b").await, "23.5 kg");
    // The step is taken without leaving the page, and the receipt comes by itself; without
    // scripts a link looks again.
    tap(browser, ".button--main").await;
    if scripts == Scripts::Off {
        find(browser, ".toast").await;
        while browser.find(Locator::Css("#receipt noscript a")).await.is_ok() {
            tap(browser, "#receipt noscript a").await;
        }
        assert_eq!(text(browser, "#receipt li a").await, words.open);
        return;
    }
    assert_eq!(text(browser, "#receipt li a").await, words.open);
    assert!(text(browser, ".toast").await.len() > 3);
}

async fn copy_last(browser: &Client, base: &str) {
    browser.goto(&format!("{base}/orders/new?q=sara")).await.expect("a page");
    tap(browser, "#choices a").await;
    tap(browser, ".dock button").await;
    assert_eq!(text(browser, ".twin b").await, "23.5 kg");
}

/// Stefan at his demo book, signed in; his pages are German.
async fn at_work(driver: &Driver) -> (World, String, Client) {
    let world = World::embedded(Kind::Demo).await;
    let base = world.serve().await;
    let browser = driver.browser(GERMAN.accept).await;
    sign_in(&browser, &base, &GERMAN).await;
    (world, base, browser)
}

async fn sign_in(browser: &Client, base: &str, words: &Words) {
    browser.goto(&format!("{base}/session/new")).await.expect("a page");
    fill(browser, "#f-email", demo::STEFAN).await;
    fill(browser, "#f-password", demo::PASSWORD).await;
    tap(browser, ".button--main").await;
    says(browser, "h1", words.today).await;
}

async fn find(browser: &Client, css: &str) -> fantoccini::elements::Element {
    let wait = browser.wait().at_most(Duration::from_secs(10));
    wait.for_element(Locator::Css(css)).await.unwrap_or_else(|error| panic!("{css}: {error}"))
}

async fn tap(browser: &Client, css: &str) {
    swapped(css, async || {
        let element = find(browser, css).await;
        // As a hand does that finds it under something else.
        let at = serde_json::to_value(&element).map_err(CmdError::Json)?;
        browser.execute("arguments[0].scrollIntoView({ block: 'center' })", vec![at]).await?;
        element.click().await
    })
    .await;
}

async fn fill(browser: &Client, css: &str, typed: &str) {
    swapped(css, async || {
        let element = find(browser, css).await;
        element.clear().await?;
        element.send_keys(typed).await
    })
    .await;
}

async fn text(browser: &Client, css: &str) -> String {
    swapped(css, async || find(browser, css).await.text().await).await
}

/// Waits until an element says this: a tap may lead to another page with the same element.
async fn says(browser: &Client, css: &str, wanted: &str) {
    comes_to(css, wanted, async || text(browser, css).await).await;
}

/// Waits until a field holds this.
async fn holds(browser: &Client, css: &str, wanted: &str) {
    comes_to(css, wanted, async || {
        let held = swapped(css, async || find(browser, css).await.prop("value").await).await;
        held.unwrap_or_default()
    })
    .await;
}

async fn comes_to(css: &str, wanted: &str, look: impl AsyncFn() -> String) {
    let mut seen = String::new();
    for _ in 0..100 {
        seen = look().await;
        if seen == wanted {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{css} has {seen:?}, not {wanted:?}");
}

/// htmx may swap an element between its being found and its being used; then the new
/// one is meant, as it is by a person.
async fn swapped<T>(css: &str, act: impl AsyncFn() -> Result<T, CmdError>) -> T {
    for _ in 0..40 {
        match act().await {
            Ok(done) => return done,
            Err(error) if is_swapped(&error) => {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            Err(error) => panic!("{css}: {error}"),
        }
    }
    panic!("{css}: swapped without end");
}

/// While a page is being replaced, ChromeDriver reports the same as an error of the
/// inspector that it did not expect.
fn is_swapped(error: &CmdError) -> bool {
    error.is_stale_element_reference()
        || error.to_string().contains("does not belong to the document")
}
