//! What is wanted on one day: "tournament Saturday".

use axum::extract::{Path, Query};
use chrono::NaiveDate;
use loco_rs::prelude::*;

use super::{Answer, Part};
use crate::auth::Desk;
use crate::auth::guards::see;
use crate::errors::AppError;
use crate::models::{YEARS, orders};
use crate::views::days::Show;

async fn show(desk: Desk, Path(date): Path<NaiveDate>, Query(part): Query<Part>) -> Answer {
    use chrono::Datelike as _;
    if !YEARS.contains(&date.year()) {
        return Err(AppError::NotFound);
    }
    let db = desk.db.reading().await?;
    let (rows, more) = orders::Entity::due_on(&db, date, part.page).await?;
    let counts = orders::Entity::count_due_on(&db, date).await?;
    desk.render("days/show.html", Show::new(&desk.me, date, &rows, counts, part.of(more)))
}

async fn today(desk: Desk) -> Answer {
    Ok(see(&format!("/days/{}", desk.me.today())))
}

/// `/days` and `/days/{date}`.
pub fn routes() -> Routes {
    Routes::new().add("/days", get(today)).add("/days/{date}", get(show))
}
