//! Why a statement did not pass.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use sea_orm::DbErr;

/// A statement that the chokepoint turned away. It never reached the database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TenancyError {
    /// The handle is not bound to anybody yet.
    #[error("tenancy: the connection is not bound to a scope")]
    Unbound,
    /// The work that the bypass was opened for is done.
    #[error("tenancy: the bypass has ended")]
    Ended,
    /// No bypass without a place to write it down.
    #[error("tenancy: there is no log for the bypass")]
    NoBypassLog,
    /// The bypass is opened in one's own name, and for a reason.
    #[error("tenancy: no bypass in another's name, or without a reason")]
    NoReason,
    /// The statement's form is unknown, or names what it may not.
    #[error("tenancy: refused: {0}")]
    Refused(String),
    /// A value that must be the bound tenant is another one.
    #[error("tenancy: a value for `{0}` is not the bound tenant")]
    ForeignTenant(String),
    /// A value that the policy does not allow for the column.
    #[error("tenancy: a value for `{0}` is not allowed")]
    ForbiddenValue(String),
}

impl TenancyError {
    pub(super) fn refused(reason: impl Into<String>) -> Self {
        Self::Refused(reason.into())
    }
}

impl TenancyError {
    /// What kind of refusal it is, for counting.
    const fn kind(&self) -> &'static str {
        match self {
            Self::Unbound => "unbound",
            Self::Ended => "ended",
            Self::NoBypassLog => "no_bypass_log",
            Self::NoReason => "no_reason",
            Self::Refused(_) => "refused",
            Self::ForeignTenant(_) => "foreign_tenant",
            Self::ForbiddenValue(_) => "forbidden_value",
        }
    }
}

/// Counts refusals, by `kind`; each of them is a fault of ours.
pub const REFUSED: &str = "tenancy_statements_refused_total";

/// A statement that was turned away, without the statement: its words may be somebody's data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// When.
    pub at: SystemTime,
    /// Which kind, as it is counted by.
    pub kind: &'static str,
    /// Why.
    pub reason: String,
}

/// So many of the latest are kept.
const KEPT: usize = 100;

static RECENT: Mutex<VecDeque<Refusal>> = Mutex::new(VecDeque::new());

/// The latest refusals of this process, the oldest first: each is a fault of ours, and somebody
/// should look. The log has all of them, in the span of whoever sent the statement.
#[must_use]
pub fn recent_refusals() -> Vec<Refusal> {
    RECENT.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
}

fn remember(error: &TenancyError) {
    let refusal = Refusal { at: SystemTime::now(), kind: error.kind(), reason: error.to_string() };
    let mut recent = RECENT.lock().unwrap_or_else(PoisonError::into_inner);
    if recent.len() == KEPT {
        recent.pop_front();
    }
    recent.push_back(refusal);
}

/// On its way out it is logged, in the span of whoever sent the statement, kept for a while, and
/// counted. What a caller gets has nothing of the statement.
impl From<TenancyError> for DbErr {
    fn from(error: TenancyError) -> Self {
        tracing::error!(reason = %error, kind = error.kind(), "statement refused");
        remember(&error);
        metrics::counter!(REFUSED, "kind" => error.kind()).increment(1);
        Self::Custom(error.to_string())
    }
}

pub(super) type Result<T> = std::result::Result<T, TenancyError>;
