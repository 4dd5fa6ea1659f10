//! What an endpoint refuses, in gotrue's words.

use std::time::Duration;

use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::auth::provider::AuthError;
use crate::auth::wire::{API_VERSION, API_VERSION_HEADER, Refusal};
use crate::web::retry_after;

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
pub(super) async fn dress(request: Request, next: Next) -> Response {
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
        let (status, code, words) = match error {
            AuthError::TooMany(wait) => return too_many(wait),
            AuthError::WeakPassword => return weak_password(),
            AuthError::Unavailable(fault) | AuthError::Internal(fault) => {
                tracing::error!(error = &*fault, "request failed");
                return unexpected();
            }
            AuthError::Database(error) => {
                tracing::error!(%error, "request failed");
                return unexpected();
            }
            AuthError::WrongCredentials => {
                (400, "invalid_credentials", "Invalid login credentials")
            }
            AuthError::LinkSpent => (403, "otp_expired", "Email link is invalid or has expired"),
            AuthError::SessionOver => {
                (400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found")
            }
            AuthError::Replayed => {
                (400, "refresh_token_already_used", "Invalid Refresh Token: Already Used")
            }
            AuthError::SamePassword => {
                (422, "same_password", "New password should be different from the old password.")
            }
            AuthError::AddressTaken => {
                let words = "A user with this email address has already been registered";
                (422, "email_exists", words)
            }
        };
        Self::new(status, code, words)
    }
}

fn too_many(wait: Duration) -> Refusal {
    let words = "Request rate limit reached";
    Refusal { wait: Some(wait), ..Refusal::new(429, "over_request_rate_limit", words) }
}

fn weak_password() -> Refusal {
    let words = "Password should be at least 12 characters, with lower and upper case letters, \
        a digit and a symbol, and not easy to guess.";
    let reasons = vec!["length", "characters"];
    Refusal { reasons, ..Refusal::new(422, "weak_password", words) }
}

pub(super) fn unexpected() -> Refusal {
    let words = "Unexpected failure, please check server logs for more information";
    Refusal::new(500, "unexpected_failure", words)
}

pub(super) fn invalid(words: &str) -> Refusal {
    Refusal::new(400, "validation_failed", words)
}
