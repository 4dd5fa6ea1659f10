//! Work that somebody starts by hand.

pub mod audit_log;
pub mod catalogue_stage;
pub mod check_receipts;
pub mod demo;
pub mod first_admin;
#[cfg(debug_assertions)]
pub mod scaffold;
pub mod sweep;
