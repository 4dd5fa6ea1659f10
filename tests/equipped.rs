//! Tests that need what a machine may lack: a browser, PostgreSQL, poolers that are not as
//! they must be, programs that read what was printed. Where it is missing they are listed as
//! ignored, with what is missing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::disallowed_fields,
    missing_docs,
    unreachable_pub,
    reason = "a test may fail loudly"
)]

mod browser;
mod database;
mod papers;
#[allow(dead_code, unused_imports, unused_macros, reason = "the other suite uses the rest")]
mod support;
mod workbook;

use std::process::ExitCode;

use libtest_mimic::Arguments;

fn main() -> ExitCode {
    let suites = [
        (browser::tests(), browser::needs()),
        (database::cut_requests::tests(), database::cut_requests::needs()),
        (database::leftovers::tests(), database::leftovers::needs()),
        (database::pooler::tests(), database::pooler::needs()),
        (database::row_level_security::tests(), database::row_level_security::needs()),
        (papers::tests(), papers::needs()),
        (workbook::tests(), workbook::needs()),
    ];
    let trials = suites.into_iter().flat_map(|(tests, needs)| {
        tests.into_iter().map(move |test| test.trial(&needs)).collect::<Vec<_>>()
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}
