//! What a form was made of: it takes the place of that, and of nothing that somebody has saved
//! since in another tab or on another machine.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::Errors;

/// A form of a row that may be changed elsewhere while it is filled in.
pub trait Versioned: Serialize + Sized {
    /// Carried along in a hidden field.
    fn version(&mut self) -> &mut String;

    /// The same, which knows what it was made of.
    #[must_use]
    fn stamped(mut self) -> Self {
        self.version().clear();
        let fields = serde_urlencoded::to_string(&self).unwrap_or_default();
        *self.version() = hex::encode(Sha256::digest(fields));
        self
    }

    /// Whether the row still says what this form was made of; `now` is the form that would be
    /// made of it. What carries no version comes from no page, and is taken.
    ///
    /// # Errors
    /// When it does not. Sent again, it takes the place of what the row says now.
    fn check_version(&mut self, now: Self) -> Result<(), Errors> {
        let mut now = now;
        let (shown, now) = (self.version(), now.version());
        if shown.is_empty() || shown == now {
            return Ok(());
        }
        shown.clone_from(now);
        Err(Errors::at("lock_version", "error-changed-meanwhile"))
    }
}
