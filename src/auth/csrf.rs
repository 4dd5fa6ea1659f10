//! The proof that a form came from one of our own pages.
//!
//! A token is an HMAC over the session (or, for a visitor, over a random cookie),
//! so it needs no memory, and one session's token is worth nothing in another.

use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::keyed::keyed;
use super::provider::AuthResult;
use crate::settings::Settings;

/// The hidden field's name.
pub const FIELD: &str = "_csrf";

/// The header's name, for htmx.
pub const HEADER: &str = "x-csrf-token";

/// Makes and checks tokens.
#[derive(Clone)]
pub struct CsrfTokens(Hmac<Sha256>);

impl CsrfTokens {
    /// From the settings' secret.
    ///
    /// # Errors
    /// Never in practice: HMAC takes a key of any length.
    pub fn new(settings: &Settings) -> AuthResult<Self> {
        keyed(settings, "csrf").map(Self)
    }

    /// The token for a session or a visit.
    #[must_use]
    pub fn token(&self, seed: &str) -> String {
        let mac = self.0.clone().chain_update(seed.as_bytes());
        hex::encode(mac.finalize().into_bytes())
    }

    /// Compares without telling by time how much was right.
    #[must_use]
    pub fn is_genuine(&self, seed: &str, token: &str) -> bool {
        let mac = self.0.clone().chain_update(seed.as_bytes());
        hex::decode(token).is_ok_and(|bytes| mac.verify_slice(&bytes).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_for_its_own_session_alone() {
        let settings = Settings::sample();
        let tokens = CsrfTokens::new(&settings).expect("tokens");
        let token = tokens.token("mine");
        assert!(tokens.is_genuine("mine", &token));
        assert!(!tokens.is_genuine("theirs", &token));
        for bad in ["", "zz", "abc", "é", &token[1..]] {
            assert!(!tokens.is_genuine("mine", bad), "{bad}");
        }
    }
}
