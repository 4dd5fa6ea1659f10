//! Work that somebody starts by hand.

pub mod demo;
#[cfg(debug_assertions)]
pub mod scaffold;
pub mod sweep;
