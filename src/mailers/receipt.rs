//! A receipt to its client: text, page and PDF. loco's mailer takes no attachments, so the message
//! is lettre's own, and [`super::post`] brings it to the mail server.

use lettre::Message;
use lettre::message::header::ContentType;
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use loco_rs::controller::views::ViewRenderer as _;
use loco_rs::{Error, Result};
use serde::Serialize;
use uuid::Uuid;

use crate::models::receipt_mails::Recipient;
use crate::receipts::Snapshot;
use crate::values::Vocabulary as _;
use crate::values::typed;
use crate::web::Views;

/// What is mailed, and to whom.
pub struct ReceiptMail<'m> {
    /// The mail's own key: the same in each try, so that a reader knows a second copy.
    pub id: Uuid,
    /// Our address, as `racket-book <book@example.ch>`.
    pub from: &'m str,
    /// Whom the client answers to.
    pub reply_to: &'m str,
    /// The client.
    pub to: &'m Recipient,
    /// What the receipt says.
    pub snapshot: &'m Snapshot,
    /// The name of the file.
    pub file_name: String,
    /// The file.
    pub pdf: Vec<u8>,
}

/// `mails/receipt.html` and `mails/receipt.txt`.
#[derive(Serialize)]
struct Content<'s> {
    locale: &'static str,
    name: &'s str,
    receipt: &'s Snapshot,
}

impl ReceiptMail<'_> {
    /// The message. Names stand in its headers as one line, and as lettre encodes them, so no line
    /// break, comma or quote in one ends a header.
    ///
    /// # Errors
    /// Where an address cannot be written to, or a template fails.
    pub fn message(&self) -> Result<Message> {
        let ours: Mailbox = self.from.parse().map_err(Error::wrap)?;
        let at = ours.email.domain().to_owned();
        let workshop = Some(typed::line(&self.snapshot.stringer));
        let sender = Mailbox::new(workshop.clone(), ours.email);
        let (name, to) =
            (typed::line(&self.to.name), self.to.address.parse().map_err(Error::wrap)?);
        let mut message = Message::builder()
            .from(sender)
            .to(Mailbox::new(Some(name.clone()), to))
            .subject(subject(self.snapshot))
            .message_id(Some(format!("<{}@{at}>", self.id)));
        // A stringer whose address is none still has its receipts mailed.
        if let Ok(reply_to) = self.reply_to.parse() {
            message = message.reply_to(Mailbox::new(workshop, reply_to));
        }
        let views = Views::load()?;
        let content =
            Content { locale: self.snapshot.locale.code(), name: &name, receipt: self.snapshot };
        let text = views.render("mails/receipt.txt", &content)?;
        let page = views.render("mails/receipt.html", &content)?;
        let pdf = ContentType::parse("application/pdf").map_err(Error::wrap)?;
        let file = Attachment::new(self.file_name.clone()).body(self.pdf.clone(), pdf);
        let parts = MultiPart::mixed()
            .multipart(
                MultiPart::alternative()
                    .singlepart(SinglePart::plain(text))
                    .singlepart(SinglePart::html(page)),
            )
            .singlepart(file);
        message.multipart(parts).map_err(Error::wrap)
    }
}

/// `Receipt 2026-0001 · Wilson Blade 98`.
fn subject(receipt: &Snapshot) -> String {
    typed::line(&format!("{} {} · {}", receipt.title, receipt.number, receipt.racket))
}
