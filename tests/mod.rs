//! The tests mirror `src` by path. Each has a database of its own: a copy of the
//! demo world, on SQLite, or on PostgreSQL with `RBO_TEST_POSTGRES_URL`.
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
mod browser;
mod forms;
mod initializers;
mod migration;
mod models;
mod process;
mod requests;
mod support;
mod tasks;
mod tenancy;
mod views;
mod workers;
