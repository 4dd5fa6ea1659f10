//! What a year brought.

use axum::extract::Query;
use loco_rs::prelude::*;
use serde::Deserialize;

use super::Answer;
use crate::auth::Desk;
use crate::models::orders;
use crate::views::reports::Show;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Wanted {
    year: String,
}

async fn show(desk: Desk, Query(wanted): Query<Wanted>) -> Answer {
    use chrono::Datelike as _;
    let db = desk.db.reading().await?;
    let years = orders::Entity::years(&db).await?;
    let year = wanted.year.parse().unwrap_or_else(|_| desk.me.today().year());
    let brought = orders::Entity::year(&db, year, desk.me.currency()).await?;
    desk.render("reports/show.html", Show::new(&desk.me, year, years, &brought))
}

/// `/reports`.
pub fn routes() -> Routes {
    Routes::new().add("/reports", get(show))
}
