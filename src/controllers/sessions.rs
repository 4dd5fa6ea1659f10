//! Signing in and out.

use axum::Form;
use axum::extract::{Query, State};
use loco_rs::prelude::*;
use serde::Deserialize;

use super::Answer;
use crate::auth::embedded::Tokens;
use crate::auth::gate::Gate;
use crate::auth::guards::see;
use crate::auth::{Desk, Guest, cookies};
use crate::errors::{AppError, own_path};
use crate::forms::SignInForm;
use crate::views::people::SignIn;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Arrival {
    back: String,
    lapsed: Option<String>,
}

async fn new(
    State(ctx): State<AppContext>,
    guest: Guest,
    Query(arrival): Query<Arrival>,
) -> Answer {
    if gate(&ctx)?.provider.is_untouched().await? {
        return Ok(see("/first-run"));
    }
    if guest.visitor.member.is_some() {
        return Ok(see("/"));
    }
    let form = SignInForm { back: arrival.back, ..Default::default() };
    let view = SignIn { form, lapsed: arrival.lapsed.is_some(), is_wrong: false };
    guest.render("sessions/new.html", view)
}

async fn create(
    State(ctx): State<AppContext>,
    guest: Guest,
    Form(form): Form<SignInForm>,
) -> Answer {
    let gate = gate(&ctx)?;
    match gate.provider.sign_in(&form.email, form.password.clone()).await? {
        Some(tokens) => Ok(signed_in(&gate, &tokens, own_path(&form.back).unwrap_or("/"))),
        None => {
            let view = SignIn { form, lapsed: false, is_wrong: true };
            guest.refuse("sessions/new.html", view)
        }
    }
}

async fn destroy(State(ctx): State<AppContext>, desk: Desk) -> Answer {
    let gate = gate(&ctx)?;
    gate.provider.sign_out(desk.session).await?;
    let mut response = see("/session/new");
    cookies::set(response.headers_mut(), gate.baker.signed_out());
    Ok(response)
}

/// Sends a browser on with its new tokens.
pub(super) fn signed_in(gate: &Gate, tokens: &Tokens, to: &str) -> axum::response::Response {
    let mut response = see(to);
    cookies::set(response.headers_mut(), gate.baker.signed_in(tokens));
    response
}

/// What the edge initializer has wired.
pub(super) fn gate(ctx: &AppContext) -> Result<Gate, AppError> {
    ctx.shared_store.get::<Gate>().ok_or_else(|| AppError::internal("the edge is not wired"))
}

/// `/session`.
pub fn routes() -> Routes {
    Routes::new()
        .prefix("session")
        .add("/new", get(new))
        .add("/", axum::routing::post(create).delete(destroy))
}
