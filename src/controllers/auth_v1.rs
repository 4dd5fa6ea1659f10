//! The embedded identity provider's own endpoints: gotrue's protocol, so that a stock
//! client works. They take bearer tokens alone and look at no cookie.
//!
//! Left out are gotrue's `GET /verify`, since a mail scanner that follows it would use a
//! link up, its one-time codes to type, other providers, and a change of the address.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::{Json, RequestPartsExt as _};
use loco_rs::app::AppContext;
use loco_rs::controller::Routes;
use loco_rs::prelude::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::auth::authenticator::Authenticator;
use crate::auth::embedded::{Embedded, describe};
use crate::auth::link::Link;
use crate::auth::provider::{AuthError, Provider, Reach, Tokens};
use crate::auth::throttle::{Origin, RateLimit, Throttle};
use crate::auth::wire::{API_VERSION, API_VERSION_HEADER, Asked, Refusal, TokenAnswer};
use crate::i18n::Locale;
use crate::settings::Settings;
use crate::values::{Identity, Secret, Vocabulary as _};
use crate::web::{RemoteClient, retry_after};

/// What an endpoint answers: gotrue's JSON, or its refusal.
type Reply = Result<Response, Refusal>;

/// More than any client sends.
const LARGEST: usize = 16 * 1024;

/// What an account may write about itself, in bytes.
const METADATA: usize = 4 * 1024;

impl IntoResponse for Refusal {
    /// The words come in [`dress`], which knows the version that the client speaks.
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        let mut response = status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Gives a refusal its body, in the client's version of the API.
async fn dress(request: Request, next: Next) -> Response {
    let version = request.headers().get(API_VERSION_HEADER).and_then(|v| v.to_str().ok());
    let is_new = version.is_some_and(|version| version >= API_VERSION);
    let mut response = next.run(request).await;
    let Some(refusal) = response.extensions_mut().remove::<Refusal>() else { return response };
    let mut dressed = (response.status(), Json(refusal.body(is_new))).into_response();
    let headers = dressed.headers_mut();
    if let Some(wait) = refusal.wait {
        headers.insert(header::RETRY_AFTER, retry_after(wait));
    }
    headers.insert("x-sb-error-code", HeaderValue::from_static(refusal.code));
    if is_new {
        let name = HeaderName::from_static(API_VERSION_HEADER);
        headers.insert(name, HeaderValue::from_static(API_VERSION));
    }
    dressed
}

impl From<AuthError> for Refusal {
    fn from(error: AuthError) -> Self {
        match error {
            AuthError::WrongCredentials => {
                Self::new(400, "invalid_credentials", "Invalid login credentials")
            }
            AuthError::LinkSpent => {
                Self::new(403, "otp_expired", "Email link is invalid or has expired")
            }
            AuthError::SessionOver => Self::new(
                400,
                "refresh_token_not_found",
                "Invalid Refresh Token: Refresh Token Not Found",
            ),
            AuthError::Replayed => {
                Self::new(400, "refresh_token_already_used", "Invalid Refresh Token: Already Used")
            }
            AuthError::WeakPassword => Self {
                reasons: vec!["length", "characters"],
                ..Self::new(
                    422,
                    "weak_password",
                    "Password should be at least 12 characters, with lower and upper case \
                     letters, a digit and a symbol, and not easy to guess.",
                )
            },
            AuthError::SamePassword => Self::new(
                422,
                "same_password",
                "New password should be different from the old password.",
            ),
            AuthError::AddressTaken => Self::new(
                422,
                "email_exists",
                "A user with this email address has already been registered",
            ),
            AuthError::TooMany(wait) => Self {
                wait: Some(wait),
                ..Self::new(429, "over_request_rate_limit", "Request rate limit reached")
            },
            AuthError::Unavailable(reason) | AuthError::Internal(reason) => {
                tracing::error!(reason, "request failed");
                unexpected()
            }
            AuthError::Database(error) => {
                tracing::error!(%error, "request failed");
                unexpected()
            }
        }
    }
}

fn unexpected() -> Refusal {
    let words = "Unexpected failure, please check server logs for more information";
    Refusal::new(500, "unexpected_failure", words)
}

fn invalid(words: &str) -> Refusal {
    Refusal::new(400, "validation_failed", words)
}

/// The provider, where it is the embedded one; elsewhere these endpoints are not there.
struct Endpoint {
    embedded: Arc<Embedded>,
    throttle: Arc<Throttle>,
    remote: RemoteClient,
    service_key: Option<String>,
    locale: Locale,
}

impl FromRequestParts<AppContext> for Endpoint {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, ctx: &AppContext) -> Result<Self, Refusal> {
        let absent = || Refusal::new(404, "not_found", "Not found");
        let auth = ctx.shared_store.get::<Authenticator>().ok_or_else(absent)?;
        let settings = Settings::from_context(ctx).map_err(|_| unexpected())?;
        let remote =
            parts.extract_with_state::<RemoteClient, _>(ctx).await.map_err(|_| unexpected())?;
        let accepted = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
        Ok(Self {
            embedded: auth.embedded.ok_or_else(absent)?,
            throttle: auth.throttle,
            remote,
            service_key: settings.service_key,
            locale: Locale::from_accept_language(accepted.unwrap_or_default()),
        })
    }
}

