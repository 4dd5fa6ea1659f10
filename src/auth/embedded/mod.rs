//! The embedded identity provider: accounts, passwords, sessions, links by mail, and
//! refresh tokens that rotate, in the application's own database.
//!
//! It speaks gotrue's protocol to others (`src/controllers/auth_v1.rs`) and the
//! [`Provider`]'s contract to the application.

mod account;
mod mails;

use std::sync::Arc;

use async_trait::async_trait;
use hmac::{Hmac, Mac};
use sea_orm::{EntityTrait, TransactionSession, TransactionTrait};
use sha2::Sha256;
use tokio::sync::Notify;
use uuid::Uuid;

pub use self::account::describe;
pub use self::mails::Letter;
use super::link::{Link, LinkKind};
use super::password;
use super::provider::{
    AuthError, AuthResult, Device, Invited, OpenSession, Provider, Reach, Tokens,
};
use super::secret::{Secret, keyed};
use super::token::{AUTHENTICATED, Identity, Signer, Subject, Verifier};
use crate::i18n::Locale;
use crate::models::purposes::{
    ASK_FOR_MAIL, FIRST_RUN, FORGET, HAND_OVER, INVITE, MEND_ACCOUNT, SIGN_IN,
};
use crate::models::refresh_tokens::Shown;
use crate::models::stringers::Founder;
use crate::models::users::{Origin, normalise_email};
use crate::models::{
    invitations, link_tokens, owed_mails, passwords, refresh_tokens, sessions, stringers, users,
};
use crate::settings::Settings;
use sea_orm_tenancy::{Db, Purpose, Scope};

/// The provider.
pub struct Embedded {
    db: Db,
    signer: Signer,
    verifier: Verifier,
    rotation: Hmac<Sha256>,
    /// Wakes the poster.
    mails: Arc<Notify>,
    can_mail: bool,
    public_url: String,
}

/// How a session was opened, as gotrue names it.
const BY_PASSWORD: &str = "password";
const BY_LINK: &str = "otp";

impl Embedded {
    /// On the process's unbound handle.
    ///
    /// # Errors
    /// Never in practice: HMAC takes a key of any length.
    pub fn new(db: Db, settings: &Settings, can_mail: bool) -> AuthResult<Self> {
        let issuer = format!("{}/auth/v1", settings.public_url.trim_end_matches('/'));
        Ok(Self {
            db,
            signer: Signer::new(&settings.secret, &issuer),
            verifier: Verifier::shared(&settings.secret, &issuer, AUTHENTICATED),
            rotation: keyed(settings, "refresh")?,
            mails: Arc::default(),
            can_mail,
            public_url: settings.public_url.clone(),
        })
    }

    fn door(&self, purpose: &'static Purpose) -> Db {
        self.db.bind(Scope::System(purpose))
    }

    /// Whether nobody has set the place up yet.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_untouched(&self) -> AuthResult<bool> {
        Ok(stringers::Entity::is_empty(&self.door(&FIRST_RUN)).await?)
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
        let txn = self.door(&FIRST_RUN).begin().await?;
        if !stringers::Entity::is_empty(&txn).await? {
            return Ok(None);
        }
        let user = match users::Entity::add(&txn, &email, Origin::Founder).await {
            Ok(user) => user,
            Err(error) if stringers::is_taken(&error) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        passwords::Entity::set(&txn, user, hash).await?;
        let founder = Founder { subject: user.to_string(), email: email.clone(), ..founder };
        match stringers::Entity::found(&txn, founder).await {
            Ok(_) => txn.commit().await?,
            Err(error) if stringers::is_taken(&error) => return Ok(None),
            Err(error) => return Err(error.into()),
        }
        self.open(user, &email, BY_PASSWORD, device).await.map(Some)
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
        passwords::Entity::set(&self.door(&MEND_ACCOUNT), user, hash).await?;
        users::Entity::signed_in(&self.door(&SIGN_IN), user, true).await?;
        self.open(user, &address, BY_PASSWORD, device).await
    }

