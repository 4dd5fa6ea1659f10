//! Poolers that mix up their clients' statements are found at the start.
//!
//! `RBO_TEST_BAD_POOLERS` names such ones, separated by spaces, in front of the tests'
//! PostgreSQL. That a good one is let through, every other test tells.

use rbo::database::open;

use crate::support::harness::{Case, cases};
use crate::support::{World, database};

/// Whether there are poolers to try.
pub fn needs() -> Result<(), String> {
    let named = std::env::var("RBO_TEST_BAD_POOLERS").is_ok_and(|poolers| !poolers.is_empty());
    match (named, database::owner()) {
        (true, Some(_)) => Ok(()),
        _ => Err("no RBO_TEST_BAD_POOLERS".to_owned()),
    }
}

/// The tests of this file.
pub fn tests() -> Vec<Case> {
    cases![a_pooler_that_mixes_up_statements_is_refused_in_a_sentence]
}

async fn a_pooler_that_mixes_up_statements_is_refused_in_a_sentence() {
    let world = World::empty().await;
    let book = world.addresses().into_iter().find(|(name, _)| *name == "DATABASE_URL");
    let book = url::Url::parse(&book.expect("a book").1).expect("a URL");
    let poolers = std::env::var("RBO_TEST_BAD_POOLERS").expect("poolers to try");
    for pooler in poolers.split_whitespace() {
        let mut address = url::Url::parse(pooler).expect("a URL");
        address.set_path(book.path());
        // Chance decides which connection meets which: it must be found every time.
        for attempt in 0..20 {
            let refused = open(address.as_str(), database::CONNECTIONS)
                .await
                .expect_err(&format!("{pooler}, {attempt}"));
            assert!(refused.to_string().contains("max_prepared_statements"), "{refused}");
        }
    }
}
