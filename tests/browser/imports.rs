//! An older book comes in, and goes along: a FAIL, the mended file, a word, and the download.

use fantoccini::{Client, Locator};

use super::driver::{self, Driver};
use super::{ENGLISH, GERMAN, Scripts, Words, find, sign_in, tap, text};
use crate::support::harness::{Case, cases};
use crate::support::sample::{Book, written};
use crate::support::{Kind, World};

/// The tests of this file.
pub fn tests() -> Vec<Case> {
    cases![
        a_workbook_fails_is_mended_and_comes_in_in_english,
        a_workbook_fails_is_mended_and_comes_in_in_german,
        a_workbook_comes_in_without_scripts
    ]
}

async fn a_workbook_fails_is_mended_and_comes_in_in_english() {
    out_of_the_workbook(&ENGLISH, Scripts::On).await;
}

async fn a_workbook_fails_is_mended_and_comes_in_in_german() {
    out_of_the_workbook(&GERMAN, Scripts::On).await;
}

async fn a_workbook_comes_in_without_scripts() {
    out_of_the_workbook(&GERMAN, Scripts::Off).await;
}

/// By itself, or with the choices that are made below it.
const APPROVE: &str = "form[action$='/approval'] button, [formaction$='/approval']";

async fn choose(browser: &Client, name: &str, file: &[u8]) {
    let folder = std::env::temp_dir().join(format!("rbo-upload-{}", uuid::Uuid::now_v7()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join(name);
    std::fs::write(&path, file).expect("a file");
    let field = find(browser, "#f-file").await;
    field.send_keys(path.to_str().expect("a path")).await.expect("chosen");
    tap(browser, "form[enctype] button").await;
    find(browser, "#import .notice").await;
    std::fs::remove_dir_all(&folder).expect("gone");
}

async fn out_of_the_workbook(words: &Words, scripts: Scripts) {
    let driver = Driver::start();
    let world = World::embedded(Kind::Demo).await;
    super::pages::speak(&world, words).await;
    let base = world.serve().await;
    let browser = scripts.browser(&driver, words).await;
    sign_in(&browser, &base, words).await;
    let book = Book::generate(6, 60, 30, 9);

    browser.goto(&format!("{base}/imports")).await.expect("a page");
    choose(&browser, "broken.xlsx", &written(&book, true, true)).await;
    assert!(text(&browser, "#import .notice").await.starts_with("FAIL."));
    assert!(text(&browser, "#import .sheet li").await.contains("#N/A"));
    assert!(browser.find(Locator::Css(APPROVE)).await.is_err());
    // The next step is where the thumb is.
    tap(&browser, "a.button--main[href='/imports']").await;
    choose(&browser, "mended.xlsx", &written(&book, true, false)).await;
    assert!(text(&browser, "#import .notice").await.starts_with("OK."));
    assert_eq!(world.rows("orders WHERE external_ref IS NOT NULL").await, 0);
    tap(&browser, APPROVE).await;
    find(&browser, "#import a[href='/orders']").await;
    assert_eq!(world.rows("orders WHERE external_ref IS NOT NULL").await, 59 + 30);
    tap(&browser, "#import a[href='/orders']").await;
    find(&browser, ".jobs").await;

    browser.goto(&format!("{base}/exports")).await.expect("a page");
    tap(&browser, "form:has([value=workbook]) button").await;
    let link = find(&browser, "#exports a").await.attr("href").await.expect("an attribute");
    assert!(link.expect("a link").ends_with(".xlsx"));
    let complaints = driver::complaints(&browser).await;
    browser.close().await.expect("closed");
    assert_eq!(complaints, Vec::<String>::new());
}
