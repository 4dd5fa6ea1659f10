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

/// Turns bare failures into pages in the visitor's language, and sets the headers
/// that every answer carries.
pub async fn layer(State(pages): State<ErrorPages>, request: Request, next: Next) -> Response {
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
                page(&pages.views, response, &path, wanted.as_ref(), request_id.as_ref());
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
    harden(&mut response, &path, pages.is_https);
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
    let layout = Layout::bare(locale, path);
    let cookies: Vec<_> = bare.headers().get_all(header::SET_COOKIE).iter().cloned().collect();
    let mut response = views.respond(status, "problem.html", &layout, view).unwrap_or(bare);
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
