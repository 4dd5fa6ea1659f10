//! Links in mails. One opens a page that names the account and whose button posts:
//! mail scanners follow links, and must not use one up.

use crate::values::{LinkKind, Secret, Vocabulary as _};

/// The path of the page behind every link.
pub const PATH: &str = "/link";

/// A link's content.
#[derive(Clone, PartialEq, Eq)]
pub struct Link {
    /// What for.
    pub kind: LinkKind,
    /// The provider's secret. gotrue's is a hash of its own making, so it is not read
    /// as one of ours.
    pub token_hash: String,
    /// The invitation's secret, where it is another one.
    pub invitation: Option<Secret>,
    /// The address that it was sent to, where the provider cannot be asked.
    pub email: Option<String>,
}

/// A secret of either provider is shorter than this.
const LONGEST: usize = 256;

impl Link {
    /// From an address's query or a form's fields; `None` where it cannot be one.
    #[must_use]
    pub fn parse(kind: &str, token_hash: &str, invitation: &str, email: &str) -> Option<Self> {
        let [token_hash, invitation, email] = [token_hash, invitation, email].map(unwrapped);
        let is_token = (1..=LONGEST).contains(&token_hash.len())
            && token_hash.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
        is_token.then_some(Self {
            kind: LinkKind::from_code(kind)?,
            token_hash: token_hash.to_owned(),
            invitation: Secret::parse(invitation),
            email: (!email.is_empty()).then(|| email.to_owned()),
        })
    }

    /// A link of the embedded provider.
    #[must_use]
    pub fn ours(kind: LinkKind, secret: &Secret) -> Self {
        let token_hash = secret.reveal().to_owned();
        Self { kind, token_hash, invitation: None, email: None }
    }

    /// The secret of the invitation that it brings, if it is one. With the embedded
    /// provider one secret is both.
    #[must_use]
    pub fn invitation(&self) -> Option<Secret> {
        let own = || {
            let is_invite = self.kind == LinkKind::Invite;
            is_invite.then(|| Secret::parse(&self.token_hash)).flatten()
        };
        self.invitation.clone().or_else(own)
    }

    /// The address that a mail names.
    #[must_use]
    pub fn url(&self, public_url: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("type", self.kind.code()).append_pair("token_hash", &self.token_hash);
        if let Some(invitation) = &self.invitation {
            query.append_pair("invitation", invitation.reveal());
        }
        if let Some(email) = &self.email {
            query.append_pair("email", email);
        }
        format!("{}{PATH}?{}", public_url.trim_end_matches('/'), query.finish())
    }
}

/// Without what a mail program or a sentence has put around an address.
fn unwrapped(text: &str) -> &str {
    text.trim().trim_end_matches(['.', ',', ';', ':', '!', ')', ']', '}', '>', '"', '\'', '»', '”'])
}

/// Never in a log.
impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Link({}, ..)", self.kind.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_says_what_it_is_for_and_keeps_its_secret() {
        let secret = Secret::generate();
        let link = Link::ours(LinkKind::Invite, &secret);
        let expected = format!("https://book.ch/link?type=invite&token_hash={}", secret.reveal());
        assert_eq!(link.url("https://book.ch/"), expected);
        assert_eq!(link.invitation(), Some(secret.clone()));
        assert!(!format!("{link:?}").contains(secret.reveal()));
        assert_eq!(Link::ours(LinkKind::Recovery, &secret).invitation(), None);
    }

    #[test]
    fn what_cannot_be_a_link_is_none() {
        assert!(Link::parse("magiclink", "pkce_0a-Z", "", "").is_some());
        for (kind, token) in
            [("", "aa"), ("phone", "aa"), ("invite", ""), ("invite", "a b"), ("invite", "<")]
        {
            assert!(Link::parse(kind, token, "", "").is_none(), "{kind} {token}");
        }
        for end in [".", ")", ">.", "]", " ", "\"", ";"] {
            let link = Link::parse("magiclink", &format!("0a{end}"), "", "").expect(end);
            assert_eq!(link.token_hash, "0a");
        }
    }
}
