//! How many taps a job takes, and how long the machine lets one wait.

use std::cell::Cell;
use std::time::{Duration, Instant};

use fantoccini::Client;

use super::driver::Driver;
use super::{at_work, fill, find, tap, text};
use crate::support::harness::{Case, cases};

/// The tests of this file.
pub fn tests() -> Vec<Case> {
    cases![copy_last_takes_three_taps_and_everything_new_one_page]
}

/// A stringer whose taps, and whose fields that are typed into, are counted.
struct Hand<'b> {
    browser: &'b Client,
    moves: Cell<u32>,
}

impl Hand<'_> {
    async fn tap(&self, css: &str) {
        self.moves.set(self.moves.get() + 1);
        tap(self.browser, css).await;
    }

    async fn type_into(&self, css: &str, typed: &str) {
        self.moves.set(self.moves.get() + 1);
        fill(self.browser, css, typed).await;
    }
}

async fn copy_last_takes_three_taps_and_everything_new_one_page() {
    let driver = Driver::start();
    let (_world, base, browser) = at_work(&driver).await;

    // A known client, as last time; what is typed into the search is not counted.
    let hand = Hand { browser: &browser, moves: Cell::new(0) };
    let began = Instant::now();
    hand.tap(".dock a").await;
    fill(&browser, "#f-q", "noah").await;
    // The list has been searched when it offers a new client of this name.
    find(&browser, "#choices a[href*='name=noah']").await;
    hand.tap("#choices a").await;
    hand.tap(".dock button").await;
    assert_eq!(text(&browser, ".twin b").await, "26 lb");
    let took = began.elapsed();
    println!("copy last: {} taps, {took:?}", hand.moves.get());
    assert!(hand.moves.get() <= 5, "{} taps", hand.moves.get());
    assert!(took < Duration::from_secs(10), "{took:?}");

    // Everything new: client, racket, string.
    browser.goto(&base).await.expect("a page");
    let hand = Hand { browser: &browser, moves: Cell::new(0) };
    hand.tap(".dock a").await;
    hand.type_into("#f-q", "Zora Meyer").await;
    hand.tap("#choices a[href*='name=Zora']").await;
    let form = browser.current_url().await.expect("an address");
    hand.type_into("#f-racket", "Prince Nobody 100").await;
    hand.type_into("#f-mains_string", "Nobodys Gut 1.31").await;
    hand.tap("#o-mains_string [data-add]").await;
    hand.type_into("#f-mains_tension", "24").await;
    hand.type_into("#f-mains_price", "12").await;
    hand.type_into("#f-labor", "25").await;
    assert_eq!(browser.current_url().await.expect("an address"), form, "the page was left");
    hand.tap(".dock button").await;
    assert_eq!(text(&browser, ".twin b").await, "24 kg");
    println!("everything new: {} taps and fields", hand.moves.get());
    assert!(hand.moves.get() < 25, "{} taps and fields", hand.moves.get());
    browser.close().await.expect("closed");
}
