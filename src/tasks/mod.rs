//! Work that somebody starts by hand.

pub mod demo;
pub mod sweep;
