//! The one layer that every page passes: who is it, did its form come from us, and
//! which method does it mean.

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;

use super::submitted::page_of_form;
use super::{AppError, Uploaded, extractors, uploaded};
use crate::auth::authenticator::{AuthContext, Authenticator, Recognised, session_seed};
use crate::auth::clients::CLIENTS_OWN;
use crate::auth::csrf::{self, CsrfTokens};
use crate::auth::{cookies, link};
use crate::models::drafts;

/// Lets a request through, with its [`AuthContext`], or answers it.
pub async fn layer(
    State(authenticator): State<Authenticator>,
    request: Request,
    next: Next,
) -> Response {
    if is_public(request.uri().path()) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let address = extractors::address(&mut parts).await;
    let request = Request::from_parts(parts, body);
    let jar = cookies::jar(request.headers());
    let recognised = if is_clients_own(request.uri().path()) {
        authenticator.recognise_client(&jar, request.headers()).await
    } else {
        authenticator.recognise(&jar, request.headers(), address).await
    };
    let Recognised { context, csrf_seed, set_cookies } = match recognised {
        Ok(recognised) => recognised,
        Err(error) => return AppError::from(error).into_response(),
    };
    if let Some(member) = context.member() {
        tracing::Span::current().record("stringer", member.id.to_string());
    }
    let locale = context.locale;
    let tokens = &authenticator.csrf_tokens;
    let is_member = context.member().is_some();
    let mut response = match admitted(tokens, request, &csrf_seed, is_member).await {
        Ok(mut request) => {
            request.extensions_mut().insert(context);
            next.run(request).await
        }
        Err(Refused::Anyway(error)) => error.into_response(),
        Err(Refused::WithoutToken(sent)) => {
            without_token(&authenticator, &context, &jar, sent).await.into_response()
        }
    };
    response.extensions_mut().insert(locale);
    // A handler that signs in or out has said its own; it has the last word.
    if !response.headers().contains_key(header::SET_COOKIE) {
        cookies::set(response.headers_mut(), set_cookies);
    }
    response
}

/// What has no visitor: files that are the same for everybody, the health check, and the
/// provider's own endpoints, which look at no cookie and so need no CSRF token.
fn is_public(path: &str) -> bool {
    path.starts_with("/static/") || path == "/healthz" || path.starts_with("/auth/v1/")
}

/// The pages of a client, which know no stringer.
fn is_clients_own(path: &str) -> bool {
    path.strip_prefix(CLIENTS_OWN).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The largest form of a page, in bytes: what is typed to sign in is short, an order with
/// its comments is long.
fn largest_form(path: &str) -> usize {
    const SHORT: [&str; 7] = [
        "/session",
        link::PATH,
        "/welcome",
        "/access",
        "/first-run",
        "/settings/password",
        CLIENTS_OWN,
    ];
    let is_short = SHORT.iter().any(|prefix| path.starts_with(prefix));
    if is_short { 16 * 1024 } else { 256 * 1024 }
}

/// A request that may change nothing.
enum Refused {
    /// Whoever sent it.
    Anyway(AppError),
    /// Its token is not the one of whoever seems to have sent it.
    WithoutToken(SentForm),
}

/// A form as it came.
struct SentForm {
    token: Option<String>,
    /// Where it is filled in, if it has a page of its own.
    page: Option<String>,
    /// The page that it was sent from.
    around: Option<String>,
    body: Bytes,
}

/// Checks what wants to change something, and gives it the method that it means.
async fn admitted(
    tokens: &CsrfTokens,
    request: Request,
    csrf_seed: &str,
    is_member: bool,
) -> Result<Request, Refused> {
    if request.method().is_safe() {
        return Ok(request);
    }
    let (mut parts, body) = request.into_parts();
    if !comes_from_us(&parts.headers) {
        return Err(Refused::Anyway(AppError::ForeignForm));
    }
    let (body, bytes, form) = opened(&parts, body, is_member).await?;
    let header = parts.headers.get(csrf::HEADER).and_then(|value| value.to_str().ok());
    let shown = header.map(str::to_owned).or(form.csrf);
    if !shown.as_ref().is_some_and(|token| tokens.is_genuine(csrf_seed, token)) {
        let is_whole = !bytes.is_empty() && !extractors::wants_fragment(&parts.headers);
        return Err(Refused::WithoutToken(SentForm {
            token: shown,
            page: is_whole.then(|| page_of_form(parts.uri.path())).flatten(),
            around: extractors::page_around(&parts.headers),
            body: bytes,
        }));
    }
    if parts.method == Method::POST
        && let Some(method) = form.method
    {
        parts.method = method;
    }
    Ok(Request::from_parts(parts, body))
}

/// The body of a request, what of it may be kept for a later sign-in, and what is in it for
/// this layer.
async fn opened(
    parts: &Parts,
    body: Body,
    is_member: bool,
) -> Result<(Body, Bytes, FormMarks), Refused> {
    let whole = async |body, limit| {
        let bytes = axum::body::to_bytes(body, limit).await;
        bytes.map_err(|_| Refused::Anyway(AppError::TooLarge))
    };
    if is_form(&parts.headers) {
        let bytes = whole(body, largest_form(parts.uri.path())).await?;
        let form = FormMarks::read(&bytes);
        return Ok((Body::from(bytes.clone()), bytes, form));
    }
    // Nobody else has files to send.
    if is_member && uploaded::has_files(&parts.headers) {
        let bytes = whole(body, Uploaded::LARGEST + 4096).await?;
        let csrf = uploaded::token(&parts.headers, bytes.clone()).await;
        return Ok((Body::from(bytes), Bytes::new(), FormMarks { csrf, method: None }));
    }
    Ok((body, Bytes::new(), FormMarks::default()))
}

/// A form without a good token: its sender may have been signed in when it was opened. What
/// was typed then is kept for the next sign-in of the same stringer.
async fn without_token(
    authenticator: &Authenticator,
    context: &AuthContext,
    jar: &CookieJar,
    sent: SentForm,
) -> AppError {
    if context.is_provider_away {
        return AppError::SignInUnavailable;
    }
    if !context.has_lapsed {
        return AppError::ForeignForm;
    }
    let back = match kept(authenticator, jar, &sent).await {
        Ok(draft) => draft.or(sent.around),
        Err(error) => return error,
    };
    AppError::SignInFirst { lapsed: true, back }
}

async fn kept(
    authenticator: &Authenticator,
    jar: &CookieJar,
    sent: &SentForm,
) -> Result<Option<String>, AppError> {
    let (Some(token), Some(page)) = (&sent.token, &sent.page) else { return Ok(None) };
    let Some(whose) = authenticator.lapsed(jar).await else { return Ok(None) };
    // A page of that very sign-in has shown the form.
    if !authenticator.csrf_tokens.is_genuine(&session_seed(&whose), token) {
        return Ok(None);
    }
    let Some(db) = authenticator.db_of(&whose).await? else { return Ok(None) };
    let typed = form_urlencoded::parse(&sent.body).filter(|(name, _)| name != csrf::FIELD);
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(typed).finish();
    let draft = drafts::Entity::keep(&db, body).await?;
    Ok(Some(format!("{page}?draft={draft}")))
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

/// The two fields of a form that are for this layer.
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
