//! What goes out by mail.

pub mod kept;
pub mod post;
pub mod receipt;

use lettre::Message;
use lettre::message::MultiPart;
use loco_rs::app::AppContext;
use loco_rs::controller::views::ViewRenderer as _;
use loco_rs::mailer::{Email, Mailer};
use loco_rs::{Error, Result};
use serde::Serialize;

use crate::auth::mail_desk::OutgoingMail;
use crate::i18n::Locale;
use crate::models::invitations::LINK_DAYS;
use crate::models::link_tokens::LINK_MINUTES;
use crate::models::person_proofs::PROOF_DAYS;
use crate::settings::Settings;
use crate::values::{MailKind, Vocabulary as _};
use crate::web::Views;

/// Mails with a link.
struct Links;

impl Mailer for Links {}

/// `mails/link.html` and `mails/link.txt`.
#[derive(Serialize)]
struct Content<'l> {
    locale: &'static str,
    /// Which texts: `mail-magiclink-…`.
    kind: &'static str,
    url: &'l str,
    /// How long the link is good for, where it opens something.
    validity: Option<Validity>,
}

#[derive(Serialize)]
struct Validity {
    /// Which unit: `mail-validity-…`.
    unit: &'static str,
    /// So many of it.
    number: i64,
}

/// Sends a mail now. It goes through loco's configured transport; the text is the
/// whole mail, the HTML the same with a button.
///
/// # Errors
/// When there is no mail server, or it does not take the mail.
pub async fn send(ctx: &AppContext, mail: &OutgoingMail) -> Result<()> {
    let views = Views::load()?;
    let validity = match mail.kind {
        MailKind::Invite => Some(("days", LINK_DAYS)),
        MailKind::Introduction => Some(("days", PROOF_DAYS)),
        MailKind::MagicLink | MailKind::Recovery | MailKind::OwnPages => {
            Some(("minutes", LINK_MINUTES))
        }
        MailKind::News => None,
    };
    let content = Content {
        locale: mail.locale.code(),
        kind: mail.kind.code(),
        url: &mail.url,
        validity: validity.map(|(unit, number)| Validity { unit, number }),
    };
    let email = Email {
        from: Some(Settings::from_context(ctx)?.mail_from),
        to: mail.to.clone(),
        subject: subject(mail.kind, mail.locale),
        text: views.render("mails/link.txt", &content)?,
        html: views.render("mails/link.html", &content)?,
        ..Email::default()
    };
    if let Some(kept) = post::kept(ctx) {
        kept.keep(&message(&email).map_err(|error| Error::string(&error.to_string()))?);
        return Ok(());
    }
    Links::deliver_now(ctx, &email).await.map_err(Error::wrap)
}

/// What loco's own stub would have: that shows its mails to tests alone.
fn message(email: &Email) -> std::result::Result<Message, Box<dyn std::error::Error>> {
    let both = MultiPart::alternative_plain_html(email.text.clone(), email.html.clone());
    let from = email.from.as_deref().unwrap_or_default().parse()?;
    let message = Message::builder().from(from).to(email.to.parse()?).subject(&*email.subject);
    Ok(message.multipart(both)?)
}

fn subject(kind: MailKind, locale: Locale) -> String {
    locale.t(&format!("mail-{}-subject", kind.code()))
}
