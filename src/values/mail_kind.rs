//! Kinds of mails with a link.

use super::LinkKind;
use crate::values::stored_words;

stored_words! {
    "snake_case";

    /// What a mail with a link is for.
    pub enum MailKind {
        /// Signs a stringer in.
        #[strum(to_string = "magiclink")]
        #[sea_orm(string_value = "magiclink")]
        #[serde(rename = "magiclink")]
        MagicLink,
        /// Signs a stringer in and asks for a new password.
        Recovery,
        /// Makes the account of somebody who was invited good.
        Invite,
        /// Opens a client's own pages, for whoever has the address.
        OwnPages,
        /// The same, since another workshop has entered the address.
        Introduction,
        /// Tells a stringer that there is news; its link opens nothing.
        News,
    }
}

impl From<LinkKind> for MailKind {
    fn from(kind: LinkKind) -> Self {
        match kind {
            LinkKind::MagicLink => Self::MagicLink,
            LinkKind::Recovery => Self::Recovery,
            LinkKind::Invite => Self::Invite,
        }
    }
}
