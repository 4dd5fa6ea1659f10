//! The logo on receipts.

use serde::Serialize;
use uuid::Uuid;

use crate::forms::Errors;

/// `settings/logo.html`.
#[derive(Debug, Serialize)]
pub struct Logo {
    /// The key of the one that the next receipts show.
    logo: Option<Uuid>,
    /// In bytes.
    largest: usize,
    errors: Errors,
    is_done: bool,
    /// Paper shows its dots.
    is_coarse: bool,
}

impl Logo {
    /// The page for files of so many bytes at the most, with what is to be corrected.
    #[must_use]
    pub fn new(logo: Option<Uuid>, largest: usize, errors: Errors) -> Self {
        Self { logo, largest, errors, is_done: false, is_coarse: false }
    }

    /// Whether it was just changed, and has too few dots.
    #[must_use]
    pub fn told(self, is_done: bool, is_coarse: bool) -> Self {
        Self { is_done, is_coarse, ..self }
    }
}
