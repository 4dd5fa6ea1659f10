//! The application's own part of the configuration.

use std::path::PathBuf;

use jsonwebtoken::Algorithm;
use loco_rs::app::AppContext;
use loco_rs::{Error, Result};
use serde::{Deserialize, Deserializer};

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
    /// Who sends our mails, as `racket-book <book@example.ch>`.
    #[serde(default = "nobody")]
    pub mail_from: String,
    /// So many mails go out in twenty-four hours, all stringers' together; receipts wait for the
    /// next. Plans of mail servers that cost nothing end at 100.
    #[serde(default = "a_hundred")]
    pub mails_a_day: u64,
    /// For so many seconds a mail server may say nothing before it counts as not there; three
    /// times as many while it takes a mail.
    #[serde(default = "twenty")]
    pub mail_patience_seconds: u64,
    /// Mails go nowhere and are shown at `/dev/mail`, in a debug build whose configuration has
    /// loco's stub for a mailer.
    #[serde(default)]
    pub keeps_mails: bool,
    /// Opens `/auth/v1/invite` of the embedded provider; without one it is closed.
    #[serde(default, deserialize_with = "filled")]
    pub service_key: Option<String>,
    /// Reads unknown workbooks and pictures, in a process of its own; this very program, if not another.
    #[serde(default)]
    pub reader_program: Option<PathBuf>,
    /// The platform's gotrue; without one the embedded provider knows the identities.
    #[serde(default)]
    pub gotrue: GotrueSettings,
}

/// `settings: gotrue:` in `config/*.yaml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct GotrueSettings {
    /// Its address, up to and without the slash before `token`; empty for none.
    pub url: String,
    /// What it signs with (HS256), unless it publishes its keys.
    #[serde(deserialize_with = "filled")]
    pub secret: Option<String>,
    /// Without a secret: what its published keys may sign with, `RS256`, `ES256` or both.
    pub algorithms: String,
    /// Where it publishes them.
    pub keys_path: String,
    /// The `iss` of its tokens; its address if empty.
    pub issuer: String,
    /// The `aud` of its tokens.
    pub audience: String,
    /// Its service key, which lets us invite.
    pub service_key: String,
    /// What the gateway before it wants in `apikey`, if there is one.
    #[serde(deserialize_with = "filled")]
    pub api_key: Option<String>,
}

impl GotrueSettings {
    /// Whether there is one.
    #[must_use]
    pub fn is_there(&self) -> bool {
        !self.url.is_empty()
    }

    /// The `iss` of its tokens.
    #[must_use]
    pub fn issuer(&self) -> &str {
        if self.issuer.is_empty() { self.url.trim_end_matches('/') } else { &self.issuer }
    }

    /// What its published keys may sign with.
    ///
    /// # Errors
    /// With a sentence, where there is none or one that is not ours to take.
    pub fn algorithms(&self) -> Result<Vec<Algorithm>> {
        let named = self.algorithms.split([' ', ',']).filter(|name| !name.is_empty());
        let known = named.map(|name| match name {
            "RS256" => Ok(Algorithm::RS256),
            "ES256" => Ok(Algorithm::ES256),
            other => Err(Error::string(&format!(
                "GOTRUE_JWT_ALGORITHMS knows RS256 and ES256, not {other}."
            ))),
        });
        let known: Vec<_> = known.collect::<Result<_>>()?;
        if known.is_empty() {
            return Err(Error::string("GOTRUE_JWT_SECRET or GOTRUE_JWT_ALGORITHMS must be given."));
        }
        Ok(known)
    }
}

/// An empty value in the environment is none.
fn filled<'de, D: Deserializer<'de>>(from: D) -> std::result::Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(from)?.filter(|value| !value.is_empty()))
}

const fn a_hundred() -> u64 {
    100
}

const fn twenty() -> u64 {
    20
}

fn nobody() -> String {
    "racket-book <racket-book@localhost>".to_owned()
}

impl Settings {
    /// HS256 wants a key as long as its output (RFC 7518, 3.2).
    pub const SECRET_LENGTH: usize = 32;

    /// The program that reads what nobody knows: this one, whatever has become of its file since,
    /// if not another.
    ///
    /// # Errors
    /// When the system does not say where this one is.
    pub fn reader(&self) -> std::io::Result<PathBuf> {
        const MYSELF: &str = "/proc/self/exe";
        match &self.reader_program {
            Some(named) => Ok(named.clone()),
            None if std::path::Path::new(MYSELF).exists() => Ok(MYSELF.into()),
            None => std::env::current_exe(),
        }
    }

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
        if settings.service_key.as_ref().is_some_and(|key| key.len() < Self::SECRET_LENGTH) {
            return Err(Error::string("RBO_SERVICE_KEY must have 32 characters or more."));
        }
        if let Some(secret) = &settings.gotrue.secret
            && secret.len() < Self::SECRET_LENGTH
        {
            return Err(Error::string("GOTRUE_JWT_SECRET must have 32 characters or more."));
        }
        settings
            .mail_from
            .parse::<lettre::message::Mailbox>()
            .map_err(|_| Error::string("MAIL_FROM must be an address, as book@example.ch."))?;
        Ok(settings)
    }

    /// For unit tests.
    #[cfg(test)]
    #[must_use]
    pub(crate) fn sample() -> Self {
        Self {
            public_url: "http://localhost:5150".into(),
            database_url: String::new(),
            database_connections: 1,
            secret: "a secret of thirty-two letters....".into(),
            sweep_every_seconds: 1,
            metrics_binding: None,
            mail_from: nobody(),
            mails_a_day: a_hundred(),
            mail_patience_seconds: twenty(),
            keeps_mails: false,
            service_key: None,
            reader_program: None,
            gotrue: GotrueSettings::default(),
        }
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
    given(
        "BEHIND_PROXY",
        "`true` where one proxy stands before this server and sets X-Forwarded-For, else `false`",
    )?;
    if database.starts_with("sqlite") {
        given("QUEUE_URL", "the queue's own file beside an SQLite book, as sqlite://…?mode=rwc")?;
    }
    if given("GOTRUE_URL", "").is_ok() {
        given("GOTRUE_SERVICE_KEY", "what gotrue lets us invite with")?;
        if given("GOTRUE_JWT_ALGORITHMS", "").is_err() {
            given("GOTRUE_JWT_SECRET", "what gotrue signs its tokens with")?;
        }
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
            ("BEHIND_PROXY", "true"),
        ];
        assert_eq!(said(&whole), "");
        for (missing, _) in whole {
            let rest: Vec<_> = whole.into_iter().filter(|(name, _)| *name != missing).collect();
            assert!(said(&rest).starts_with(&format!("{missing} is missing")), "{missing}");
        }
        let on_postgres = [("DATABASE_URL", "postgres://db"), whole[1], whole[2], whole[4]];
        assert_eq!(said(&on_postgres), "");
        assert!(
            said(&[whole[0], whole[1], whole[4], ("RBO_SECRET", "short")]).contains("too short")
        );
    }
}
