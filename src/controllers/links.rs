//! The page behind a mail's link: it names the account, and its button signs in.

use axum::Form;
use axum::extract::Query;
use loco_rs::prelude::*;

use super::{Answer, sessions};
use crate::auth::gate::Gate;
use crate::auth::link::{Link, LinkKind, PATH};
use crate::auth::provider::{AuthError, Invited};
use crate::auth::throttle::Errand;
use crate::auth::{Caller, Guest};
use crate::forms::LinkForm;
use crate::models::invitations;
use crate::models::purposes::INVITE;
use crate::views::people::{LinkPage, Mailed, SpentLink};
use sea_orm_tenancy::Scope;

/// Nothing is used up by looking.
async fn show(gate: Gate, guest: Guest, Query(form): Query<LinkForm>) -> Answer {
    let Some(link) = form.link() else { return spent(&gate, &guest, form).await };
    match gate.provider.account_of(&link).await? {
        Some(email) => {
            let signed_in = guest.visitor.identity.as_ref().map(|identity| identity.email.clone());
            let view = LinkPage { form, kind: link.kind.code(), account: email, signed_in };
            guest.render("links/show.html", view)
        }
        None => spent(&gate, &guest, form).await,
    }
}

async fn redeem(gate: Gate, guest: Guest, caller: Caller, Form(form): Form<LinkForm>) -> Answer {
    gate.throttle.ask(caller.address, Errand::Link)?;
    let Some(link) = form.link() else { return spent(&gate, &guest, form).await };
    match gate.provider.redeem(&link, &caller.device).await {
        Ok(tokens) => {
            let to = if link.kind == LinkKind::Recovery { "/settings/password" } else { "/" };
            Ok(sessions::signed_in(&gate, &guest.visitor, &tokens, false, to).await)
        }
        Err(AuthError::LinkSpent) => spent(&gate, &guest, form).await,
        Err(error) => Err(error.into()),
    }
}

/// An invitation outlives its link: whoever has the old mail gets a new one, at the
/// invited address and nowhere else.
async fn again(gate: Gate, guest: Guest, caller: Caller, Form(form): Form<LinkForm>) -> Answer {
    gate.throttle.ask(caller.address, Errand::Mail)?;
    // The link that the admin is about to hand over must stay good.
    if !gate.provider.can_mail() {
        return spent(&gate, &guest, form).await;
    }
    let Some(open) = open_invitation(&gate, form.link().as_ref()).await? else {
        return spent(&gate, &guest, form).await;
    };
    match gate.provider.invite(open.id).await? {
        Invited::Mailed => guest.render("sessions/mailed.html", Mailed { email: open.email }),
        Invited::ByHand(_) => spent(&gate, &guest, LinkForm::default()).await,
    }
}

async fn open_invitation(
    gate: &Gate,
    link: Option<&Link>,
) -> Result<Option<invitations::Model>, AuthError> {
    let Some(secret) = link.and_then(Link::invitation) else { return Ok(None) };
    let door = gate.db.bind(Scope::System(&INVITE));
    let known = invitations::Entity::of_secret(&door, &secret).await?;
    Ok(known.filter(invitations::Model::is_open))
}

async fn spent(gate: &Gate, guest: &Guest, form: LinkForm) -> Answer {
    let open = open_invitation(gate, form.link().as_ref()).await?;
    let form = (open.is_some() && gate.provider.can_mail()).then_some(form);
    guest.refuse("links/spent.html", SpentLink { form })
}

/// [`PATH`].
pub fn routes() -> Routes {
    Routes::new().add(PATH, get(show).post(redeem)).add(&format!("{PATH}/again"), post(again))
}
