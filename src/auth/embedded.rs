//! The embedded identity provider: sign-in by password, sessions, and refresh
//! tokens that rotate. It speaks gotrue's token contract, so that the rest of the
//! application cannot tell the two apart.

use hmac::{Hmac, Mac};
use loco_rs::{Error, Result};
use rand::Rng;
use sea_orm::EntityTrait;
use sha2::Sha256;
use uuid::Uuid;

use super::password;
use super::token::{Claims, Signer};
use crate::models::purposes::{FIRST_RUN, SIGN_IN};
use crate::models::refresh_tokens::Shown;
use crate::models::stringers::Founder;
use crate::models::{refresh_tokens, sessions, stringers, users};
use crate::settings::Settings;
use crate::tenancy::{Db, Scope};

/// What a browser is given at sign-in.
#[derive(Debug, Clone)]
pub struct Tokens {
    /// Good for [`super::token::ACCESS_MINUTES`].
    pub access: String,
    /// Good once, for the next pair.
    pub refresh: String,
}

/// The provider.
pub struct Provider {
    db: Db,
    signer: Signer,
    rotation: Hmac<Sha256>,
}

impl Provider {
    /// On the process's unbound handle.
    ///
    /// # Errors
    /// Never in practice: HMAC takes a key of any length.
    pub fn new(db: Db, settings: &Settings) -> Result<Self> {
        let key = format!("refresh {}", settings.secret);
        let rotation = Hmac::new_from_slice(key.as_bytes()).map_err(Error::wrap)?;
        Ok(Self { db, signer: Signer::new(settings), rotation })
    }

    fn door(&self) -> Db {
        self.db.bind(Scope::System(&SIGN_IN))
    }

    /// The claims of an access token, if it is good.
    #[must_use]
    pub fn verify(&self, access: &str) -> Option<Claims> {
        self.signer.verify(access)
    }

    /// Signs in by password; `None` for a wrong one and for an unknown address
    /// alike, after the same time.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sign_in(&self, email: &str, password: String) -> Result<Option<Tokens>> {
        let user = users::Entity::find_by_email(&self.door(), email).await?;
        let hash = user.as_ref().map(|user| user.password_hash.clone());
        match (password::matches(password, hash).await, user) {
            (true, Some(user)) => self.open(user.id, &user.email).await.map(Some),
            _ => Ok(None),
        }
    }

    /// Opens a session for somebody who has proven who they are.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open(&self, user: Uuid, email: &str) -> Result<Tokens> {
        let door = self.door();
        let session = sessions::Entity::open(&door, user).await?;
        let refresh = hex::encode(rand::rng().random::<[u8; 32]>());
        refresh_tokens::Entity::remember(&door, session, &refresh).await?;
        self.tokens(user, email, session, refresh)
    }

    /// A new pair for a refresh token. A replayed one ends its whole session: there
    /// is no telling who of the two that hold it is the thief.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn renew(&self, refresh: &str) -> Result<Option<Tokens>> {
        let door = self.door();
        let session = match refresh_tokens::Entity::show(&door, refresh).await? {
            Shown::Unknown => return Ok(None),
            Shown::Replayed(session) => {
                tracing::warn!(%session, "a refresh token was shown twice; the session ends");
                sessions::Entity::end(&door, session).await?;
                return Ok(None);
            }
            Shown::Good(session) => session,
        };
        let open = sessions::Entity::find_by_id(session).one(&door).await?;
        let Some(open) = open.filter(sessions::Model::is_open) else { return Ok(None) };
        let Some(user) = users::Entity::find_by_id(open.user_id).one(&door).await? else {
            return Ok(None);
        };
        let child = self.child_of(refresh);
        refresh_tokens::Entity::remember(&door, session, &child).await?;
        self.tokens(user.id, &user.email, session, child).map(Some)
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sign_out(&self, session: Uuid) -> Result<()> {
        Ok(sessions::Entity::end(&self.door(), session).await?)
    }

    /// Whether nobody has set the place up yet.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_untouched(&self) -> Result<bool> {
        let door = self.db.bind(Scope::System(&FIRST_RUN));
        Ok(stringers::Entity::is_empty(&door).await?)
    }

    /// Makes the account and the stringer of the first admin, both or neither; `None`
    /// where somebody else was faster.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn first_run(&self, founder: Founder, password: String) -> Result<Option<Tokens>> {
        use sea_orm::{TransactionSession, TransactionTrait};
        let hash = password::hash(password).await?;
        let email = users::normalise_email(&founder.email);
        let txn = self.db.bind(Scope::System(&FIRST_RUN)).begin().await?;
        if !stringers::Entity::is_empty(&txn).await? {
            return Ok(None);
        }
        let user = users::Entity::add(&txn, &email, hash).await?;
        let founder = Founder { subject: user.to_string(), email: email.clone(), ..founder };
        match stringers::Entity::found(&txn, founder).await {
            Ok(_) => txn.commit().await?,
            Err(error) if is_taken(&error) => return Ok(None),
            Err(error) => return Err(error.into()),
        }
        self.open(user, &email).await.map(Some)
    }

    /// The next token of a family is made of the one before, so that two tabs that
    /// renew at once get the same one and only hashes are kept.
    fn child_of(&self, refresh: &str) -> String {
        let mac = self.rotation.clone().chain_update(refresh.as_bytes());
        hex::encode(mac.finalize().into_bytes())
    }

    fn tokens(&self, user: Uuid, email: &str, session: Uuid, refresh: String) -> Result<Tokens> {
        let access = self.signer.issue(user, email, session).map_err(Error::wrap)?;
        Ok(Tokens { access, refresh })
    }
}

fn is_taken(error: &sea_orm::DbErr) -> bool {
    matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_)))
}
