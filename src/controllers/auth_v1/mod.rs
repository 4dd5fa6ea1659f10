//! The embedded identity provider's own endpoints: gotrue's protocol, so that a stock
//! client works. They take bearer tokens alone and look at no cookie.
//!
//! Left out are gotrue's `GET /verify`, since a mail scanner that follows it would use a
//! link up, its one-time codes to type, other providers, and a change of the address.

mod endpoint;
mod refusals;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Query};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Json, middleware};
use loco_rs::app::AppContext;
use loco_rs::controller::Routes;
use loco_rs::prelude::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};

use self::endpoint::{Endpoint, address, read};
use self::refusals::{dress, invalid};
use crate::auth::embedded::describe;
use crate::auth::link::Link;
use crate::auth::provider::{AuthError, Provider, Reach};
use crate::auth::throttle::{Origin, RateLimit};
use crate::auth::wire::{Asked, Refusal};
use crate::values::{Secret, Vocabulary as _};

/// What an endpoint answers: gotrue's JSON, or its refusal.
type Reply = Result<Response, Refusal>;

/// Ways to sign in that gotrue offers and the embedded provider does not.
const ABSENT: [&str; 24] = [
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

/// More than any client sends.
const LARGEST: usize = 16 * 1024;

/// What an account may write about itself, in bytes.
const METADATA: usize = 4 * 1024;

async fn health() -> Response {
    let version = concat!("rbo ", env!("CARGO_PKG_VERSION"));
    let words = "GoTrue is a user registration and authentication API";
    Json(json!({ "version": version, "name": "GoTrue", "description": words })).into_response()
}

async fn settings(_endpoint: Endpoint) -> Response {
    let absent = ABSENT.iter().map(|name| ((*name).to_owned(), false.into()));
    let external: serde_json::Map<String, Value> =
        absent.chain([("email".to_owned(), true.into())]).collect();
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

async fn token(endpoint: Endpoint, Query(query): Query<GrantQuery>, body: Bytes) -> Reply {
    match query.grant_type.as_str() {
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

async fn log_out(endpoint: Endpoint, headers: HeaderMap, Query(query): Query<GrantQuery>) -> Reply {
    let (access, identity) = endpoint.bearer(&headers).await?;
    let reach = match query.scope.as_str() {
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
