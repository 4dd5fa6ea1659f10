//! What can go wrong at the edge, named by meaning, and the pages that say so.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use crate::i18n::Locale;
use crate::models::ModelError;
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
    /// Signed in, and a stringer of nobody's.
    #[error("a stranger")]
    Stranger,
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
            Self::Stranger => (StatusCode::FORBIDDEN, "problem-stranger"),
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
            ModelError::Reference => Self::Unusable("problem-reference"),
            ModelError::Database(error) => Self::internal(error),
        }
    }
}

impl From<sea_orm::DbErr> for AppError {
    fn from(error: sea_orm::DbErr) -> Self {
        ModelError::from(error).into()
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
        if let Self::Internal(reason) = &self {
            tracing::error!(reason, "request failed");
        }
        let (status, key) = self.parts();
        let mut response = status.into_response();
        response.extensions_mut().insert(Problem { key });
        response
    }
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
}

/// Turns bare failures into pages in the visitor's language, and sets the headers
/// that every answer carries.
pub async fn layer(State(views): State<Views>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let wanted = request.headers().get(header::ACCEPT_LANGUAGE).cloned();
    let is_read = request.method().is_safe();
    let mut response = next.run(request).await;
    // A key that is none, in an address: there is no such page.
    if is_read && response.status() == StatusCode::BAD_REQUEST {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    let mut response = if is_bare_failure(&response) {
        page(&views, response, &path, wanted.as_ref())
    } else {
        response
    };
    harden(&mut response);
    response
}

fn is_bare_failure(response: &Response<Body>) -> bool {
    let status = response.status();
    let is_html = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    (status.is_client_error() || status.is_server_error()) && !is_html
}

fn page(views: &Views, bare: Response, path: &str, wanted: Option<&HeaderValue>) -> Response {
    let status = bare.status();
    let key = bare.extensions().get::<Problem>().map_or_else(
        || match status {
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => "problem-not-found",
            StatusCode::PAYLOAD_TOO_LARGE => "problem-too-large",
            _ if status.is_client_error() => "problem-bad-request",
            _ => "problem-internal",
        },
        |problem| problem.key,
    );
    let locale = bare.extensions().get::<Locale>().copied().unwrap_or_else(|| {
        Locale::from_accept_language(wanted.and_then(|w| w.to_str().ok()).unwrap_or_default())
    });
    let view = ProblemPage { status: status.as_u16(), key };
    let frame = Frame::bare(locale, path);
    let cookies: Vec<_> = bare.headers().get_all(header::SET_COOKIE).iter().cloned().collect();
    let mut response = views.respond(status, "problem.html", &frame, view).unwrap_or(bare);
    for cookie in cookies {
        if !response.headers().get_all(header::SET_COOKIE).iter().any(|known| known == cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}

/// Everything comes from ourselves; nobody frames us; nobody learns our addresses.
fn harden(response: &mut Response) {
    const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
        img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
        form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    let headers = response.headers_mut();
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
