//! A new stringer's first and only page before work.

use axum::Form;
use loco_rs::prelude::*;
use sea_orm::TransactionSession as _;

use super::Answer;
use crate::auth::Guest;
use crate::auth::gate::{Gate, Standing};
use crate::auth::guards::see;
use crate::auth::provider::AuthError;
use crate::errors::AppError;
use crate::forms::{Errors, WelcomeForm};
use crate::models::purposes::INVITE;
use crate::models::stringers::Founder;
use crate::models::{invitations, stringers};
use crate::views::people::Welcome;
use sea_orm_tenancy::Scope;

async fn new(gate: Gate, guest: Guest) -> Answer {
    let Standing::Invited(_) = &guest.visitor.standing else { return Ok(see("/")) };
    let form = WelcomeForm::proposed(&guest.visitor.accept_language);
    guest.render(
        "welcome/new.html",
        Welcome::new(form, Errors::default(), !gate.provider.can_mail()),
    )
}

async fn create(gate: Gate, guest: Guest, Form(form): Form<WelcomeForm>) -> Answer {
    let (Standing::Invited(invitation), Some(identity), Some(access)) =
        (&guest.visitor.standing, &guest.visitor.identity, &guest.visitor.access)
    else {
        return Ok(see("/"));
    };
    let asks_for_password = !gate.provider.can_mail();
    match form.check(&identity.subject, &invitation.email, asks_for_password) {
        Err(errors) => {
            guest.refuse("welcome/new.html", Welcome::new(form, errors, asks_for_password))
        }
        Ok(newcomer) => {
            if asks_for_password {
                let access = access.reveal();
                match gate.provider.change_password(access, identity, form.password).await {
                    // Sent twice.
                    Ok(()) | Err(AuthError::SamePassword) => {}
                    Err(error) => return Err(error.into()),
                }
            }
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
