//! How a browser keeps its tokens: out of scripts' reach, and on our own pages.

use axum::http::{HeaderMap, HeaderValue, header};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use cookie::time::Duration;
use hmac::{Hmac, Mac};
use rand::Rng;
use sha2::Sha256;

use super::keyed::keyed;
use super::provider::{AuthResult, Tokens};
use crate::models::link_tokens::LINK_MINUTES;
use crate::models::person_claims::SESSION_DAYS;
use crate::models::sessions::IDLE_DAYS;
use crate::settings::Settings;
use crate::values::{Secret, normalise_email};

/// A cookie of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// The short-lived access token.
    Access,
    /// The rotating refresh token.
    Refresh,
    /// A random mark of a visitor who is not signed in, for the CSRF token.
    Visit,
    /// The mark of a browser that has signed in before, for the throttle.
    Device,
    /// Where to go after a link that was asked for.
    Back,
    /// What proves that somebody is a client, on the client's own pages.
    Mine,
}

/// A browser stays known for so many days.
const DEVICE_DAYS: i64 = 365;

/// Makes and reads cookies, under names that fit the configured public URL.
#[derive(Clone)]
pub struct SessionCookies {
    secure: bool,
    marks: Hmac<Sha256>,
}

impl SessionCookies {
    /// From the settings: https makes cookies `Secure`.
    ///
    /// # Errors
    /// Never in practice: HMAC takes a key of any length.
    pub fn new(settings: &Settings) -> AuthResult<Self> {
        Ok(Self { secure: settings.is_https(), marks: keyed(settings, "known")? })
    }

