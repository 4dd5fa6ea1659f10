//! A mail as its recipient reads it.

use mail_parser::MessageParser;

#[derive(Debug)]
pub struct ReceivedMail {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
}

impl ReceivedMail {
    pub fn read(message: &str) -> Self {
        let mail = MessageParser::default().parse(message).expect("a mail");
        let to = mail.to().and_then(|to| to.first()?.address().map(str::to_owned));
        Self {
            to: to.expect("a recipient"),
            subject: mail.subject().expect("a subject").to_owned(),
            text: mail.body_text(0).expect("a text").into_owned(),
            html: mail.body_html(0).expect("a page").into_owned(),
        }
    }

    /// The link, without the server's own address.
    pub fn path(&self) -> String {
        let link = self.text.split_whitespace().find(|word| word.contains("token_hash="));
        let link = url::Url::parse(link.expect("a link")).expect("an address");
        format!("{}?{}", link.path(), link.query().expect("a query"))
    }

    /// The link's own secret.
    pub fn secret(&self) -> String {
        let secret = super::query(&self.path()).into_iter().find(|(name, _)| name == "token_hash");
        secret.expect("a secret").1
    }
}
