//! The first admin of an empty database.

use axum::Form;
use axum::extract::{ConnectInfo, FromRequestParts, State};
use axum::http::request::Parts;
use loco_rs::prelude::*;
use std::net::SocketAddr;

use super::{Answer, sessions};
use crate::auth::Guest;
use crate::auth::gate::Gate;
use crate::auth::guards::see;
use crate::auth::setup::{SetupToken, is_at_the_keyboard};
use crate::errors::AppError;
use crate::forms::{Errors, FounderForm};
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

async fn new(State(ctx): State<AppContext>, guest: Guest, here: AtTheKeyboard) -> Answer {
    if !sessions::gate(&ctx)?.provider.is_untouched().await? {
        return Ok(see("/session/new"));
    }
    let form = FounderForm { locale: guest.visitor.locale.code().into(), ..Default::default() };
    guest.render("first_run/new.html", FirstRun::new(form, Errors::default(), !here.0))
}

async fn create(
    State(ctx): State<AppContext>,
    guest: Guest,
    here: AtTheKeyboard,
    Form(form): Form<FounderForm>,
) -> Answer {
    let gate: Gate = sessions::gate(&ctx)?;
    if !gate.provider.is_untouched().await? {
        return Ok(see("/session/new"));
    }
    let token = ctx.shared_store.get::<SetupToken>();
    let has_token = here.0 || token.is_some_and(|token| token.is(&form.setup_token));
    match form.check(has_token) {
        Err(errors) => guest.refuse("first_run/new.html", FirstRun::new(form, errors, !here.0)),
        Ok((founder, password)) => match gate.provider.first_run(founder, password).await? {
            Some(tokens) => Ok(sessions::signed_in(&gate, &tokens, "/")),
            None => Ok(see("/session/new")),
        },
    }
}

/// `/first-run`.
pub fn routes() -> Routes {
    Routes::new().add("/first-run", get(new).post(create))
}
