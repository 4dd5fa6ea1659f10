//! Bare failures become pages in the reader's language, or fragments, or JSON for programs.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::error::Problem;
use super::extractors::wants_fragment;
use super::request_id::{self, RequestId};
use super::security_headers::harden;
use super::{Layout, Views};
use crate::auth::wire::Refusal;
use crate::i18n::Locale;

#[derive(Serialize)]
struct ProblemPage {
    status: u16,
    key: &'static str,
    request_id: Option<String>,
    seconds: Option<u64>,
}

/// What failures are shown with, and how every answer is hardened.
#[derive(Clone)]
pub struct ErrorPages {
    /// The templates.
    pub views: Views,
    /// Whether browsers may be told to come by https alone.
    pub is_https: bool,
}

/// What of a request decides how a failure is told.
struct Asked {
    path: String,
    accept_language: Option<HeaderValue>,
    request_id: Option<RequestId>,
    is_read: bool,
    /// htmx wants a part of a page.
    wants_fragment: bool,
}

impl Asked {
    fn of(request: &Request) -> Self {
        Self {
            path: request.uri().path().to_owned(),
            accept_language: request.headers().get(header::ACCEPT_LANGUAGE).cloned(),
            request_id: RequestId::of(request),
            is_read: request.method().is_safe(),
            wants_fragment: wants_fragment(request.headers()),
        }
    }

    /// The language that the handler found, or else the browser's.
    fn locale(&self, failed: &Response) -> Locale {
        let known = failed.extensions().get::<Locale>().copied();
        let accepted = || self.accept_language.as_ref().and_then(|value| value.to_str().ok());
        known.unwrap_or_else(|| Locale::from_accept_language(accepted().unwrap_or_default()))
    }
}

/// Turns bare failures into pages in the visitor's language, and sets the headers
/// that every answer carries.
pub async fn layer(State(pages): State<ErrorPages>, request: Request, next: Next) -> Response {
    let asked = Asked::of(&request);
    let mut response = next.run(request).await;
    if asked.wants_fragment
        && is_in_the_background(&asked.path)
        && !response.status().is_success()
        && response.status() != StatusCode::UNPROCESSABLE_ENTITY
    {
        response = without_words(&response);
    }
    // A key that is none, in an address: there is no such page.
    let is_for_programs = is_for_programs(&asked.path);
    if asked.is_read && response.status() == StatusCode::BAD_REQUEST && !is_for_programs {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    let mut response = match (is_bare_failure(&response), is_for_programs) {
        (false, _) => response,
        (true, true) => bare_for_programs(response),
        (true, false) => pages.page(response, &asked),
    };
    if asked.wants_fragment && response.status().is_redirection() {
        leave(&mut response);
    }
    harden(&mut response, &asked.path, pages.is_https);
    if let Some(id) = asked.request_id.and_then(|id| HeaderValue::from_str(id.as_str()).ok()) {
        response.headers_mut().insert(request_id::HEADER, id);
    }
    response
}

/// Nobody has tapped: a check, a suggestion or a look for the receipt that fails takes
/// nothing from the page that is being filled in.
fn is_in_the_background(path: &str) -> bool {
    path.starts_with("/checks/")
        || matches!(path, "/strings" | "/rackets" | "/news/badge")
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

/// The key of a failure's sentence: what the handler named, or what its status says.
fn key(failed: &Response) -> &'static str {
    match (failed.extensions().get::<Problem>(), failed.status()) {
        (Some(problem), _) => problem.key,
        (None, StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED) => "problem-not-found",
        (None, StatusCode::PAYLOAD_TOO_LARGE) => "problem-too-large",
        (None, StatusCode::SERVICE_UNAVAILABLE) => "problem-slow",
        (None, status) if status.is_client_error() => "problem-bad-request",
        (None, _) => "problem-internal",
    }
}

impl ErrorPages {
    /// A page that says what failed; for htmx in place of the whole page, not of a part.
    fn page(&self, bare: Response, asked: &Asked) -> Response {
        let status = bare.status();
        let wait = bare.headers().get(header::RETRY_AFTER).cloned();
        let request_id = asked.request_id.as_ref().map(ToString::to_string);
        let view = ProblemPage {
            status: status.as_u16(),
            key: key(&bare),
            // What whoever helps can look for in the log.
            request_id: request_id.filter(|_| status.is_server_error()),
            seconds: wait.as_ref().and_then(|wait| wait.to_str().ok()?.parse().ok()),
        };
        let layout = Layout::bare(asked.locale(&bare), &asked.path);
        let cookies: Vec<_> = bare.headers().get_all(header::SET_COOKIE).iter().cloned().collect();
        let mut page = self.views.respond(status, "problem.html", &layout, view).unwrap_or(bare);
        let headers = page.headers_mut();
        if let Some(wait) = wait {
            headers.insert(header::RETRY_AFTER, wait);
        }
        headers.remove(header::SET_COOKIE);
        headers.extend(cookies.into_iter().map(|cookie| (header::SET_COOKIE, cookie)));
        if asked.wants_fragment {
            headers.insert("hx-retarget", HeaderValue::from_static("body"));
            headers.insert("hx-reswap", HeaderValue::from_static("innerHTML"));
        }
        page
    }
}
