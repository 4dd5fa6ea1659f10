//! The receipts of an order, on its page.

use serde::Serialize;
use uuid::Uuid;

use crate::models::receipt_emissions::{Issue, PdfState};
use crate::models::stringers::Member;
use crate::values::Vocabulary as _;

/// `orders/_receipt.html`.
#[derive(Debug, Serialize)]
pub struct Receipt {
    /// The order.
    pub id: Uuid,
    issues: Vec<Emission>,
    /// A PDF is on its way: the fragment asks again.
    is_pending: bool,
}

#[derive(Debug, Serialize)]
struct Emission {
    id: Uuid,
    number: String,
    cause: &'static str,
    state: &'static str,
    at: String,
}

impl Receipt {
    /// The emissions of an order.
    #[must_use]
    pub fn new(me: &Member, id: Uuid, issues: Vec<Issue>) -> Self {
        let emission = |issue: Issue| Emission {
            id: issue.id,
            number: issue.number,
            cause: issue.cause.code(),
            state: issue.pdf_state.code(),
            at: me.moment(issue.created_at),
        };
        let is_pending = issues.iter().any(|issue| issue.pdf_state == PdfState::Pending);
        let issues = issues.into_iter().map(emission).collect();
        Self { id, issues, is_pending }
    }
}
