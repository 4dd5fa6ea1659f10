//! gotrue's JSON, as its server writes it and its clients read it: one description for
//! the embedded provider, which writes it, and for the client of a real one, which
//! reads it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// The version of the API from which on an error's code is a string.
pub const API_VERSION: &str = "2024-01-01";

/// The header that names it.
pub const API_VERSION_HEADER: &str = "x-supabase-api-version";

/// What `/token` and `/verify` answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TokenAnswer {
    /// The access token.
    pub access_token: String,
    /// `bearer`.
    #[serde(default)]
    pub token_type: String,
    /// Seconds until the access token ends.
    pub expires_in: i64,
    /// When that is, in seconds since 1970.
    #[serde(default)]
    pub expires_at: i64,
    /// The refresh token.
    pub refresh_token: String,
    /// Whose they are.
    pub user: User,
}

/// An account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct User {
    /// The tokens' `sub`.
    pub id: Uuid,
    /// The tokens' `aud`.
    #[serde(default)]
    pub aud: String,
    /// `authenticated`.
    #[serde(default)]
    pub role: String,
    /// The address.
    #[serde(default)]
    pub email: String,
    /// When it was proven to be the account's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email_confirmed_at: Option<DateTime<Utc>>,
    /// When it was invited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invited_at: Option<DateTime<Utc>>,
    /// Always empty here.
    #[serde(default)]
    pub phone: String,
    /// The same as `email_confirmed_at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_at: Option<DateTime<Utc>>,
    /// The last sign-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_sign_in_at: Option<DateTime<Utc>>,
    /// What the provider notes.
    #[serde(default)]
    pub app_metadata: Value,
    /// What the user wrote about itself. Never trusted.
    #[serde(default)]
    pub user_metadata: Value,
    /// The ways in.
    #[serde(default)]
    pub identities: Option<Vec<Value>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Never, here.
    #[serde(default)]
    pub is_anonymous: bool,
}

/// An error, as far as a client needs it, in either version of the API.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ErrorAnswer {
    code: Value,
    error_code: Option<String>,
    error: Option<String>,
}

impl ErrorAnswer {
    /// The error's name.
    #[must_use]
    pub fn code(&self) -> &str {
        let named = self.code.as_str().or(self.error_code.as_deref()).or(self.error.as_deref());
        named.unwrap_or("unknown")
    }
}

/// An error that the embedded provider answers with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// HTTP's.
    pub status: u16,
    /// gotrue's name.
    pub code: &'static str,
    /// gotrue's words.
    pub message: String,
    /// What a weak password lacks: `length`, `characters`, `pwned`.
    pub reasons: Vec<&'static str>,
    /// When to come again.
    pub wait: Option<std::time::Duration>,
}

impl Refusal {
    /// With a status, a code and words.
    #[must_use]
    pub fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), reasons: Vec::new(), wait: None }
    }

    /// The answer's body in the version that the client asked for.
    #[must_use]
    pub fn body(&self, is_new: bool) -> Value {
        let mut body = if is_new {
            serde_json::json!({ "code": self.code, "message": self.message })
        } else {
            serde_json::json!({
                "code": self.status, "error_code": self.code, "msg": self.message,
            })
        };
        if !self.reasons.is_empty() {
            body["weak_password"] = serde_json::json!({ "reasons": self.reasons });
        }
        body
    }
}

/// Fields of a client's request; what is not named here is taken and not read.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The address.
    pub email: String,
    /// The password.
    pub password: Option<String>,
    /// The refresh token.
    pub refresh_token: String,
    /// What a link carries.
    pub token_hash: String,
    /// What a link is for.
    #[serde(rename = "type")]
    pub kind: String,
    /// What the user writes about itself; of `/signup` the invitation's secret too.
    pub data: Option<Value>,
}

/// Never in a log.
impl std::fmt::Debug for Asked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Asked(..)")
    }
}
