//! The platform's gotrue, over HTTP.
//!
//! Its mail templates must lead to our page behind links (`README.md` says how), which names
//! the address that the link brings along; afterwards that has to be the account's.

use std::sync::Arc;

use async_trait::async_trait;
use reqwest::{Method, StatusCode};
use sea_orm_tenancy::{Db, Scope};
use serde_json::{Value, json};
use uuid::Uuid;

use super::http::{Http, Reply};
use super::keys::PublishedKeys;
use super::link::{Link, PATH};
use super::provider::{
    AuthError, AuthResult, Device, Invited, OpenSession, Provider, Reach, Tokens,
};
use super::token::Verifier;
use super::wire::{TokenAnswer, User};
use crate::i18n::Locale;
use crate::models::invitations;
use crate::models::purposes::INVITE;
use crate::settings::GotrueSettings;
use crate::values::{Identity, LinkKind, Secret, Vocabulary as _, normalise_email};

/// The provider.
pub struct Gotrue {
    http: Http,
    verifier: Verifier,
    db: Db,
    public_url: String,
    service_key: String,
}

impl Gotrue {
    /// As the settings say.
    ///
    /// # Errors
    /// With a sentence that names what does not fit.
    pub fn new(db: Db, settings: &GotrueSettings, public_url: &str) -> AuthResult<Self> {
        let http = Http::new(&settings.url, settings.api_key.clone())?;
        let verifier = match &settings.secret {
            Some(secret) => Verifier::shared(secret, settings.issuer(), &settings.audience),
            None => {
                let keys = Arc::new(PublishedKeys::new(http.clone(), &settings.keys_path));
                let (algorithms, audience) = (settings.algorithms()?, &settings.audience);
                Verifier::published(keys, algorithms, settings.issuer(), audience)
            }
        };
        let public_url = public_url.trim_end_matches('/').to_owned();
        Ok(Self { http, verifier, db, public_url, service_key: settings.service_key.clone() })
    }

    /// Whether gotrue lets anybody register: then somebody may have registered an address
    /// before it was invited, and known its password since.
    ///
    /// # Errors
    /// When gotrue does not answer.
    pub async fn lets_anybody_register(&self) -> AuthResult<bool> {
        let told: Value = self.http.get("/settings").await?;
        Ok(told["disable_signup"] == json!(false))
    }

    /// What gotrue hands out is believed as little as what a browser brings: the token is
    /// verified like any other.
    async fn tokens(&self, answer: TokenAnswer) -> AuthResult<Tokens> {
        let identity = self.verifier.verify(&answer.access_token).await?;
        let identity = identity.ok_or_else(|| {
            AuthError::Unavailable("gotrue issued a token that does not verify".into())
        })?;
        Ok(Tokens {
            access: answer.access_token,
            refresh: answer.refresh_token,
            identity,
            expires_in: answer.expires_in,
        })
    }

    /// Accepts the invitation that a link brings; `true` where it brings none.
    async fn accept(&self, link: &Link, who: &Identity) -> AuthResult<bool> {
        let Some(secret) = link.invitation() else { return Ok(true) };
        let db = self.db.bind(Scope::System(&INVITE));
        Ok(invitations::Entity::accept(&db, &secret, who).await?.is_some())
    }

    /// Where gotrue's links lead: our page, with the invitation's secret if there is one.
    /// Its templates add their own `&type=..&token_hash=..&email=..`.
    fn back_to(&self, invitation: &str) -> String {
        let page = format!("{}{PATH}?invitation={invitation}", self.public_url);
        form_urlencoded::Serializer::new(String::new()).append_pair("redirect_to", &page).finish()
    }

