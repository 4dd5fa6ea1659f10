//! E-mail addresses.

/// How an e-mail address is compared: without spaces around it and in lower case.
#[must_use]
pub fn normalise_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// An e-mail address as far as its letters tell: whether it works, a mail tells.
#[must_use]
pub fn address(text: &str) -> Option<String> {
    let address = text.trim().parse::<lettre::Address>().ok()?;
    // What must be quoted before the @ the standard allows, and mail servers do not take.
    (!address.user().starts_with('"')).then(|| address.to_string())
}
