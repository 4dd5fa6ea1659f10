//! A workshop's Wi-Fi: nothing that is typed is lost while it is away.

use rbo::demo;

use super::driver::{self, Driver};
use super::{ENGLISH, fill, find, says, tap};
use crate::support::{Kind, World};

#[tokio::test]
async fn without_a_network_the_page_says_so_and_keeps_what_was_typed() {
    let Some(driver) = Driver::start() else { return };
    let world = World::embedded(Kind::Demo).await;
    let base = world.serve().await;
    let browser = driver.browser(ENGLISH.accept).await;
    browser.goto(&format!("{base}/session/new")).await.expect("a page");
    fill(&browser, "#f-email", demo::STEFAN).await;
    fill(&browser, "#f-password", demo::PASSWORD).await;
    tap(&browser, ".button--main").await;
    says(&browser, "h1", "Heute").await;
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
