//! The first admin of an empty database.

use axum::Form;
use axum::extract::{ConnectInfo, FromRequestParts, State};
use axum::http::request::Parts;
use loco_rs::prelude::*;
use std::net::SocketAddr;

use super::{Answer, sessions};
use crate::auth::gate::Gate;
use crate::auth::guards::see;
use crate::auth::setup::{SetupToken, is_at_the_keyboard};
use crate::auth::throttle::Errand;
use crate::auth::{Caller, Guest};
use crate::errors::AppError;
use crate::forms::{Errors, FounderForm, WelcomeForm};
use crate::views::people::FirstRun;

/// Whether the visitor sits at the machine itself and needs no token.
struct AtTheKeyboard(bool);

impl FromRequestParts<AppContext> for AtTheKeyboard {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, ctx: &AppContext) -> Result<Self, AppError> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
        Ok(Self(is_at_the_keyboard(&ctx.environment, peer, &parts.headers)))
    }
}

async fn new(gate: Gate, guest: Guest, here: AtTheKeyboard) -> Answer {
    if !sessions::is_untouched(&gate).await? {
        return Ok(see("/session/new"));
    }
    let WelcomeForm { locale, time_zone, currency, .. } =
        WelcomeForm::proposed(&guest.visitor.accept_language);
    let form = FounderForm { locale, time_zone, currency, ..Default::default() };
    guest.render("first_run/new.html", FirstRun::new(form, Errors::default(), !here.0))
}

async fn create(
    State(ctx): State<AppContext>,
    gate: Gate,
    guest: Guest,
    caller: Caller,
    here: AtTheKeyboard,
    Form(form): Form<FounderForm>,
) -> Answer {
    let Some(embedded) = &gate.embedded else { return Ok(see("/session/new")) };
    if !embedded.is_untouched().await? {
        return Ok(see("/session/new"));
    }
    gate.throttle.ask(caller.address, Errand::Mail)?;
    let token = ctx.shared_store.get::<SetupToken>();
    let has_token = here.0 || token.is_some_and(|token| token.is(&form.setup_token));
    match form.check(has_token) {
        Err(errors) => guest.refuse("first_run/new.html", FirstRun::new(form, errors, !here.0)),
        Ok((founder, password)) => {
            match embedded.first_run(founder, password, &caller.device).await? {
                Some(tokens) => {
                    Ok(sessions::signed_in(&gate, &guest.visitor, &tokens, false, "/").await)
                }
                None => Ok(see("/session/new")),
            }
        }
    }
}

/// `/first-run`.
pub fn routes() -> Routes {
    Routes::new().add("/first-run", get(new).post(create))
}
