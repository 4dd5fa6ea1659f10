//! Mails with a link: asked for here, and turned from what is owed into what goes out, each with a
//! fresh link. It serves either provider: gotrue writes to stringers by itself, and to no client.

use std::sync::Arc;
use std::time::Duration;

use sea_orm_tenancy::{Db, Scope};
use tokio::sync::Notify;
use uuid::Uuid;

use super::clients;
use super::link::Link;
use super::provider::AuthResult;
use crate::i18n::Locale;
use crate::models::link_tokens::LINK_MINUTES;
use crate::models::person_proofs::PROOF_DAYS;
use crate::models::purposes::{ASK_FOR_MAIL, FORGET, SEND_MAIL};
use crate::models::{ModelError, invitations, link_tokens, outbox, person_proofs, persons, users};
use crate::settings::Settings;
use crate::values::{LinkKind, MailKind};

/// A link, and whom to send it to. It is made when it is sent and kept nowhere.
pub struct OutgoingMail {
    /// What the link is for.
    pub kind: MailKind,
    /// The recipient.
    pub to: String,
    /// The language that was asked in, or that the recipient has chosen.
    pub locale: Locale,
    /// The link itself.
    pub url: String,
}

/// A mail server that takes longer for one mail must not keep the others waiting; well
/// below the lease.
const LONGEST: Duration = Duration::from_secs(20);

/// A look at what is owed takes so many.
const AT_ONCE: u64 = 20;

/// Where mails are asked for, and sent from.
pub struct MailDesk {
    db: Db,
    /// Wakes whoever sends.
    signal: Arc<Notify>,
    /// Wakes whoever mails receipts.
    receipts: Arc<Notify>,
    can_mail: bool,
    public_url: String,
}

impl MailDesk {
    /// On the process's unbound handle.
    #[must_use]
    pub fn new(db: Db, settings: &Settings, can_mail: bool) -> Self {
        let public_url = settings.public_url.clone();
        Self { db, signal: Arc::default(), receipts: Arc::default(), can_mail, public_url }
    }

    /// Whether there is a mail server.
    #[must_use]
    pub fn can_mail(&self) -> bool {
        self.can_mail
    }

    /// Wakes whoever sends mails.
    #[must_use]
    pub fn signal(&self) -> Arc<Notify> {
        Arc::clone(&self.signal)
    }

    /// Wakes whoever mails receipts.
    #[must_use]
    pub fn receipts(&self) -> Arc<Notify> {
        Arc::clone(&self.receipts)
    }

    /// Asks for a mail, whoever has the address. `false` where it had one of the kind just now,
    /// or where no mail can be sent.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn ask(
        &self,
        kind: MailKind,
        email: &str,
        locale: Locale,
        invitation: Option<Uuid>,
    ) -> AuthResult<bool> {
        if !self.can_mail {
            return Ok(false);
        }
        let db = self.db.bind(Scope::System(&ASK_FOR_MAIL));
        let is_owed = outbox::Entity::ask(&db, kind, email, locale, invitation).await?;
        if is_owed {
            self.signal.notify_one();
        }
        Ok(is_owed)
    }

    /// Forgets mails and links that nobody needs any more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn forget(&self) -> AuthResult<()> {
        let db = self.db.bind(Scope::System(&FORGET));
        outbox::Entity::forget(&db).await?;
        Ok(person_proofs::Entity::forget(&db).await?)
    }

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
        let db = self.db.bind(Scope::System(&SEND_MAIL));
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
                    mail.sent(db).await?;
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

    /// `None` where there is nobody to write to: an address that nobody has, an invitation that
    /// is over; or where its like went out just before.
    async fn outgoing(&self, db: &Db, mail: &outbox::Model) -> AuthResult<Option<OutgoingMail>> {
        if mail.is_repeated(db).await? {
            return Ok(None);
        }
        let link = match mail.kind {
            MailKind::MagicLink => self.account_link(db, mail, LinkKind::MagicLink).await?,
            MailKind::Recovery => self.account_link(db, mail, LinkKind::Recovery).await?,
            MailKind::Invite => self.invitation_link(db, mail).await?,
            MailKind::OwnPages | MailKind::Introduction => self.own_pages(db, mail).await?,
            // Whoever reads it signs in as always.
            MailKind::News => Some((format!("{}/news", self.public_url), mail.locale)),
        };
        let outgoing =
            |(url, locale)| OutgoingMail { kind: mail.kind, to: mail.email.clone(), locale, url };
        Ok(link.map(outgoing))
    }

    async fn account_link(
        &self,
        db: &Db,
        mail: &outbox::Model,
        kind: LinkKind,
    ) -> AuthResult<Option<(String, Locale)>> {
        let Some(user) = users::Entity::find_by_email(db, &mail.email).await? else {
            return Ok(None);
        };
        let secret = link_tokens::Entity::issue(db, user.id, kind).await?;
        Ok(Some((Link::ours(kind, &secret).url(&self.public_url), mail.locale)))
    }

    async fn invitation_link(
        &self,
        db: &Db,
        mail: &outbox::Model,
    ) -> AuthResult<Option<(String, Locale)>> {
        let Some(invitation) = mail.invitation_id else { return Ok(None) };
        let renewed = async {
            let invitation = invitations::Model::find(db, invitation).await?;
            invitation.renew_secret(db).await
        };
        match renewed.await {
            Ok(secret) => {
                Ok(Some((Link::ours(LinkKind::Invite, &secret).url(&self.public_url), mail.locale)))
            }
            Err(ModelError::NotFound) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Whoever asks gets a link where somebody is known by the address; an introduction goes to
    /// whom the address was proven by, and to nobody else.
    async fn own_pages(
        &self,
        db: &Db,
        mail: &outbox::Model,
    ) -> AuthResult<Option<(String, Locale)>> {
        let locale = match persons::Entity::at_address(db, &mail.email).await? {
            persons::At::Proven(locale) => locale.unwrap_or(mail.locale),
            persons::At::Somebody if mail.kind == MailKind::OwnPages => mail.locale,
            persons::At::Somebody | persons::At::Nobody => return Ok(None),
        };
        let good_for = match mail.kind {
            MailKind::Introduction => chrono::Duration::days(PROOF_DAYS),
            _ => chrono::Duration::minutes(LINK_MINUTES),
        };
        let secret = person_proofs::Entity::issue(db, &mail.email, good_for).await?;
        Ok(Some((clients::proof_link(&self.public_url, &secret), locale)))
    }
}
