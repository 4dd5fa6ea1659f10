//! What pages may see: one struct for each template.
//! Views take data from models and never ask the database.

pub mod account;
pub mod admin;
pub mod bench;
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

/// How a form came to its page again, where it did.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Return {
    /// It is given back after a sign-in, as it was typed.
    pub is_kept: bool,
    /// Where it led when it was saved before, saying something else.
    pub saved_before: Option<String>,
}

impl Return {
    /// After a sign-in, or not at all.
    #[must_use]
    pub const fn kept(is_kept: bool) -> Self {
        Self { is_kept, saved_before: None }
    }

    /// It was saved before, and led there; saved again it makes another.
    #[must_use]
    pub const fn saved_before(answer: String) -> Self {
        Self { is_kept: false, saved_before: Some(answer) }
    }
}

/// `_pages.html`: which page of a list it is.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Pages {
    /// Counted from nought.
    pub page: u64,
    /// There is a further page.
    pub more: bool,
}
