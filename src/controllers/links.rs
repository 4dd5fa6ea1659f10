//! The page behind a mail's link: it names the account, and its button signs in.

use axum::Form;
use axum::extract::Query;
use axum::http::HeaderMap;
use loco_rs::prelude::*;
use sea_orm_tenancy::Scope;

use super::{Answer, sessions};
use crate::auth::authenticator::Authenticator;
use crate::auth::cookies;
use crate::auth::link::{Link, PATH};
use crate::auth::provider::{AuthError, Invited};
use crate::auth::throttle::RateLimit;
use crate::forms::LinkForm;
use crate::models::invitations;
use crate::models::purposes::INVITE;
use crate::values::{LinkKind, Vocabulary as _};
use crate::views::people::{LinkPage, Mailed, SpentLink};
use crate::web::{RemoteClient, Visitor, own_path};

/// Nothing is used up by looking.
async fn show(auth: Authenticator, visitor: Visitor, Query(form): Query<LinkForm>) -> Answer {
    let Some(link) = form.link() else { return spent(&auth, &visitor, form).await };
    match auth.provider.account_of(&link).await? {
        Some(email) => {
            let signed_in = visitor.auth.identity.as_ref().map(|identity| identity.email.clone());
            let view = LinkPage { form, kind: link.kind.code(), account: email, signed_in };
            visitor.render("links/show.html", view)
        }
        None => spent(&auth, &visitor, form).await,
    }
}

async fn redeem(
    auth: Authenticator,
    visitor: Visitor,
    remote: RemoteClient,
    headers: HeaderMap,
    Form(form): Form<LinkForm>,
) -> Answer {
    auth.throttle.ask(remote.address, RateLimit::Link)?;
    let Some(link) = form.link() else { return spent(&auth, &visitor, form).await };
    let back = auth.session_cookies.read_back(&cookies::jar(&headers));
    match auth.provider.redeem(&link, &remote.device).await {
        Ok(tokens) => {
            let to = match link.kind {
                LinkKind::Recovery => "/settings/password",
                LinkKind::Invite => "/",
                LinkKind::MagicLink => back.as_deref().and_then(own_path).unwrap_or("/"),
            };
            Ok(sessions::signed_in(&auth, &visitor.auth, &tokens, false, to).await)
        }
        Err(AuthError::LinkSpent) => spent(&auth, &visitor, form).await,
        Err(error) => Err(error.into()),
    }
}

/// An invitation outlives its link: whoever has the old mail gets a new one, at the
/// invited address and nowhere else.
async fn again(
    auth: Authenticator,
    visitor: Visitor,
    remote: RemoteClient,
    Form(form): Form<LinkForm>,
) -> Answer {
    auth.throttle.ask(remote.address, RateLimit::Mail)?;
    // The link that the admin is about to hand over must stay good.
    if !auth.provider.can_mail() {
        return spent(&auth, &visitor, form).await;
    }
    let Some(open) = open_invitation(&auth, form.link().as_ref()).await? else {
        return spent(&auth, &visitor, form).await;
    };
    match auth.provider.invite(open.id).await? {
        Invited::Mailed | Invited::JustMailed => {
            visitor.render("sessions/mailed.html", Mailed { email: open.email })
        }
        Invited::ByHand(_) => spent(&auth, &visitor, LinkForm::default()).await,
    }
}

async fn open_invitation(
    auth: &Authenticator,
    link: Option<&Link>,
) -> Result<Option<invitations::Model>, AuthError> {
    let Some(secret) = link.and_then(Link::invitation) else { return Ok(None) };
    let db = auth.db.bind(Scope::System(&INVITE));
    let known = invitations::Entity::find_by_secret(&db, &secret).await?;
    Ok(known.filter(invitations::Model::is_open))
}

async fn spent(auth: &Authenticator, visitor: &Visitor, form: LinkForm) -> Answer {
    let open = open_invitation(auth, form.link().as_ref()).await?;
    let form = (open.is_some() && auth.provider.can_mail()).then_some(form);
    visitor.refuse("links/spent.html", SpentLink { form })
}

/// [`PATH`].
pub fn routes() -> Routes {
    Routes::new().add(PATH, get(show).post(redeem)).add(&format!("{PATH}/again"), post(again))
}
