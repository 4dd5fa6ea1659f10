//! The own pages by mail: whoever has an address asks for a link, says who it is, and which others
//! that workshops know by the address are itself.

use axum::Form;
use axum::extract::{Path, Query};
use loco_rs::prelude::*;
use serde::Deserialize;

use super::link::{Carried, let_in, spent};
use crate::auth::authenticator::Authenticator;
use crate::auth::throttle::RateLimit;
use crate::controllers::Answer;
use crate::forms::AddressForm;
use crate::models::ModelError;
use crate::values::Secret;
use crate::views::mine::{Proof, Start};
use crate::web::{AppError, CurrentPerson, RemoteClient, Visitor, see_other};

/// The same page for every address: who is a client of whom is nobody's business.
pub(super) async fn mail(
    auth: Authenticator,
    visitor: Visitor,
    remote: RemoteClient,
    Form(form): Form<AddressForm>,
) -> Answer {
    auth.throttle.ask(remote.address, RateLimit::Mail)?;
    let start = Start::new(auth.mails.can_mail());
    let email = match form.check() {
        Ok(email) => email,
        Err(errors) => return visitor.refuse("mine/start.html", start.with(form, errors)),
    };
    auth.mail_own_pages(&email, visitor.auth.locale).await?;
    visitor.render("mine/start.html", start.mailed(form))
}

/// Nothing is used up by looking: whatever looks through mails follows links.
pub(super) async fn show(
    auth: Authenticator,
    visitor: Visitor,
    Query(carried): Query<Carried>,
) -> Answer {
    let Some(secret) = Secret::parse(&carried.token_hash) else { return spent(&auth, &visitor) };
    match auth.offered_at_address(&secret).await? {
        Some(offered) => {
            visitor.render("mine/proof.html", Proof::new(carried.token_hash, &offered))
        }
        None => spent(&auth, &visitor),
    }
}

/// Who of those whom the link is for.
#[derive(Deserialize)]
pub(super) struct Chosen {
    token_hash: String,
    #[serde(default)]
    person: Option<Uuid>,
}

pub(super) async fn redeem(
    auth: Authenticator,
    visitor: Visitor,
    remote: RemoteClient,
    Form(chosen): Form<Chosen>,
) -> Answer {
    auth.throttle.ask(remote.address, RateLimit::Link)?;
    let Some(secret) = Secret::parse(&chosen.token_hash) else { return spent(&auth, &visitor) };
    let Some(person) = chosen.person else {
        let offered = auth.offered_at_address(&secret).await?;
        return match offered {
            Some(offered) => {
                let page = Proof::new(chosen.token_hash, &offered).nobody_chosen();
                visitor.refuse("mine/proof.html", page)
            }
            None => spent(&auth, &visitor),
        };
    };
    match auth.let_in_at_address(&secret, person).await? {
        Some(session) => let_in(&auth, &visitor, &session).await,
        None => spent(&auth, &visitor),
    }
}

/// A word about another one that a workshop knows by the same address.
#[derive(Deserialize)]
pub(super) struct Word {
    #[serde(default)]
    is_me: Option<String>,
}

pub(super) async fn answer(
    auth: Authenticator,
    current: CurrentPerson,
    Path(other): Path<Uuid>,
    Form(word): Form<Word>,
) -> Answer {
    let is_me = word.is_me.is_some();
    match auth.answer_about(&current.me, other, is_me).await {
        Ok(()) if is_me => Ok(see_other("/mine?done=joined")),
        Ok(()) => Ok(see_other("/mine?done=kept-apart")),
        // Said before, or in another tab; or the workshop has changed the address meanwhile.
        Err(ModelError::NotFound) => Ok(see_other("/mine?done=changed")),
        // An admin is at it, or at what the other one has asked for.
        Err(ModelError::Stale | ModelError::Reference) => Ok(see_other("/mine?done=later")),
        Err(error) => Err(AppError::from(error)),
    }
}
