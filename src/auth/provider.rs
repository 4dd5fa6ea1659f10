//! What the application asks of whoever knows the identities.

use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use strum::{EnumString, IntoStaticStr, VariantArray};
use uuid::Uuid;

use super::link::Link;
use crate::i18n::Locale;
use crate::values::{Fault, Identity};

/// One contract, two providers: [`Embedded`](super::embedded::Embedded) on one machine,
/// [`Gotrue`](super::gotrue::Gotrue) in production. The rest of the application cannot
/// tell them apart.
#[async_trait]
pub trait Provider: Send + Sync {
    /// Whose access token it is; `None` for every token that is not good.
    ///
    /// # Errors
    /// [`AuthError::Unavailable`] when the keys to check it with cannot be had.
    async fn identify(&self, access: &str) -> AuthResult<Option<Identity>>;

    /// Whose access token it was, ended or not: for what was typed when it ended.
    ///
    /// # Errors
    /// [`AuthError::Unavailable`] when the keys to check it with cannot be had.
    async fn identify_ended(&self, access: &str) -> AuthResult<Option<Identity>>;

    /// Whether the session of a good token still goes on, as far as the provider tells
    /// before the token ends.
    ///
    /// # Errors
    /// When the provider does not answer.
    async fn is_session_active(&self, identity: &Identity) -> AuthResult<bool>;

    /// Signs in by password.
    ///
    /// # Errors
    /// [`AuthError::WrongCredentials`], after the same time for a wrong password and for
    /// an unknown address.
    async fn sign_in(&self, email: &str, password: String, device: &Device) -> AuthResult<Tokens>;

    /// Has a link to sign in with mailed. The same answer, after the same time, whether
    /// the address is known or not; it never makes an account.
    ///
    /// # Errors
    /// When the provider does not answer.
    async fn mail_link(&self, email: &str, locale: Locale) -> AuthResult<()>;

    /// Has a link mailed that leads to a new password, like [`Self::mail_link`].
    ///
    /// # Errors
    /// When the provider does not answer.
    async fn mail_recovery(&self, email: &str, locale: Locale) -> AuthResult<()>;

    /// Invites whom an invitation names: makes the account where there is none, and has
    /// the link mailed.
    ///
    /// # Errors
    /// When the invitation is over or the provider does not answer.
    async fn invite(&self, invitation: Uuid) -> AuthResult<Invited>;

    /// The address of a link's account, for the page that asks whether it is the right
    /// one; `None` where the link is not good any more.
    ///
    /// # Errors
    /// When the provider does not answer.
    async fn account_of(&self, link: &Link) -> AuthResult<Option<String>>;

    /// Uses a link up, accepts the invitation that it brings, and signs in. Of several
    /// at once one wins.
    ///
    /// # Errors
    /// [`AuthError::LinkSpent`] where it is too old, used up or none, or brings an
    /// invitation that was meant for another identity.
    async fn redeem(&self, link: &Link, device: &Device) -> AuthResult<Tokens>;

    /// The next pair of tokens.
    ///
    /// # Errors
    /// [`AuthError::SessionOver`] where the refresh token is not good (any more).
    async fn renew(&self, refresh: &str) -> AuthResult<Tokens>;

    /// Whether the account's password is this one.
    ///
    /// # Errors
    /// When the provider does not answer.
    async fn confirm(&self, identity: &Identity, password: String) -> AuthResult<bool>;

    /// Sets a new password and ends the account's other sessions.
    ///
    /// # Errors
    /// [`AuthError::SamePassword`], [`AuthError::WeakPassword`].
    async fn change_password(
        &self,
        access: &str,
        identity: &Identity,
        password: String,
    ) -> AuthResult<()>;

    /// Ends the session, or more of the account's.
    ///
    /// # Errors
    /// When the provider does not answer.
    async fn sign_out(&self, access: &str, identity: &Identity, reach: Reach) -> AuthResult<()>;

    /// The account's open sessions; `None` where the provider does not tell.
    ///
    /// # Errors
    /// When the provider does not answer.
    async fn sessions(&self, identity: &Identity) -> AuthResult<Option<Vec<OpenSession>>>;

    /// Ends another session of the same account.
    ///
    /// # Errors
    /// When the provider does not answer.
    async fn end_session(&self, identity: &Identity, session: Uuid) -> AuthResult<()>;

