//! How a browser keeps its tokens: out of scripts' reach, and on our own pages.

use axum::http::{HeaderMap, HeaderValue, header};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use cookie::time::Duration;

use super::embedded::Tokens;

/// The short-lived access token.
pub const ACCESS: &str = "rbo_access";
/// The rotating refresh token.
pub const REFRESH: &str = "rbo_refresh";
/// A random mark of a visitor who is not signed in, for the CSRF token.
pub const VISIT: &str = "rbo_visit";

/// Browsers keep a sign-in for so many days without a visit.
const KEPT_DAYS: i64 = 60;

/// Makes cookies that fit the configured public URL.
#[derive(Debug, Clone, Copy)]
pub struct Baker {
    /// Whether the public URL is https.
    pub secure: bool,
}

impl Baker {
    /// Both tokens' cookies.
    #[must_use]
    pub fn signed_in(self, tokens: &Tokens) -> [Cookie<'static>; 2] {
        [self.bake(ACCESS, tokens.access.clone()), self.bake(REFRESH, tokens.refresh.clone())]
    }

    /// Takes both tokens away.
    #[must_use]
    pub fn signed_out(self) -> [Cookie<'static>; 2] {
        [ACCESS, REFRESH].map(|name| {
            let mut cookie = self.bake(name, String::new());
            cookie.make_removal();
            cookie
        })
    }

    /// A visitor's mark, until the browser closes.
    #[must_use]
    pub fn visit(self, mark: String) -> Cookie<'static> {
        let mut cookie = self.bake(VISIT, mark);
        cookie.unset_expires();
        cookie.set_max_age(None);
        cookie
    }

    fn bake(self, name: &'static str, value: String) -> Cookie<'static> {
        Cookie::build((name, value))
            .path("/")
            .http_only(true)
            .secure(self.secure)
            .same_site(SameSite::Lax)
            .max_age(Duration::days(KEPT_DAYS))
            .build()
    }
}

/// The request's cookies.
pub fn jar(headers: &HeaderMap) -> CookieJar {
    CookieJar::from_headers(headers)
}

/// Adds `Set-Cookie` headers to an answer.
pub fn set(headers: &mut HeaderMap, cookies: impl IntoIterator<Item = Cookie<'static>>) {
    for cookie in cookies {
        // Our own names and values are plain ASCII, so this never drops one.
        if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
            headers.append(header::SET_COOKIE, value);
        }
    }
}
