//! Taking a step of an order, or moving its date.

use serde::{Deserialize, Serialize};

use super::Errors;
use super::field::is_on;
use crate::models::orders::Said;
use crate::units::{Currency, Money};

/// What is said with a step.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StepForm {
    /// `2026-11-24`; empty means today.
    pub date: String,
    /// How it was paid; empty where nobody says.
    pub payment: String,
    /// How much was paid, where it was not all; empty means all that is due.
    pub amount: String,
    /// The order as it was seen when an amount was typed.
    pub lock_version: String,
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
    pub fn check(&self, currency: Currency) -> Result<Said, &'static str> {
        let mut errors = Errors::default();
        let said = Said {
            date: errors.date("date", &self.date),
            payment: errors.choice("payment", &self.payment),
            amount: errors.money("amount", &self.amount, currency).map(Money::minor),
            dt_after: errors.number("dt_after", &self.dt_after, super::order::DT),
            is_free: is_on(&self.free),
            // One tap pays what is due, however often it comes.
            version: self.lock_version.parse().ok().filter(|_| !self.amount.trim().is_empty()),
        };
        let wrong = ["date", "payment", "amount", "dt_after"];
        let wrong = wrong.into_iter().find_map(|field| errors.of(field));
        match said {
            Said { amount: Some(0), .. } => Err("step-paid-nothing"),
            // Enter in the field of a part is no tap on a way of paying.
            Said { payment: None, .. } if !self.lock_version.is_empty() => Err("step-paid-how"),
            Said { amount: Some(_), payment: None, .. } => Err("step-paid-how"),
            Said { amount: Some(_), version: None, .. } => Err("step-paid-meanwhile"),
            _ => wrong.map_or(Ok(said), Err),
        }
    }
}
