//! Signing in and out, and asking for a link by mail.

use axum::Form;
use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use loco_rs::prelude::*;
use serde::Deserialize;

use super::Answer;
use crate::auth::gate::{Gate, Visitor};
use crate::auth::guards::see;
use crate::auth::provider::{AuthError, Reach, Tokens};
use crate::auth::throttle::{Errand, Origin};
use crate::auth::{Caller, Guest, cookies};
use crate::errors::{own_path, retry_after};
use crate::forms::SignInForm;
use crate::views::people::{Hint, Mailed, SignIn};

#[derive(Deserialize, Default)]
#[serde(default)]
struct Arrival {
    back: String,
    lapsed: Option<String>,
}

async fn new(gate: Gate, guest: Guest, Query(arrival): Query<Arrival>) -> Answer {
    if is_untouched(&gate).await? {
        return Ok(see("/first-run"));
    }
    if guest.visitor.identity.is_some() {
        return Ok(see("/"));
    }
    let form = SignInForm { back: arrival.back, ..Default::default() };
    let hint = if arrival.lapsed.is_some() { Hint::Lapsed } else { Hint::None };
    guest.render("sessions/new.html", SignIn::new(form, hint, gate.provider.can_mail()))
}

async fn create(
    gate: Gate,
    guest: Guest,
    caller: Caller,
    headers: HeaderMap,
    Form(form): Form<SignInForm>,
) -> Answer {
    let jar = cookies::jar(&headers);
    let mark = gate.baker.mark(&jar, &form.email);
    let origin = Origin { address: caller.address, mark };
    let can_mail = gate.provider.can_mail();
    let attempt = match gate.throttle.attempt(&form.email, origin).await {
        Ok(attempt) => attempt,
        Err(AuthError::TooMany(wait)) => {
            let view = SignIn::new(form, Hint::Wait(wait.as_secs().max(1)), can_mail);
            let status = StatusCode::TOO_MANY_REQUESTS;
            let mut page = guest.respond(status, "sessions/new.html", view)?;
            page.headers_mut().insert(header::RETRY_AFTER, retry_after(wait));
            return Ok(page);
        }
        Err(error) => return Err(error.into()),
    };
    match gate.provider.sign_in(&form.email, form.password.clone(), &caller.device).await {
        Ok(tokens) => {
            attempt.succeeded();
            let is_known = mark.is_some();
            let to = own_path(&form.back).unwrap_or("/");
            Ok(signed_in(&gate, &guest.visitor, &tokens, is_known, to).await)
        }
        Err(AuthError::WrongCredentials) => {
            attempt.failed();
            guest.refuse("sessions/new.html", SignIn::new(form, Hint::Wrong, can_mail))
        }
        Err(error) => Err(error.into()),
    }
}

/// Whoever is signed in, stringer or not, may go.
async fn destroy(gate: Gate, guest: Guest) -> Answer {
    // This browser forgets in any case, also while the provider is away.
    end(&gate, &guest.visitor).await;
    let mut response = see("/session/new");
    cookies::set(response.headers_mut(), gate.baker.signed_out());
    Ok(response)
}

/// What somebody wants mailed.
#[derive(Clone, Copy)]
enum Wanted {
    Link,
    Recovery,
}

async fn link(gate: Gate, guest: Guest, caller: Caller, form: Form<SignInForm>) -> Answer {
    mail(&gate, &guest, &caller, form.0, Wanted::Link).await
}

async fn recovery(gate: Gate, guest: Guest, caller: Caller, form: Form<SignInForm>) -> Answer {
    mail(&gate, &guest, &caller, form.0, Wanted::Recovery).await
}

/// The same page for every address: who has an account here is nobody's business.
async fn mail(
    gate: &Gate,
    guest: &Guest,
    caller: &Caller,
    form: SignInForm,
    wanted: Wanted,
) -> Answer {
    gate.throttle.ask(caller.address, Errand::Mail)?;
    let email = match form.address() {
        Ok(email) => email,
        Err(errors) => {
            let view = SignIn::new(form, Hint::None, gate.provider.can_mail()).with(errors);
            return guest.refuse("sessions/new.html", view);
        }
    };
    let locale = guest.visitor.locale;
    match wanted {
        Wanted::Link => gate.provider.mail_link(&email, locale).await?,
        Wanted::Recovery => gate.provider.mail_recovery(&email, locale).await?,
    }
    guest.render("sessions/mailed.html", Mailed { email })
}

/// Sends a browser on with its new tokens. A sign-in that it had before is over, so that
/// one browser is one session.
pub(super) async fn signed_in(
    gate: &Gate,
    before: &Visitor,
    tokens: &Tokens,
    is_known: bool,
    to: &str,
) -> Response {
    end(gate, before).await;
    let mut response = see(to);
    cookies::set(response.headers_mut(), gate.baker.signed_in(tokens));
    if !is_known {
        cookies::set(response.headers_mut(), [gate.baker.known(&tokens.identity.email)]);
    }
    response
}

/// Ends a visitor's session, as far as the provider can be reached.
async fn end(gate: &Gate, visitor: &Visitor) {
    if let (Some(identity), Some(access)) = (&visitor.identity, &visitor.access)
        && let Err(error) = gate.provider.sign_out(access.reveal(), identity, Reach::This).await
    {
        tracing::warn!(%error, "a session was not ended at the provider");
    }
}

/// Whether the first-run page is still to be filled in.
pub(super) async fn is_untouched(gate: &Gate) -> Result<bool, AuthError> {
    match &gate.embedded {
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
