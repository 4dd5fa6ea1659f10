//! What can go wrong at the edge, named by meaning, and the pages that say so.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use crate::auth::guards::wants_fragment;
use crate::auth::link;
use crate::auth::provider::AuthError;
use crate::auth::wire::Refusal;
use crate::i18n::Locale;
use crate::models::ModelError;
use crate::request_id::{self, RequestId};
use crate::views::{Frame, Views};

/// An answer that is not the page that was asked for.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// There is no such thing for the one who asks.
    #[error("not found")]
    NotFound,
    /// Sign in first; `lapsed` when one was signed in before.
    #[error("not signed in")]
    SignInFirst {
        /// A sign-in that is over.
        lapsed: bool,
        /// Where to go afterwards.
        back: Option<String>,
    },
    /// Another page comes first.
    #[error("{0} first")]
    Elsewhere(&'static str),
    /// The identity provider does not answer.
    #[error("sign-in is not available")]
    SignInUnavailable,
    /// Too often; again later.
    #[error("again in {0:?}")]
    TooMany(Duration),
    /// A form without our token: an old page, or somebody else's.
    #[error("a form without our token")]
    ForeignForm,
    /// More than any form of ours sends.
    #[error("too large")]
    TooLarge,
    /// Somebody else changed it meanwhile.
    #[error("changed meanwhile")]
    Stale,
    /// What was sent cannot be taken; the key of the sentence that says why.
    #[error("cannot be taken: {0}")]
    Unusable(&'static str),
    /// Our fault.
    #[error("{0}")]
    Internal(String),
}

/// What the edge knows of a failed answer; the page is made of it.
#[derive(Debug, Clone, Copy)]
struct Problem {
    key: &'static str,
}

impl AppError {
    /// Our fault; the text is for the log alone.
    pub fn internal(what: impl ToString) -> Self {
        Self::Internal(what.to_string())
    }

    const fn parts(&self) -> (StatusCode, &'static str) {
        match self {
            Self::NotFound => (StatusCode::NOT_FOUND, "problem-not-found"),
            Self::SignInFirst { .. } => (StatusCode::UNAUTHORIZED, "problem-sign-in"),
            Self::Elsewhere(_) => (StatusCode::SEE_OTHER, "problem-sign-in"),
            Self::SignInUnavailable => {
                (StatusCode::SERVICE_UNAVAILABLE, "problem-sign-in-unavailable")
            }
            Self::TooMany(_) => (StatusCode::TOO_MANY_REQUESTS, "problem-too-many"),
            Self::ForeignForm => (StatusCode::FORBIDDEN, "problem-foreign-form"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "problem-too-large"),
            Self::Stale => (StatusCode::CONFLICT, "problem-stale"),
            Self::Unusable(key) => (StatusCode::UNPROCESSABLE_ENTITY, key),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "problem-internal"),
        }
    }
}

impl From<ModelError> for AppError {
    fn from(error: ModelError) -> Self {
        match error {
            ModelError::NotFound => Self::NotFound,
            ModelError::Stale => Self::Stale,
            ModelError::Step(refused) => Self::Unusable(refused.key()),
            ModelError::Reference | ModelError::OtherSport(_) => {
                Self::Unusable("problem-reference")
            }
            ModelError::Database(error) => Self::internal(error),
        }
    }
}

impl From<sea_orm::DbErr> for AppError {
    fn from(error: sea_orm::DbErr) -> Self {
        ModelError::from(error).into()
    }
}

impl From<AuthError> for AppError {
    fn from(error: AuthError) -> Self {
        match error {
            AuthError::TooMany(wait) => Self::TooMany(wait),
            AuthError::Unavailable(reason) => {
                tracing::warn!(reason, "the identity provider is not available");
                Self::SignInUnavailable
            }
            AuthError::SessionOver | AuthError::Replayed => {
                Self::SignInFirst { lapsed: true, back: None }
            }
            AuthError::LinkSpent => Self::Unusable("problem-link"),
            AuthError::AddressTaken => Self::Unusable("problem-address-taken"),
            AuthError::Database(error) => Self::from(error),
            AuthError::WrongCredentials | AuthError::WeakPassword | AuthError::SamePassword => {
                Self::Unusable("problem-bad-request")
            }
            AuthError::Internal(reason) => Self::Internal(reason),
        }
    }
}

