//! The embedded identity provider: accounts, passwords, sessions, links by mail, and
//! refresh tokens that rotate, in the application's own database.
//!
//! It speaks gotrue's protocol to others (`src/controllers/auth_v1`) and the
//! [`Provider`]'s contract to the application.

mod account;
mod provider;

pub use self::account::describe;

use std::sync::Arc;

use hmac::{Hmac, Mac};
use sea_orm::{EntityTrait, TransactionSession, TransactionTrait};
use sea_orm_tenancy::{Db, Purpose, Scope};
use sha2::Sha256;
use uuid::Uuid;

use super::keyed::keyed;
use super::mail_desk::MailDesk;
use super::password;
use super::provider::{AuthError, AuthResult, Device, Provider as _, Tokens};
use super::token::{AUTHENTICATED, Signer, Subject, Verifier};
use crate::i18n::Locale;
use crate::models::purposes::{FIRST_RUN, FORGET, INVITE, SIGN_IN, UPDATE_ACCOUNT};
use crate::models::sessions::{self, SignInMethod};
use crate::models::stringers::{self, Founder};
use crate::models::users::{self, Origin};
use crate::models::{self, invitations, link_tokens, passwords, refresh_tokens};
use crate::settings::Settings;
use crate::values::{Identity, LinkKind, Secret, Vocabulary as _, normalise_email};

/// The provider.
pub struct Embedded {
    db: Db,
    signer: Signer,
    verifier: Verifier,
    rotation: Hmac<Sha256>,
    mails: Arc<MailDesk>,
}

impl Embedded {
    /// On the process's unbound handle.
    ///
    /// # Errors
    /// Never in practice: HMAC takes a key of any length.
    pub fn new(db: Db, settings: &Settings, mails: Arc<MailDesk>) -> AuthResult<Self> {
        let issuer = format!("{}/auth/v1", settings.public_url.trim_end_matches('/'));
        Ok(Self {
            db,
            signer: Signer::new(&settings.secret, &issuer),
            verifier: Verifier::shared(&settings.secret, &issuer, AUTHENTICATED),
            rotation: keyed(settings, "refresh")?,
            mails,
        })
    }

    fn scoped_db(&self, purpose: &'static Purpose) -> Db {
        self.db.bind(Scope::System(purpose))
    }