impl Endpoint {
    fn ask(&self, limit: RateLimit) -> Result<(), Refusal> {
        Ok(self.throttle.ask(self.remote.address, limit)?)
    }

    async fn answer(&self, tokens: Tokens) -> Reply {
        let user = self.embedded.account(&tokens.identity).await?;
        let answer = TokenAnswer {
            access_token: tokens.access,
            token_type: "bearer".to_owned(),
            expires_in: tokens.expires_in,
            expires_at: chrono::Utc::now().timestamp() + tokens.expires_in,
            refresh_token: tokens.refresh,
            user: describe(&user),
        };
        Ok(Json(answer).into_response())
    }

    /// Whose bearer token it is.
    async fn bearer(&self, headers: &HeaderMap) -> Result<(String, Identity), Refusal> {
        let token = bearer(headers)?;
        let identity = self.embedded.identify(token).await?.ok_or_else(|| {
            let words = "invalid JWT: unable to parse or verify signature";
            Refusal::new(403, "bad_jwt", words)
        })?;
        if !self.embedded.is_session_active(&identity).await? {
            let words = "Session from session_id claim in JWT does not exist";
            return Err(Refusal::new(403, "session_not_found", words));
        }
        Ok((token.to_owned(), identity))
    }

    /// Whether the bearer is the service key. Compared by hash, so that time tells
    /// nothing of how much was right.
    fn is_service(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let shown = Sha256::digest(bearer(headers)?.as_bytes());
        let known = self.service_key.as_ref().map(|key| Sha256::digest(key.as_bytes()));
        if known == Some(shown) {
            return Ok(());
        }
        Err(Refusal::new(403, "not_admin", "User not allowed"))
    }
}

fn bearer(headers: &HeaderMap) -> Result<&str, Refusal> {
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = shown.and_then(|shown| {
        let (scheme, token) = shown.split_once(' ')?;
        (scheme.eq_ignore_ascii_case("bearer") && !token.contains(' ')).then_some(token)
    });
    token.ok_or_else(|| {
        Refusal::new(401, "no_authorization", "This endpoint requires a Bearer token")
    })
}

fn read(body: &Bytes) -> Result<Asked, Refusal> {
    serde_json::from_slice(body)
        .map_err(|_| Refusal::new(400, "bad_json", "Could not parse request body as JSON"))
}

fn address(asked: &Asked, missing: &str) -> Result<String, Refusal> {
    if asked.email.trim().is_empty() {
        return Err(invalid(missing));
    }
    let address = asked.email.trim().parse::<lettre::Address>();
    address
        .map(|address| address.to_string())
        .map_err(|_| invalid("Unable to validate email address: invalid format"))
}

