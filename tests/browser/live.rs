//! What happens on a page without leaving it: marks while one types, the sum, steps and their
//! undo.

use fantoccini::Locator;

use super::driver::{self, Driver};
use super::{at_work, fill, find, says, tap, text};
use crate::support::harness::{Case, cases};

/// The tests of this file.
pub fn tests() -> Vec<Case> {
    cases![
        a_slip_is_marked_and_the_sum_is_kept_while_one_types,
        a_step_at_home_is_taken_and_undone_there
    ]
}

async fn a_slip_is_marked_and_the_sum_is_kept_while_one_types() {
    let driver = Driver::start();
    let (_world, base, browser) = at_work(&driver).await;
    browser.goto(&format!("{base}/orders/new?client=new&name=Sara")).await.expect("a page");
    fill(&browser, "#f-racket", "Head Boom MP").await;
    fill(&browser, "#f-mains_tension", "99").await;
    fill(&browser, "#f-labor", "25").await;
    find(&browser, "#f-mains_tension[aria-invalid]").await;
    assert!(text(&browser, "#e-mains_tension").await.contains("Sportart"));
    fill(&browser, "#f-mains_tension", "24").await;
    fill(&browser, "#f-mains_price", "12.50").await;
    find(&browser, "#f-mains_tension:not([aria-invalid])").await;
    assert_eq!(text(&browser, "#e-mains_tension").await, "");
    fill(&browser, "#f-discount", "2.50").await;
    // A tap anywhere else ends the typing.
    tap(&browser, "#f-labor").await;
    says(&browser, "#form-total", "CHF 35.00").await;
    assert!(browser.find(Locator::Css("#order-form")).await.is_ok(), "the page was left");
    tap(&browser, ".dock button").await;
    says(&browser, ".total b", "CHF 35.00").await;
    let complaints = driver::complaints(&browser).await;
    browser.close().await.expect("closed");
    assert_eq!(complaints, Vec::<String>::new());
}

async fn a_step_at_home_is_taken_and_undone_there() {
    let driver = Driver::start();
    let (_world, base, browser) = at_work(&driver).await;
    let paid = find(&browser, "form[action$='/paid']").await;
    let action = paid.attr("action").await.expect("an address").expect("an address");
    let form = format!(".job form[action='{action}']");
    // How it was paid is asked in the tap that says it is.
    tap(&browser, &format!("details:has(form[action='{action}']) summary")).await;
    tap(&browser, &format!("{form} button[value=twint]")).await;
    // What was tapped is gone; the focus is where the way back is.
    find(&browser, ".toast:focus").await;
    assert!(browser.find(Locator::Css(&form)).await.is_err());
    assert!(browser.current_url().await.expect("an address").as_str().contains("done=paid"));
    browser.refresh().await.expect("the same page");
    tap(&browser, ".toast button").await;
    find(&browser, &form).await;
    assert_eq!(browser.current_url().await.expect("an address").path(), "/");
    // Whoever was signed out meanwhile comes to the page for it, and to no half of one.
    browser.goto(&format!("{base}/clients")).await.expect("a page");
    browser.delete_all_cookies().await.expect("signed out");
    fill(&browser, "#f-q", "a").await;
    find(&browser, "#f-password").await;
    assert_eq!(browser.find_all(Locator::Css("main")).await.expect("pages").len(), 1);
    browser.close().await.expect("closed");
}