    /// Invites an address on the word of whoever holds the service key: `/invite`.
    ///
    /// # Errors
    /// [`AuthError::AddressTaken`] where it strings here already.
    pub async fn invite_address(&self, email: &str, locale: Locale) -> AuthResult<users::Model> {
        let door = self.door(&INVITE);
        if stringers::Entity::strings_here(&door, email).await? {
            return Err(AuthError::AddressTaken);
        }
        let invitation = invitations::Entity::invite(&door, email, locale, None).await?;
        self.invite(invitation.id).await?;
        let user = users::Entity::find_by_email(&door, email).await?;
        user.ok_or_else(|| AuthError::Internal("an invited account is gone".to_owned()))
    }

    /// The account of an identity.
    ///
    /// # Errors
    /// When there is none, or the database does not answer.
    pub async fn account(&self, identity: &Identity) -> AuthResult<users::Model> {
        let id = user_of(identity)?;
        let user = users::Entity::find_by_id(id).one(&self.door(&SIGN_IN)).await?;
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
        Ok(users::Entity::describe(&self.door(&MEND_ACCOUNT), id, metadata).await?)
    }

    /// Forgets what nobody needs any more: mails that were sent, links that have lapsed,
    /// sessions that are over and their tokens.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn forget(&self) -> AuthResult<()> {
        let door = self.door(&FORGET);
        owed_mails::Entity::forget(&door).await?;
        link_tokens::Entity::forget(&door).await?;
        refresh_tokens::Entity::forget(&door).await?;
        Ok(sessions::Entity::forget(&door).await?)
    }

    /// Wakes whoever sends mails.
    #[must_use]
    pub fn bell(&self) -> Arc<Notify> {
        Arc::clone(&self.mails)
    }

    /// Uses an invitation's secret up, for the account that was invited.
    async fn accept(&self, secret: &Secret, email: Option<&str>) -> AuthResult<(Uuid, String)> {
        let door = self.door(&INVITE);
        let known = invitations::Entity::of_secret(&door, secret).await?;
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
        let accepted = invitations::Entity::accept(&door, secret, &who).await?;
        accepted.ok_or(AuthError::LinkSpent)?;
        Ok((user, known.email))
    }

    async fn open(
        &self,
        user: Uuid,
        email: &str,
        method: &str,
        device: &Device,
    ) -> AuthResult<Tokens> {
        let door = self.door(&SIGN_IN);
        let session =
            sessions::Entity::open(&door, user, method, device.user_agent.clone()).await?;
        let refresh = Secret::generate();
        refresh_tokens::Entity::remember(&door, session.id, refresh.reveal()).await?;
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
            method: &session.method,
            since,
        })?;
        let identity = Identity {
            subject: session.user_id.to_string(),
            email: email.to_owned(),
            session: session.id,
            came_by_link: session.method == BY_LINK && super::token::is_fresh(since),
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
        if !self.can_mail {
            return Ok(());
        }
        owed_mails::Entity::ask(&self.door(&ASK_FOR_MAIL), kind, email, locale, None).await?;
        self.mails.notify_one();
        Ok(())
    }
}

fn user_of(identity: &Identity) -> AuthResult<Uuid> {
    identity.subject.parse().map_err(|_| AuthError::SessionOver)
}

#[async_trait]
impl Provider for Embedded {
    async fn identify(&self, access: &str) -> AuthResult<Option<Identity>> {
        self.verifier.verify(access).await
    }

    async fn goes_on(&self, identity: &Identity) -> AuthResult<bool> {
        let open = sessions::Entity::open_one(&self.door(&SIGN_IN), identity.session).await?;
        Ok(open.is_some_and(|session| session.user_id.to_string() == identity.subject))
    }

