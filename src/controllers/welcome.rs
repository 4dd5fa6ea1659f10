//! A new stringer's first and only page before work.

use axum::Form;
use loco_rs::prelude::*;
use sea_orm::TransactionSession as _;
use sea_orm_tenancy::Scope;

use super::Answer;
use crate::auth::authenticator::{Authenticator, Standing};
use crate::auth::provider::AuthError;
use crate::forms::{Errors, WelcomeForm};
use crate::models::invitations;
use crate::models::purposes::INVITE;
use crate::models::stringers::{self, Founder};
use crate::views::people::Welcome;
use crate::web::{AppError, Visitor, see_other};

async fn new(auth: Authenticator, visitor: Visitor) -> Answer {
    let Standing::Invited(_) = &visitor.auth.standing else { return Ok(see_other("/")) };
    let form = WelcomeForm::proposed(&visitor.auth.accept_language);
    visitor.render(
        "welcome/new.html",
        Welcome::new(form, Errors::default(), !auth.provider.can_mail()),
    )
}

async fn create(auth: Authenticator, visitor: Visitor, Form(form): Form<WelcomeForm>) -> Answer {
    let (Standing::Invited(invitation), Some(identity), Some(access)) =
        (&visitor.auth.standing, &visitor.auth.identity, &visitor.auth.access)
    else {
        return Ok(see_other("/"));
    };
    let asks_for_password = !auth.provider.can_mail();
    match form.check(&identity.subject, &invitation.email, asks_for_password) {
        Err(errors) => {
            visitor.refuse("welcome/new.html", Welcome::new(form, errors, asks_for_password))
        }
        Ok(newcomer) => {
            if asks_for_password {
                let access = access.reveal();
                match auth.provider.change_password(access, identity, form.password).await {
                    // Sent twice.
                    Ok(()) | Err(AuthError::SamePassword) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            join(&auth, invitation, newcomer).await?;
            Ok(see_other("/"))
        }
    }
}

/// The stringer and the end of its invitation, both or neither. Sent twice, the first
/// one counts.
async fn join(
    auth: &Authenticator,
    invitation: &invitations::Model,
    newcomer: Founder,
) -> Result<(), AppError> {
    let txn = auth.db.bind(Scope::System(&INVITE)).begin().await?;
    let stringer = match stringers::Entity::create(&txn, newcomer).await {
        Ok(stringer) => stringer,
        Err(error) if crate::models::is_unique_violation(&error) => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    invitation.joined(&txn, stringer).await?;
    Ok(txn.commit().await?)
}

/// `/welcome`.
pub fn routes() -> Routes {
    Routes::new().add("/welcome", get(new).post(create))
}
