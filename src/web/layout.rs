//! What every page has around it.

use serde::Serialize;

use crate::auth::authenticator::AuthContext;
use crate::i18n::Locale;
use crate::models::stringers::Member;
use crate::values::Vocabulary as _;

/// Language, name, and the token for forms.
#[derive(Debug, Clone, Serialize)]
pub struct Layout {
    /// Of the texts.
    pub locale: &'static str,
    /// Of the page's `lang` attribute.
    pub lang: &'static str,
    /// The token for forms and htmx; empty where there is nothing to send.
    pub csrf: String,
    /// The signed-in stringer's name.
    pub stringer: Option<String>,
    /// The stringer is an admin.
    pub is_admin: bool,
    /// Somebody is signed in, stringer or not.
    pub is_known: bool,
    /// The path that was asked for, to mark it in the navigation.
    pub path: String,
}

impl Layout {
    /// For a visitor's page.
    #[must_use]
    pub fn new(auth: &AuthContext, path: &str) -> Self {
        let me = auth.member();
        let lang = me.map_or(auth.locale.code(), |me| me.region().tag());
        Self {
            locale: auth.locale.code(),
            lang,
            csrf: auth.csrf.clone(),
            stringer: me.map(|me| me.display_name.clone()),
            is_admin: me.is_some_and(Member::is_admin),
            is_known: auth.identity.is_some(),
            path: path.to_owned(),
        }
    }

    /// For a page that knows nobody.
    #[must_use]
    pub fn bare(locale: Locale, path: &str) -> Self {
        Self {
            locale: locale.code(),
            lang: locale.code(),
            csrf: String::new(),
            stringer: None,
            is_admin: false,
            is_known: false,
            path: path.to_owned(),
        }
    }
}
