//! A new stringer's first and only page before work.

use axum::Form;
use loco_rs::prelude::*;
use sea_orm::TransactionSession as _;

use super::Answer;
use crate::auth::Guest;
use crate::auth::gate::{Gate, Standing};
use crate::auth::guards::see;
use crate::errors::AppError;
use crate::forms::{Errors, WelcomeForm};
use crate::models::purposes::INVITE;
use crate::models::stringers::Founder;
use crate::models::{invitations, stringers};
use crate::tenancy::Scope;
use crate::views::people::Welcome;

async fn new(guest: Guest) -> Answer {
    let Standing::Invited(_) = &guest.visitor.standing else { return Ok(see("/")) };
    let form = WelcomeForm::proposed(&guest.visitor.accept_language);
    guest.render("welcome/new.html", Welcome::new(form, Errors::default()))
}

async fn create(gate: Gate, guest: Guest, Form(form): Form<WelcomeForm>) -> Answer {
    let (Standing::Invited(invitation), Some(identity)) =
        (&guest.visitor.standing, &guest.visitor.identity)
    else {
        return Ok(see("/"));
    };
    match form.check(&identity.subject, &invitation.email) {
        Err(errors) => guest.refuse("welcome/new.html", Welcome::new(form, errors)),
        Ok(newcomer) => {
            join(&gate, invitation, newcomer).await?;
            Ok(see("/"))
        }
    }
}

/// The stringer and the end of its invitation, both or neither. Sent twice, the first
/// one counts.
async fn join(
    gate: &Gate,
    invitation: &invitations::Model,
    newcomer: Founder,
) -> Result<(), AppError> {
    let txn = gate.db.bind(Scope::System(&INVITE)).begin().await?;
    let stringer = match stringers::Entity::join(&txn, newcomer).await {
        Ok(stringer) => stringer,
        Err(error) if stringers::is_taken(&error) => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    invitation.joined(&txn, stringer).await?;
    Ok(txn.commit().await?)
}

/// `/welcome`.
pub fn routes() -> Routes {
    Routes::new().add("/welcome", get(new).post(create))
}