async fn health() -> Response {
    let version = concat!("rbo ", env!("CARGO_PKG_VERSION"));
    let words = "GoTrue is a user registration and authentication API";
    Json(json!({ "version": version, "name": "GoTrue", "description": words })).into_response()
}

async fn settings(_endpoint: Endpoint) -> Response {
    let absent = [
        "anonymous_users",
        "apple",
        "azure",
        "bitbucket",
        "discord",
        "facebook",
        "figma",
        "fly",
        "github",
        "gitlab",
        "google",
        "kakao",
        "keycloak",
        "linkedin",
        "linkedin_oidc",
        "notion",
        "phone",
        "slack",
        "slack_oidc",
        "spotify",
        "twitch",
        "twitter",
        "workos",
        "zoom",
    ];
    let mut external: serde_json::Map<String, Value> =
        absent.iter().map(|name| ((*name).to_owned(), false.into())).collect();
    external.insert("email".to_owned(), true.into());
    Json(json!({
        "external": external,
        // Without an invitation, that is.
        "disable_signup": true,
        "mailer_autoconfirm": false,
        "phone_autoconfirm": false,
        "sms_provider": "",
        "saml_enabled": false,
    }))
    .into_response()
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct GrantQuery {
    grant_type: String,
    scope: String,
}

async fn token(endpoint: Endpoint, Query(wanted): Query<GrantQuery>, body: Bytes) -> Reply {
    match wanted.grant_type.as_str() {
        "password" => sign_in(&endpoint, read(&body)?).await,
        "refresh_token" => {
            let asked = read(&body)?;
            endpoint.ask(RateLimit::Renewal)?;
            if asked.refresh_token.is_empty() {
                return Err(invalid("refresh_token required"));
            }
            let tokens = endpoint.embedded.renew(&asked.refresh_token).await?;
            endpoint.answer(tokens).await
        }
        _ => Err(Refusal::new(400, "invalid_credentials", "unsupported_grant_type")),
    }
}

async fn sign_in(endpoint: &Endpoint, asked: Asked) -> Reply {
    if asked.email.is_empty() {
        return Err(invalid("missing email or phone"));
    }
    let origin = Origin { address: endpoint.remote.address, mark: None };
    let attempt = endpoint.throttle.attempt(&asked.email, origin).await?;
    let password = asked.password.unwrap_or_default();
    match endpoint.embedded.sign_in(&asked.email, password, &endpoint.remote.device).await {
        Ok(tokens) => {
            attempt.succeeded();
            endpoint.answer(tokens).await
        }
        Err(error) => {
            if matches!(error, AuthError::WrongCredentials) {
                attempt.failed();
            }
            Err(error.into())
        }
    }
}

/// Only with an invitation, whose secret comes in `data.invitation`. Whatever else
/// stands in `data` is not read.
async fn sign_up(endpoint: Endpoint, body: Bytes) -> Reply {
    endpoint.ask(RateLimit::Mail)?;
    let asked = read(&body)?;
    let disabled = || Refusal::new(422, "signup_disabled", "Signups not allowed for this instance");
    let secret = asked.data.as_ref().and_then(|data| data["invitation"].as_str());
    let secret = secret.and_then(Secret::parse).ok_or_else(disabled)?;
    let email = address(&asked, "An email address is required")?;
    let password = asked.password.filter(|password| !password.is_empty());
    let password = password.ok_or_else(|| invalid("Signup requires a valid password"))?;
    let device = &endpoint.remote.device;
    match endpoint.embedded.sign_up(&email, password, &secret, device).await {
        Ok(tokens) => endpoint.answer(tokens).await,
        Err(AuthError::LinkSpent) => Err(disabled()),
        Err(error) => Err(error.into()),
    }
}

async fn user(endpoint: Endpoint, headers: HeaderMap) -> Reply {
    let (_, identity) = endpoint.bearer(&headers).await?;
    let user = endpoint.embedded.account(&identity).await?;
    Ok(Json(describe(&user)).into_response())
}

async fn update_user(endpoint: Endpoint, headers: HeaderMap, body: Bytes) -> Reply {
    let (access, identity) = endpoint.bearer(&headers).await?;
    let asked = read(&body)?;
    if !asked.email.is_empty() && asked.email != identity.email {
        return Err(invalid("Changing the email address is not possible here"));
    }
    let is_fit = |data: &Value| data.is_object() && data.to_string().len() <= METADATA;
    if !asked.data.as_ref().is_none_or(is_fit) {
        return Err(invalid("data must be an object of at most 4096 bytes"));
    }
    if let Some(password) = asked.password {
        endpoint.ask(RateLimit::Mail)?;
        endpoint.embedded.change_password(&access, &identity, password).await?;
    }
    if let Some(data) = asked.data {
        endpoint.embedded.describe_oneself(&identity, &data).await?;
    }
    let user = endpoint.embedded.account(&identity).await?;
    Ok(Json(describe(&user)).into_response())
}

async fn log_out(
    endpoint: Endpoint,
    headers: HeaderMap,
    Query(wanted): Query<GrantQuery>,
) -> Reply {
    let (access, identity) = endpoint.bearer(&headers).await?;
    let reach = match wanted.scope.as_str() {
        "" => Reach::All,
        scope => Reach::from_code(scope).ok_or_else(|| invalid("Unsupported logout scope"))?,
    };
    endpoint.embedded.sign_out(&access, &identity, reach).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The same answer for every address.
async fn recover(endpoint: Endpoint, body: Bytes) -> Reply {
    endpoint.ask(RateLimit::Mail)?;
    let email = address(&read(&body)?, "Password recovery requires an email")?;
    endpoint.embedded.mail_recovery(&email, endpoint.locale).await?;
    Ok(Json(json!({})).into_response())
}

/// Never makes an account, whatever `create_user` says; the same answer for every
/// address, where gotrue refuses an unknown one.
async fn otp(endpoint: Endpoint, body: Bytes) -> Reply {
    endpoint.ask(RateLimit::Mail)?;
    let email = address(&read(&body)?, "One of email or phone must be set")?;
    endpoint.embedded.mail_link(&email, endpoint.locale).await?;
    Ok(Json(json!({})).into_response())
}

async fn verify(endpoint: Endpoint, body: Bytes) -> Reply {
    endpoint.ask(RateLimit::Link)?;
    let asked = read(&body)?;
    if asked.token_hash.is_empty() {
        return Err(invalid("Verify requires a token_hash"));
    }
    let link = Link::parse(&asked.kind, &asked.token_hash, "", "").ok_or(AuthError::LinkSpent)?;
    let tokens = endpoint.embedded.redeem(&link, &endpoint.remote.device).await?;
    endpoint.answer(tokens).await
}

async fn invite(endpoint: Endpoint, headers: HeaderMap, body: Bytes) -> Reply {
    endpoint.is_service(&headers)?;
    let email = address(&read(&body)?, "An email address is required")?;
    let user = endpoint.embedded.invite_address(&email, endpoint.locale).await?;
    Ok(Json(describe(&user)).into_response())
}

/// `/auth/v1`.
pub fn routes() -> Routes {
    let dressed = |method: axum::routing::MethodRouter<AppContext>| {
        method.layer(DefaultBodyLimit::max(LARGEST)).layer(middleware::from_fn(dress))
    };
    Routes::new()
        .prefix("auth/v1")
        .add("/health", dressed(get(health)))
        .add("/settings", dressed(get(settings)))
        .add("/token", dressed(post(token)))
        .add("/signup", dressed(post(sign_up)))
        .add("/user", dressed(get(user).put(update_user)))
        .add("/logout", dressed(post(log_out)))
        .add("/recover", dressed(post(recover)))
        .add("/otp", dressed(post(otp)))
        .add("/verify", dressed(post(verify)))
        .add("/invite", dressed(post(invite)))
}
