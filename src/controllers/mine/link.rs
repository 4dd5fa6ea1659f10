//! The page behind a link that a stringer has handed over: its button lets the client in.

use axum::Form;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;

use crate::auth::authenticator::Authenticator;
use crate::auth::cookies;
use crate::auth::throttle::RateLimit;
use crate::controllers::Answer;
use crate::values::Secret;
use crate::views::mine::{Link, Start};
use crate::web::{CurrentPerson, RemoteClient, Visitor, see_other};

/// What a link carries.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Carried {
    pub(super) token_hash: String,
}

/// For whom nobody has let in, or whose link is not good any more.
pub(super) async fn start(auth: Authenticator, visitor: Visitor) -> Answer {
    visitor.render("mine/start.html", Start::new(auth.mails.can_mail()))
}

/// Nothing is used up by looking: whatever looks through messages follows links.
pub(super) async fn show(
    auth: Authenticator,
    visitor: Visitor,
    Query(carried): Query<Carried>,
) -> Answer {
    let Some(secret) = Secret::parse(&carried.token_hash) else { return spent(&auth, &visitor) };
    match auth.offered_to_client(&secret).await? {
        Some(offered) => {
            let view = Link {
                token_hash: carried.token_hash,
                first_name: offered.first_name,
                stringer: offered.stringer,
            };
            visitor.render("mine/link.html", view)
        }
        None => spent(&auth, &visitor),
    }
}

pub(super) async fn redeem(
    auth: Authenticator,
    visitor: Visitor,
    remote: RemoteClient,
    Form(carried): Form<Carried>,
) -> Answer {
    auth.throttle.ask(remote.address, RateLimit::Link)?;
    let Some(secret) = Secret::parse(&carried.token_hash) else { return spent(&auth, &visitor) };
    match auth.let_client_in(&secret).await? {
        Some(session) => let_in(&auth, &visitor, &session).await,
        None => spent(&auth, &visitor),
    }
}

/// Sends a browser on to the own pages. Whom it knew before it knows no more: one browser is one
/// client.
pub(super) async fn let_in(auth: &Authenticator, visitor: &Visitor, session: &Secret) -> Answer {
    if let Some(before) = &visitor.auth.person {
        auth.let_client_out(before.session).await?;
    }
    let mut response = see_other("/mine");
    cookies::set(response.headers_mut(), auth.session_cookies.client(session));
    Ok(response)
}

pub(super) fn spent(auth: &Authenticator, visitor: &Visitor) -> Answer {
    visitor.refuse("mine/start.html", Start::new(auth.mails.can_mail()).spent())
}

/// On every device: one may be somebody else's.
pub(super) async fn sign_out_all(auth: Authenticator, current: CurrentPerson) -> Answer {
    auth.forget_client(current.me.id).await?;
    Ok(gone(&auth))
}

pub(super) async fn sign_out(auth: Authenticator, current: CurrentPerson) -> Answer {
    auth.let_client_out(current.me.session).await?;
    Ok(gone(&auth))
}

/// This browser forgets whom it knew.
fn gone(auth: &Authenticator) -> Response {
    let mut response = see_other("/mine/start");
    cookies::set(response.headers_mut(), [auth.session_cookies.client_gone()]);
    response
}
