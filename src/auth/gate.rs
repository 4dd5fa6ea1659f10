//! The one layer that every page passes: who is it, did its form come from us, and
//! which method does it mean.

use std::net::IpAddr;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::{Cookie, CookieJar};
use rand::Rng;

use super::cookies::{self, Baker, Name};
use super::csrf::{self, Stamp};
use super::embedded::Embedded;
use super::provider::{AuthError, Provider};
use super::throttle::{Errand, Throttle};
use super::token::Identity;
use super::{guards, link};
use crate::errors::AppError;
use crate::i18n::Locale;
use crate::models::invitations;
use crate::models::purposes::{FIND_STRINGER, INVITE};
use crate::models::stringers::Member;
use sea_orm_tenancy::{Db, Scope};

/// What the gate needs.
#[derive(Clone)]
pub struct Gate {
    /// The process's unbound handle.
    pub db: Arc<Db>,
    /// Who knows the identities.
    pub provider: Arc<dyn Provider>,
    /// The same, where it is the embedded one.
    pub embedded: Option<Arc<Embedded>>,
    /// Makes CSRF tokens.
    pub stamp: Stamp,
    /// Makes cookies.
    pub baker: Baker,
    /// Slows guessing down.
    pub throttle: Arc<Throttle>,
}

/// What somebody is to this racket-book.
#[derive(Debug, Clone)]
pub enum Standing {
    /// Not signed in.
    Guest,
    /// A stringer.
    Member(Box<Member>),
    /// Invited, and the first page is still to be filled in.
    Invited(Box<invitations::Model>),
    /// A good sign-in that nobody has invited.
    Stranger,
    /// A stringer whose door was closed.
    Deactivated,
}

/// Who is asking, as far as the cookies tell.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// What it is here.
    pub standing: Standing,
    /// Who it is at the provider.
    pub identity: Option<Identity>,
    /// The token that says so, for what the provider is asked on its behalf.
    pub access: Option<Access>,
    /// There was a sign-in, and it is over.
    pub has_lapsed: bool,
    /// The provider that would have to be asked does not answer.
    pub is_in_the_dark: bool,
    /// The token for forms.
    pub csrf: String,
    /// The stringer's language, or the browser's.
    pub locale: Locale,
    /// As the browser says it.
    pub accept_language: String,
}

/// An access token that was found good.
#[derive(Clone)]
pub struct Access(String);

impl Access {
    /// For the provider alone.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// Never in a log.
impl std::fmt::Debug for Access {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Access(..)")
    }
}

impl Visitor {
    /// The signed-in stringer.
    #[must_use]
    pub fn member(&self) -> Option<&Member> {
        match &self.standing {
            Standing::Member(member) => Some(member),
            _ => None,
        }
    }
}

/// Cookies that the answer must set.
type Baked = Vec<Cookie<'static>>;

/// Lets a request through, with its [`Visitor`], or answers it.
pub async fn layer(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    if is_public(request.uri().path()) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let address = guards::address(&mut parts).await;
    let request = Request::from_parts(parts, body);
    let jar = cookies::jar(request.headers());
    let (visitor, seed, baked) = match gate.recognise(&jar, request.headers(), address).await {
        Ok(known) => known,
        Err(error) => return AppError::from(error).into_response(),
    };
    if let Some(member) = visitor.member() {
        tracing::Span::current().record("stringer", member.id.to_string());
    }
    let mut response = match gate.admit(request, &visitor, &seed).await {
        Ok(mut request) => {
            let locale = visitor.locale;
            request.extensions_mut().insert(visitor);
            let mut response = next.run(request).await;
            response.extensions_mut().insert(locale);
            response
        }
        Err(error) => {
            let mut response = error.into_response();
            response.extensions_mut().insert(visitor.locale);
            response
        }
    };
    // A handler that signs in or out has said its own; it has the last word.
    if !response.headers().contains_key(header::SET_COOKIE) {
        cookies::set(response.headers_mut(), baked);
    }
    response
}

