//! What the chokepoint passed and what the driver was given, one JSON line each, for the
//! test that compares the two over all request tests (`tests/tenancy/accounting.rs`).

use std::fs::File;
use std::sync::{Mutex, OnceLock};

use sea_orm_tenancy::PASSED;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::prelude::*;

pub const PATH: &str = "RBO_TEST_STATEMENT_LOG";

/// The file beside it with the whole log of the tests, as a server writes it and more.
pub fn whole(path: &str) -> String {
    format!("{path}.whole")
}

/// Writes them where the environment says; most runs do not.
pub fn keep() {
    static KEPT: OnceLock<()> = OnceLock::new();
    KEPT.get_or_init(|| {
        if let Ok(path) = std::env::var(PATH) {
            let file = File::options().append(true).create(true).open(&path).expect("a file");
            let both = Targets::new()
                .with_target("sqlx::query", LevelFilter::TRACE)
                .with_target(PASSED, LevelFilter::TRACE);
            let lines = tracing_subscriber::fmt::layer().json().with_writer(Mutex::new(file));
            // The parsers' own talk is of no interest, and would fill the disk.
            let spoken = Targets::new().with_default(LevelFilter::DEBUG).with_targets(
                ["sqlparser", "selectors", "html5ever"].map(|t| (t, LevelFilter::WARN)),
            );
            let whole = File::create(whole(&path)).expect("a file");
            let log = tracing_subscriber::fmt::layer().json().with_writer(Mutex::new(whole));
            tracing_subscriber::registry()
                .with(lines.with_filter(both))
                .with(log.with_filter(spoken))
                .init();
        }
    });
}