    async fn sign_in(&self, email: &str, password: String, device: &Device) -> AuthResult<Tokens> {
        let door = self.door(&SIGN_IN);
        let user = users::Entity::find_by_email(&door, email).await?;
        // The same two statements and the same hashing, whether the address is known.
        let key = user.as_ref().map_or(Uuid::nil(), |user| user.id);
        let hash = passwords::Entity::hash_of(&door, key).await?;
        match (password::matches(password, hash).await?, user) {
            (true, Some(user)) => {
                users::Entity::signed_in(&door, user.id, false).await?;
                self.open(user.id, &user.email, BY_PASSWORD, device).await
            }
            _ => Err(AuthError::WrongCredentials),
        }
    }

    async fn mail_link(&self, email: &str, locale: Locale) -> AuthResult<()> {
        self.ask(LinkKind::MagicLink, email, locale).await
    }

    async fn mail_recovery(&self, email: &str, locale: Locale) -> AuthResult<()> {
        self.ask(LinkKind::Recovery, email, locale).await
    }

    async fn invite(&self, invitation: Uuid) -> AuthResult<Invited> {
        let door = self.door(&INVITE);
        let invitation = invitations::Entity::one(&door, invitation).await?;
        let user = users::Entity::invited(&door, &invitation.email).await?;
        invitation.is_for(&door, &user.to_string()).await?;
        if !self.can_mail {
            let secret = invitation.renew_secret(&door).await?;
            return Ok(Invited::ByHand(Link::ours(LinkKind::Invite, &secret)));
        }
        let mails = self.door(&ASK_FOR_MAIL);
        let (kind, locale) = (LinkKind::Invite, invitation.locale());
        owed_mails::Entity::ask(&mails, kind, &invitation.email, locale, Some(invitation.id))
            .await?;
        self.mails.notify_one();
        Ok(Invited::Mailed)
    }

    async fn account_of(&self, link: &Link) -> AuthResult<Option<String>> {
        let Some(secret) = Secret::parse(&link.token_hash) else { return Ok(None) };
        if link.kind == LinkKind::Invite {
            let known = invitations::Entity::of_secret(&self.door(&INVITE), &secret).await?;
            return Ok(known.filter(invitations::Model::is_good).map(|known| known.email));
        }
        let door = self.door(&SIGN_IN);
        let Some(user) = link_tokens::Entity::account(&door, link.kind, &secret).await? else {
            return Ok(None);
        };
        Ok(users::Entity::find_by_id(user).one(&door).await?.map(|user| user.email))
    }

    async fn redeem(&self, link: &Link, device: &Device) -> AuthResult<Tokens> {
        let secret = Secret::parse(&link.token_hash).ok_or(AuthError::LinkSpent)?;
        let door = self.door(&SIGN_IN);
        let (user, email) = if link.kind == LinkKind::Invite {
            self.accept(&secret, None).await?
        } else {
            let user = link_tokens::Entity::redeem(&door, link.kind, &secret).await?;
            let user = user.ok_or(AuthError::LinkSpent)?;
            let user = users::Entity::find_by_id(user).one(&door).await?;
            let user = user.ok_or(AuthError::LinkSpent)?;
            if let Some(invitation) = &link.invitation {
                let (invited, _) = self.accept(invitation, Some(&user.email)).await?;
                if invited != user.id {
                    return Err(AuthError::LinkSpent);
                }
            }
            (user.id, user.email)
        };
        users::Entity::signed_in(&door, user, true).await?;
        self.open(user, &email, BY_LINK, device).await
    }

    async fn renew(&self, refresh: &str) -> AuthResult<Tokens> {
        let door = self.door(&SIGN_IN);
        let session = match refresh_tokens::Entity::show(&door, refresh).await? {
            Shown::Unknown => return Err(AuthError::SessionOver),
            // There is no telling who of the two that hold it is the thief.
            Shown::Replayed(session) => {
                tracing::warn!(%session, "a refresh token was shown twice; the session ends");
                sessions::Entity::end(&door, session).await?;
                return Err(AuthError::Replayed);
            }
            Shown::Good(session) => session,
        };
        let session = sessions::Entity::open_one(&door, session).await?;
        let session = session.ok_or(AuthError::SessionOver)?;
        let user = users::Entity::find_by_id(session.user_id).one(&door).await?;
        let user = user.ok_or(AuthError::SessionOver)?;
        let child = self.child_of(refresh);
        refresh_tokens::Entity::remember(&door, session.id, &child).await?;
        sessions::Entity::refreshed(&door, session.id).await?;
        self.tokens(&session, &user.email, child)
    }

