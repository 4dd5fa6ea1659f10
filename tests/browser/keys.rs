//! Without a mouse: `/`, `n`, arrows in a picker, and everything by Tab.

use std::time::Duration;

use fantoccini::key::Key;

use super::driver::{self, Driver};
use super::{at_work, fill, find, says, tap, text};
use crate::support::harness::{Case, cases};

/// The tests of this file.
pub fn tests() -> Vec<Case> {
    cases![a_job_is_entered_without_a_mouse]
}

async fn a_job_is_entered_without_a_mouse() {
    let driver = Driver::start();
    let (_world, base, browser) = at_work(&driver).await;

    let press = async |keys: &str| {
        // Right after a page has come, what has the focus cannot be typed into yet.
        let mut last = None;
        for _ in 0..100 {
            let typed = async { browser.active_element().await?.send_keys(keys).await };
            match typed.await {
                Ok(()) => return,
                Err(error) => last = Some(error),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{keys}: {last:?}");
    };
    press("n").await;
    // The search has the focus; Tab leads to the first who is found.
    find(&browser, "#f-q:focus").await;
    // A letter that is typed into a field is a letter.
    press("noah").await;
    find(&browser, "#choices li:nth-child(2) a[href*='name=noah']").await;
    press(&char::from(Key::Tab).to_string()).await;
    press(&char::from(Key::Enter).to_string()).await;
    find(&browser, "#order-form").await;
    fill(&browser, "#f-mains_string", "bg66").await;
    find(&browser, "#o-mains_string [data-option*='BG66']").await;
    press(&char::from(Key::Down).to_string()).await;
    let chosen = text(&browser, "[data-option]:focus").await;
    press(&char::from(Key::Enter).to_string()).await;
    // It goes on to the next field; there Enter saves.
    find(&browser, "#f-mains_tension:focus").await;
    let field = find(&browser, "#f-mains_string").await;
    assert_eq!(field.prop("value").await.expect("a value"), Some(chosen));
    press(&char::from(Key::Enter).to_string()).await;
    find(&browser, "#order").await;
    press("/").await;
    find(&browser, "#list").await;
    // Who wants no such keys switches them off.
    browser.goto(&format!("{base}/settings")).await.expect("a page");
    tap(&browser, "[data-keys]").await;
    browser.goto(&base).await.expect("a page");
    press("n").await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    says(&browser, "h1", "Heute").await;
    let complaints = driver::complaints(&browser).await;
    browser.close().await.expect("closed");
    assert_eq!(complaints, Vec::<String>::new());
}