impl From<loco_rs::Error> for AppError {
    fn from(error: loco_rs::Error) -> Self {
        Self::internal(error)
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        if let Self::SignInFirst { lapsed, back } = &self {
            return sign_in(*lapsed, back.as_deref());
        }
        if let Self::Elsewhere(path) = &self {
            return Redirect::to(path).into_response();
        }
        if let Self::Internal(reason) = &self {
            tracing::error!(reason, "request failed");
        }
        let (status, key) = self.parts();
        let mut response = status.into_response();
        if let Self::TooMany(wait) = &self {
            response.headers_mut().insert(header::RETRY_AFTER, retry_after(*wait));
        }
        response.extensions_mut().insert(Problem { key });
        response
    }
}

/// Whole seconds, at least one.
#[must_use]
pub fn retry_after(wait: Duration) -> HeaderValue {
    HeaderValue::from(wait.as_secs().max(1))
}

fn sign_in(lapsed: bool, back: Option<&str>) -> Response {
    let mut query = form_urlencoded::Serializer::new(String::new());
    if lapsed {
        query.append_pair("lapsed", "1");
    }
    if let Some(back) = back.filter(|back| *back != "/") {
        query.append_pair("back", back);
    }
    let query = query.finish();
    let path =
        if query.is_empty() { "/session/new".into() } else { format!("/session/new?{query}") };
    Redirect::to(&path).into_response()
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

#[derive(Serialize)]
struct ProblemPage {
    status: u16,
    key: &'static str,
    request_id: Option<String>,
    seconds: Option<u64>,
}

/// What failures are shown with, and how every answer is hardened.
#[derive(Clone)]
pub struct Outfit {
    /// The templates.
    pub views: Views,
    /// Whether browsers may be told to come by https alone.
    pub is_https: bool,
}

/// Turns bare failures into pages in the visitor's language, and sets the headers
/// that every answer carries.
pub async fn layer(State(outfit): State<Outfit>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let wanted = request.headers().get(header::ACCEPT_LANGUAGE).cloned();
    let request_id = RequestId::of(&request);
    let is_read = request.method().is_safe();
    let for_a_part = wants_fragment(request.headers());
    let is_unasked = for_a_part && is_in_the_background(&path);
    let mut response = next.run(request).await;
    if is_unasked
        && !response.status().is_success()
        && response.status() != StatusCode::UNPROCESSABLE_ENTITY
    {
        response = without_words(&response);
    }
    // A key that is none, in an address: there is no such page.
    if is_read && response.status() == StatusCode::BAD_REQUEST && !is_for_programs(&path) {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    let mut response = if is_bare_failure(&response) {
        if is_for_programs(&path) {
            bare_for_programs(response)
        } else {
            let mut page =
                page(&outfit.views, response, &path, wanted.as_ref(), request_id.as_ref());
            if for_a_part {
                page.headers_mut().insert("hx-retarget", HeaderValue::from_static("body"));
                page.headers_mut().insert("hx-reswap", HeaderValue::from_static("innerHTML"));
            }
            page
        }
    } else {
        response
    };
    if for_a_part && response.status().is_redirection() {
        leave(&mut response);
    }
    harden(&mut response, &path, outfit.is_https);
    if let Some(id) = request_id.and_then(|id| HeaderValue::from_str(id.as_str()).ok()) {
        response.headers_mut().insert(request_id::HEADER, id);
    }
    response
}

/// Nobody has tapped: a check, a suggestion or a look for the receipt that fails takes
/// nothing from the page that is being filled in.
fn is_in_the_background(path: &str) -> bool {
    path.starts_with("/checks/")
        || matches!(path, "/strings" | "/rackets")
        || path.ends_with("/receipt/emissions")
}

/// Nothing to show; but a renewed session's cookies are not lost.
fn without_words(failed: &Response) -> Response {
    let mut nothing = StatusCode::NO_CONTENT.into_response();
    for cookie in failed.headers().get_all(header::SET_COOKIE) {
        nothing.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    nothing
}

/// Whoever asked for a part of a page and is sent elsewhere leaves the page: the browser
/// would follow by itself, and put the other page where the part should be.
fn leave(response: &mut Response) {
    if let Some(to) = response.headers_mut().remove(header::LOCATION) {
        *response.status_mut() = StatusCode::OK;
        response.headers_mut().insert("hx-redirect", to);
    }
}

/// The identity provider's endpoints answer in JSON, whatever goes wrong.
fn is_for_programs(path: &str) -> bool {
    path.starts_with("/auth/v1/")
}

fn bare_for_programs(bare: Response) -> Response {
    let status = bare.status();
    let code = match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => "not_found",
        StatusCode::PAYLOAD_TOO_LARGE => "request_too_large",
        StatusCode::SERVICE_UNAVAILABLE => "request_timeout",
        _ if status.is_client_error() => "bad_json",
        _ => "unexpected_failure",
    };
    let refusal = Refusal::new(status.as_u16(), code, code.replace('_', " "));
    (status, axum::Json(refusal.body(false))).into_response()
}

/// Neither a page nor a program's answer: a failure without words.
fn is_bare_failure(response: &Response<Body>) -> bool {
    let status = response.status();
    let has_words = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| {
        let kind = kind.as_bytes();
        kind.starts_with(b"text/html") || kind.starts_with(b"application/json")
    });
    (status.is_client_error() || status.is_server_error()) && !has_words
}

fn page(
    views: &Views,
    bare: Response,
    path: &str,
    wanted: Option<&HeaderValue>,
    request_id: Option<&RequestId>,
) -> Response {
    let status = bare.status();
    let key = bare.extensions().get::<Problem>().map_or_else(
        || match status {
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => "problem-not-found",
            StatusCode::PAYLOAD_TOO_LARGE => "problem-too-large",
            StatusCode::SERVICE_UNAVAILABLE => "problem-slow",
            _ if status.is_client_error() => "problem-bad-request",
            _ => "problem-internal",
        },
        |problem| problem.key,
    );
    let locale = bare.extensions().get::<Locale>().copied().unwrap_or_else(|| {
        Locale::from_accept_language(wanted.and_then(|w| w.to_str().ok()).unwrap_or_default())
    });
    let wait = bare.headers().get(header::RETRY_AFTER).cloned();
    let view = ProblemPage {
        status: status.as_u16(),
        key,
        // What whoever helps can look for in the log.
        request_id: status.is_server_error().then(|| request_id.map(ToString::to_string)).flatten(),
        seconds: wait.as_ref().and_then(|wait| wait.to_str().ok()?.parse().ok()),
    };
    let frame = Frame::bare(locale, path);
    let cookies: Vec<_> = bare.headers().get_all(header::SET_COOKIE).iter().cloned().collect();
    let mut response = views.respond(status, "problem.html", &frame, view).unwrap_or(bare);
    if let Some(wait) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, wait);
    }
    for cookie in cookies {
        if !response.headers().get_all(header::SET_COOKIE).iter().any(|known| known == cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}

/// Everything comes from ourselves; nobody frames us; nobody learns our addresses.
fn harden(response: &mut Response, path: &str, is_https: bool) {
    const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
        img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
        form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";
    // The address of a link's page is a secret: not even our own pages are told it.
    let referrer = if path == link::PATH { "strict-origin" } else { "same-origin" };
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
