//! Somebody is signed in, and no workshop is theirs: they may ask for one. Or it is, and
//! it was deactivated.

use axum::Form;
use axum::http::StatusCode;
use loco_rs::prelude::*;
use sea_orm_tenancy::Scope;

use super::Answer;
use crate::auth::authenticator::{Authenticator, Standing};
use crate::auth::throttle::RateLimit;
use crate::forms::AccessForm;
use crate::models::invitations;
use crate::models::purposes::INVITE;
use crate::views::people::{Access, Mailed};
use crate::web::{RemoteClient, Visitor, see_other};

async fn new(auth: Authenticator, visitor: Visitor) -> Answer {
    if let Standing::Deactivated = &visitor.auth.standing {
        return visitor.respond(StatusCode::FORBIDDEN, "access/closed.html", ());
    }
    let (Standing::Stranger, Some(identity)) = (&visitor.auth.standing, &visitor.auth.identity)
    else {
        return Ok(see_other("/"));
    };
    let db = auth.db.bind(Scope::System(&INVITE));
    if invitations::Entity::is_asked_by(&db, &identity.subject).await? {
        return visitor.render("access/new.html", Access::asked(&identity.email));
    }
    visitor.render("access/new.html", Access::new(AccessForm::default(), &identity.email))
}

async fn create(
    auth: Authenticator,
    visitor: Visitor,
    remote: RemoteClient,
    Form(form): Form<AccessForm>,
) -> Answer {
    let (Standing::Stranger, Some(identity)) = (&visitor.auth.standing, &visitor.auth.identity)
    else {
        return Ok(see_other("/"));
    };
    auth.throttle.ask(remote.address, RateLimit::Mail)?;
    let message = match form.check() {
        Ok(message) => message,
        Err(errors) => {
            let view = Access::new(form, &identity.email).with(errors);
            return visitor.refuse("access/new.html", view);
        }
    };
    let db = auth.db.bind(Scope::System(&INVITE));
    // Invited already, and came in by another way than the invitation's link.
    if let Some(sent) = invitations::Entity::find_sent_to(&db, &identity.subject).await?
        && auth.provider.can_mail()
    {
        auth.provider.invite(sent.id).await?;
        return visitor.render("sessions/mailed.html", Mailed { email: sent.email });
    }
    invitations::Entity::ask(&db, identity, visitor.auth.locale, message).await?;
    visitor.render("access/new.html", Access::asked(&identity.email))
}

/// `/access`.
pub fn routes() -> Routes {
    Routes::new().add("/access", get(new).post(create))
}
