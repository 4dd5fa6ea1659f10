//! A day's jobs, by the hour.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::Pages;
use super::job::Job;
use crate::models::orders::Row;
use crate::models::stringers::Member;

/// `days/show.html`.
#[derive(Debug, Serialize)]
pub struct Show {
    day: String,
    /// `2026-11-27` and `2026-11-29`, for the links beside the day.
    before: Option<String>,
    after: Option<String>,
    today: String,
    is_today: bool,
    /// To be strung still.
    left: u64,
    total: u64,
    /// Receipts that may be printed in one go.
    open: u64,
    jobs: Vec<Job>,
    /// The address without what follows it, for links to other pages.
    base: String,
    #[serde(flatten)]
    pages: Pages,
}

impl Show {
    /// What is wanted on a day, the earliest first: so many, and so many of them strung.
    #[must_use]
    pub fn new(
        me: &Member,
        date: NaiveDate,
        rows: &[Row],
        counts: (u64, u64),
        pages: Pages,
    ) -> Self {
        let (total, strung) = counts;
        let text = |date: NaiveDate| date.to_string();
        Self {
            day: me.region().weekday(date, me.today()),
            before: date.checked_sub_days(Days::new(1)).map(text),
            after: date.checked_add_days(Days::new(1)).map(text),
            today: text(me.today()),
            is_today: date == me.today(),
            left: total.saturating_sub(strung),
            total,
            open: 0,
            jobs: Job::list(me, rows),
            base: format!("/days/{date}"),
            pages,
        }
    }

    /// With so many open receipts of what was strung on it.
    #[must_use]
    pub fn with_open(self, open: u64) -> Self {
        Self { open, ..self }
    }
}
