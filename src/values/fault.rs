//! What failed, where nobody can do anything about it.

/// A failure with its sources, for the log alone.
pub type Fault = Box<dyn std::error::Error + Send + Sync>;
