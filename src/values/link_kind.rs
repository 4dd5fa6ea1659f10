//! Kinds of links that are mailed.

use crate::values::stored_words;

stored_words! {
    "lowercase";

    /// What a link is for, as gotrue calls it. Its clients call a magic link `email` as well, and
    /// gotrue sends `signup` to an address that it has not seen confirmed yet; both are read.
    pub enum LinkKind {
        /// Signs in.
        #[strum(to_string = "magiclink", serialize = "email", serialize = "signup")]
        MagicLink,
        /// Signs in and asks for a new password.
        Recovery,
        /// Makes the account of somebody who was invited good.
        Invite,
    }
}