    /// Ends every session of an account whose stringer was deactivated, as far as the
    /// provider can; authentication lets it nowhere from the same moment on.
    ///
    /// # Errors
    /// When the provider does not answer.
    async fn end_all_sessions(&self, subject: &str) -> AuthResult<()>;

    /// A link that leads an account to a new password, for the admin to hand over where
    /// nothing can be mailed; `None` where it is mailed to whoever asks, or there is no
    /// such account.
    ///
    /// # Errors
    /// When the provider does not answer.
    async fn hand_over(&self, subject: &str) -> AuthResult<Option<Link>>;

    /// Whether links can be mailed.
    fn can_mail(&self) -> bool;
}

/// What a browser is given at sign-in.
#[derive(Clone)]
pub struct Tokens {
    /// Says who it is, for an hour or so.
    pub access: String,
    /// Good once, for the next pair.
    pub refresh: String,
    /// Whose they are.
    pub identity: Identity,
    /// Seconds until the access token ends.
    pub expires_in: i64,
}

/// Never in a log.
impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tokens({}, ..)", self.identity.subject)
    }
}

/// What a session remembers of the browser that opened it, so that its owner knows it
/// again in the list.
#[derive(Debug, Clone, Default)]
pub struct Device {
    /// As the browser calls itself, cut to [`Device::LONGEST`].
    pub user_agent: Option<String>,
}

impl Device {
    /// Characters of a browser's name that are kept.
    pub const LONGEST: usize = 200;

    /// From what a request says.
    #[must_use]
    pub fn new(user_agent: Option<&str>) -> Self {
        let cut = |name: &str| {
            name.chars().filter(|c| !c.is_control()).take(Self::LONGEST).collect::<String>()
        };
        Self { user_agent: user_agent.map(cut).filter(|name| !name.is_empty()) }
    }
}

/// Which of an account's sessions end, as gotrue calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
pub enum Reach {
    /// The one that asks.
    #[strum(serialize = "local")]
    This,
    /// All but the one that asks.
    #[strum(serialize = "others")]
    Others,
    /// All.
    #[strum(serialize = "global")]
    All,
}

/// An open session, as its owner sees it.
#[derive(Debug, Clone)]
pub struct OpenSession {
    /// Its key.
    pub id: Uuid,
    /// Since when.
    pub since: DateTime<Utc>,
    /// When it last asked for new tokens.
    pub last_seen: DateTime<Utc>,
    /// As the browser called itself.
    pub user_agent: Option<String>,
}

/// What became of an invitation at the provider.
#[derive(Debug, Clone)]
pub enum Invited {
    /// A mail is under way.
    Mailed,
    /// One went out a moment ago, and no other one goes out yet.
    JustMailed,
    /// Nothing can be mailed: whoever invited hands the link over.
    ByHand(Link),
}

/// What can go wrong with identities.
#[derive(Debug, thiserror::Error)]
pub enum AuthError {
    /// Address and password do not go together.
    #[error("wrong credentials")]
    WrongCredentials,
    /// The link is too old, used up, or none.
    #[error("the link is not good any more")]
    LinkSpent,
    /// The refresh token is not good any more.
    #[error("the session is over")]
    SessionOver,
    /// A refresh token was shown that had been used before; its family has ended.
    #[error("the refresh token was used before")]
    Replayed,
    /// The new password is too easy to guess.
    #[error("the password is too weak")]
    WeakPassword,
    /// The new password is the old one.
    #[error("the password is the same")]
    SamePassword,
    /// The address has an account already.
    #[error("the address has an account")]
    AddressTaken,
    /// Not now.
    #[error("too many attempts; again in {0:?}")]
    TooMany(Duration),
    /// The provider does not answer, or not as it should.
    #[error("the identity provider is not available: {0}")]
    Unavailable(Fault),
    /// The database does not answer.
    #[error(transparent)]
    Database(#[from] sea_orm::DbErr),
    /// Our fault.
    #[error(transparent)]
    Internal(Fault),
}

/// What a provider's verb returns.
pub type AuthResult<T> = Result<T, AuthError>;

impl From<loco_rs::Error> for AuthError {
    fn from(error: loco_rs::Error) -> Self {
        Self::Internal(error.into())
    }
}

impl From<crate::models::ModelError> for AuthError {
    fn from(error: crate::models::ModelError) -> Self {
        match error {
            crate::models::ModelError::NotFound => Self::LinkSpent,
            crate::models::ModelError::Database(error) => Self::Database(error),
            other => Self::Internal(other.into()),
        }
    }
}
