//! What a year brought.

use axum::extract::{Path, Query};
use chrono::Datelike as _;
use loco_rs::prelude::*;
use serde::Deserialize;

use super::{Answer, table_file};
use crate::models::{YEARS, orders};
use crate::views::reports::{Report, Show};
use crate::web::{AppError, CurrentStringer};

#[derive(Deserialize, Default)]
#[serde(default)]
struct YearQuery {
    year: String,
}

impl YearQuery {
    fn or(&self, this_year: i32) -> i32 {
        self.year.parse().ok().filter(|year| YEARS.contains(year)).unwrap_or(this_year)
    }
}

async fn show(current: CurrentStringer, Query(query): Query<YearQuery>) -> Answer {
    let db = current.db.reading().await?;
    let me = &current.me;
    let this_year = me.today().year();
    let year = query.or(this_year);
    let mut years = orders::Entity::years_strung(&db).await?;
    years.extend([this_year, year]);
    years.sort_unstable_by(|one, other| other.cmp(one));
    years.dedup();
    let brought = orders::Entity::year(&db, year, me.currency()).await?;
    let debts = orders::Entity::debts(&db, me.today(), me.currency()).await?;
    let voids = orders::Entity::voids(&db, year).await?;
    let report = Report { me, brought: &brought, debts: &debts };
    current.render("reports/show.html", Show::new(&report, year, years, voids))
}

/// A table as a file: `2026-months.csv`.
async fn file(current: CurrentStringer, Path(name): Path<String>) -> Answer {
    let (stem, kind) = name.rsplit_once('.').ok_or(AppError::NotFound)?;
    let (year, table) = stem.split_once('-').ok_or(AppError::NotFound)?;
    let year = year.parse().ok().filter(|year| YEARS.contains(year)).ok_or(AppError::NotFound)?;
    let db = current.db.reading().await?;
    let me = &current.me;
    let brought = orders::Entity::year(&db, year, me.currency()).await?;
    let debts = orders::Entity::debts(&db, me.today(), me.currency()).await?;
    let table = Report { me, brought: &brought, debts: &debts }.table(table);
    let table = table.ok_or(AppError::NotFound)?;
    table_file(me, &table, &format!("{year}-{}", table.name), kind)
}

/// `/reports`.
pub fn routes() -> Routes {
    Routes::new().add("/reports", get(show)).add("/reports/{name}", get(file))
}
