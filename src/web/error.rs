//! What can go wrong at the edge, named by meaning. The pages that say so are made in
//! [`error_pages`](super::error_pages).

use std::time::Duration;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use crate::auth::provider::AuthError;
use crate::models::ModelError;
use crate::values::Fault;

/// An answer that is not the page that was asked for.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// There is no such thing for the one who asks.
    #[error("not found")]
    NotFound,
    /// Sign in first; `lapsed` when one was signed in before.
    #[error("not signed in")]
    SignInFirst {
        /// A sign-in that is over.
        lapsed: bool,
        /// Where to go afterwards.
        back: Option<String>,
    },
    /// Another page comes first.
    #[error("{0} first")]
    Elsewhere(&'static str),
    /// The identity provider does not answer.
    #[error("sign-in is not available")]
    SignInUnavailable,
    /// Too often; again later.
    #[error("again in {0:?}")]
    TooMany(Duration),
    /// A form without our token: an old page, or somebody else's.
    #[error("a form without our token")]
    ForeignForm,
    /// More than any form of ours sends.
    #[error("too large")]
    TooLarge,
    /// Somebody else changed it meanwhile.
    #[error("changed meanwhile")]
    Stale,
    /// What was sent cannot be taken; the key of the sentence that says why.
    #[error("cannot be taken: {0}")]
    Unusable(&'static str),
    /// Our fault.
    #[error(transparent)]
    Internal(Fault),
}

/// What the edge knows of a failed answer; the page is made of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Problem {
    /// The key of its sentence.
    pub(super) key: &'static str,
}

impl AppError {
    /// Our fault; the text is for the log alone.
    pub fn internal(fault: impl Into<Fault>) -> Self {
        Self::Internal(fault.into())
    }

    const fn parts(&self) -> (StatusCode, &'static str) {
        match self {
            Self::NotFound => (StatusCode::NOT_FOUND, "problem-not-found"),
            Self::SignInFirst { .. } => (StatusCode::UNAUTHORIZED, "problem-sign-in"),
            Self::Elsewhere(_) => (StatusCode::SEE_OTHER, "problem-sign-in"),
            Self::SignInUnavailable => {
                (StatusCode::SERVICE_UNAVAILABLE, "problem-sign-in-unavailable")
            }
            Self::TooMany(_) => (StatusCode::TOO_MANY_REQUESTS, "problem-too-many"),
            Self::ForeignForm => (StatusCode::FORBIDDEN, "problem-foreign-form"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "problem-too-large"),
            Self::Stale => (StatusCode::CONFLICT, "problem-stale"),
            Self::Unusable(key) => (StatusCode::UNPROCESSABLE_ENTITY, key),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "problem-internal"),
        }
    }
}

impl From<ModelError> for AppError {
    fn from(error: ModelError) -> Self {
        match error {
            ModelError::NotFound => Self::NotFound,
            ModelError::Stale => Self::Stale,
            ModelError::Step(refused) => Self::Unusable(refused.key()),
            ModelError::Reference | ModelError::OtherSport(_) => {
                Self::Unusable("problem-reference")
            }
            ModelError::Database(error) => Self::internal(error),
        }
    }
}

impl From<sea_orm::DbErr> for AppError {
    fn from(error: sea_orm::DbErr) -> Self {
        ModelError::from(error).into()
    }
}

impl From<AuthError> for AppError {
    fn from(error: AuthError) -> Self {
        match error {
            AuthError::TooMany(wait) => Self::TooMany(wait),
            AuthError::Unavailable(fault) => {
                tracing::warn!(error = fault.as_ref(), "the identity provider is not available");
                Self::SignInUnavailable
            }
            AuthError::SessionOver | AuthError::Replayed => {
                Self::SignInFirst { lapsed: true, back: None }
            }
            AuthError::LinkSpent => Self::Unusable("problem-link"),
            AuthError::AddressTaken => Self::Unusable("problem-address-taken"),
            AuthError::Database(error) => Self::from(error),
            AuthError::WrongCredentials | AuthError::WeakPassword | AuthError::SamePassword => {
                Self::Unusable("problem-bad-request")
            }
            AuthError::Internal(fault) => Self::Internal(fault),
        }
    }
}

impl From<loco_rs::Error> for AppError {
    fn from(error: loco_rs::Error) -> Self {
        Self::internal(error)
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        if let Self::SignInFirst { lapsed, back } = &self {
            return sign_in(*lapsed, back.as_deref());
        }
        if let Self::Elsewhere(path) = &self {
            return Redirect::to(path).into_response();
        }
        if let Self::Internal(fault) = &self {
            tracing::error!(error = fault.as_ref(), "request failed");
        }
        let (status, key) = self.parts();
        let mut response = status.into_response();
        if let Self::TooMany(wait) = &self {
            response.headers_mut().insert(header::RETRY_AFTER, retry_after(*wait));
        }
        response.extensions_mut().insert(Problem { key });
        response
    }
}

/// Whole seconds, at least one.
#[must_use]
pub fn retry_after(wait: Duration) -> HeaderValue {
    HeaderValue::from(wait.as_secs().max(1))
}

fn sign_in(lapsed: bool, back: Option<&str>) -> Response {
    let mut query = form_urlencoded::Serializer::new(String::new());
    if lapsed {
        query.append_pair("lapsed", "1");
    }
    if let Some(back) = back.filter(|back| *back != "/") {
        query.append_pair("back", back);
    }
    let query = query.finish();
    let path =
        if query.is_empty() { "/session/new".into() } else { format!("/session/new?{query}") };
    Redirect::to(&path).into_response()
}
