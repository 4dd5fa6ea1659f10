//! What a mail or a browser carries and the database knows by its hash alone.

use rand::Rng;
use sha2::{Digest, Sha256};

/// 256 bits from the system's generator, as 64 hexadecimal digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    const BYTES: usize = 32;

    /// A fresh one.
    #[must_use]
    pub fn generate() -> Self {
        Self(hex::encode(rand::rng().random::<[u8; Self::BYTES]>()))
    }

    /// One that somebody shows; `None` where the text cannot be one of ours.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_one = text.len() == Self::BYTES * 2
            && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        is_one.then(|| Self(text.to_owned()))
    }

    /// For the one place that it is sent to.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// As it is kept. A plain hash: so long a secret cannot be guessed from it.
    #[must_use]
    pub fn digest(&self) -> String {
        hex::encode(Sha256::digest(self.0.as_bytes()))
    }
}

/// Never in a log.
impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_as_it_was_written_and_never_printed() {
        let secret = Secret::generate();
        assert_eq!(Secret::parse(secret.reveal()), Some(secret.clone()));
        assert!(!format!("{secret:?}").contains(secret.reveal()));
        assert_ne!(secret.digest(), Secret::generate().digest());
    }

    #[test]
    fn what_is_no_secret_is_not_looked_up() {
        let good = Secret::generate();
        for bad in ["", "0", &good.reveal()[1..], &good.reveal().to_uppercase(), "%00", "é"] {
            assert_eq!(Secret::parse(bad).is_some(), bad == good.reveal(), "{bad}");
        }
    }
}
