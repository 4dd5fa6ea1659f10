//! What is wanted on one day: "tournament Saturday".

use axum::extract::{Path, Query};
use chrono::NaiveDate;
use loco_rs::prelude::*;

use super::{Answer, Part};
use crate::models::{YEARS, orders};
use crate::views::days::Show;
use crate::web::{AppError, CurrentStringer, see_other};

async fn show(
    current: CurrentStringer,
    Path(date): Path<NaiveDate>,
    Query(part): Query<Part>,
) -> Answer {
    use chrono::Datelike as _;
    if !YEARS.contains(&date.year()) {
        return Err(AppError::NotFound);
    }
    let db = current.db.reading().await?;
    let (rows, more) = orders::Entity::due_on(&db, date, part.page).await?;
    let counts = orders::Entity::count_due_on(&db, date).await?;
    current.render("days/show.html", Show::new(&current.me, date, &rows, counts, part.of(more)))
}

async fn today(current: CurrentStringer) -> Answer {
    Ok(see_other(&format!("/days/{}", current.me.today())))
}

/// `/days` and `/days/{date}`.
pub fn routes() -> Routes {
    Routes::new().add("/days", get(today)).add("/days/{date}", get(show))
}
