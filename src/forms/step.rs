//! Moving a date of an order.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Errors;

/// A step's date; empty means today.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StepForm {
    /// `2026-11-24`.
    pub date: String,
    /// `home` to go back there.
    pub back: String,
}

impl StepForm {
    /// The step was taken on the page that the day begins with.
    #[must_use]
    pub fn is_at_home(&self) -> bool {
        self.back == "home"
    }

    /// The date, if one was given.
    ///
    /// # Errors
    /// When it is no date.
    pub fn date(&self) -> Result<Option<NaiveDate>, &'static str> {
        let mut errors = Errors::default();
        let date = errors.date("date", &self.date);
        errors.of("date").map_or(Ok(date), Err)
    }
}
