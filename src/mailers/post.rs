//! The mail server, as far as a receipt's mail needs to know what became of it: whether it stands
//! in its way, never came to it, or was given into its hands. loco's own sender and lettre's
//! transport tell one error for all of that, so the steps are lettre's and their order is here.

use std::time::Duration;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use lettre::{Address, Message};
use loco_rs::app::AppContext;
use loco_rs::config::{MailerTls, SmtpMailer};

use super::kept::KeptMails;
use crate::models::receipt_mails::Answer;

const NO_ANSWER: &str = "the mail server does not answer";

/// Where mails go.
pub enum Server<'c> {
    /// To a mail server.
    There(&'c SmtpMailer),
    /// Nowhere: they are kept in this process, to be looked at while developing.
    Kept(KeptMails),
}

/// Where the configuration has mails go; `None` where it says nothing of it.
#[must_use]
pub fn server(ctx: &AppContext) -> Option<Server<'_>> {
    let there = || ctx.config.mailer.as_ref()?.smtp.as_ref().filter(|smtp| smtp.enable);
    kept(ctx).map(Server::Kept).or_else(|| there().map(Server::There))
}

/// What is kept in place of sending it, where that is wished for.
#[must_use]
pub fn kept(ctx: &AppContext) -> Option<KeptMails> {
    ctx.shared_store.get()
}

/// Where a mail is handed over.
pub enum Post {
    /// A mail server that has greeted, and let us in.
    Open(Box<Talk>),
    /// No server.
    Kept(KeptMails),
}

/// A talk with a mail server.
pub struct Talk {
    connection: AsyncSmtpConnection,
    /// Nobody waits longer for it to greet, nor for it to hear whom a mail is for; three times as
    /// long for it to take a mail.
    patience: Duration,
}

impl Post {
    /// Goes there; nothing is sent.
    ///
    /// # Errors
    /// With what it says, or that it says nothing.
    pub async fn open(server: Server<'_>, patience: Duration) -> Result<Self, String> {
        let server = match server {
            Server::There(server) => server,
            Server::Kept(kept) => return Ok(Self::Kept(kept)),
        };
        match tokio::time::timeout(patience, greet(server, patience)).await {
            Ok(Ok(connection)) => Ok(Self::Open(Box::new(Talk { connection, patience }))),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err(NO_ANSWER.to_owned()),
        }
    }

    /// Hands a message over, and goes. The other mails may wait where it does not answer, or
    /// takes nothing from us at all.
    pub async fn hand_over(self, message: &Message) -> (Answer, bool) {
        match self {
            Self::Open(talk) => talk.hand_over(message).await,
            Self::Kept(kept) => {
                kept.keep(message);
                (Answer::Taken, false)
            }
        }
    }

    /// Says goodbye; whatever is said to that, a mail is where it is.
    pub async fn leave(self) {
        if let Self::Open(talk) = self {
            talk.leave().await;
        }
    }
}

impl Talk {
    async fn hand_over(mut self, message: &Message) -> (Answer, bool) {
        let said = match tokio::time::timeout(self.patience, self.announce(message)).await {
            Ok(Ok(())) => self.give(&message.formatted()).await,
            Ok(Err(refused)) => refused,
            Err(_) => Said { answer: Answer::NotNow(NO_ANSWER.to_owned()), is_of_us: true },
        };
        self.leave().await;
        (said.answer, said.is_of_us)
    }

    async fn leave(mut self) {
        let _ended = tokio::time::timeout(Duration::from_secs(1), self.connection.abort()).await;
    }

