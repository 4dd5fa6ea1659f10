//! What belongs to a stringer's own account.

use axum::Form;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use loco_rs::prelude::*;
use serde::Deserialize;

use super::Answer;
use crate::auth::gate::Gate;
use crate::auth::guards::see;
use crate::auth::provider::{AuthError, Reach};
use crate::auth::throttle::Origin;
use crate::auth::{Caller, Desk, cookies};
use crate::forms::{Errors, PasswordForm, WorkshopForm};
use crate::models::stringers;
use crate::views::account::{Account, Password, Workshop};

#[derive(Deserialize, Default)]
#[serde(default)]
struct Arrival {
    done: Option<String>,
}

async fn show(gate: Gate, desk: Desk, Query(arrival): Query<Arrival>) -> Answer {
    let sessions = gate.provider.sessions(&desk.identity).await?;
    let view = Account::new(&desk.me, &desk.identity, sessions, arrival.done.as_deref());
    desk.render("settings/show.html", view)
}

async fn edit_workshop(desk: Desk) -> Answer {
    let stringer = stringers::Entity::me(&desk.db, desk.me.id).await?;
    let form = WorkshopForm::of(&desk.me, &stringer);
    desk.render("settings/workshop.html", Workshop::new(form, Errors::default()))
}

async fn update_workshop(desk: Desk, Form(form): Form<WorkshopForm>) -> Answer {
    match form.check() {
        Ok(workshop) => {
            stringers::Entity::describe(&desk.db, desk.me.id, workshop).await?;
            Ok(see("/settings?done=workshop"))
        }
        Err(errors) => desk.refuse("settings/workshop.html", Workshop::new(form, errors)),
    }
}

async fn edit_password(gate: Gate, desk: Desk) -> Answer {
    let can_mail = gate.provider.can_mail();
    let view = Password::new(&desk.identity, Errors::default(), can_mail);
    desk.render("settings/password.html", view)
}

/// The old one is asked for, except of somebody who has just come by a mailed link. The
/// new one ends every other session.
async fn update_password(
    gate: Gate,
    desk: Desk,
    caller: Caller,
    headers: HeaderMap,
    Form(form): Form<PasswordForm>,
) -> Answer {
    let page = |errors| {
        desk.refuse(
            "settings/password.html",
            Password::new(&desk.identity, errors, gate.provider.can_mail()),
        )
    };
    let password = match form.check(&desk.me) {
        Ok(password) => password,
        Err(errors) => return page(errors),
    };
    let mut errors = Errors::default();
    if !desk.identity.came_by_link {
        let jar = cookies::jar(&headers);
        let mark = gate.baker.mark(&jar, &desk.identity.email);
        let origin = Origin { address: caller.address, mark };
        let attempt = gate.throttle.attempt(&desk.identity.email, origin).await?;
        if gate.provider.confirm(&desk.identity, form.current).await? {
            attempt.succeeded();
        } else {
            attempt.failed();
            errors.mark("current", "error-password-wrong");
            return page(errors);
        }
    }
    let access = desk.access.reveal();
    match gate.provider.change_password(access, &desk.identity, password).await {
        Ok(()) => Ok(see("/settings?done=password")),
        Err(AuthError::SamePassword) => {
            errors.mark("password", "error-password-same");
            page(errors)
        }
        Err(AuthError::WeakPassword) => {
            errors.mark("password", "error-password-weak");
            page(errors)
        }
        Err(error) => Err(error.into()),
    }
}

async fn end_session(gate: Gate, desk: Desk, Path(id): Path<Uuid>) -> Answer {
    gate.provider.end_session(&desk.identity, id).await?;
    Ok(see("/settings?done=session"))
}

async fn end_others(gate: Gate, desk: Desk) -> Answer {
    gate.provider.sign_out(desk.access.reveal(), &desk.identity, Reach::Others).await?;
    Ok(see("/settings?done=session"))
}

/// `/settings`.
pub fn routes() -> Routes {
    Routes::new()
        .prefix("settings")
        .add("/", get(show))
        .add("/workshop", get(edit_workshop).post(update_workshop))
        .add("/password", get(edit_password).post(update_password))
        .add("/sessions", delete(end_others))
        .add("/sessions/{id}", delete(end_session))
}
