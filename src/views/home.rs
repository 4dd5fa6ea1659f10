//! What do I string today; what did I just finish.

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

use super::job::Job;
use super::news::Overdue;
use crate::models::looking_after::LookingAfter;
use crate::models::orders::Step;
use crate::models::orders::list::MANY;
use crate::values::Vocabulary as _;

/// `home/show.html` and `home/_today.html`.
#[derive(Debug, Serialize)]
pub struct Show {
    /// To be strung, the most urgent first.
    pub queue: Vec<Job>,
    /// All that is to be strung, what is not shown too.
    pub open: Total,
    /// Strung; waiting for pick-up or payment.
    pub ready: Vec<Job>,
    /// All that wait, those not shown too.
    pub waiting: Total,
    /// Nobody and nothing yet: the first step is shown.
    pub is_new: bool,
    /// A step that was just taken here, and can be undone.
    pub done: Option<Toast>,
    /// Why a step could not be taken.
    pub refused: Option<Refused>,
    /// News of what others share with the stringer.
    pub shared: u64,
    /// What has waited for longer than the stringer wants.
    #[serde(flatten)]
    pub overdue: Overdue,
    /// Strings in stock that are running low.
    pub low: u64,
    /// Receipts that did not reach their clients by mail.
    pub unsent: u64,
    /// What an admin should look after.
    pub looking_after: Option<LookingAfter>,
    /// How a racket may be paid.
    pub payments: Vec<&'static str>,
}

/// How many there are, those not shown too.
#[derive(Debug, Serialize)]
pub struct Total {
    /// `500+` where they were counted no further.
    count: String,
    /// Not all of them are shown.
    has_more: bool,
}

impl Total {
    /// Of so many, so many are shown.
    #[must_use]
    pub fn of(count: u64, shown: usize) -> Self {
        let has_more = count > shown as u64;
        let count = if count > MANY { format!("{MANY}+") } else { count.to_string() };
        Self { count, has_more }
    }
}

/// A step that could not be taken here.
#[derive(Debug, Serialize)]
pub struct Refused {
    /// The order.
    pub order: Uuid,
    /// The key of the sentence that says why.
    pub key: &'static str,
}

/// What the toast says.
#[derive(Debug, Serialize)]
pub struct Toast {
    order: Uuid,
    step: &'static str,
}

impl From<Done> for Toast {
    fn from(done: Done) -> Self {
        Self { order: done.order, step: done.step.code() }
    }
}

/// A step that was just taken.
#[derive(Debug)]
pub struct Done {
    /// The order.
    pub order: Uuid,
    /// The step.
    pub step: Step,
    /// The date that it had before, where it was moved.
    pub former: Option<NaiveDate>,
}
