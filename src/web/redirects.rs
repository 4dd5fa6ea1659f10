//! Where an answer sends the browser: to pages of ours alone.

use axum::http::Uri;
use axum::response::{IntoResponse, Redirect, Response};

/// To another page of ours after a write.
#[must_use]
pub fn see_other(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// A path of ours, never another site's: what follows a sign-in comes from the URL.
#[must_use]
pub fn own_path(path: &str) -> Option<&str> {
    let is_own = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(['\\', '\n', '\r'])
        && path.parse::<Uri>().is_ok_and(|uri| uri.authority().is_none());
    is_own.then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_path_of_ours_is_followed_after_signing_in() {
        for path in ["/", "/orders?state=open", "/orders/new"] {
            assert_eq!(own_path(path), Some(path));
        }
        for path in
            ["//evil.example", "https://evil.example", "/\\evil.example", "", "orders", "/a\nb"]
        {
            assert_eq!(own_path(path), None, "{path}");
        }
    }
}
