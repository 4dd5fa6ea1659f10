//! Who asks an endpoint, with what, and of which provider.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use axum::{Json, RequestPartsExt as _};
use loco_rs::app::AppContext;
use sha2::{Digest, Sha256};

use super::Reply;
use super::refusals::{invalid, unexpected};
use crate::auth::authenticator::Authenticator;
use crate::auth::embedded::{Embedded, describe};
use crate::auth::provider::{Provider, Tokens};
use crate::auth::throttle::{RateLimit, Throttle};
use crate::auth::wire::{Asked, Refusal, TokenAnswer};
use crate::i18n::Locale;
use crate::settings::Settings;
use crate::values::Identity;
use crate::web::RemoteClient;

/// The provider, where it is the embedded one; elsewhere these endpoints are not there.
pub(super) struct Endpoint {
    pub(super) embedded: Arc<Embedded>,
    pub(super) throttle: Arc<Throttle>,
    pub(super) remote: RemoteClient,
    service_key: Option<String>,
    pub(super) locale: Locale,
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
    pub(super) fn ask(&self, limit: RateLimit) -> Result<(), Refusal> {
        Ok(self.throttle.ask(self.remote.address, limit)?)
    }

    pub(super) async fn answer(&self, tokens: Tokens) -> Reply {
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
    pub(super) async fn bearer(&self, headers: &HeaderMap) -> Result<(String, Identity), Refusal> {
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
    pub(super) fn is_service(&self, headers: &HeaderMap) -> Result<(), Refusal> {
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

pub(super) fn read(body: &Bytes) -> Result<Asked, Refusal> {
    serde_json::from_slice(body)
        .map_err(|_| Refusal::new(400, "bad_json", "Could not parse request body as JSON"))
}

pub(super) fn address(asked: &Asked, missing: &str) -> Result<String, Refusal> {
    if asked.email.trim().is_empty() {
        return Err(invalid(missing));
    }
    let address = asked.email.trim().parse::<lettre::Address>();
    address
        .map(|address| address.to_string())
        .map_err(|_| invalid("Unable to validate email address: invalid format"))
}
