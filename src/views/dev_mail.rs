//! Mails that were kept in place of sending them.

use std::borrow::Cow;

use mail_parser::{Message, MessageParser, MimeHeaders as _};
use serde::Serialize;

/// The page that a mail brings, by this name.
const PAGE: &str = "page.html";

/// `dev/mail.html`.
#[derive(Debug, Serialize)]
pub struct Index {
    /// The latest first.
    pub mails: Vec<Mail>,
}

/// A mail, as its recipient would have it.
#[derive(Debug, Serialize)]
pub struct Mail {
    /// Counted from 0 since the start.
    pub nth: usize,
    from: String,
    to: String,
    subject: String,
    text: String,
    /// The names of its files.
    files: Vec<String>,
}

impl Mail {
    /// Reads what was written to be sent; `None` where it is no mail.
    #[must_use]
    pub fn read(nth: usize, message: &[u8]) -> Option<Self> {
        let mail = MessageParser::default().parse(message)?;
        let address = |of: Option<&mail_parser::Address<'_>>| {
            of.and_then(|of| of.first()?.address()).unwrap_or_default().to_owned()
        };
        Some(Self {
            nth,
            from: address(mail.from()),
            to: address(mail.to()),
            subject: mail.subject().unwrap_or_default().to_owned(),
            text: mail.body_text(0).unwrap_or_default().into_owned(),
            files: files(&mail).map(|(name, _)| name).collect(),
        })
    }
}

/// A file of a mail, by its name.
#[must_use]
pub fn file(message: &[u8], name: &str) -> Option<Vec<u8>> {
    let mail = MessageParser::default().parse(message)?;
    let file = files(&mail).find(|(known, _)| known == name);
    file.map(|(_, bytes)| bytes.into_owned())
}

/// The page that it brings, and what is attached.
fn files<'m>(mail: &'m Message<'_>) -> impl Iterator<Item = (String, Cow<'m, [u8]>)> {
    let page =
        mail.body_html(0).map(|html| (PAGE.to_owned(), html.into_owned().into_bytes().into()));
    let attached = mail.attachments().enumerate().map(|(nth, part)| {
        let name = part.attachment_name().map_or_else(|| format!("part-{nth}"), str::to_owned);
        (name, part.contents().into())
    });
    page.into_iter().chain(attached)
}
