//! What a year brought.

use axum::extract::Query;
use loco_rs::prelude::*;
use serde::Deserialize;

use super::Answer;
use crate::auth::Desk;
use crate::models::{YEARS, orders};
use crate::views::reports::Show;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Wanted {
    year: String,
}

async fn show(desk: Desk, Query(wanted): Query<Wanted>) -> Answer {
    use chrono::Datelike as _;
    let db = desk.db.reading().await?;
    let this_year = desk.me.today().year();
    let year = wanted.year.parse().ok().filter(|year| YEARS.contains(year)).unwrap_or(this_year);
    let mut years = orders::Entity::years_strung(&db).await?;
    years.extend([this_year, year]);
    years.sort_unstable_by(|one, other| other.cmp(one));
    years.dedup();
    let brought = orders::Entity::year(&db, year, desk.me.currency()).await?;
    desk.render("reports/show.html", Show::new(&desk.me, year, years, &brought))
}

/// `/reports`.
pub fn routes() -> Routes {
    Routes::new().add("/reports", get(show))
}
