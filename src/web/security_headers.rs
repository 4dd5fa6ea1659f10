//! The headers that every answer carries.

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;

use crate::auth::{clients, link};

/// Everything comes from ourselves; nobody frames us; nobody learns our addresses.
///
/// No browser keeps a page: one that is kept (`no-cache` with an `ETag`) is shown again from
/// memory when somebody goes back, also after a step was taken from it and after signing out.
/// It would save a phone some six compressed kilobytes, and the server nothing: only by
/// rendering a page can it tell that it is the same.
pub(super) fn harden(response: &mut Response, path: &str, is_https: bool) {
    const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
        img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
        form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";
    // The address of a link's page is a secret: not even our own pages are told it.
    let is_secret = [link::PATH, clients::LINK, clients::PROOF].contains(&path);
    let referrer = if is_secret { "strict-origin" } else { "same-origin" };
    let headers = response.headers_mut();
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", referrer),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        (
            "permissions-policy",
            "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
        ),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if is_https {
        // Two years, as the preload lists want it.
        let value = HeaderValue::from_static("max-age=63072000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, value);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-store"));
}
