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
    /// Where figures are served, as `127.0.0.1:9464`; nowhere if empty.
    #[serde(default)]
    pub metrics_binding: Option<String>,
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
        long_enough(&settings.secret)?;
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

/// What a production start takes from the environment: checked before the
/// configuration is read, which could say only where in its text something is missing.
///
/// # Errors
/// With a sentence that names the first variable that is missing or unfit.
pub fn require(read: impl Fn(&str) -> Option<String>) -> Result<()> {
    let given = |name: &str, what: &str| {
        read(name)
            .filter(|value| !value.is_empty())
            .ok_or_else(|| Error::string(&format!("{name} is missing in the environment: {what}.")))
    };
    let database = given("DATABASE_URL", "where the book is kept, as postgres://… or sqlite://…")?;
    given("PUBLIC_URL", "where browsers find this server, with https://")?;
    let secret = given("RBO_SECRET", "what tokens are signed with, 32 characters or more")?;
    long_enough(&secret)?;
    if database.starts_with("sqlite") {
        given("QUEUE_URL", "the queue's own file beside an SQLite book, as sqlite://…?mode=rwc")?;
    }
    Ok(())
}

fn long_enough(secret: &str) -> Result<()> {
    if secret.len() >= Settings::SECRET_LENGTH {
        return Ok(());
    }
    Err(Error::string("RBO_SECRET is too short: it must have 32 characters or more."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(given: &[(&str, &str)]) -> String {
        let read = |name: &str| {
            given.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        require(read).map_or_else(|error| error.to_string(), |()| String::new())
    }

    #[test]
    fn what_production_lacks_is_named_in_a_sentence() {
        let secret = "0123456789abcdef0123456789abcdef";
        let whole = [
            ("DATABASE_URL", "sqlite://book.sqlite"),
            ("PUBLIC_URL", "https://book.example.ch"),
            ("RBO_SECRET", secret),
            ("QUEUE_URL", "sqlite://queue.sqlite"),
        ];
        assert_eq!(said(&whole), "");
        for (missing, _) in whole {
            let rest: Vec<_> = whole.into_iter().filter(|(name, _)| *name != missing).collect();
            assert!(said(&rest).starts_with(&format!("{missing} is missing")), "{missing}");
        }
        let on_postgres = [("DATABASE_URL", "postgres://db"), whole[1], whole[2]];
        assert_eq!(said(&on_postgres), "");
        assert!(said(&[whole[0], whole[1], ("RBO_SECRET", "short")]).contains("too short"));
    }
}
