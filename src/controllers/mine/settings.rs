//! What a client says of itself.

use axum::Form;
use axum::extract::Query;
use serde::Deserialize;

use super::Asked;
use crate::controllers::Answer;
use crate::forms::{Errors, OwnForm};
use crate::models::dsar_log::{self, RequestKind};
use crate::models::{mine, persons};
use crate::views::mine::Settings;
use crate::web::{AppError, CurrentPerson, see_other};

pub(super) async fn show(current: CurrentPerson, Query(asked): Query<Asked>) -> Answer {
    let db = current.db.reading().await?;
    let own = mine::person(&db, current.me.id).await?;
    let requests = dsar_log::Entity::of_person(&db, current.me.id).await?;
    let view = Settings::new(OwnForm::of(&own), Errors::default())
        .asked(current.locale, &current.me, &requests)
        .done(asked.done.as_deref());
    current.render("mine/settings.html", view)
}

pub(super) async fn update(current: CurrentPerson, Form(form): Form<OwnForm>) -> Answer {
    let own = mine::person(&current.db, current.me.id).await?;
    match form.check(own) {
        Ok(own) => {
            persons::Entity::say(&current.db, current.me.id, own).await?;
            Ok(see_other("/mine/settings?done=saved"))
        }
        Err(errors) => {
            let requests = dsar_log::Entity::of_person(&current.db, current.me.id).await?;
            let view = Settings::new(form, errors).asked(current.locale, &current.me, &requests);
            current.refuse("mine/settings.html", view)
        }
    }
}

/// What is asked for under the law of data protection.
#[derive(Deserialize)]
pub(super) struct Wish {
    kind: RequestKind,
}

pub(super) async fn request(current: CurrentPerson, Form(wish): Form<Wish>) -> Answer {
    // Whoever has a link that was handed over may be its stringer.
    if current.me.address.is_none() {
        return Err(AppError::Unusable("problem-prove-first"));
    }
    dsar_log::Entity::ask(&current.db, wish.kind).await?;
    Ok(see_other("/mine/settings?done=asked"))
}
