//! What pages may see: one struct for each template.
//! Views take data from models and never ask the database.

pub mod account;
pub mod admin;
pub mod bench;
pub mod catalogue;
pub mod chart;
pub mod checks;
pub mod client_rackets;
pub mod clients;
pub mod days;
pub mod dev_mail;
pub mod exports;
pub mod failures;
pub mod feeds;
pub mod home;
pub mod imports;
pub mod job;
pub mod logo;
pub mod mine;
pub mod news;
pub mod orders;
pub mod people;
pub mod persons;
pub mod pickers;
pub mod ready;
pub mod reels;
pub mod reports;
pub mod shares;
#[cfg(debug_assertions)]
pub mod styleguide;
pub mod taxes;

use serde::Serialize;
use uuid::Uuid;

/// How a form came to its page again, where it did.
#[derive(Debug, Clone, Serialize)]
pub struct Return {
    /// The form's key, which is used once.
    pub form_key: Uuid,
    /// It is given back after a sign-in, as it was typed.
    pub is_kept: bool,
    /// Where it led when it was saved before, saying something else.
    pub saved_before: Option<String>,
}

impl Default for Return {
    /// For the first time.
    fn default() -> Self {
        Self { form_key: Uuid::now_v7(), is_kept: false, saved_before: None }
    }
}

impl Return {
    /// After a sign-in, with the key that it had: whoever lost the answer of a saving as well
    /// has not saved twice.
    #[must_use]
    pub fn kept(form_key: Option<Uuid>) -> Self {
        Self { form_key: form_key.unwrap_or_else(Uuid::now_v7), is_kept: true, saved_before: None }
    }

    /// It was saved before, and led there; saved again it makes another.
    #[must_use]
    pub fn saved_before(answer: String) -> Self {
        Self { saved_before: Some(answer), ..Self::default() }
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
