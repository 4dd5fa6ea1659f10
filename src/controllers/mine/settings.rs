//! What a client says of itself.

use axum::Form;
use axum::extract::Query;

use super::Asked;
use crate::controllers::Answer;
use crate::forms::{Errors, OwnForm};
use crate::models::{mine, persons};
use crate::views::mine::Settings;
use crate::web::{CurrentPerson, see_other};

pub(super) async fn show(current: CurrentPerson, Query(asked): Query<Asked>) -> Answer {
    let own = mine::person(&current.db, current.me.id).await?;
    let is_saved = asked.done.is_some();
    let view = Settings { form: OwnForm::of(&own), errors: Errors::default(), is_saved };
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
            let view = Settings { form, errors, is_saved: false };
            current.refuse("mine/settings.html", view)
        }
    }
}
