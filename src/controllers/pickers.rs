//! What is offered while somebody types a string or a racket.

use axum::extract::Query;
use loco_rs::prelude::*;
use serde::Deserialize;

use super::Answer;
use crate::models::{catalogue_strings, rackets};
use crate::units::Sport;
use crate::values::Vocabulary as _;
use crate::views::pickers::Options;
use crate::web::CurrentStringer;

/// The form's own fields: whichever of them is typed into is the query.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Typed {
    sport: String,
    q: String,
    mains_string: String,
    crosses_string: String,
    racket: String,
    string: String,
}

impl Typed {
    fn sport(&self) -> Option<Sport> {
        Sport::from_code(&self.sport)
    }

    fn query(&self) -> &str {
        [&self.q, &self.mains_string, &self.crosses_string, &self.racket, &self.string]
            .into_iter()
            .find(|text| !text.is_empty())
            .map_or("", String::as_str)
    }
}

async fn strings(current: CurrentStringer, Query(typed): Query<Typed>) -> Answer {
    let found =
        catalogue_strings::Entity::search(&current.db, typed.sport(), typed.query()).await?;
    current.render("pickers/_options.html", Options::strings(&found, typed.query()))
}

async fn racket_models(current: CurrentStringer, Query(typed): Query<Typed>) -> Answer {
    let found = rackets::Entity::search(&current.db, typed.sport(), typed.query()).await?;
    current.render("pickers/_options.html", Options::rackets(&found, typed.query()))
}

/// `/strings` and `/rackets`, as far as pickers need them.
pub fn routes() -> Routes {
    Routes::new().add("/strings", get(strings)).add("/rackets", get(racket_models))
}
