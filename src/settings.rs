//! The application's own part of the configuration.

use loco_rs::{Error, Result, app::AppContext};
use serde::Deserialize;

/// `settings:` in `config/*.yaml`.
#[derive(Debug, Clone, Deserialize)]
pub struct Settings {
    /// Where browsers find us; `https` makes cookies `Secure`.
    pub public_url: String,
    /// The application's own database login (`config.database` is the migrating one).
    pub database_url: String,
    /// Connections in the application's pool.
    pub database_connections: u32,
    /// Signs tokens; at least [`Settings::SECRET_LENGTH`] characters in production.
    pub secret: String,
    /// How often the sweeper looks for what is owed, in seconds.
    pub sweep_every_seconds: u64,
}

impl Settings {
    /// HS256 wants a key as long as its output (RFC 7518, 3.2).
    pub const SECRET_LENGTH: usize = 32;

    /// Reads and checks the settings.
    ///
    /// # Errors
    /// With a sentence that names what is missing or unfit.
    pub fn from_context(ctx: &AppContext) -> Result<Self> {
        let raw = ctx.config.settings.clone();
        let raw =
            raw.ok_or_else(|| Error::string("`settings:` is missing in the configuration"))?;
        let settings: Self = serde_json::from_value(raw)
            .map_err(|error| Error::string(&format!("`settings:` does not fit: {error}")))?;
        if settings.secret.len() < Self::SECRET_LENGTH {
            return Err(Error::string("RBO_SECRET must have 32 characters or more"));
        }
        if ctx.environment == loco_rs::environment::Environment::Production && !settings.is_https()
        {
            return Err(Error::string("PUBLIC_URL must begin with https:// in production"));
        }
        Ok(settings)
    }

    /// Whether cookies may travel by https alone.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}