    /// With https, names that a browser takes from this very host alone: no neighbour
    /// under the same domain can plant one (the `__Host-` prefix of RFC 6265bis).
    const fn name(&self, name: Name) -> &'static str {
        match (name, self.secure) {
            (Name::Access, true) => "__Host-rbo_access",
            (Name::Access, false) => "rbo_access",
            (Name::Refresh, true) => "__Host-rbo_refresh",
            (Name::Refresh, false) => "rbo_refresh",
            (Name::Visit, true) => "__Host-rbo_visit",
            (Name::Visit, false) => "rbo_visit",
            (Name::Device, true) => "__Host-rbo_known",
            (Name::Device, false) => "rbo_known",
            (Name::Back, true) => "__Host-rbo_back",
            (Name::Back, false) => "rbo_back",
            (Name::Mine, true) => "__Host-rbo_mine",
            (Name::Mine, false) => "rbo_mine",
        }
    }

    /// A cookie that the browser sent.
    #[must_use]
    pub fn read<'j>(&self, jar: &'j CookieJar, name: Name) -> Option<&'j str> {
        jar.get(self.name(name)).map(Cookie::value)
    }

    /// Both tokens' cookies. The visit that led to the sign-in is over, and with it every
    /// form that was open before: whoever planted its mark learns nothing by it.
    #[must_use]
    pub fn signed_in(&self, tokens: &Tokens) -> [Cookie<'static>; 3] {
        [
            self.cookie(Name::Access, tokens.access.clone(), IDLE_DAYS),
            self.cookie(Name::Refresh, tokens.refresh.clone(), IDLE_DAYS),
            self.remove(Name::Visit),
        ]
    }

    /// The session is over: there is nothing to renew any more.
    #[must_use]
    pub fn lapsed(&self) -> Cookie<'static> {
        self.remove(Name::Refresh)
    }

    /// Where somebody wants to go who has asked for a link by mail; as long as the link is good.
    #[must_use]
    pub fn back(&self, path: &str) -> Cookie<'static> {
        let path = form_urlencoded::byte_serialize(path.as_bytes()).collect::<String>();
        let mut cookie = self.cookie(Name::Back, path, 1);
        cookie.set_max_age(Duration::minutes(LINK_MINUTES));
        cookie
    }

    /// Where that was.
    #[must_use]
    pub fn read_back(&self, jar: &CookieJar) -> Option<String> {
        let path = self.read(jar, Name::Back)?;
        form_urlencoded::parse(format!("path={path}").as_bytes())
            .next()
            .map(|(_, p)| p.into_owned())
    }

    /// A client is known from now on. The visit that led here is over, as with a sign-in.
    #[must_use]
    pub fn client(&self, session: &Secret) -> [Cookie<'static>; 2] {
        let session = self.cookie(Name::Mine, session.reveal().to_owned(), SESSION_DAYS);
        [session, self.remove(Name::Visit)]
    }

    /// A client is not known any more.
    #[must_use]
    pub fn client_gone(&self) -> Cookie<'static> {
        self.remove(Name::Mine)
    }

    /// A renewed pair.
    #[must_use]
    pub fn renewed(&self, tokens: &Tokens) -> [Cookie<'static>; 2] {
        [
            self.cookie(Name::Access, tokens.access.clone(), IDLE_DAYS),
            self.cookie(Name::Refresh, tokens.refresh.clone(), IDLE_DAYS),
        ]
    }

    /// Takes both tokens away.
    #[must_use]
    pub fn signed_out(&self) -> [Cookie<'static>; 2] {
        [self.remove(Name::Access), self.remove(Name::Refresh)]
    }

    /// A visitor's mark, until the browser closes.
    #[must_use]
    pub fn visit(&self, mark: String) -> Cookie<'static> {
        let mut cookie = self.cookie(Name::Visit, mark, 0);
        cookie.unset_expires();
        cookie.set_max_age(None);
        cookie
    }

    /// The mark of a browser that has signed in to this account.
    #[must_use]
    pub fn known(&self, email: &str) -> Cookie<'static> {
        let device = hex::encode(rand::rng().random::<[u8; 16]>());
        let seal = hex::encode(self.seal(&device, email).finalize().into_bytes());
        self.cookie(Name::Device, format!("{device}.{seal}"), DEVICE_DAYS)
    }

    /// The browser's mark, if it has signed in to this account before.
    #[must_use]
    pub fn mark<'j>(&self, jar: &'j CookieJar, email: &str) -> Option<&'j str> {
        let (device, seal) = self.read(jar, Name::Device)?.split_once('.')?;
        let seal = hex::decode(seal).ok()?;
        self.seal(device, email).verify_slice(&seal).is_ok().then_some(device)
    }

    fn seal(&self, device: &str, email: &str) -> Hmac<Sha256> {
        let account = normalise_email(email);
        self.marks.clone().chain_update(device.as_bytes()).chain_update([0]).chain_update(account)
    }

    fn remove(&self, name: Name) -> Cookie<'static> {
        let mut cookie = self.cookie(name, String::new(), 0);
        cookie.make_removal();
        cookie
    }

    fn cookie(&self, name: Name, value: String, days: i64) -> Cookie<'static> {
        Cookie::build((self.name(name), value))
            .path("/")
            .http_only(true)
            .secure(self.secure)
            .same_site(SameSite::Lax)
            .max_age(Duration::days(days))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn session_cookies(public_url: &str) -> SessionCookies {
        SessionCookies::new(&Settings { public_url: public_url.into(), ..Settings::sample() })
            .expect("one")
    }

    fn jar_of(cookie: &Cookie<'_>) -> CookieJar {
        CookieJar::new().add(Cookie::new(cookie.name().to_owned(), cookie.value().to_owned()))
    }

    #[test]
    fn https_makes_cookies_that_no_neighbour_can_plant() {
        let cookie = session_cookies("https://book.example.ch").visit("a".into()).to_string();
        assert!(cookie.starts_with("__Host-rbo_visit=a;"), "{cookie}");
        for part in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
        let plain = session_cookies("http://192.168.1.5:5150").visit("a".into()).to_string();
        assert!(plain.starts_with("rbo_visit=a;") && !plain.contains("Secure"), "{plain}");
    }

    #[test]
    fn a_mark_is_good_for_its_own_account_alone() {
        let session_cookies = session_cookies("http://localhost:5150");
        let jar = jar_of(&session_cookies.known("Stefan@example.ch"));
        assert!(session_cookies.mark(&jar, "stefan@example.ch ").is_some());
        assert!(session_cookies.mark(&jar, "marco@example.com").is_none());
        let forged = jar_of(&Cookie::new("rbo_known", "00.00"));
        assert!(session_cookies.mark(&forged, "stefan@example.ch").is_none());
    }
}
