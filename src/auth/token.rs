//! Access tokens with gotrue's claims.

use chrono::{Duration, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::settings::Settings;

/// How long an access token is good for. A browser renews it without being asked.
pub const ACCESS_MINUTES: i64 = 60;

/// gotrue's default audience and role of a signed-in user.
const AUDIENCE: &str = "authenticated";

/// Clocks may differ by so much.
const LEEWAY_SECONDS: u64 = 30;

/// What a token says. Of these only `sub` decides who somebody is: an e-mail can be
/// anybody's claim, and a role is a column of ours.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    /// The identity, bound to a stringer's `subject`.
    pub sub: String,
    /// The address at the provider.
    pub email: String,
    /// Who the token is for.
    pub aud: String,
    /// Who issued it.
    pub iss: String,
    /// When it ends, in seconds since 1970.
    pub exp: i64,
    /// When it was issued, in seconds since 1970.
    pub iat: i64,
    /// gotrue's role, always `authenticated`; never our admin.
    pub role: String,
    /// The session that it belongs to.
    pub session_id: Uuid,
    /// What the provider notes about the identity.
    #[serde(default)]
    pub app_metadata: serde_json::Value,
}

/// Signs and verifies with the shared secret.
#[derive(Clone)]
pub struct Signer {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
    issuer: String,
}

impl Signer {
    /// From the settings' secret and public URL.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        let issuer = format!("{}/auth/v1", settings.public_url);
        // One algorithm: a token that names another, or none, is refused.
        let mut validation = Validation::new(Algorithm::HS256);
        validation.leeway = LEEWAY_SECONDS;
        validation.validate_nbf = true;
        validation.set_audience(&[AUDIENCE]);
        validation.set_issuer(&[&issuer]);
        validation.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
        let secret = settings.secret.as_bytes();
        Self {
            encoding: EncodingKey::from_secret(secret),
            decoding: DecodingKey::from_secret(secret),
            validation,
            issuer,
        }
    }

    /// A fresh access token.
    ///
    /// # Errors
    /// When the token cannot be signed.
    pub fn issue(
        &self,
        sub: Uuid,
        email: &str,
        session_id: Uuid,
    ) -> jsonwebtoken::errors::Result<String> {
        let now = Utc::now();
        let claims = Claims {
            sub: sub.to_string(),
            email: email.to_owned(),
            aud: AUDIENCE.to_owned(),
            iss: self.issuer.clone(),
            exp: (now + Duration::minutes(ACCESS_MINUTES)).timestamp(),
            iat: now.timestamp(),
            role: AUDIENCE.to_owned(),
            session_id,
            app_metadata: serde_json::json!({ "provider": "email" }),
        };
        encode(&Header::new(Algorithm::HS256), &claims, &self.encoding)
    }

    /// The claims of a token that is ours, for us, and still good.
    #[must_use]
    pub fn verify(&self, token: &str) -> Option<Claims> {
        decode::<Claims>(token, &self.decoding, &self.validation).ok().map(|data| data.claims)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(secret: &str) -> Settings {
        Settings {
            public_url: "http://localhost:5150".into(),
            database_url: String::new(),
            database_connections: 1,
            secret: secret.into(),
            sweep_every_seconds: 1,
            metrics_binding: None,
        }
    }

    #[test]
    fn a_token_of_ours_is_believed_and_another_is_not() {
        let ours = Signer::new(&settings("one secret of thirty-two letters"));
        let theirs = Signer::new(&settings("a different one of the same size"));
        let (sub, session) = (Uuid::now_v7(), Uuid::now_v7());
        let token = ours.issue(sub, "a@example.ch", session).expect("a token");
        let claims = ours.verify(&token).expect("our own token");
        assert_eq!((claims.sub, claims.session_id), (sub.to_string(), session));
        assert!(theirs.verify(&token).is_none());
    }

    #[test]
    fn a_token_without_a_signature_is_refused() {
        let ours = Signer::new(&settings("one secret of thirty-two letters"));
        let token = ours.issue(Uuid::now_v7(), "a@example.ch", Uuid::now_v7()).expect("a token");
        let payload = token.split('.').nth(1).expect("a payload");
        // {"alg":"none","typ":"JWT"}
        let forged = format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{payload}.");
        assert!(ours.verify(&forged).is_none());
    }
}
