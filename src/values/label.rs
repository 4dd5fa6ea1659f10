//! What stands on a racket's label, and leads to its page.

use rand::Rng;

/// No letter or digit that is misread: no 0 and O, no 1 and I.
const SIGNS: &[u8] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// Thirty-two to the sixth are enough for a stringer's rackets, and the unique key refuses the
/// rare repetition.
const LENGTH: usize = 6;

/// A new one.
#[must_use]
pub fn new() -> String {
    let mut rng = rand::rng();
    (0..LENGTH).map(|_| char::from(SIGNS[rng.random_range(0..SIGNS.len())])).collect()
}

/// Whether a label of ours may say so.
#[must_use]
pub fn is_one(code: &str) -> bool {
    code.len() == LENGTH && code.bytes().all(|sign| SIGNS.contains(&sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_one_is_one_and_what_is_misread_is_none() {
        assert!(is_one(&new()) && new() != new());
        for code in ["", "ABC23", "ABC2345", "abc234", "ABC10O", "A/B234"] {
            assert!(!is_one(code), "{code}");
        }
    }
}
