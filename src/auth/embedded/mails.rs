//! What the poster sends: a mail that is owed becomes a letter with a fresh link.

use super::Embedded;
use crate::auth::link::{Link, LinkKind};
use crate::auth::provider::AuthResult;
use crate::i18n::Locale;
use crate::models::purposes::POST;
use crate::models::{ModelError, invitations, link_tokens, owed_mails, users};
use crate::tenancy::Db;

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
        for mail in owed_mails::Entity::due(&door, AT_ONCE).await? {
            if !mail.take(&door).await? {
                continue;
            }
            let Some(letter) = self.letter(&door, &mail).await? else {
                mail.settle(&door).await?;
                continue;
            };
            match send(letter).await {
                Ok(()) => mail.settle(&door).await?,
                Err(error) => {
                    tracing::warn!(%error, mail = %mail.id, "a mail was not sent; again later");
                    mail.postpone(&door).await?;
                }
            }
        }
        Ok(())
    }

    /// `None` where there is nobody to write to: an address that has no account, an
    /// invitation that is over.
    async fn letter(&self, door: &Db, mail: &owed_mails::Model) -> AuthResult<Option<Letter>> {
        let Some(kind) = LinkKind::from_code(&mail.kind) else { return Ok(None) };
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
