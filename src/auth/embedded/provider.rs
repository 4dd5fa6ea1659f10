//! What the application asks of the embedded provider.

use async_trait::async_trait;
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::{Embedded, user_of};
use crate::auth::link::Link;
use crate::auth::password;
use crate::auth::provider::{
    AuthError, AuthResult, Device, Invited, OpenSession, Provider, Reach, Tokens,
};
use crate::i18n::Locale;
use crate::models::purposes::{HAND_OVER, INVITE, SIGN_IN, UPDATE_ACCOUNT};
use crate::models::refresh_tokens::{self, Shown};
use crate::models::sessions::{self, SignInMethod};
use crate::models::{invitations, link_tokens, passwords, users};
use crate::values::{Identity, LinkKind, MailKind, Secret};

#[async_trait]
impl Provider for Embedded {
    async fn identify(&self, access: &str) -> AuthResult<Option<Identity>> {
        self.verifier.verify(access).await
    }

    async fn identify_ended(&self, access: &str) -> AuthResult<Option<Identity>> {
        self.verifier.verify_ended(access).await
    }

    async fn is_session_active(&self, identity: &Identity) -> AuthResult<bool> {
        let open = sessions::Entity::find_open(&self.scoped_db(&SIGN_IN), identity.session).await?;
        Ok(open.is_some_and(|session| session.user_id.to_string() == identity.subject))
    }

