//! The dated events of an order, and why one of them cannot be taken.

use crate::values::stored_words;

stored_words! {
    "snake_case";

    /// A dated event of an order.
    pub enum Step {
        /// The client ordered it.
        Ordered,
        /// The racket was strung.
        Strung,
        /// The client has the racket back.
        Returned,
        /// The client has paid.
        Paid,
        /// It will not be strung.
        Cancelled,
    }
}

/// Why a step cannot be taken; each has a sentence in the locale files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StepRefused {
    /// The date is in the future.
    #[error("the date is in the future")]
    Future,
    /// Strung before it was ordered.
    #[error("strung before ordered")]
    StrungBeforeOrdered,
    /// Returned before it was strung.
    #[error("returned before strung")]
    ReturnedBeforeStrung,
    /// Paid before it was strung, and not in advance.
    #[error("paid before strung")]
    PaidBeforeStrung,
    /// A called-off order has no further steps.
    #[error("cancelled")]
    IsCancelled,
    /// What is strung cannot be called off.
    #[error("strung, not to be cancelled")]
    CancelStrung,
    /// An order with a number is not called off; it is set aside with a reason.
    #[error("numbered, not to be cancelled")]
    CancelNumbered,
    /// Only what has a number, is not strung and not called off is set aside.
    #[error("not to be set aside")]
    SetAside,
    /// A client's racket that costs nothing is strung when somebody has said so.
    #[error("for nothing")]
    Free,
    /// More than is still to be paid.
    #[error("more than is due")]
    PaidTooMuch,
    /// Without the last payment the others cover it: which one goes back has to be said.
    #[error("paid without the last payment")]
    UndoPaid,
    /// Somebody else, or the same tap before, has changed what is due.
    #[error("paid meanwhile")]
    PaidMeanwhile,
    /// What somebody has paid for is not called off before the money goes back.
    #[error("paid for, not to be cancelled")]
    CancelPaid,
    /// Stringing cannot be undone once the racket was returned or paid.
    #[error("returned or paid already")]
    UndoStrung,
    /// A client's order always has the date on which it was ordered.
    #[error("an order keeps its order date")]
    UndoOrdered,
    /// A self job is neither returned nor paid.
    #[error("a self job has no such step")]
    SelfJob,
}

impl StepRefused {
    /// The key of its sentence.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Future => "step-future",
            Self::StrungBeforeOrdered => "step-strung-before-ordered",
            Self::ReturnedBeforeStrung => "step-returned-before-strung",
            Self::PaidBeforeStrung => "step-paid-before-strung",
            Self::IsCancelled => "step-is-cancelled",
            Self::CancelStrung => "step-cancel-strung",
            Self::CancelNumbered => "step-cancel-numbered",
            Self::SetAside => "step-set-aside",
            Self::Free => "step-free",
            Self::PaidTooMuch => "step-paid-too-much",
            Self::UndoPaid => "step-undo-paid",
            Self::PaidMeanwhile => "step-paid-meanwhile",
            Self::CancelPaid => "step-cancel-paid",
            Self::UndoStrung => "step-undo-strung",
            Self::UndoOrdered => "step-undo-ordered",
            Self::SelfJob => "step-self-job",
        }
    }
}
