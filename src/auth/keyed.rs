//! Keys that are derived from the one secret of the configuration.

use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::provider::{AuthError, AuthResult};
use crate::settings::Settings;

/// A key of its own for each purpose, and never the signing key itself: a token of one
/// kind must be no token of another.
///
/// # Errors
/// Never in practice: HMAC takes a key of any length.
pub(super) fn keyed(settings: &Settings, purpose: &str) -> AuthResult<Hmac<Sha256>> {
    let key = format!("{purpose} {}", settings.secret);
    Hmac::new_from_slice(key.as_bytes()).map_err(|error| AuthError::Internal(error.into()))
}
