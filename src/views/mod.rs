//! What pages may see: one struct for each template.
//! Views take data from models and never ask the database.

pub mod account;
pub mod admin;
pub mod chart;
pub mod checks;
pub mod client_rackets;
pub mod clients;
pub mod days;
pub mod home;
pub mod job;
pub mod orders;
pub mod people;
pub mod pickers;
pub mod reports;
#[cfg(debug_assertions)]
pub mod styleguide;

use serde::Serialize;

/// `_pages.html`: which page of a list it is.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Pages {
    /// Counted from nought.
    pub page: u64,
    /// There is a further page.
    pub more: bool,
}
