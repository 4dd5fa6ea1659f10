//! E-mail addresses.

/// How an e-mail address is compared: without spaces around it and in lower case.
#[must_use]
pub fn normalise_email(email: &str) -> String {
    email.trim().to_lowercase()
}
