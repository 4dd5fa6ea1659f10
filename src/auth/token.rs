//! Access tokens with gotrue's claims: issued by the embedded provider, verified for
//! either.

use std::sync::Arc;

use chrono::{Duration, Utc};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::keys::PublishedKeys;
use super::provider::{AuthError, AuthResult};
use crate::values::Identity;

/// How long an access token of the embedded provider is good for; gotrue's default. A
/// browser renews it without being asked.
pub const ACCESS_MINUTES: i64 = 60;

/// gotrue's default audience and role of a signed-in user.
pub const AUTHENTICATED: &str = "authenticated";

/// Clocks may differ by so much.
pub const LEEWAY_SECONDS: u64 = 30;

/// No token of either provider comes near; a longer one is a load, not a token.
const LONGEST: usize = 8 * 1024;

/// A sign-in so long ago still proves who somebody is.
pub const FRESH_MINUTES: i64 = 15;

/// What a token says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    /// The identity.
    pub sub: String,
    /// The address at the provider.
    #[serde(default)]
    pub email: String,
    /// When it ends, in seconds since 1970.
    pub exp: i64,
    /// When it was issued, in seconds since 1970.
    pub iat: i64,
    /// gotrue's role; ours to let in is [`AUTHENTICATED`] alone.
    pub role: String,
    /// The session that it belongs to.
    pub session_id: Uuid,
    /// A user of gotrue's without any account.
    #[serde(default)]
    pub is_anonymous: bool,
    /// How and when the user signed in.
    #[serde(default)]
    pub amr: serde_json::Value,
}

impl Claims {
    fn into_identity(self) -> Identity {
        const BY_MAIL: [&str; 5] = ["otp", "magiclink", "recovery", "invite", "email/signup"];
        let ways = self.amr.as_array().into_iter().flatten();
        let came_by_link = ways
            .filter(|way| way["method"].as_str().is_some_and(|name| BY_MAIL.contains(&name)))
            .any(|way| way["timestamp"].as_i64().is_some_and(is_fresh));
        Identity { subject: self.sub, email: self.email, session: self.session_id, came_by_link }
    }
}

/// Whether a sign-in at that moment, in seconds since 1970, is recent.
pub(super) fn is_fresh(at: i64) -> bool {
    at > Utc::now().timestamp() - FRESH_MINUTES * 60
}

/// All that gotrue puts into a token.
#[derive(Serialize)]
struct Issued<'a> {
    iss: &'a str,
    sub: String,
    aud: &'a str,
    exp: i64,
    iat: i64,
    email: &'a str,
    phone: &'a str,
    app_metadata: serde_json::Value,
    user_metadata: serde_json::Value,
    role: &'a str,
    aal: &'a str,
    amr: serde_json::Value,
    session_id: Uuid,
    is_anonymous: bool,
}

/// Signs access tokens with the shared secret.
#[derive(Clone)]
pub struct Signer {
    key: EncodingKey,
    issuer: String,
}

/// What a token is issued for.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The account.
    pub user: Uuid,
    /// Its address.
    pub email: &'a str,
    /// The session.
    pub session: Uuid,
    /// How it was opened, as gotrue names it: `password`, `otp`.
    pub method: &'a str,
    /// When, in seconds since 1970.
    pub since: i64,
}

impl Signer {
    /// With a secret, in an issuer's name.
    #[must_use]
    pub fn new(secret: &str, issuer: &str) -> Self {
        Self { key: EncodingKey::from_secret(secret.as_bytes()), issuer: issuer.to_owned() }
    }

    /// A fresh access token, and in how many seconds it ends.
    ///
    /// # Errors
    /// When the token cannot be signed.
    pub fn issue(&self, to: Subject<'_>) -> jsonwebtoken::errors::Result<(String, i64)> {
        let (now, life) = (Utc::now(), Duration::minutes(ACCESS_MINUTES));
        let claims = Issued {
            iss: &self.issuer,
            sub: to.user.to_string(),
            aud: AUTHENTICATED,
            exp: (now + life).timestamp(),
            iat: now.timestamp(),
            email: to.email,
            phone: "",
            app_metadata: serde_json::json!({ "provider": "email", "providers": ["email"] }),
            user_metadata: serde_json::json!({}),
            role: AUTHENTICATED,
            aal: "aal1",
            amr: serde_json::json!([{ "method": to.method, "timestamp": to.since }]),
            session_id: to.session,
            is_anonymous: false,
        };
        Ok((encode(&Header::new(Algorithm::HS256), &claims, &self.key)?, life.num_seconds()))
    }
}

