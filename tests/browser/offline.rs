//! A workshop's Wi-Fi: nothing that is typed is lost while it is away.

use super::driver::{self, Driver};
use super::{at_work, fill, find, says, tap};
use crate::support::harness::{Case, cases};

/// The tests of this file.
pub fn tests() -> Vec<Case> {
    cases![without_a_network_the_page_says_so_and_keeps_what_was_typed]
}

async fn without_a_network_the_page_says_so_and_keeps_what_was_typed() {
    let driver = Driver::start();
    let (_world, base, browser) = at_work(&driver).await;
    browser.goto(&format!("{base}/clients/new")).await.expect("a page");
    fill(&browser, "#f-first_name", "Zora").await;
    assert!(browser.find(fantoccini::Locator::Css("[data-offline][hidden]")).await.is_ok());

    driver::network(&browser, false).await;
    find(&browser, "[data-offline]:not([hidden])").await;
    tap(&browser, ".dock button").await;
    find(&browser, "[data-offline]:focus").await;
    let field = find(&browser, "#f-first_name").await;
    assert_eq!(field.prop("value").await.expect("a value").as_deref(), Some("Zora"));

    driver::network(&browser, true).await;
    find(&browser, "[data-offline][hidden]").await;
    tap(&browser, ".dock button").await;
    says(&browser, "h1", "Zora").await;
    browser.close().await.expect("closed");
}
