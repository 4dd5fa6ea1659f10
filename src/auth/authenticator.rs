//! Who is asking, from a request's cookies to its standing here.

use std::net::IpAddr;
use std::sync::Arc;

use axum::http::{HeaderMap, header};
use axum_extra::extract::cookie::{Cookie, CookieJar};
use rand::Rng;
use sea_orm_tenancy::{Db, Scope, TenantId};

use super::cookies::{Name, SessionCookies};
use super::csrf::CsrfTokens;
use super::embedded::Embedded;
use super::mail_desk::MailDesk;
use super::provider::{AuthError, AuthResult, Provider};
use super::throttle::{RateLimit, Throttle};
use crate::i18n::Locale;
use crate::models::invitations;
use crate::models::person_claims::KnownPerson;
use crate::models::purposes::{FIND_STRINGER, INVITE, RECOGNISE};
use crate::models::stringers::Member;
use crate::values::Identity;

/// What it takes to know who is asking.
#[derive(Clone)]
pub struct Authenticator {
    /// The process's unbound handle.
    pub db: Arc<Db>,
    /// Who knows the identities.
    pub provider: Arc<dyn Provider>,
    /// The same, where it is the embedded one.
    pub embedded: Option<Arc<Embedded>>,
    /// Where mails with a link are asked for.
    pub mails: Arc<MailDesk>,
    /// Makes CSRF tokens.
    pub csrf_tokens: CsrfTokens,
    /// Makes cookies.
    pub session_cookies: SessionCookies,
    /// Slows guessing down.
    pub throttle: Arc<Throttle>,
}

/// What somebody is to this racket-book.
#[derive(Debug, Clone)]
pub enum Standing {
    /// Not signed in.
    SignedOut,
    /// A stringer.
    Member(Box<Member>),
    /// Invited, and the first page is still to be filled in.
    Invited(Box<invitations::Model>),
    /// A good sign-in that nobody has invited.
    Stranger,
    /// A stringer who was deactivated.
    Deactivated,
}

/// Who is asking, as far as the cookies tell.
#[derive(Debug, Clone)]
pub struct AuthContext {
    /// What it is here.
    pub standing: Standing,
    /// Who it is at the provider.
    pub identity: Option<Identity>,
    /// The token that says so, for what the provider is asked on its behalf.
    pub access: Option<Access>,
    /// There was a sign-in, and it is over.
    pub has_lapsed: bool,
    /// The provider that would have to be asked does not answer.
    pub is_provider_away: bool,
    /// The token for forms.
    pub csrf: String,
    /// The stringer's language, or the browser's.
    pub locale: Locale,
    /// As the browser says it.
    pub accept_language: String,
    /// The client whose own pages are asked for.
    pub person: Option<KnownPerson>,
}

/// An access token that was found good.
#[derive(Clone)]
pub struct Access(String);

impl Access {
    /// For the provider alone.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// Never in a log.
impl std::fmt::Debug for Access {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Access(..)")
    }
}

/// Who is behind a good token.
struct Known {
    identity: Identity,
    access: Access,
    standing: Standing,
}

impl Standing {
    fn of(member: Member) -> Self {
        if member.is_active() { Self::Member(Box::new(member)) } else { Self::Deactivated }
    }

    /// The language that a stringer has chosen.
    fn locale(&self) -> Option<Locale> {
        match self {
            Self::Member(member) => Some(member.locale()),
            Self::SignedOut | Self::Invited(_) | Self::Stranger | Self::Deactivated => None,
        }
    }
}

impl AuthContext {
    /// The signed-in stringer.
    #[must_use]
    pub fn member(&self) -> Option<&Member> {
        match &self.standing {
            Standing::Member(member) => Some(member),
            _ => None,
        }
    }
}

/// Cookies that the answer must set.
pub type SetCookies = Vec<Cookie<'static>>;

/// What a request's cookies told, and what follows from it.
pub struct Recognised {
    /// Who is asking.
    pub context: AuthContext,
    /// What the form's tokens are made of: the session, or the visit.
    pub csrf_seed: String,
    /// Cookies that the answer must set.
    pub set_cookies: SetCookies,
}

impl Authenticator {
    /// Who is asking; a session that has to be renewed is.
    ///
    /// # Errors
    /// When the database does not answer, or too many sessions are renewed from there. A
    /// provider that does not answer is no error: nobody is signed in then.
    pub async fn recognise(
        &self,
        jar: &CookieJar,
        headers: &HeaderMap,
        address: IpAddr,
    ) -> AuthResult<Recognised> {
        let mut set_cookies = SetCookies::new();
        let (known, is_provider_away) = match self.known(jar, address, &mut set_cookies).await {
            Ok(known) => (known, false),
            Err(AuthError::Unavailable(fault)) => {
                tracing::warn!(error = fault.as_ref(), "the identity provider is not available");
                (None, true)
            }
            Err(error) => return Err(error),
        };
        let (identity, access, standing) = match known {
            Some(Known { identity, access, standing }) => (Some(identity), Some(access), standing),
            None => (None, None, Standing::SignedOut),
        };
        let csrf_seed = match &identity {
            Some(identity) => session_seed(identity),
            None => visit(jar, &self.session_cookies, &mut set_cookies),
        };
        let accepted = accepted(headers);
        let had_one = self.session_cookies.read(jar, Name::Access).is_some();
        let context = AuthContext {
            locale: standing.locale().unwrap_or_else(|| Locale::from_accept_language(&accepted)),
            standing,
            has_lapsed: identity.is_none() && had_one && !is_provider_away,
            is_provider_away,
            csrf: self.csrf_tokens.token(&csrf_seed),
            accept_language: accepted,
            identity,
            access,
            person: None,
        };
        Ok(Recognised { context, csrf_seed, set_cookies })
    }

