//! The one layer that every request passes: who is it, did its form come from us,
//! and which method does it mean.

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::{Cookie, CookieJar};
use rand::Rng;
use std::sync::Arc;
use uuid::Uuid;

use super::cookies::{self, ACCESS, Baker, REFRESH, VISIT};
use super::csrf::{self, Stamp};
use super::embedded::Provider;
use crate::errors::AppError;
use crate::i18n::Locale;
use crate::models::purposes::FIND_STRINGER;
use crate::models::stringers::Member;
use crate::tenancy::{Db, Scope};

/// A form larger than this is none of ours.
const LARGEST_FORM: usize = 256 * 1024;

/// What the gate needs.
#[derive(Clone)]
pub struct Gate {
    /// The process's unbound handle.
    pub db: Arc<Db>,
    /// The identity provider.
    pub provider: Arc<Provider>,
    /// Makes CSRF tokens.
    pub stamp: Stamp,
    /// Makes cookies.
    pub baker: Baker,
}

/// Who is asking, as far as the cookies tell.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The signed-in stringer.
    pub member: Option<Member>,
    /// Its session.
    pub session: Option<Uuid>,
    /// A good sign-in that belongs to no active stringer.
    pub is_stranger: bool,
    /// There was a sign-in, and it is over.
    pub has_lapsed: bool,
    /// The token for forms.
    pub csrf: String,
    /// The stringer's language, or the browser's.
    pub locale: Locale,
}

/// Cookies that the answer must set.
type Baked = Vec<Cookie<'static>>;

/// Lets a request through, with its [`Visitor`], or answers it.
pub async fn layer(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    if is_public(request.uri().path()) {
        return next.run(request).await;
    }
    let jar = cookies::jar(request.headers());
    let (visitor, seed, baked) = match gate.recognise(&jar, request.headers()).await {
        Ok(known) => known,
        Err(error) => return AppError::from(error).into_response(),
    };
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

/// What has no visitor: files that are the same for everybody, and the health check.
fn is_public(path: &str) -> bool {
    path.starts_with("/static/") || path == "/healthz"
}

impl Gate {
    async fn recognise(
        &self,
        jar: &CookieJar,
        headers: &HeaderMap,
    ) -> loco_rs::Result<(Visitor, String, Baked)> {
        let mut baked = Baked::new();
        let claims = match jar.get(ACCESS).and_then(|cookie| self.provider.verify(cookie.value())) {
            Some(claims) => Some(claims),
            None => self.renew(jar, &mut baked).await?,
        };
        let member = match &claims {
            Some(claims) => {
                let door = self.db.bind(Scope::System(&FIND_STRINGER));
                Member::find_by_subject(&door, &claims.sub).await?
            }
            None => None,
        };
        let session = claims.as_ref().map(|claims| claims.session_id);
        let seed = match session {
            Some(session) => session.to_string(),
            None => visit(jar, self.baker, &mut baked),
        };
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let visitor = Visitor {
            is_stranger: claims.is_some() && member.is_none(),
            has_lapsed: claims.is_none() && jar.get(ACCESS).is_some(),
            csrf: self.stamp.token(&seed),
            locale: member.as_ref().map_or_else(
                || Locale::from_accept_language(accepted.unwrap_or_default()),
                Member::locale,
            ),
            member,
            session,
        };
        Ok((visitor, seed, baked))
    }

    async fn renew(
        &self,
        jar: &CookieJar,
        baked: &mut Baked,
    ) -> loco_rs::Result<Option<super::token::Claims>> {
        let Some(refresh) = jar.get(REFRESH) else { return Ok(None) };
        let Some(tokens) = self.provider.renew(refresh.value()).await? else { return Ok(None) };
        baked.extend(self.baker.signed_in(&tokens));
        Ok(self.provider.verify(&tokens.access))
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
        let (body, form) = if is_form(&parts.headers) {
            let bytes = axum::body::to_bytes(body, LARGEST_FORM).await;
            let bytes = bytes.map_err(|_| AppError::TooLarge)?;
            (Body::from(bytes.clone()), FormMarks::read(&bytes))
        } else {
            (body, FormMarks::default())
        };
        let header = parts.headers.get(csrf::HEADER).and_then(|value| value.to_str().ok());
        let shown = header.map(str::to_owned).or(form.csrf);
        if !shown.is_some_and(|token| self.stamp.is_genuine(seed, &token)) {
            return Err(if visitor.has_lapsed {
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

/// A visitor's mark: the one that the browser has, or a new one.
fn visit(jar: &CookieJar, baker: Baker, baked: &mut Baked) -> String {
    if let Some(cookie) = jar.get(VISIT) {
        return cookie.value().to_owned();
    }
    let mark = hex::encode(rand::rng().random::<[u8; 16]>());
    baked.push(baker.visit(mark.clone()));
    mark
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
