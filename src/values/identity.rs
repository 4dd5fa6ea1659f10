//! Who somebody is at the identity provider.

use uuid::Uuid;

/// Who a good token says it is. Of its claims only the subject decides who somebody is:
/// an address can be anybody's claim, a role is a column of ours, and `user_metadata` is
/// written by the user and not even read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Bound to a stringer's `subject`.
    pub subject: String,
    /// The address at the provider, to be shown and to be compared with an invitation's.
    pub email: String,
    /// The session that the token belongs to.
    pub session: Uuid,
    /// Signed in by a link from a mail a quarter of an hour ago at the most: whoever forgot the
    /// password, or has none yet, sets one without telling the old one.
    pub came_by_link: bool,
}
