//! Mails that were kept in place of sending them.

use mail_parser::{MessageParser, MimeHeaders as _};
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
    #[serde(skip)]
    parts: Vec<Vec<u8>>,
}

impl Mail {
    /// Reads what was written to be sent; `None` where it is no mail.
    #[must_use]
    pub fn read(nth: usize, message: &[u8]) -> Option<Self> {
        let mail = MessageParser::default().parse(message)?;
        let address = |of: Option<&mail_parser::Address<'_>>| {
            of.and_then(|of| of.first()?.address()).unwrap_or_default().to_owned()
        };
        let page = mail.body_html(0).map(|html| (PAGE.to_owned(), html.into_owned().into_bytes()));
        let attached = mail.attachments().enumerate().map(|(nth, part)| {
            let name = part.attachment_name().map_or_else(|| format!("part-{nth}"), str::to_owned);
            (name, part.contents().to_vec())
        });
        let (files, parts) = page.into_iter().chain(attached).unzip();
        Some(Self {
            nth,
            from: address(mail.from()),
            to: address(mail.to()),
            subject: mail.subject().unwrap_or_default().to_owned(),
            text: mail.body_text(0).unwrap_or_default().into_owned(),
            files,
            parts,
        })
    }

    /// A part by its name.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<Vec<u8>> {
        let at = self.files.iter().position(|file| file == name)?;
        self.parts.get(at).cloned()
    }
}
