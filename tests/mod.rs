//! The tests mirror `src` by path. Each has a database of its own: a copy of the
//! demo world, on SQLite, or on PostgreSQL with `RBO_TEST_POSTGRES_URL`. What needs a browser
//! or a server of its own is in `equipped.rs`.
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

mod auth_js;
mod forms;
mod migration;
mod models;
mod pictures;
mod process;
mod requests;
#[allow(dead_code, unused_imports, unused_macros, reason = "the other suite uses the rest")]
mod support;
mod tasks;
mod tenancy;
mod v1;
mod values;
mod views;
mod workers;
