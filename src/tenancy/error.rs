//! Why a statement did not pass.

use sea_orm::DbErr;

/// A statement that the chokepoint turned away. It never reached the database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TenancyError {
    /// The handle is not bound to anybody yet.
    #[error("tenancy: the connection is not bound to a scope")]
    Unbound,
    /// The errand that the bypass was opened for is done.
    #[error("tenancy: the bypass has ended")]
    Ended,
    /// No bypass without a place to write it down.
    #[error("tenancy: there is no ledger for the bypass")]
    NoLedger,
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

impl From<TenancyError> for DbErr {
    fn from(error: TenancyError) -> Self {
        tracing::error!(error = %error, "statement refused");
        Self::Custom(error.to_string())
    }
}

pub(super) type Result<T> = std::result::Result<T, TenancyError>;