/// What has no visitor: files that are the same for everybody, the health check, and the
/// provider's own endpoints, which look at no cookie and so need no CSRF token.
fn is_public(path: &str) -> bool {
    path.starts_with("/static/") || path == "/healthz" || path.starts_with("/auth/v1/")
}

/// The largest form of a page, in bytes: what is typed to sign in is short, an order with
/// its comments is long.
pub fn largest_form(path: &str) -> usize {
    const SHORT: [&str; 6] =
        ["/session", link::PATH, "/welcome", "/access", "/first-run", "/settings/password"];
    let is_short = SHORT.iter().any(|prefix| path.starts_with(prefix));
    if is_short { 16 * 1024 } else { 256 * 1024 }
}

impl Gate {
    async fn recognise(
        &self,
        jar: &CookieJar,
        headers: &HeaderMap,
        address: IpAddr,
    ) -> Result<(Visitor, String, Baked), AuthError> {
        let mut baked = Baked::new();
        let mut is_in_the_dark = false;
        let known = match self.known(jar, address, &mut baked).await {
            Ok(known) => known,
            Err(AuthError::Unavailable(reason)) => {
                tracing::warn!(reason, "the identity provider is not available");
                is_in_the_dark = true;
                None
            }
            Err(error) => return Err(error),
        };
        let (identity, access) = known.unzip();
        let standing = match &identity {
            Some(identity) => self.standing(identity).await?,
            None => Standing::Guest,
        };
        let seed = match &identity {
            Some(identity) => format!("session:{}", identity.session),
            None => visit(jar, &self.baker, &mut baked),
        };
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let accepted = accepted.unwrap_or_default();
        let locale = match &standing {
            Standing::Member(member) => member.locale(),
            _ => Locale::from_accept_language(accepted),
        };
        let had_one = self.baker.read(jar, Name::Access).is_some();
        let visitor = Visitor {
            standing,
            has_lapsed: identity.is_none() && had_one && !is_in_the_dark,
            is_in_the_dark,
            csrf: self.stamp.token(&seed),
            locale,
            accept_language: accepted.to_owned(),
            identity,
            access,
        };
        Ok((visitor, seed, baked))
    }

    /// The identity of the access token, or of the next one.
    async fn known(
        &self,
        jar: &CookieJar,
        address: IpAddr,
        baked: &mut Baked,
    ) -> Result<Option<(Identity, Access)>, AuthError> {
        if let Some(access) = self.baker.read(jar, Name::Access)
            && let Some(identity) = self.provider.identify(access).await?
        {
            let goes_on = self.provider.goes_on(&identity).await?;
            return Ok(goes_on.then(|| (identity, Access(access.to_owned()))));
        }
        let Some(refresh) = self.baker.read(jar, Name::Refresh) else { return Ok(None) };
        // Whoever shows invented ones costs the provider something each time.
        self.throttle.ask(address, Errand::Renewal)?;
        match self.provider.renew(refresh).await {
            Ok(tokens) => {
                baked.extend(self.baker.renewed(&tokens));
                Ok(Some((tokens.identity, Access(tokens.access))))
            }
            Err(AuthError::SessionOver | AuthError::Replayed) => {
                baked.extend(self.baker.signed_out());
                Ok(None)
            }
            Err(AuthError::TooMany(_)) => {
                Err(AuthError::Unavailable("too many renewals at once".to_owned()))
            }
            Err(error) => Err(error),
        }
    }

    async fn standing(&self, identity: &Identity) -> Result<Standing, AuthError> {
        let door = self.db.bind(Scope::System(&FIND_STRINGER));
        match Member::of_subject(&door, &identity.subject).await? {
            Some(member) if member.is_active() => Ok(Standing::Member(Box::new(member))),
            Some(_) => Ok(Standing::Deactivated),
            None => {
                let door = self.db.bind(Scope::System(&INVITE));
                let accepted = invitations::Entity::accepted_by(&door, &identity.subject).await?;
                Ok(accepted.map_or(Standing::Stranger, |one| Standing::Invited(Box::new(one))))
            }
        }
    }

