//! What is wanted on one day: "tournament Saturday".

use axum::extract::{Path, Query};
use chrono::NaiveDate;
use loco_rs::prelude::*;

use super::client_rackets::{sheet, size_of};
use super::{Answer, Part};
use crate::models::{YEARS, orders};
use crate::views::days::Show;
use crate::web::{AppError, CurrentStringer, see_other};

/// What is further than a database's calendar goes is no day of a book.
fn may_be_in_a_book(date: NaiveDate) -> Result<(), AppError> {
    use chrono::Datelike as _;
    if YEARS.contains(&date.year()) { Ok(()) } else { Err(AppError::NotFound) }
}

/// Nobody strings more pages of rackets in a day.
const LONGEST: u64 = 4;

async fn show(
    current: CurrentStringer,
    Path(date): Path<NaiveDate>,
    Query(part): Query<Part>,
) -> Answer {
    may_be_in_a_book(date)?;
    let db = current.db.reading().await?;
    let (rows, more) = orders::Entity::due_on(&db, date, part.page).await?;
    let counts = orders::Entity::count_due_on(&db, date).await?;
    current.render("days/show.html", Show::new(&current.me, date, &rows, counts, part.of(more)))
}

/// The labels of all that is wanted on a day, in the order of its page.
async fn labels(current: CurrentStringer, Path((date, file)): Path<(NaiveDate, String)>) -> Answer {
    may_be_in_a_book(date)?;
    let size = size_of(&file)?;
    let mut rows = Vec::new();
    for page in 0..LONGEST {
        let (more_rows, more) = orders::Entity::due_on(&current.db, date, page).await?;
        rows.extend(more_rows);
        if !more {
            break;
        }
    }
    sheet(&current, &rows, size).await
}

async fn today(current: CurrentStringer) -> Answer {
    Ok(see_other(&format!("/days/{}", current.me.today())))
}

/// `/days`, `/days/{date}` and its labels.
pub fn routes() -> Routes {
    Routes::new()
        .add("/days", get(today))
        .add("/days/{date}", get(show))
        .add("/days/{date}/labels/{file}", get(labels))
}
