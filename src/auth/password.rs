//! Passwords: the rule, and argon2 away from the async threads.

use std::sync::LazyLock;

use loco_rs::hash;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::provider::{AuthError, AuthResult};

/// Twelve characters or more, with lower and upper case, a digit and a symbol.
pub const SHORTEST: usize = 12;

/// argon2 reads all of it; more than this is not a password but a load.
const LONGEST: usize = 256;

/// Each hash takes 19 MiB and a core for some tens of milliseconds; more at once would
/// only make all of them slower, and the process larger.
const AT_ONCE: usize = 2;

/// So many wait for their turn; the next is asked to come again.
const WAITING: usize = 64;

/// Whoever finds the queue full may try again in so many seconds.
const AGAIN_SECONDS: u64 = 2;

static TURNS: Semaphore = Semaphore::const_new(AT_ONCE);
static QUEUE: Semaphore = Semaphore::const_new(AT_ONCE + WAITING);

/// What nobody should build a password of here, beside what is theirs.
const OF_THE_FIELD: [&str; 8] =
    ["racket", "racquet", "racket-book", "rbo", "stringer", "tennis", "saiten", "besaitung"];

/// Whether a password is good enough to be set: by the four kinds and the length, and
/// not one of the common ones, nor built of what is known of its owner (his address, his
/// workshop's name). The guesses are estimated by zxcvbn.
#[must_use]
pub fn is_strong(password: &str, owners: &[&str]) -> bool {
    let length = password.chars().count();
    let has = |kind: fn(char) -> bool| password.chars().any(kind);
    (SHORTEST..=LONGEST).contains(&length)
        && has(char::is_lowercase)
        && has(char::is_uppercase)
        && has(|c| c.is_ascii_digit())
        && has(|c| !c.is_alphanumeric())
        && !is_guessable(password, owners)
}

/// zxcvbn's third step of four: safe from somebody who guesses online, and slowly.
fn is_guessable(password: &str, owners: &[&str]) -> bool {
    let known: Vec<_> = OF_THE_FIELD
        .into_iter()
        .chain(owners.iter().flat_map(|word| word.split(['@', '.', ' ', '-', '_'])))
        .chain(owners.iter().copied())
        .filter(|word| word.len() > 2)
        .collect();
    zxcvbn::zxcvbn(password, &known).score() < zxcvbn::Score::Three
}

/// The argon2id hash of a password.
///
/// # Errors
/// When the queue is full, hashing fails, or its thread dies.
pub async fn hash(password: String) -> AuthResult<String> {
    let _turn = turn().await?;
    let hashed = tokio::task::spawn_blocking(move || hash::hash_password(&password)).await;
    hashed.map_err(|error| AuthError::Internal(error.into()))?.map_err(AuthError::from)
}

/// What a password is compared with where there is none, so that it takes as long.
static NOBODYS: LazyLock<Option<String>> = LazyLock::new(|| hash::hash_password("nobody's").ok());

/// Whether the password is the one behind the hash. Without a hash it takes as
/// long and is always false, so that time does not tell which e-mails exist.
///
/// # Errors
/// When the queue is full, or the thread dies.
pub async fn matches(password: String, known: Option<String>) -> AuthResult<bool> {
    if password.len() > LONGEST * 4 {
        return Ok(false);
    }
    let _turn = turn().await?;
    let work = move || {
        let is_known = known.is_some();
        let hash = known.or_else(|| NOBODYS.clone()).unwrap_or_default();
        hash::verify_password(&password, &hash) && is_known
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| AuthError::Internal(error.into()))
}

struct Turn {
    _queue: SemaphorePermit<'static>,
    _turn: SemaphorePermit<'static>,
}

async fn turn() -> AuthResult<Turn> {
    let full = || AuthError::TooMany(std::time::Duration::from_secs(AGAIN_SECONDS));
    let queue = QUEUE.try_acquire().map_err(|_| full())?;
    let turn = TURNS.acquire().await.map_err(|error| AuthError::Internal(error.into()))?;
    Ok(Turn { _queue: queue, _turn: turn })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strong_password_has_all_four_kinds_and_twelve_characters() {
        assert!(is_strong("Saiten-und-24kg", &[]));
        for weak in
            ["Short-1a", "nouppercase-123", "NOLOWERCASE-123", "NoDigits-here-", "NoSymbol12345"]
        {
            assert!(!is_strong(weak, &[]), "{weak}");
        }
    }

    #[test]
    fn a_common_password_and_ones_own_name_are_not_strong() {
        for weak in ["Password123!", "Qwerty123456!", "Abcd1234567!"] {
            assert!(!is_strong(weak, &[]), "{weak}");
        }
        let mine = ["vreni.oberholzer@example.ch", "Vrenis Werkstatt"];
        assert!(!is_strong("Oberholzer-1", &mine));
        assert!(is_strong("Oberholzer-7 stringt gern", &mine));
    }

    #[tokio::test]
    async fn a_hash_matches_its_password_alone() {
        let hashed = hash("Saiten-und-24kg".into()).await.expect("a hash");
        assert!(hashed.starts_with("$argon2id$"));
        let is =
            async |password: &str, known| matches(password.into(), known).await.expect("a turn");
        assert!(is("Saiten-und-24kg", Some(hashed.clone())).await);
        assert!(!is("Saiten-und-25kg", Some(hashed)).await);
        assert!(!is("Saiten-und-24kg", None).await);
        assert!(!is("nobody's", None).await);
    }
}