    /// Whether nobody has set the place up yet.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_untouched(&self) -> AuthResult<bool> {
        Ok(stringers::Entity::is_empty(&self.scoped_db(&FIRST_RUN)).await?)
    }

    /// Makes the account and the stringer of the first admin, both or neither; `None`
    /// where somebody else was faster.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn first_run(
        &self,
        founder: Founder,
        password: String,
        device: &Device,
    ) -> AuthResult<Option<Tokens>> {
        let hash = password::hash(password).await?;
        let email = normalise_email(&founder.email);
        let txn = self.scoped_db(&FIRST_RUN).begin().await?;
        if !stringers::Entity::is_empty(&txn).await? {
            return Ok(None);
        }
        let user = match users::Entity::add(&txn, &email, Origin::Founder).await {
            Ok(user) => user,
            Err(error) if models::is_unique_violation(&error) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        passwords::Entity::set(&txn, user, hash).await?;
        let founder = Founder { subject: user.to_string(), email: email.clone(), ..founder };
        match stringers::Entity::create_founder(&txn, founder).await {
            Ok(_) => txn.commit().await?,
            Err(error) if models::is_unique_violation(&error) => return Ok(None),
            Err(error) => return Err(error.into()),
        }
        self.open(user, &email, SignInMethod::Password, device).await.map(Some)
    }

    /// Makes the account of somebody who was invited good, with a password: `/signup`.
    ///
    /// # Errors
    /// [`AuthError::LinkSpent`] without a good invitation for the address,
    /// [`AuthError::WeakPassword`].
    pub async fn sign_up(
        &self,
        email: &str,
        password: String,
        invitation: &Secret,
        device: &Device,
    ) -> AuthResult<Tokens> {
        if !password::is_strong(&password, &[email]) {
            return Err(AuthError::WeakPassword);
        }
        let hash = password::hash(password).await?;
        let (user, address) = self.accept(invitation, Some(email)).await?;
        passwords::Entity::set(&self.scoped_db(&UPDATE_ACCOUNT), user, hash).await?;
        users::Entity::signed_in(&self.scoped_db(&SIGN_IN), user, true).await?;
        self.open(user, &address, SignInMethod::Password, device).await
    }

    /// Invites an address on the word of whoever holds the service key: `/invite`.
    ///
    /// # Errors
    /// [`AuthError::AddressTaken`] where it strings here already.
    pub async fn invite_address(&self, email: &str, locale: Locale) -> AuthResult<users::Model> {
        let db = self.scoped_db(&INVITE);
        if stringers::Entity::strings_here(&db, email).await? {
            return Err(AuthError::AddressTaken);
        }
        let invitation = invitations::Entity::invite(&db, email, locale, None).await?;
        self.invite(invitation.id).await?;
        let user = users::Entity::find_by_email(&db, email).await?;
        user.ok_or_else(|| AuthError::Internal("an invited account is gone".into()))
    }

    /// The account of an identity.
    ///
    /// # Errors
    /// When there is none, or the database does not answer.
    pub async fn account(&self, identity: &Identity) -> AuthResult<users::Model> {
        let id = user_of(identity)?;
        let user = users::Entity::find_by_id(id).one(&self.scoped_db(&SIGN_IN)).await?;
        user.ok_or(AuthError::SessionOver)
    }

    /// Keeps what an account writes about itself; nothing here trusts it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn describe_oneself(
        &self,
        identity: &Identity,
        metadata: &serde_json::Value,
    ) -> AuthResult<()> {
        let id = user_of(identity)?;
        Ok(users::Entity::describe(&self.scoped_db(&UPDATE_ACCOUNT), id, metadata).await?)
    }

    /// Forgets what nobody needs any more: links that have lapsed, sessions that are over and
    /// their tokens.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn forget(&self) -> AuthResult<()> {
        let db = self.scoped_db(&FORGET);
        link_tokens::Entity::forget(&db).await?;
        refresh_tokens::Entity::forget(&db).await?;
        Ok(sessions::Entity::forget(&db).await?)
    }

    /// Uses an invitation's secret up, for the account that was invited.
    async fn accept(&self, secret: &Secret, email: Option<&str>) -> AuthResult<(Uuid, String)> {
        let db = self.scoped_db(&INVITE);
        let known = invitations::Entity::find_by_secret(&db, secret).await?;
        let known = known.filter(|known| email.is_none_or(|e| known.email == normalise_email(e)));
        let known = known.ok_or(AuthError::LinkSpent)?;
        let user = known.subject.as_deref().and_then(|subject| subject.parse::<Uuid>().ok());
        let user = user.ok_or(AuthError::LinkSpent)?;
        let who = Identity {
            subject: user.to_string(),
            email: known.email.clone(),
            session: Uuid::nil(),
            came_by_link: true,
        };
        let accepted = invitations::Entity::accept(&db, secret, &who).await?;
        accepted.ok_or(AuthError::LinkSpent)?;
        Ok((user, known.email))
    }

    async fn open(
        &self,
        user: Uuid,
        email: &str,
        method: SignInMethod,
        device: &Device,
    ) -> AuthResult<Tokens> {
        let db = self.scoped_db(&SIGN_IN);
        let session = sessions::Entity::open(&db, user, method, device.user_agent.clone()).await?;
        let refresh = Secret::generate();
        refresh_tokens::Entity::remember(&db, session.id, refresh.reveal()).await?;
        self.tokens(&session, email, refresh.reveal().to_owned())
    }

    fn tokens(
        &self,
        session: &sessions::Model,
        email: &str,
        refresh: String,
    ) -> AuthResult<Tokens> {
        let since = session.created_at.timestamp();
        let (access, expires_in) = self.signer.issue(Subject {
            user: session.user_id,
            email,
            session: session.id,
            method: session.method.code(),
            since,
        })?;
        let identity = Identity {
            subject: session.user_id.to_string(),
            email: email.to_owned(),
            session: session.id,
            came_by_link: session.method == SignInMethod::Otp && super::token::is_fresh(since),
        };
        Ok(Tokens { access, refresh, identity, expires_in })
    }

    /// The next token of a family is made of the one before, so that two tabs that
    /// renew at once get the same one and only hashes are kept.
    fn child_of(&self, refresh: &str) -> String {
        let mac = self.rotation.clone().chain_update(refresh.as_bytes());
        hex::encode(mac.finalize().into_bytes())
    }

    async fn ask(&self, kind: LinkKind, email: &str, locale: Locale) -> AuthResult<()> {
        self.mails.ask(kind.into(), email, locale, None).await.map(drop)
    }
}

fn user_of(identity: &Identity) -> AuthResult<Uuid> {
    identity.subject.parse().map_err(|_| AuthError::SessionOver)
}
