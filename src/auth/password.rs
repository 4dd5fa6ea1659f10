//! Passwords: the rule, and argon2 away from the async threads.

use loco_rs::hash;

/// Twelve characters or more, with lower and upper case, a digit and a symbol.
pub const SHORTEST: usize = 12;

/// argon2 reads all of it; more than this is not a password but a load.
const LONGEST: usize = 256;

/// Whether a password is good enough to be set.
#[must_use]
pub fn is_strong(password: &str) -> bool {
    let length = password.chars().count();
    (SHORTEST..=LONGEST).contains(&length)
        && password.chars().any(char::is_lowercase)
        && password.chars().any(char::is_uppercase)
        && password.chars().any(|c| c.is_ascii_digit())
        && password.chars().any(|c| !c.is_alphanumeric())
}

/// The argon2id hash of a password.
///
/// # Errors
/// When hashing fails or its thread dies.
pub async fn hash(password: String) -> loco_rs::Result<String> {
    tokio::task::spawn_blocking(move || hash::hash_password(&password))
        .await
        .map_err(loco_rs::Error::wrap)?
}

/// Whether the password is the one behind the hash. Without a hash it takes as
/// long and is always false, so that time does not tell which e-mails exist.
pub async fn matches(password: String, known: Option<String>) -> bool {
    if password.len() > LONGEST * 4 {
        return false;
    }
    let work = move || match known {
        Some(known) => hash::verify_password(&password, &known),
        None => {
            let _same_time = hash::hash_password(&password);
            false
        }
    };
    tokio::task::spawn_blocking(work).await.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strong_password_has_all_four_kinds_and_twelve_characters() {
        assert!(is_strong("Saiten-und-24kg"));
        for weak in
            ["Short-1a", "nouppercase-123", "NOLOWERCASE-123", "NoDigits-here-", "NoSymbol12345"]
        {
            assert!(!is_strong(weak), "{weak}");
        }
    }

    #[tokio::test]
    async fn a_hash_matches_its_password_alone() {
        let hashed = hash("Saiten-und-24kg".into()).await.expect("a hash");
        assert!(hashed.starts_with("$argon2id$"));
        assert!(matches("Saiten-und-24kg".into(), Some(hashed.clone())).await);
        assert!(!matches("Saiten-und-25kg".into(), Some(hashed)).await);
        assert!(!matches("Saiten-und-24kg".into(), None).await);
    }
}
