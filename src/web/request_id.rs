//! The name that one request has in logs, audits and error pages.

use std::fmt;

use axum::extract::Request;
use uuid::Uuid;

/// The header that tells it to the browser and to the proxy.
pub(super) const HEADER: &str = "x-request-id";

/// Made here for every request: one that a client sends could be anything, and could be
/// somebody else's.
#[derive(Debug, Clone)]
pub struct RequestId(String);

impl RequestId {
    /// A fresh one.
    #[must_use]
    pub fn fresh() -> Self {
        Self(Uuid::now_v7().simple().to_string())
    }

    /// A request's own.
    #[must_use]
    pub fn of(request: &Request) -> Option<Self> {
        request.extensions().get::<Self>().cloned()
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
