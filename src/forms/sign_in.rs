//! Signing in.

use serde::{Deserialize, Serialize};

/// Address and password; the password is never shown again.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SignInForm {
    /// The address.
    pub email: String,
    /// What is typed into it stays out of every page and log.
    #[serde(skip_serializing)]
    pub password: String,
    /// Where to go afterwards.
    pub back: String,
}
