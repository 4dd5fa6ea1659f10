//! What is wanted on one day: "tournament Saturday".

use axum::extract::Path;
use chrono::NaiveDate;
use loco_rs::prelude::*;

use super::Answer;
use crate::auth::Desk;
use crate::errors::AppError;
use crate::models::{YEARS, orders};
use crate::views::days::Show;

async fn show(desk: Desk, Path(date): Path<NaiveDate>) -> Answer {
    use chrono::Datelike as _;
    if !YEARS.contains(&date.year()) {
        return Err(AppError::NotFound);
    }
    let rows = orders::Entity::due_on(&desk.db, date).await?;
    desk.render("days/show.html", Show::new(&desk.me, date, &rows))
}

/// `/days/{date}`.
pub fn routes() -> Routes {
    Routes::new().add("/days/{date}", get(show))
}
