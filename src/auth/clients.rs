//! Clients on their own pages: a link that a stringer hands over or that is mailed to an address,
//! and what the browser keeps.

use std::sync::Arc;

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
use crate::models::person_claims::{Entity, KnownPerson, Offered};
use crate::models::persons::Candidate;
use crate::models::purposes::{KNOW_PERSON, PROVE_PERSON};
use crate::models::{ModelError, ModelResult, person_answers, person_proofs};
use crate::values::{MailKind, Secret};

/// Where the pages of a client are, which know no stringer.
pub const CLIENTS_OWN: &str = "/mine";

/// The page behind a link that is handed over; its whole address is a secret.
pub const LINK: &str = "/mine/link";

/// The page behind a link that is mailed; the same.
pub const PROOF: &str = "/mine/proof";

/// The address that is handed over.
#[must_use]
pub fn link(public_url: &str, secret: &Secret) -> String {
    address(public_url, LINK, secret)
}

/// The address that is mailed.
#[must_use]
pub fn proof_link(public_url: &str, secret: &Secret) -> String {
    address(public_url, PROOF, secret)
}

fn address(public_url: &str, page: &str, secret: &Secret) -> String {
    format!("{}{page}?token_hash={}", public_url.trim_end_matches('/'), secret.reveal())
}

impl Authenticator {
    fn people(&self) -> Db {
        self.db.bind(Scope::System(&KNOW_PERSON))
    }

    fn proofs(&self) -> Db {
        self.db.bind(Scope::System(&PROVE_PERSON))
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

    /// Mails a link to the own pages, where somebody is known by the address; the asking is the
    /// same for each.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn mail_own_pages(&self, email: &str, locale: Locale) -> AuthResult<()> {
        self.mails.ask(MailKind::OwnPages, email, locale, None).await.map(drop)
    }

    /// A workshop has entered an address: whoever has proven it is told, and says whether it is
    /// the same human being. The workshop learns nothing of it, and it is asked beside the answer.
    pub fn introduce(&self, email: String, locale: Locale) {
        let mails = Arc::clone(&self.mails);
        tokio::spawn(async move {
            if let Err(error) = mails.ask(MailKind::Introduction, &email, locale, None).await {
                // It is asked on the own pages as well.
                tracing::warn!(%error, "nobody is told that a workshop has entered an address");
            }
        });
    }

    /// Whom a mailed link is for, as long as it is good.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn offered_at_address(
        &self,
        secret: &Secret,
    ) -> AuthResult<Option<person_proofs::Offered>> {
        Ok(person_proofs::Entity::offered(&self.proofs(), secret).await?)
    }

    /// Uses a mailed link up, for one of those whom it is for; what the browser keeps from now
    /// on, or `None` where it is not good.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn let_in_at_address(
        &self,
        secret: &Secret,
        person: Uuid,
    ) -> ModelResult<Option<Secret>> {
        person_proofs::Entity::redeem(&self.proofs(), secret, person).await
    }

    /// Others that workshops know by the address that a client has proven, of whom it has not
    /// said yet whether they are itself.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn others_like(&self, me: &KnownPerson) -> AuthResult<Vec<Candidate>> {
        match &me.address {
            Some(address) => {
                Ok(person_answers::Entity::unanswered(&self.proofs(), me.id, address).await?)
            }
            None => Ok(Vec::new()),
        }
    }

    /// A client's word for one of them.
    ///
    /// # Errors
    /// When there is no such one to speak of.
    pub async fn answer_about(
        &self,
        me: &KnownPerson,
        other: Uuid,
        is_same: bool,
    ) -> ModelResult<()> {
        let address = me.address.as_deref().ok_or(ModelError::NotFound)?;
        person_answers::Entity::answer(&self.proofs(), me.id, address, other, is_same).await
    }

    /// Nothing that a client keeps opens anything any more, nor names an address.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn forget_client(&self, person: Uuid) -> AuthResult<()> {
        Ok(Entity::forget_all(&self.people(), person).await?)
    }

    /// The browser is not known any more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn let_client_out(&self, session: Uuid) -> AuthResult<()> {
        Ok(Entity::sign_out(&self.people(), session).await?)
    }
}