/// What tokens are verified with. The two never mix: a token that is signed with a
/// public key as if it were a secret finds no secret here.
enum Keys {
    /// HS256.
    Shared(DecodingKey),
    /// RS256 or ES256, by key id.
    Published(Arc<PublishedKeys>),
}

/// Verifies access tokens.
pub struct Verifier {
    keys: Keys,
    issuer: String,
    audience: String,
    algorithms: Vec<Algorithm>,
}

impl Verifier {
    /// By a shared secret (HS256).
    #[must_use]
    pub fn shared(secret: &str, issuer: &str, audience: &str) -> Self {
        let keys = Keys::Shared(DecodingKey::from_secret(secret.as_bytes()));
        let (issuer, audience) = (issuer.to_owned(), audience.to_owned());
        Self { keys, issuer, audience, algorithms: vec![Algorithm::HS256] }
    }

    /// By the keys that the provider publishes, with the algorithms that were configured
    /// and no other.
    #[must_use]
    pub fn published(
        keys: Arc<PublishedKeys>,
        algorithms: Vec<Algorithm>,
        issuer: &str,
        audience: &str,
    ) -> Self {
        let (issuer, audience) = (issuer.to_owned(), audience.to_owned());
        Self { keys: Keys::Published(keys), issuer, audience, algorithms }
    }

    /// Who a token that is meant for us, and good now, says it is.
    ///
    /// # Errors
    /// [`AuthError::Unavailable`] when the key to check it with cannot be had.
    pub async fn verify(&self, token: &str) -> AuthResult<Option<Identity>> {
        self.read(token, true).await
    }

    /// Whose a token of ours was, whether it has ended or not: it opens nothing.
    ///
    /// # Errors
    /// [`AuthError::Unavailable`] when the key to check it with cannot be had.
    pub async fn verify_ended(&self, token: &str) -> AuthResult<Option<Identity>> {
        self.read(token, false).await
    }

    async fn read(&self, token: &str, must_be_good_now: bool) -> AuthResult<Option<Identity>> {
        if token.len() > LONGEST {
            return Ok(None);
        }
        let Ok(header) = decode_header(token) else { return Ok(None) };
        if !self.algorithms.contains(&header.alg) {
            return Ok(None);
        }
        let key = match &self.keys {
            Keys::Shared(key) => key.clone(),
            Keys::Published(keys) => {
                let Some(id) = header.kid.as_deref() else { return Ok(None) };
                match keys.find(id, header.alg).await? {
                    Some(key) => key,
                    None => return Ok(None),
                }
            }
        };
        let mut validation = self.validation(header.alg);
        validation.validate_exp = must_be_good_now;
        let claims = decode::<Claims>(token, &key, &validation);
        Ok(claims.ok().map(|data| data.claims).filter(is_ours).map(Claims::into_identity))
    }

    fn validation(&self, algorithm: Algorithm) -> Validation {
        let mut validation = Validation::new(algorithm);
        validation.leeway = LEEWAY_SECONDS;
        validation.validate_nbf = true;
        validation.set_audience(&[&self.audience]);
        validation.set_issuer(&[&self.issuer]);
        validation.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
        validation
    }
}

/// A person's token, and not one from the future.
fn is_ours(claims: &Claims) -> bool {
    let latest = Utc::now() + Duration::seconds(LEEWAY_SECONDS.cast_signed());
    claims.role == AUTHENTICATED
        && !claims.is_anonymous
        && !claims.sub.is_empty()
        && claims.iat <= latest.timestamp()
}

impl From<jsonwebtoken::errors::Error> for AuthError {
    fn from(error: jsonwebtoken::errors::Error) -> Self {
        Self::Internal(error.into())
    }
}