    /// Who shows the access token, or the next one.
    async fn known(
        &self,
        jar: &CookieJar,
        address: IpAddr,
        set_cookies: &mut SetCookies,
    ) -> AuthResult<Option<Known>> {
        if let Some(access) = self.session_cookies.read(jar, Name::Access)
            && let Some(identity) = self.provider.identify(access).await?
        {
            let standing = match self.standing_at_once(&identity).await? {
                Some(standing) => standing,
                None if self.provider.is_session_active(&identity).await? => {
                    self.standing(&identity).await?
                }
                None => return Ok(None),
            };
            let access = Access(access.to_owned());
            return Ok(Some(Known { identity, access, standing }));
        }
        let Some(refresh) = self.session_cookies.read(jar, Name::Refresh) else { return Ok(None) };
        // Whoever shows invented ones costs the provider something each time.
        self.throttle.ask(address, RateLimit::Renewal)?;
        match self.provider.renew(refresh).await {
            Ok(tokens) => {
                set_cookies.extend(self.session_cookies.renewed(&tokens));
                let standing = self.standing(&tokens.identity).await?;
                let (identity, access) = (tokens.identity, Access(tokens.access));
                Ok(Some(Known { identity, access, standing }))
            }
            Err(AuthError::SessionOver | AuthError::Replayed) => {
                // The ended access token opens nothing, and tells whose a form is that comes yet.
                set_cookies.push(self.session_cookies.lapsed());
                Ok(None)
            }
            Err(AuthError::TooMany(_)) => {
                Err(AuthError::Unavailable("too many renewals at once".into()))
            }
            Err(error) => Err(error),
        }
    }

    /// Whose an ended sign-in was, which opens nothing; a provider that is away does not tell.
    pub async fn lapsed(&self, jar: &CookieJar) -> Option<Identity> {
        let access = self.session_cookies.read(jar, Name::Access)?;
        self.provider.identify_ended(access).await.unwrap_or_default()
    }

    /// A handle for what was typed by somebody whose sign-in ended meanwhile.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn db_of(&self, lapsed: &Identity) -> AuthResult<Option<Db>> {
        let db = self.db.bind(Scope::System(&FIND_STRINGER));
        let member = Member::find_by_subject(&db, &lapsed.subject).await?;
        let active = member.filter(Member::is_active);
        Ok(active.map(|member| self.db.bind(Scope::Tenant(TenantId::from(member.id)))))
    }

    /// The stringer of a token whose sign-in goes on, in the one statement that each request
    /// needs; `None` where it takes more to tell.
    async fn standing_at_once(&self, identity: &Identity) -> AuthResult<Option<Standing>> {
        let db = self.db.bind(Scope::System(&RECOGNISE));
        let member = match &self.embedded {
            Some(_) => Member::recognise(&db, &identity.subject, identity.session).await?,
            // Another provider keeps its sessions itself.
            None => Member::find_by_subject(&db, &identity.subject).await?,
        };
        Ok(member.map(Standing::of))
    }

    async fn standing(&self, identity: &Identity) -> AuthResult<Standing> {
        let db = self.db.bind(Scope::System(&FIND_STRINGER));
        match Member::find_by_subject(&db, &identity.subject).await? {
            Some(member) => Ok(Standing::of(member)),
            None => {
                let db = self.db.bind(Scope::System(&INVITE));
                let accepted =
                    invitations::Entity::find_accepted_by(&db, &identity.subject).await?;
                Ok(accepted.map_or(Standing::Stranger, |one| Standing::Invited(Box::new(one))))
            }
        }
    }
}

pub(super) fn accepted(headers: &HeaderMap) -> String {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    accepted.unwrap_or_default().to_owned()
}

/// What the token for the forms of a session is made of.
pub(crate) fn session_seed(identity: &Identity) -> String {
    format!("session:{}", identity.session)
}

/// What a visitor's token is made of: the mark that the browser has, or a new one. Never
/// what a session's is made of, whatever somebody puts into the cookie.
pub(super) fn visit(
    jar: &CookieJar,
    session_cookies: &SessionCookies,
    set_cookies: &mut SetCookies,
) -> String {
    if let Some(mark) = session_cookies.read(jar, Name::Visit) {
        return format!("visit:{mark}");
    }
    let mark = hex::encode(rand::rng().random::<[u8; 16]>());
    set_cookies.push(session_cookies.visit(mark.clone()));
    format!("visit:{mark}")
}