    /// Says whom it is from and for. Until here nothing was sent, whatever goes wrong.
    async fn announce(&mut self, message: &Message) -> Result<(), Said> {
        let envelope = message.envelope();
        let mut options = Vec::new();
        let is_ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
        if !envelope.to().iter().all(is_ascii) {
            if !self.connection.server_info().supports_feature(Extension::SmtpUtfEight) {
                let said = "the mail server takes no such letters in an address".to_owned();
                return Err(Said { answer: Answer::Never(said), is_of_us: false });
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        let from = Mail::new(envelope.from().cloned(), options);
        self.connection.command(from).await.map_err(of_us)?;
        for to in envelope.to() {
            let said = self.connection.command(Rcpt::new(to.clone(), Vec::new())).await;
            said.map_err(|error| of_recipient(&error))?;
        }
        self.connection.command(Data).await.map(drop).map_err(of_us)
    }

    /// Gives the mail itself: what is no reply to it tells nothing, for it may have been taken.
    async fn give(&mut self, message: &[u8]) -> Said {
        match tokio::time::timeout(self.patience * 3, self.connection.message(message)).await {
            Ok(Ok(_)) => Said { answer: Answer::Taken, is_of_us: false },
            Ok(Err(error)) if error.status().is_some() => of_mail(&error),
            Ok(Err(error)) => Said { answer: Answer::Nothing(error.to_string()), is_of_us: true },
            Err(_) => Said { answer: Answer::Nothing(NO_ANSWER.to_owned()), is_of_us: true },
        }
    }
}

/// What was said to a mail.
struct Said {
    answer: Answer,
    /// It is about us, or nothing was said: the other mails may wait.
    is_of_us: bool,
}

/// Replies that no such mailbox is there (RFC 5321, 4.2.3): not available, not here, no such name.
const NO_MAILBOX: [u16; 3] = [550, 551, 553];

/// Enhanced codes of a recipient that is none (RFC 3463, 3.2; RFC 7505): `5.1.0`, `5.1.7` and
/// `5.1.8` may as well be about the sender.
const NO_RECIPIENT: [&str; 6] = ["5.1.1", "5.1.2", "5.1.3", "5.1.4", "5.1.6", "5.1.10"];

/// What is about whoever sends: its address, its quota, and whether it may (RFC 3463, 3.2, 3.5 and
/// 3.8).
const OF_US: [&str; 5] = ["5.1.0", "5.1.7", "5.1.8", "5.4.5", "5.7."];

/// The enhanced code of a reply (RFC 2034), with which its text begins.
fn enhanced(error: &Error) -> Option<String> {
    let text = std::error::Error::source(error)?.to_string();
    let word = text.split_whitespace().next()?;
    word.starts_with("5.").then(|| word.to_owned())
}

/// Whoever does not take us as a sender takes no other mail of ours, and may tomorrow.
fn of_us(error: Error) -> Said {
    Said { answer: Answer::NotNow(error.to_string()), is_of_us: true }
}

fn is_of_us(code: Option<&str>, error: &Error) -> bool {
    let is_unknown = error.status().is_some_and(|status| u16::from(status) == 530);
    is_unknown || code.is_some_and(|code| OF_US.iter().any(|of_us| code.starts_with(of_us)))
}

/// A mail that is not with the server, for whatever reason it gives.
fn of_mail(error: &Error) -> Said {
    let (code, said) = (enhanced(error), error.to_string());
    let is_of_us = error.is_permanent() && is_of_us(code.as_deref(), error);
    let is_final = error.is_permanent() && !is_of_us;
    Said { answer: if is_final { Answer::Never(said) } else { Answer::NotNow(said) }, is_of_us }
}

/// A reply without an enhanced code is about the recipient whom it was said to.
fn of_recipient(error: &Error) -> Said {
    let code = enhanced(error);
    let is_none = code.is_none_or(|code| NO_RECIPIENT.contains(&code.as_str()));
    let is_no_mailbox = error.status().is_some_and(|code| NO_MAILBOX.contains(&u16::from(code)));
    if is_none && is_no_mailbox {
        return Said { answer: Answer::NoSuchAddress(error.to_string()), is_of_us: false };
    }
    of_mail(error)
}

async fn greet(server: &SmtpMailer, patience: Duration) -> Result<AsyncSmtpConnection, Error> {
    let hello = server.hello_name.clone().map_or_else(ClientId::default, ClientId::Domain);
    let tls = || TlsParameters::new(server.host.clone());
    let mode = server.tls_mode();
    let wrapped = matches!(mode, MailerTls::Implicit).then(tls).transpose()?;
    let address = (server.host.as_str(), server.port);
    let mut connection =
        AsyncSmtpConnection::connect_tokio1(address, Some(patience), &hello, wrapped, None).await?;
    if matches!(mode, MailerTls::Starttls) {
        connection.starttls(tls()?, &hello).await?;
    }
    if let Some(auth) = &server.auth {
        let who = Credentials::new(auth.user.clone(), auth.password.clone());
        connection.auth(&[Mechanism::Plain, Mechanism::Login], &who).await?;
    }
    Ok(connection)
}
