//! The page behind a link that a stringer has handed over: its button lets the client in.

use axum::Form;
use axum::extract::Query;
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
    token_hash: String,
}

/// For whom nobody has let in, or whose link is not good any more.
pub(super) async fn start(visitor: Visitor) -> Answer {
    visitor.render("mine/start.html", Start { is_spent: false })
}

/// Nothing is used up by looking: whatever looks through messages follows links.
pub(super) async fn show(
    auth: Authenticator,
    visitor: Visitor,
    Query(carried): Query<Carried>,
) -> Answer {
    let Some(secret) = Secret::parse(&carried.token_hash) else { return spent(&visitor) };
    match auth.offered_to_client(&secret).await? {
        Some(offered) => {
            let view = Link {
                token_hash: carried.token_hash,
                first_name: offered.first_name,
                stringer: offered.stringer,
            };
            visitor.render("mine/link.html", view)
        }
        None => spent(&visitor),
    }
}

pub(super) async fn redeem(
    auth: Authenticator,
    visitor: Visitor,
    remote: RemoteClient,
    Form(carried): Form<Carried>,
) -> Answer {
    auth.throttle.ask(remote.address, RateLimit::Link)?;
    let Some(secret) = Secret::parse(&carried.token_hash) else { return spent(&visitor) };
    match auth.let_client_in(&secret).await? {
        Some(session) => {
            let mut response = see_other("/mine");
            cookies::set(response.headers_mut(), auth.session_cookies.client(&session));
            Ok(response)
        }
        None => spent(&visitor),
    }
}

fn spent(visitor: &Visitor) -> Answer {
    visitor.refuse("mine/start.html", Start { is_spent: true })
}

pub(super) async fn sign_out(auth: Authenticator, current: CurrentPerson) -> Answer {
    auth.let_client_out(current.me.session).await?;
    let mut response = see_other("/mine/start");
    cookies::set(response.headers_mut(), [auth.session_cookies.client_gone()]);
    Ok(response)
}
