//! The first admin of an empty database.

use std::net::SocketAddr;

use axum::Form;
use axum::extract::{ConnectInfo, FromRequestParts, State};
use axum::http::request::Parts;
use loco_rs::prelude::*;

use super::{Answer, sessions};
use crate::auth::authenticator::Authenticator;
use crate::auth::setup::{SetupToken, is_at_the_keyboard};
use crate::auth::throttle::RateLimit;
use crate::forms::{Errors, FounderForm, WelcomeForm};
use crate::views::people::FirstRun;
use crate::web::{AppError, RemoteClient, Visitor, see_other};

/// Whether the visitor sits at the machine itself and needs no token.
struct AtTheKeyboard(bool);

impl FromRequestParts<AppContext> for AtTheKeyboard {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, ctx: &AppContext) -> Result<Self, AppError> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
        Ok(Self(is_at_the_keyboard(&ctx.environment, peer, &parts.headers)))
    }
}

async fn new(auth: Authenticator, visitor: Visitor, here: AtTheKeyboard) -> Answer {
    if !sessions::is_untouched(&auth).await? {
        return Ok(see_other("/session/new"));
    }
    let WelcomeForm { locale, time_zone, currency, .. } =
        WelcomeForm::proposed(&visitor.auth.accept_language);
    let form = FounderForm { locale, time_zone, currency, ..Default::default() };
    visitor.render("first_run/new.html", FirstRun::new(form, Errors::default(), !here.0))
}

async fn create(
    State(ctx): State<AppContext>,
    auth: Authenticator,
    visitor: Visitor,
    remote: RemoteClient,
    here: AtTheKeyboard,
    Form(form): Form<FounderForm>,
) -> Answer {
    let Some(embedded) = &auth.embedded else { return Ok(see_other("/session/new")) };
    if !embedded.is_untouched().await? {
        return Ok(see_other("/session/new"));
    }
    auth.throttle.ask(remote.address, RateLimit::Mail)?;
    let token = ctx.shared_store.get::<SetupToken>();
    let has_token = here.0 || token.is_some_and(|token| token.is(&form.setup_token));
    match form.check(has_token) {
        Err(errors) => visitor.refuse("first_run/new.html", FirstRun::new(form, errors, !here.0)),
        Ok((founder, password)) => {
            match embedded.first_run(founder, password, &remote.device).await? {
                Some(tokens) => {
                    Ok(sessions::signed_in(&auth, &visitor.auth, &tokens, false, "/").await)
                }
                None => Ok(see_other("/session/new")),
            }
        }
    }
}

/// `/first-run`.
pub fn routes() -> Routes {
    Routes::new().add("/first-run", get(new).post(create))
}
