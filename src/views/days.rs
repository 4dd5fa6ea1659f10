//! A day's jobs, by the hour.

use chrono::{Days, NaiveDate};
use serde::Serialize;

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
    is_today: bool,
    /// To be strung still.
    left: usize,
    jobs: Vec<Job>,
}

impl Show {
    /// What is wanted on a day, the earliest first.
    #[must_use]
    pub fn new(me: &Member, date: NaiveDate, rows: &[Row]) -> Self {
        let text = |date: NaiveDate| date.to_string();
        Self {
            day: me.region().weekday(date),
            before: date.checked_sub_days(Days::new(1)).map(text),
            after: date.checked_add_days(Days::new(1)).map(text),
            is_today: date == me.today(),
            left: rows.iter().filter(|row| row.dates().strung.is_none()).count(),
            jobs: Job::list(me, rows),
        }
    }
}
