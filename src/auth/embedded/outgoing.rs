//! The outbox is emptied here: a mail that is owed becomes one that goes out, with a fresh link.

use std::time::Duration;

use sea_orm_tenancy::Db;

use super::Embedded;
use crate::auth::link::Link;
use crate::auth::provider::AuthResult;
use crate::i18n::Locale;
use crate::models::purposes::SEND_MAIL;
use crate::models::{ModelError, invitations, link_tokens, outbox, users};
use crate::values::LinkKind;

/// A link, and whom to send it to. It is made when it is sent and kept nowhere.
pub struct OutgoingMail {
    /// What the link is for.
    pub kind: LinkKind,
    /// The recipient.
    pub to: String,
    /// The language that was asked in.
    pub locale: Locale,
    /// The link itself.
    pub url: String,
}

/// A mail server that takes longer for one mail must not keep the others waiting; well
/// below the lease.
const LONGEST: Duration = Duration::from_secs(20);

/// A look at what is owed takes so many.
const AT_ONCE: u64 = 20;

impl Embedded {
    /// Sends what is owed, by the means that it is given.
    ///
    /// # Errors
    /// When the database does not answer. A mail that cannot be sent is no error here;
    /// it stays owed.
    pub async fn send_owed<Sending>(
        &self,
        send: impl Fn(OutgoingMail) -> Sending + Send,
    ) -> AuthResult<()>
    where
        Sending: Future<Output = loco_rs::Result<()>> + Send,
    {
        let db = self.scoped_db(&SEND_MAIL);
        loop {
            let due = outbox::Entity::due(&db, AT_ONCE).await?;
            let is_all = (due.len() as u64) < AT_ONCE;
            self.send_all(&db, due, &send).await?;
            if is_all {
                return Ok(());
            }
        }
    }

    async fn send_all<Sending>(
        &self,
        db: &Db,
        due: Vec<outbox::Model>,
        send: &(impl Fn(OutgoingMail) -> Sending + Send),
    ) -> AuthResult<()>
    where
        Sending: Future<Output = loco_rs::Result<()>> + Send,
    {
        for mail in due {
            if !mail.take(db).await? {
                continue;
            }
            let Some(outgoing) = self.outgoing(db, &mail).await? else {
                mail.settle(db).await?;
                continue;
            };
            let reason = match tokio::time::timeout(LONGEST, send(outgoing)).await {
                Ok(Ok(())) => {
                    mail.settle(db).await?;
                    continue;
                }
                Ok(Err(error)) => error.to_string(),
                Err(_) => "the mail server does not answer".to_owned(),
            };
            tracing::warn!(reason, mail = %mail.id, "a mail was not sent; again later");
            mail.postpone(db).await?;
        }
        Ok(())
    }

    /// `None` where there is nobody to write to: an address that has no account, an
    /// invitation that is over; or where its like went out just before.
    async fn outgoing(&self, db: &Db, mail: &outbox::Model) -> AuthResult<Option<OutgoingMail>> {
        if mail.is_repeated(db).await? {
            return Ok(None);
        }
        let secret = match mail.invitation_id {
            Some(invitation) => {
                let invitation = invitations::Model::find(db, invitation).await;
                match invitation {
                    Ok(invitation) => match invitation.renew_secret(db).await {
                        Ok(secret) => secret,
                        Err(ModelError::NotFound) => return Ok(None),
                        Err(error) => return Err(error.into()),
                    },
                    Err(ModelError::NotFound) => return Ok(None),
                    Err(error) => return Err(error.into()),
                }
            }
            None => match users::Entity::find_by_email(db, &mail.email).await? {
                Some(user) => link_tokens::Entity::issue(db, user.id, mail.kind).await?,
                None => return Ok(None),
            },
        };
        Ok(Some(OutgoingMail {
            kind: mail.kind,
            to: mail.email.clone(),
            locale: mail.locale,
            url: Link::ours(mail.kind, &secret).url(&self.public_url),
        }))
    }
}
