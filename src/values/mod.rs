//! Plain values that everybody may know. They know nobody.

pub mod blanks;
mod email;
mod fault;
mod identity;
pub mod label;
mod link_kind;
mod mail_kind;
mod secret;
pub mod typed;
mod vocabulary;

pub use email::{address, normalise_email};
pub use fault::Fault;
pub use identity::Identity;
pub use link_kind::LinkKind;
pub use mail_kind::MailKind;
pub use secret::Secret;
pub use vocabulary::Vocabulary;
pub(crate) use vocabulary::stored_words;

/// The years that a date in a book may have: V1 begins in 2019, and what is far from it is
/// a slip of the finger, or further than a database's own calendar goes.
pub const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;
