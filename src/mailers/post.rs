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

use crate::models::receipt_mails::Answer;

const NO_ANSWER: &str = "the mail server does not answer";

/// The mail server of the configuration; `None` without one.
#[must_use]
pub fn server(ctx: &AppContext) -> Option<&SmtpMailer> {
    ctx.config.mailer.as_ref()?.smtp.as_ref().filter(|smtp| smtp.enable)
}

/// A mail server that has greeted, and let us in.
pub struct Post {
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
    pub async fn open(server: &SmtpMailer, patience: Duration) -> Result<Self, String> {
        match tokio::time::timeout(patience, greet(server, patience)).await {
            Ok(Ok(connection)) => Ok(Self { connection, patience }),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err(NO_ANSWER.to_owned()),
        }
    }

    /// Hands a message over, and goes.
    pub async fn hand_over(mut self, message: &Message) -> Answer {
        let answer = match tokio::time::timeout(self.patience, self.announce(message)).await {
            Ok(Ok(())) => self.give(&message.formatted()).await,
            Ok(Err(refused)) => refused,
            Err(_) => Answer::NotNow(NO_ANSWER.to_owned()),
        };
        // Whatever it says to that, the mail is where it is.
        let _ended = tokio::time::timeout(Duration::from_secs(1), self.connection.abort()).await;
        answer
    }

    /// Says whom it is from and for. Until here nothing was sent, whatever goes wrong.
    async fn announce(&mut self, message: &Message) -> Result<(), Answer> {
        let envelope = message.envelope();
        let mut options = Vec::new();
        let is_ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
        if !envelope.to().iter().all(is_ascii) {
            if !self.connection.server_info().supports_feature(Extension::SmtpUtfEight) {
                return Err(Answer::NoSuchAddress("the mail server takes no such letters".into()));
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        let from = Mail::new(envelope.from().cloned(), options);
        self.connection.command(from).await.map_err(|error| unsent(&error))?;
        for to in envelope.to() {
            self.connection.command(Rcpt::new(to.clone(), Vec::new())).await.map_err(|error| {
                if error.is_permanent() {
                    Answer::NoSuchAddress(error.to_string())
                } else {
                    unsent(&error)
                }
            })?;
        }
        self.connection.command(Data).await.map(drop).map_err(|error| unsent(&error))
    }

    /// Gives the mail itself: what is no reply to it tells nothing, for it may have been taken.
    async fn give(&mut self, message: &[u8]) -> Answer {
        match tokio::time::timeout(self.patience * 3, self.connection.message(message)).await {
            Ok(Ok(_)) => Answer::Taken,
            Ok(Err(error)) if error.status().is_some() => unsent(&error),
            Ok(Err(error)) => Answer::Nothing(error.to_string()),
            Err(_) => Answer::Nothing(NO_ANSWER.to_owned()),
        }
    }
}

/// The mail is not with the server.
fn unsent(error: &Error) -> Answer {
    let said = error.to_string();
    if error.is_permanent() { Answer::Never(said) } else { Answer::NotNow(said) }
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