    async fn change_password(
        &self,
        _access: &str,
        identity: &Identity,
        password: String,
    ) -> AuthResult<()> {
        if !password::is_strong(&password, &[&identity.email]) {
            return Err(AuthError::WeakPassword);
        }
        let user = user_of(identity)?;
        let door = self.door(&MEND_ACCOUNT);
        let known = passwords::Entity::hash_of(&door, user).await?;
        if known.is_some() && password::matches(password.clone(), known).await? {
            return Err(AuthError::SamePassword);
        }
        let hash = password::hash(password).await?;
        // Whoever knew the old one is out, and an old mail opens nothing: before, so that
        // a failure in between leaves nobody in, and after, for who came in meanwhile.
        let others = self.door(&SIGN_IN);
        link_tokens::Entity::void(&others, user).await?;
        sessions::Entity::end_all(&others, user, Some(identity.session)).await?;
        passwords::Entity::set(&door, user, hash).await?;
        Ok(sessions::Entity::end_all(&others, user, Some(identity.session)).await?)
    }

    async fn confirm(&self, identity: &Identity, password: String) -> AuthResult<bool> {
        let door = self.door(&SIGN_IN);
        let hash = passwords::Entity::hash_of(&door, user_of(identity)?).await?;
        password::matches(password, hash).await
    }

    async fn sign_out(&self, _access: &str, identity: &Identity, reach: Reach) -> AuthResult<()> {
        let (door, user) = (self.door(&SIGN_IN), user_of(identity)?);
        match reach {
            Reach::This => sessions::Entity::end(&door, identity.session).await?,
            Reach::Others => {
                sessions::Entity::end_all(&door, user, Some(identity.session)).await?;
            }
            Reach::All => sessions::Entity::end_all(&door, user, None).await?,
        }
        Ok(())
    }

    async fn sessions(&self, identity: &Identity) -> AuthResult<Option<Vec<OpenSession>>> {
        let open = sessions::Entity::of_user(&self.door(&SIGN_IN), user_of(identity)?).await?;
        let shown = open.into_iter().map(|session| OpenSession {
            id: session.id,
            since: session.created_at.to_utc(),
            last_seen: session.last_seen(),
            user_agent: session.user_agent,
        });
        Ok(Some(shown.collect()))
    }

    async fn end_session(&self, identity: &Identity, session: Uuid) -> AuthResult<()> {
        let door = self.door(&SIGN_IN);
        let open = sessions::Entity::open_one(&door, session).await?;
        let user = user_of(identity)?;
        if open.is_some_and(|open| open.user_id == user) {
            sessions::Entity::end(&door, session).await?;
        }
        Ok(())
    }

    async fn banish(&self, subject: &str) -> AuthResult<()> {
        // A stringer that came with another provider has no account here.
        if let Ok(user) = subject.parse::<Uuid>() {
            sessions::Entity::end_all(&self.door(&SIGN_IN), user, None).await?;
        }
        Ok(())
    }

    async fn hand_over(&self, subject: &str) -> AuthResult<Option<Link>> {
        let Ok(user) = subject.parse::<Uuid>() else { return Ok(None) };
        let door = self.door(&HAND_OVER);
        let known = users::Entity::find_by_id(user).one(&door).await?;
        if self.can_mail || known.is_none() {
            return Ok(None);
        }
        let secret = link_tokens::Entity::issue(&door, user, LinkKind::Recovery).await?;
        Ok(Some(Link::ours(LinkKind::Recovery, &secret)))
    }

    fn can_mail(&self) -> bool {
        self.can_mail
    }

    fn has_first_run(&self) -> bool {
        true
    }
}
