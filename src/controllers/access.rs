//! Somebody is signed in, and no workshop is theirs: they may ask for one. Or it is, and
//! its door was closed.

use axum::Form;
use axum::http::StatusCode;
use loco_rs::prelude::*;

use super::Answer;
use crate::auth::gate::{Gate, Standing};
use crate::auth::guards::see;
use crate::auth::throttle::Errand;
use crate::auth::{Caller, Guest};
use crate::forms::AccessForm;
use crate::models::invitations;
use crate::models::purposes::INVITE;
use crate::views::people::{Access, Mailed};
use sea_orm_tenancy::Scope;

async fn new(gate: Gate, guest: Guest) -> Answer {
    if let Standing::Deactivated = &guest.visitor.standing {
        return guest.respond(StatusCode::FORBIDDEN, "access/closed.html", ());
    }
    let (Standing::Stranger, Some(identity)) = (&guest.visitor.standing, &guest.visitor.identity)
    else {
        return Ok(see("/"));
    };
    let door = gate.db.bind(Scope::System(&INVITE));
    if invitations::Entity::is_asked_by(&door, &identity.subject).await? {
        return guest.render("access/new.html", Access::asked(&identity.email));
    }
    guest.render("access/new.html", Access::new(AccessForm::default(), &identity.email))
}

async fn create(gate: Gate, guest: Guest, caller: Caller, Form(form): Form<AccessForm>) -> Answer {
    let (Standing::Stranger, Some(identity)) = (&guest.visitor.standing, &guest.visitor.identity)
    else {
        return Ok(see("/"));
    };
    gate.throttle.ask(caller.address, Errand::Mail)?;
    let message = match form.check() {
        Ok(message) => message,
        Err(errors) => {
            let view = Access::new(form, &identity.email).with(errors);
            return guest.refuse("access/new.html", view);
        }
    };
    let door = gate.db.bind(Scope::System(&INVITE));
    // Invited already, and came in by another way than the invitation's link.
    if let Some(sent) = invitations::Entity::sent_to(&door, &identity.subject).await?
        && gate.provider.can_mail()
    {
        gate.provider.invite(sent.id).await?;
        return guest.render("sessions/mailed.html", Mailed { email: sent.email });
    }
    invitations::Entity::ask(&door, identity, guest.visitor.locale, message).await?;
    guest.render("access/new.html", Access::asked(&identity.email))
}

/// `/access`.
pub fn routes() -> Routes {
    Routes::new().add("/access", get(new).post(create))
}
