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

    /// Hands a message over, and goes. The other mails may wait where it does not answer, or
    /// takes nothing from us at all.
    pub async fn hand_over(mut self, message: &Message) -> (Answer, bool) {
        let answer = match tokio::time::timeout(self.patience, self.announce(message)).await {
            Ok(Ok(())) => self.give(&message.formatted()).await,
            Ok(Err(Refused { answer, is_of_us })) => return (answer, is_of_us),
            Err(_) => return (Answer::NotNow(NO_ANSWER.to_owned()), true),
        };
        // Whatever it says to that, the mail is where it is.
        let _ended = tokio::time::timeout(Duration::from_secs(1), self.connection.abort()).await;
        let is_silent = matches!(answer, Answer::Nothing(_));
        (answer, is_silent)
    }

    /// Says whom it is from and for. Until here nothing was sent, whatever goes wrong.
    async fn announce(&mut self, message: &Message) -> Result<(), Refused> {
        let envelope = message.envelope();
        let mut options = Vec::new();
        let is_ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
        if !envelope.to().iter().all(is_ascii) {
            if !self.connection.server_info().supports_feature(Extension::SmtpUtfEight) {
                let said = "the mail server takes no such letters in an address".to_owned();
                return Err(Refused { answer: Answer::Never(said), is_of_us: false });
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        let from = Mail::new(envelope.from().cloned(), options);
        // Whoever does not take us as a sender takes no other mail of ours, and may tomorrow.
        let of_us =
            |error: Error| Refused { answer: Answer::NotNow(error.to_string()), is_of_us: true };
        self.connection.command(from).await.map_err(of_us)?;
        for to in envelope.to() {
            let said = self.connection.command(Rcpt::new(to.clone(), Vec::new())).await;
            said.map_err(|error| Refused { answer: of_address(&error), is_of_us: false })?;
        }
        self.connection.command(Data).await.map(drop).map_err(of_us)
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

/// Why a mail was not even begun.
struct Refused {
    answer: Answer,
    /// It is about us, and not about this mail.
    is_of_us: bool,
}

/// Replies that no such mailbox is there (RFC 5321, 4.2.3): not available, not here, no such name.
const NO_MAILBOX: [u16; 3] = [550, 551, 553];

/// What is said to a recipient is about its address only where the enhanced code says so
/// (RFC 3463: `5.1.x`), or there is none: the same replies tell of relaying and of quotas.
fn of_address(error: &Error) -> Answer {
    let code = error.status().map(u16::from);
    let said = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    let enhanced = said.split_whitespace().next().filter(|word| word.starts_with("5."));
    let is_of_address = enhanced.is_none_or(|enhanced| enhanced.starts_with("5.1."));
    match code {
        Some(code) if NO_MAILBOX.contains(&code) && is_of_address => {
            Answer::NoSuchAddress(error.to_string())
        }
        _ => unsent(error),
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
