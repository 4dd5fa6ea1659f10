//! Clients on their own pages: a link that a stringer hands over, and what the browser keeps.

use axum::http::HeaderMap;
use axum_extra::extract::cookie::CookieJar;
use sea_orm::prelude::Uuid;
use sea_orm_tenancy::{Db, Scope};

use super::authenticator::{
    AuthContext, Authenticator, Recognised, SetCookies, Standing, accepted, visit,
};
use super::cookies::Name;
use super::provider::AuthResult;
use crate::i18n::Locale;
use crate::models::ModelResult;
use crate::models::person_claims::{Entity, Offered};
use crate::models::purposes::KNOW_PERSON;
use crate::values::Secret;

/// Where the pages of a client are, which know no stringer.
pub const CLIENTS_OWN: &str = "/mine";

/// The page behind a link that is handed over; its whole address is a secret.
pub const LINK: &str = "/mine/link";

/// The address that is handed over.
#[must_use]
pub fn link(public_url: &str, secret: &Secret) -> String {
    let base = public_url.trim_end_matches('/');
    format!("{base}{LINK}?token_hash={}", secret.reveal())
}

impl Authenticator {
    fn people(&self) -> Db {
        self.db.bind(Scope::System(&KNOW_PERSON))
    }

    /// Which client asks for its own pages: these know no stringer, whoever else is signed in
    /// with the same browser.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn recognise_client(
        &self,
        jar: &CookieJar,
        headers: &HeaderMap,
    ) -> AuthResult<Recognised> {
        let mut set_cookies = SetCookies::new();
        let kept = self.session_cookies.read(jar, Name::Mine);
        let person = match kept.and_then(Secret::parse) {
            Some(secret) => Entity::recognise(&self.people(), &secret).await?,
            None => None,
        };
        let csrf_seed = match &person {
            Some(person) => format!("person:{}", person.session),
            None => visit(jar, &self.session_cookies, &mut set_cookies),
        };
        let accepted = accepted(headers);
        let locale = person.as_ref().and_then(|person| person.locale);
        let context = AuthContext {
            standing: Standing::SignedOut,
            identity: None,
            access: None,
            has_lapsed: false,
            is_provider_away: false,
            csrf: self.csrf_tokens.token(&csrf_seed),
            locale: locale.unwrap_or_else(|| Locale::from_accept_language(&accepted)),
            accept_language: accepted,
            person,
        };
        Ok(Recognised { context, csrf_seed, set_cookies })
    }

    /// A link for a client of a stringer.
    ///
    /// # Errors
    /// When the person is not known to that stringer, or to others as well.
    pub async fn hand_over_to_client(&self, stringer: Uuid, person: Uuid) -> ModelResult<Secret> {
        Entity::hand_over(&self.people(), stringer, person).await
    }

    /// Whom a link is for, as long as it is good.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn offered_to_client(&self, secret: &Secret) -> AuthResult<Option<Offered>> {
        Ok(Entity::offered(&self.people(), secret).await?)
    }

    /// Uses a link up; what the browser keeps from now on, or `None` where it is not good.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn let_client_in(&self, secret: &Secret) -> ModelResult<Option<Secret>> {
        Entity::redeem(&self.people(), secret).await
    }

    /// The browser is not known any more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn let_client_out(&self, session: Uuid) -> AuthResult<()> {
        Ok(Entity::sign_out(&self.people(), session).await?)
    }
}
