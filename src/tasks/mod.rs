//! Work that somebody starts by hand.

pub mod audit_log;
pub mod demo;
#[cfg(debug_assertions)]
pub mod scaffold;
pub mod sweep;
