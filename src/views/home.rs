//! What do I string today; what did I just finish.

use serde::Serialize;
use uuid::Uuid;

use super::job::Job;

/// `home/show.html` and `home/_today.html`.
#[derive(Debug, Serialize)]
pub struct Show {
    /// To be strung, the most urgent first.
    pub queue: Vec<Job>,
    /// All that is to be strung, what is not shown too.
    pub open_total: u64,
    /// Strung; waiting for pick-up or payment.
    pub ready: Vec<Job>,
    /// All that wait, those not shown too.
    pub ready_total: u64,
    /// Nobody and nothing yet: the first step is shown.
    pub is_new: bool,
    /// A step that was just taken here, and can be undone.
    pub done: Option<Done>,
    /// Why a step could not be taken.
    pub refused: Option<&'static str>,
}

/// A step that was just taken.
#[derive(Debug, Serialize)]
pub struct Done {
    /// The order.
    pub order: Uuid,
    /// The step.
    pub step: &'static str,
}