    /// Checks what wants to change something, and gives it the method that it means.
    async fn admit(
        &self,
        request: Request,
        visitor: &Visitor,
        seed: &str,
    ) -> Result<Request, AppError> {
        if request.method().is_safe() {
            return Ok(request);
        }
        let (mut parts, body) = request.into_parts();
        if !comes_from_us(&parts.headers) {
            return Err(AppError::ForeignForm);
        }
        let (body, form) = if is_form(&parts.headers) {
            let bytes = axum::body::to_bytes(body, largest_form(parts.uri.path())).await;
            let bytes = bytes.map_err(|_| AppError::TooLarge)?;
            (Body::from(bytes.clone()), FormMarks::read(&bytes))
        } else {
            (body, FormMarks::default())
        };
        let header = parts.headers.get(csrf::HEADER).and_then(|value| value.to_str().ok());
        let shown = header.map(str::to_owned).or(form.csrf);
        if !shown.is_some_and(|token| self.stamp.is_genuine(seed, &token)) {
            return Err(if visitor.is_in_the_dark {
                AppError::SignInUnavailable
            } else if visitor.has_lapsed {
                AppError::SignInFirst { lapsed: true, back: None }
            } else {
                AppError::ForeignForm
            });
        }
        if parts.method == Method::POST
            && let Some(method) = form.method
        {
            parts.method = method;
        }
        Ok(Request::from_parts(parts, body))
    }
}

/// What a visitor's token is made of: the mark that the browser has, or a new one. Never
/// what a session's is made of, whatever somebody puts into the cookie.
fn visit(jar: &CookieJar, baker: &Baker, baked: &mut Baked) -> String {
    if let Some(mark) = baker.read(jar, Name::Visit) {
        return format!("visit:{mark}");
    }
    let mark = hex::encode(rand::rng().random::<[u8; 16]>());
    baked.push(baker.visit(mark.clone()));
    format!("visit:{mark}")
}

/// The browser's own word for where a form was sent from, beside the token: by
/// `Sec-Fetch-Site`, which it sends to https and to this very machine, and else by
/// `Origin`. A client that says neither is no browser of today.
fn comes_from_us(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = text("origin") else { return true };
    let authority = origin.parse::<Uri>().ok().and_then(|uri| uri.authority().cloned());
    authority.is_some_and(|authority| Some(authority.as_str()) == text("host"))
}

fn is_form(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
}

/// The two fields of a form that are for the gate.
#[derive(Default)]
struct FormMarks {
    csrf: Option<String>,
    method: Option<Method>,
}

impl FormMarks {
    fn read(bytes: &Bytes) -> Self {
        let mut marks = Self::default();
        for (name, value) in form_urlencoded::parse(bytes) {
            match name.as_ref() {
                csrf::FIELD => marks.csrf = Some(value.into_owned()),
                // Browsers' forms know GET and POST alone.
                "_method" if value == "DELETE" => marks.method = Some(Method::DELETE),
                _ => {}
            }
        }
        marks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(headers: &[(&'static str, &str)]) -> bool {
        let mut all = HeaderMap::new();
        all.insert("host", "book.example.ch".parse().expect("a host"));
        for (name, value) in headers {
            all.insert(*name, value.parse().expect("a value"));
        }
        comes_from_us(&all)
    }

    #[test]
    fn a_form_of_another_site_is_known_by_what_the_browser_says() {
        assert!(sent(&[]));
        assert!(sent(&[("origin", "https://book.example.ch")]));
        assert!(sent(&[("sec-fetch-site", "same-origin"), ("origin", "null")]));
        for foreign in ["null", "https://evil.example", "https://book.example.ch.evil.example", ""]
        {
            assert!(!sent(&[("origin", foreign)]), "{foreign}");
        }
        for foreign in ["cross-site", "same-site", "none"] {
            assert!(!sent(&[("sec-fetch-site", foreign)]), "{foreign}");
        }
    }
}