    /// Whether gotrue is there, is told; what it makes of the address is not waited for: it
    /// refuses an unknown one at once and takes its time to mail to a known one.
    async fn ask_for_mail(&self, path: &'static str, body: Value) -> AuthResult<()> {
        let _there: Value = self.http.get("/health").await?;
        let (http, address) = (self.http.clone(), format!("{path}?{}", self.back_to("")));
        tokio::spawn(async move {
            match http.act::<Value>(Method::POST, &address, None, &body).await {
                Ok(Reply::Done(_)) => {}
                Ok(Reply::Refused { status, code }) => {
                    tracing::info!(%status, code, path, "gotrue sends no mail");
                }
                Err(error) => tracing::warn!(%error, path, "gotrue was not asked for a mail"),
            }
        });
        Ok(())
    }
}

/// gotrue's reasons, as ours.
fn refused(status: StatusCode, code: &str) -> AuthError {
    match code {
        "invalid_credentials" | "email_not_confirmed" | "user_banned" | "validation_failed" => {
            AuthError::WrongCredentials
        }
        "otp_expired" | "user_not_found" => AuthError::LinkSpent,
        "refresh_token_already_used" => AuthError::Replayed,
        "refresh_token_not_found"
        | "session_not_found"
        | "session_expired"
        | "bad_jwt"
        | "no_authorization" => AuthError::SessionOver,
        "weak_password" => AuthError::WeakPassword,
        "same_password" => AuthError::SamePassword,
        "email_exists" | "user_already_exists" => AuthError::AddressTaken,
        "over_request_rate_limit" | "over_email_send_rate_limit" => {
            AuthError::TooMany(std::time::Duration::from_secs(60))
        }
        code => AuthError::Unavailable(format!("status {status}, {code}").into()),
    }
}

#[async_trait]
impl Provider for Gotrue {
    async fn identify(&self, access: &str) -> AuthResult<Option<Identity>> {
        self.verifier.verify(access).await
    }

    async fn identify_ended(&self, access: &str) -> AuthResult<Option<Identity>> {
        self.verifier.verify_ended(access).await
    }

    /// gotrue would have to be asked at each request; a token goes on until it ends.
    async fn is_session_active(&self, _identity: &Identity) -> AuthResult<bool> {
        Ok(true)
    }

    async fn sign_in(&self, email: &str, password: String, _: &Device) -> AuthResult<Tokens> {
        let body = json!({ "email": email, "password": password });
        let path = "/token?grant_type=password";
        match self.http.act(Method::POST, path, None, &body).await? {
            Reply::Done(answer) => self.tokens(answer).await,
            Reply::Refused { status, code } => Err(refused(status, &code)),
        }
    }

    async fn mail_link(&self, email: &str, _: Locale) -> AuthResult<()> {
        self.ask_for_mail("/otp", json!({ "email": email, "create_user": false })).await
    }

    async fn mail_recovery(&self, email: &str, _: Locale) -> AuthResult<()> {
        self.ask_for_mail("/recover", json!({ "email": email })).await
    }

    async fn invite(&self, invitation: Uuid) -> AuthResult<Invited> {
        let db = self.db.bind(Scope::System(&INVITE));
        let invitation = invitations::Model::find(&db, invitation).await?;
        // Kept when the mail is under way: until then the one before stays good.
        let secret = Secret::generate();
        let back = self.back_to(secret.reveal());
        let body = json!({ "email": invitation.email });
        let bearer = Some(self.service_key.as_str());
        let reply =
            self.http.act::<User>(Method::POST, &format!("/invite?{back}"), bearer, &body).await?;
        match reply {
            Reply::Done(user) => {
                invitation.is_for(&db, &user.id.to_string()).await?;
                invitation.keep_secret(&db, &secret).await?;
                Ok(Invited::Mailed)
            }
            // The platform knows the address; a link to sign in brings the same secret.
            Reply::Refused { code, .. } if code == "email_exists" => {
                let body = json!({ "email": invitation.email, "create_user": false });
                let path = format!("/otp?{back}");
                match self.http.act::<Value>(Method::POST, &path, None, &body).await? {
                    Reply::Done(_) => {
                        invitation.keep_secret(&db, &secret).await?;
                        Ok(Invited::Mailed)
                    }
                    Reply::Refused { status, code } => Err(refused(status, &code)),
                }
            }
            Reply::Refused { status, code } => match refused(status, &code) {
                error @ AuthError::TooMany(_) => Err(error),
                _ => Err(AuthError::Unavailable(
                    format!("gotrue does not invite: status {status}, {code}").into(),
                )),
            },
        }
    }