    async fn sign_in(&self, email: &str, password: String, device: &Device) -> AuthResult<Tokens> {
        let db = self.scoped_db(&SIGN_IN);
        let user = users::Entity::find_by_email(&db, email).await?;
        // The same two statements and the same hashing, whether the address is known.
        let key = user.as_ref().map_or(Uuid::nil(), |user| user.id);
        let hash = passwords::Entity::find_hash(&db, key).await?;
        match (password::matches(password, hash).await?, user) {
            (true, Some(user)) => {
                users::Entity::signed_in(&db, user.id, false).await?;
                self.open(user.id, &user.email, SignInMethod::Password, device).await
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
        let db = self.scoped_db(&INVITE);
        let invitation = invitations::Model::find(&db, invitation).await?;
        let user = users::Entity::find_or_create_invited(&db, &invitation.email).await?;
        invitation.is_for(&db, &user.to_string()).await?;
        if !self.can_mail() {
            let secret = invitation.renew_secret(&db).await?;
            return Ok(Invited::ByHand(Link::ours(LinkKind::Invite, &secret)));
        }
        let (email, locale) = (&invitation.email, invitation.locale);
        if !self.mails.ask(MailKind::Invite, email, locale, Some(invitation.id)).await? {
            return Ok(Invited::JustMailed);
        }
        Ok(Invited::Mailed)
    }

    async fn account_of(&self, link: &Link) -> AuthResult<Option<String>> {
        let Some(secret) = Secret::parse(&link.token_hash) else { return Ok(None) };
        if link.kind == LinkKind::Invite {
            let known =
                invitations::Entity::find_by_secret(&self.scoped_db(&INVITE), &secret).await?;
            return Ok(known.filter(invitations::Model::is_good).map(|known| known.email));
        }
        let db = self.scoped_db(&SIGN_IN);
        let Some(user) = link_tokens::Entity::find_account(&db, link.kind, &secret).await? else {
            return Ok(None);
        };
        Ok(users::Entity::find_by_id(user).one(&db).await?.map(|user| user.email))
    }

    async fn redeem(&self, link: &Link, device: &Device) -> AuthResult<Tokens> {
        let secret = Secret::parse(&link.token_hash).ok_or(AuthError::LinkSpent)?;
        let db = self.scoped_db(&SIGN_IN);
        let (user, email) = if link.kind == LinkKind::Invite {
            self.accept(&secret, None).await?
        } else {
            let user = link_tokens::Entity::redeem(&db, link.kind, &secret).await?;
            let user = user.ok_or(AuthError::LinkSpent)?;
            let user = users::Entity::find_by_id(user).one(&db).await?;
            let user = user.ok_or(AuthError::LinkSpent)?;
            if let Some(invitation) = &link.invitation {
                let (invited, _) = self.accept(invitation, Some(&user.email)).await?;
                if invited != user.id {
                    return Err(AuthError::LinkSpent);
                }
            }
            (user.id, user.email)
        };
        users::Entity::signed_in(&db, user, true).await?;
        self.open(user, &email, SignInMethod::Otp, device).await
    }

    async fn renew(&self, refresh: &str) -> AuthResult<Tokens> {
        let db = self.scoped_db(&SIGN_IN);
        let child = self.child_of(refresh);
        let session = match refresh_tokens::Entity::show(&db, refresh, &child).await? {
            Shown::Unknown => return Err(AuthError::SessionOver),
            // There is no telling who of the two that hold it is the thief.
            Shown::Replayed(session) => {
                tracing::warn!(%session, "a refresh token was shown twice; the session ends");
                sessions::Entity::end(&db, session).await?;
                return Err(AuthError::Replayed);
            }
            Shown::Good(session) => session,
        };
        let session = sessions::Entity::find_open(&db, session).await?;
        let session = session.ok_or(AuthError::SessionOver)?;
        let user = users::Entity::find_by_id(session.user_id).one(&db).await?;
        let user = user.ok_or(AuthError::SessionOver)?;
        refresh_tokens::Entity::remember(&db, session.id, &child).await?;
        sessions::Entity::refreshed(&db, session.id).await?;
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
        let db = self.scoped_db(&UPDATE_ACCOUNT);
        let known = passwords::Entity::find_hash(&db, user).await?;
        if known.is_some() && password::matches(password.clone(), known).await? {
            return Err(AuthError::SamePassword);
        }
        let hash = password::hash(password).await?;
        // Whoever knew the old one is out, and an old mail opens nothing: before, so that
        // a failure in between leaves nobody in, and after, for who came in meanwhile.
        let others = self.scoped_db(&SIGN_IN);
        link_tokens::Entity::void(&others, user).await?;
        sessions::Entity::end_all(&others, user, Some(identity.session)).await?;
        passwords::Entity::set(&db, user, hash).await?;
        Ok(sessions::Entity::end_all(&others, user, Some(identity.session)).await?)
    }

    async fn confirm(&self, identity: &Identity, password: String) -> AuthResult<bool> {
        let db = self.scoped_db(&SIGN_IN);
        let hash = passwords::Entity::find_hash(&db, user_of(identity)?).await?;
        password::matches(password, hash).await
    }

    async fn sign_out(&self, _access: &str, identity: &Identity, reach: Reach) -> AuthResult<()> {
        let (db, user) = (self.scoped_db(&SIGN_IN), user_of(identity)?);
        match reach {
            Reach::This => sessions::Entity::end(&db, identity.session).await?,
            Reach::Others => {
                sessions::Entity::end_all(&db, user, Some(identity.session)).await?;
            }
            Reach::All => sessions::Entity::end_all(&db, user, None).await?,
        }
        Ok(())
    }

    async fn sessions(&self, identity: &Identity) -> AuthResult<Option<Vec<OpenSession>>> {
        let open = sessions::Entity::of_user(&self.scoped_db(&SIGN_IN), user_of(identity)?).await?;
        let shown = open.into_iter().map(|session| OpenSession {
            id: session.id,
            since: session.created_at.to_utc(),
            last_seen: session.last_seen(),
            user_agent: session.user_agent,
        });
        Ok(Some(shown.collect()))
    }

    async fn end_session(&self, identity: &Identity, session: Uuid) -> AuthResult<()> {
        let db = self.scoped_db(&SIGN_IN);
        let open = sessions::Entity::find_open(&db, session).await?;
        let user = user_of(identity)?;
        if open.is_some_and(|open| open.user_id == user) {
            sessions::Entity::end(&db, session).await?;
        }
        Ok(())
    }

    async fn end_all_sessions(&self, subject: &str) -> AuthResult<()> {
        // A stringer that came with another provider has no account here.
        if let Ok(user) = subject.parse::<Uuid>() {
            sessions::Entity::end_all(&self.scoped_db(&SIGN_IN), user, None).await?;
        }
        Ok(())
    }

    async fn hand_over(&self, subject: &str) -> AuthResult<Option<Link>> {
        let Ok(user) = subject.parse::<Uuid>() else { return Ok(None) };
        let db = self.scoped_db(&HAND_OVER);
        let known = users::Entity::find_by_id(user).one(&db).await?;
        if self.can_mail() || known.is_none() {
            return Ok(None);
        }
        let secret = link_tokens::Entity::issue(&db, user, LinkKind::Recovery).await?;
        Ok(Some(Link::ours(LinkKind::Recovery, &secret)))
    }

    fn can_mail(&self) -> bool {
        self.mails.can_mail()
    }
}
