//! Signing in and out, and asking for a link by mail.

use axum::Form;
use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use loco_rs::prelude::*;
use serde::Deserialize;

use super::Answer;
use crate::auth::authenticator::{AuthContext, Authenticator};
use crate::auth::cookies;
use crate::auth::provider::{AuthError, Reach, Tokens};
use crate::auth::throttle::{Origin, RateLimit};
use crate::forms::SignInForm;
use crate::views::people::{Hint, Mailed, SignIn};
use crate::web::{RemoteClient, Visitor, own_path, retry_after, see_other};

#[derive(Deserialize, Default)]
#[serde(default)]
struct FlashQuery {
    back: String,
    lapsed: Option<String>,
}

async fn new(auth: Authenticator, visitor: Visitor, Query(flash): Query<FlashQuery>) -> Answer {
    if is_untouched(&auth).await? {
        return Ok(see_other("/first-run"));
    }
    if visitor.auth.identity.is_some() {
        return Ok(see_other(own_path(&flash.back).unwrap_or("/")));
    }
    let form = SignInForm { back: flash.back, ..Default::default() };
    let hint = if flash.lapsed.is_some() { Hint::Lapsed } else { Hint::None };
    visitor.render("sessions/new.html", SignIn::new(form, hint, auth.provider.can_mail()))
}

async fn create(
    auth: Authenticator,
    visitor: Visitor,
    remote: RemoteClient,
    headers: HeaderMap,
    Form(form): Form<SignInForm>,
) -> Answer {
    let jar = cookies::jar(&headers);
    let mark = auth.session_cookies.mark(&jar, &form.email);
    let origin = Origin { address: remote.address, mark };
    let can_mail = auth.provider.can_mail();
    let attempt = match auth.throttle.attempt(&form.email, origin).await {
        Ok(attempt) => attempt,
        Err(AuthError::TooMany(wait)) => {
            let view = SignIn::new(form, Hint::Wait(wait.as_secs().max(1)), can_mail);
            let status = StatusCode::TOO_MANY_REQUESTS;
            let mut page = visitor.respond(status, "sessions/new.html", view)?;
            page.headers_mut().insert(header::RETRY_AFTER, retry_after(wait));
            return Ok(page);
        }
        Err(error) => return Err(error.into()),
    };
    match auth.provider.sign_in(&form.email, form.password.clone(), &remote.device).await {
        Ok(tokens) => {
            attempt.succeeded();
            let is_known = mark.is_some();
            let to = own_path(&form.back).unwrap_or("/");
            Ok(signed_in(&auth, &visitor.auth, &tokens, is_known, to).await)
        }
        Err(AuthError::WrongCredentials) => {
            attempt.failed();
            visitor.refuse("sessions/new.html", SignIn::new(form, Hint::Wrong, can_mail))
        }
        Err(error) => Err(error.into()),
    }
}

/// Whoever is signed in, stringer or not, may go.
async fn destroy(auth: Authenticator, visitor: Visitor) -> Answer {
    // This browser forgets in any case, also while the provider is away.
    end(&auth, &visitor.auth).await;
    let mut response = see_other("/session/new");
    cookies::set(response.headers_mut(), auth.session_cookies.signed_out());
    Ok(response)
}

/// What somebody wants mailed.
#[derive(Clone, Copy)]
enum MailKind {
    Link,
    Recovery,
}

async fn link(
    auth: Authenticator,
    visitor: Visitor,
    remote: RemoteClient,
    form: Form<SignInForm>,
) -> Answer {
    mail(&auth, &visitor, &remote, form.0, MailKind::Link).await
}

async fn recovery(
    auth: Authenticator,
    visitor: Visitor,
    remote: RemoteClient,
    form: Form<SignInForm>,
) -> Answer {
    mail(&auth, &visitor, &remote, form.0, MailKind::Recovery).await
}

/// The same page for every address: who has an account here is nobody's business.
async fn mail(
    auth: &Authenticator,
    visitor: &Visitor,
    remote: &RemoteClient,
    form: SignInForm,
    wanted: MailKind,
) -> Answer {
    auth.throttle.ask(remote.address, RateLimit::Mail)?;
    let email = match form.address() {
        Ok(email) => email,
        Err(errors) => {
            let view = SignIn::new(form, Hint::None, auth.provider.can_mail()).with(errors);
            return visitor.refuse("sessions/new.html", view);
        }
    };
    let locale = visitor.auth.locale;
    match wanted {
        MailKind::Link => auth.provider.mail_link(&email, locale).await?,
        MailKind::Recovery => auth.provider.mail_recovery(&email, locale).await?,
    }
    let mut page = visitor.render("sessions/mailed.html", Mailed { email })?;
    if let Some(back) = own_path(&form.back) {
        cookies::set(page.headers_mut(), [auth.session_cookies.back(back)]);
    }
    Ok(page)
}

/// Sends a browser on with its new tokens. A sign-in that it had before is over, so that
/// one browser is one session.
pub(super) async fn signed_in(
    auth: &Authenticator,
    before: &AuthContext,
    tokens: &Tokens,
    is_known: bool,
    to: &str,
) -> Response {
    end(auth, before).await;
    let mut response = see_other(to);
    cookies::set(response.headers_mut(), auth.session_cookies.signed_in(tokens));
    if !is_known {
        cookies::set(response.headers_mut(), [auth.session_cookies.known(&tokens.identity.email)]);
    }
    response
}

/// Ends a visitor's session, as far as the provider can be reached.
async fn end(auth: &Authenticator, visitor: &AuthContext) {
    if let (Some(identity), Some(access)) = (&visitor.identity, &visitor.access)
        && let Err(error) = auth.provider.sign_out(access.reveal(), identity, Reach::This).await
    {
        tracing::warn!(%error, "a session was not ended at the provider");
    }
}

/// Whether the first-run page is still to be filled in.
pub(super) async fn is_untouched(auth: &Authenticator) -> Result<bool, AuthError> {
    match &auth.embedded {
        Some(embedded) => embedded.is_untouched().await,
        None => Ok(false),
    }
}

/// `/session`.
pub fn routes() -> Routes {
    Routes::new()
        .prefix("session")
        .add("/new", get(new))
        .add("/link", post(link))
        .add("/recovery", post(recovery))
        .add("/", axum::routing::post(create).delete(destroy))
}