    async fn account_of(&self, link: &Link) -> AuthResult<Option<String>> {
        Ok(link.email.clone())
    }

    async fn redeem(&self, link: &Link, _: &Device) -> AuthResult<Tokens> {
        // `email` finds a magic link's token and that of an address not confirmed yet.
        let kind = if link.kind == LinkKind::MagicLink { "email" } else { link.kind.code() };
        let body = json!({ "type": kind, "token_hash": link.token_hash });
        let tokens = match self.http.act(Method::POST, "/verify", None, &body).await? {
            Reply::Done(answer) => self.tokens(answer).await?,
            Reply::Refused { status, code } => {
                return Err(match refused(status, &code) {
                    error @ AuthError::TooMany(_) => error,
                    _ => AuthError::LinkSpent,
                });
            }
        };
        let named = link.email.as_deref().map(normalise_email);
        // Another name on the page than the account's: a link that was tampered with.
        let is_named = named.as_deref() == Some(&normalise_email(&tokens.identity.email));
        if is_named && self.accept(link, &tokens.identity).await? {
            return Ok(tokens);
        }
        self.sign_out(&tokens.access, &tokens.identity, Reach::This).await?;
        Err(AuthError::LinkSpent)
    }

    async fn renew(&self, refresh: &str) -> AuthResult<Tokens> {
        let body = json!({ "refresh_token": refresh });
        let path = "/token?grant_type=refresh_token";
        match self.http.act(Method::POST, path, None, &body).await? {
            Reply::Done(answer) => self.tokens(answer).await,
            Reply::Refused { status, code } => match refused(status, &code) {
                error @ (AuthError::Unavailable(_)
                | AuthError::TooMany(_)
                | AuthError::Replayed) => Err(error),
                _ => Err(AuthError::SessionOver),
            },
        }
    }

    async fn change_password(
        &self,
        access: &str,
        identity: &Identity,
        password: String,
    ) -> AuthResult<()> {
        // First, so that a failure in between leaves nobody in who should be out.
        self.sign_out(access, identity, Reach::Others).await?;
        let body = json!({ "password": password });
        match self.http.act::<User>(Method::PUT, "/user", Some(access), &body).await? {
            Reply::Done(_) => Ok(()),
            Reply::Refused { status, code } => Err(refused(status, &code)),
        }
    }

    async fn confirm(&self, identity: &Identity, password: String) -> AuthResult<bool> {
        match self.sign_in(&identity.email, password, &Device::default()).await {
            Ok(tokens) => {
                self.sign_out(&tokens.access, &tokens.identity, Reach::This).await?;
                Ok(tokens.identity.subject == identity.subject)
            }
            Err(AuthError::WrongCredentials) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn sign_out(&self, access: &str, _: &Identity, reach: Reach) -> AuthResult<()> {
        let path = format!("/logout?scope={}", reach.code());
        // A session that gotrue does not know any more has ended as well.
        self.http.act::<Value>(Method::POST, &path, Some(access), &json!({})).await.map(drop)
    }

    async fn sessions(&self, _: &Identity) -> AuthResult<Option<Vec<OpenSession>>> {
        Ok(None)
    }

    async fn end_session(&self, _: &Identity, _: Uuid) -> AuthResult<()> {
        Ok(())
    }

    /// The account is the platform's, and may be somebody elsewhere on it.
    async fn end_all_sessions(&self, _: &str) -> AuthResult<()> {
        Ok(())
    }

    async fn hand_over(&self, _subject: &str) -> AuthResult<Option<Link>> {
        Ok(None)
    }

    fn can_mail(&self) -> bool {
        true
    }
}
