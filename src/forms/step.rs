//! Taking a step of an order, or moving its date.

use serde::{Deserialize, Serialize};

use super::Errors;
use super::field::is_on;
use crate::models::orders::Said;

/// What is said with a step.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StepForm {
    /// `2026-11-24`; empty means today.
    pub date: String,
    /// How it was paid; empty where nobody says.
    pub payment: String,
    /// Stiffness after stringing; empty where nobody has measured.
    pub dt_after: String,
    /// It costs nothing, and is meant to.
    pub free: String,
    /// `home` to go back there.
    pub back: String,
}

impl StepForm {
    /// The step was taken on the page that the day begins with.
    #[must_use]
    pub fn is_at_home(&self) -> bool {
        self.back == "home"
    }

    /// The step was taken at the bench, one racket after the other.
    #[must_use]
    pub fn is_at_the_bench(&self) -> bool {
        self.back == "bench"
    }

    /// What it says.
    ///
    /// # Errors
    /// With the key of the sentence about what is none.
    pub fn check(&self) -> Result<Said, &'static str> {
        let mut errors = Errors::default();
        let said = Said {
            date: errors.date("date", &self.date),
            payment: errors.choice("payment", &self.payment),
            dt_after: errors.number("dt_after", &self.dt_after, super::order::DT),
            is_free: is_on(&self.free),
        };
        let wrong = ["date", "payment", "dt_after"].into_iter().find_map(|field| errors.of(field));
        wrong.map_or(Ok(said), Err)
    }
}
