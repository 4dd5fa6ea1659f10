//! What a year brought.

use axum::extract::Query;
use loco_rs::prelude::*;
use serde::Deserialize;

use super::Answer;
use crate::models::{YEARS, orders};
use crate::views::reports::Show;
use crate::web::CurrentStringer;

#[derive(Deserialize, Default)]
#[serde(default)]
struct YearQuery {
    year: String,
}

async fn show(current: CurrentStringer, Query(query): Query<YearQuery>) -> Answer {
    use chrono::Datelike as _;
    let db = current.db.reading().await?;
    let this_year = current.me.today().year();
    let year = query.year.parse().ok().filter(|year| YEARS.contains(year)).unwrap_or(this_year);
    let mut years = orders::Entity::years_strung(&db).await?;
    years.extend([this_year, year]);
    years.sort_unstable_by(|one, other| other.cmp(one));
    years.dedup();
    let brought = orders::Entity::year(&db, year, current.me.currency()).await?;
    let voids = orders::Entity::voids(&db, year).await?;
    current.render("reports/show.html", Show::new(&current.me, year, years, &brought, voids))
}

/// `/reports`.
pub fn routes() -> Routes {
    Routes::new().add("/reports", get(show))
}
