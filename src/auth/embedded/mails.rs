//! What the poster sends: a mail that is owed becomes a letter with a fresh link.

use std::time::Duration;

use super::Embedded;
use crate::auth::link::{Link, LinkKind};
use crate::auth::provider::AuthResult;
use crate::i18n::Locale;
use crate::models::purposes::POST;
use crate::models::{ModelError, invitations, link_tokens, owed_mails, users};
use sea_orm_tenancy::Db;

/// A link, and whom to send it to. It is made when it is sent and kept nowhere.
pub struct Letter {
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
    pub async fn post<Sending>(&self, send: impl Fn(Letter) -> Sending + Send) -> AuthResult<()>
    where
        Sending: Future<Output = loco_rs::Result<()>> + Send,
    {
        let door = self.door(&POST);
        loop {
            let due = owed_mails::Entity::due(&door, AT_ONCE).await?;
            let is_all = (due.len() as u64) < AT_ONCE;
            self.send_all(&door, due, &send).await?;
            if is_all {
                return Ok(());
            }
        }
    }

    async fn send_all<Sending>(
        &self,
        door: &Db,
        due: Vec<owed_mails::Model>,
        send: &(impl Fn(Letter) -> Sending + Send),
    ) -> AuthResult<()>
    where
        Sending: Future<Output = loco_rs::Result<()>> + Send,
    {
        for mail in due {
            if !mail.take(door).await? {
                continue;
            }
            let Some(letter) = self.letter(door, &mail).await? else {
                mail.settle(door).await?;
                continue;
            };
            let reason = match tokio::time::timeout(LONGEST, send(letter)).await {
                Ok(Ok(())) => {
                    mail.settle(door).await?;
                    continue;
                }
                Ok(Err(error)) => error.to_string(),
                Err(_) => "the mail server does not answer".to_owned(),
            };
            tracing::warn!(reason, mail = %mail.id, "a mail was not sent; again later");
            mail.postpone(door).await?;
        }
        Ok(())
    }

    /// `None` where there is nobody to write to: an address that has no account, an
    /// invitation that is over; or where its like went out just before.
    async fn letter(&self, door: &Db, mail: &owed_mails::Model) -> AuthResult<Option<Letter>> {
        let Some(kind) = LinkKind::from_code(&mail.kind) else { return Ok(None) };
        if mail.is_repeated(door).await? {
            return Ok(None);
        }
        let secret = match mail.invitation_id {
            Some(invitation) => {
                let invitation = invitations::Entity::one(door, invitation).await;
                match invitation {
                    Ok(invitation) => match invitation.renew_secret(door).await {
                        Ok(secret) => secret,
                        Err(ModelError::NotFound) => return Ok(None),
                        Err(error) => return Err(error.into()),
                    },
                    Err(ModelError::NotFound) => return Ok(None),
                    Err(error) => return Err(error.into()),
                }
            }
            None => match users::Entity::find_by_email(door, &mail.email).await? {
                Some(user) => link_tokens::Entity::issue(door, user.id, kind).await?,
                None => return Ok(None),
            },
        };
        Ok(Some(Letter {
            kind,
            to: mail.email.clone(),
            locale: Locale::from_code(&mail.locale).unwrap_or_default(),
            url: Link::ours(kind, &secret).url(&self.public_url),
        }))
    }
}
