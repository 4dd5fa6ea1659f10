//! What is wanted on one day: "tournament Saturday".

use axum::extract::{Path, Query};
use chrono::NaiveDate;
use loco_rs::prelude::*;

use super::client_rackets::{sheet, size_of};
use super::{Answer, Part, pdf_file};
use crate::models::{YEARS, orders, receipt_emissions};
use crate::receipts;
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
    let open = orders::Entity::count_open_of(&db, date).await?;
    let view = Show::new(&current.me, date, &rows, counts, part.of(more));
    current.render("days/show.html", view.with_open(open))
}

/// The open receipts of what was strung on a day, in one file.
async fn receipts(current: CurrentStringer, Path(date): Path<NaiveDate>) -> Answer {
    may_be_in_a_book(date)?;
    let receipts = receipt_emissions::Entity::open_of_day(&current.db, date).await?;
    // One that cannot be made is not left out without a word.
    let issued = receipts.into_iter().map(|it| Some((it.number, it.pdf?))).collect::<Option<_>>();
    let issued = issued.ok_or(AppError::Unusable("day-receipts-failed"))?;
    let me = &current.me;
    let title = me.locale().with("day-receipts-title", [("day", me.region().long_date(date))]);
    let pdf = receipts::sheets(me.locale(), &me.display_name, title, issued).await;
    let pdf = pdf.map_err(AppError::internal)?;
    let word = me.locale().t("day-receipts-file");
    Ok(pdf_file(&format!("{word}-{date}.pdf"), pdf))
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
        .add("/days/{date}/receipts.pdf", get(receipts))
}
