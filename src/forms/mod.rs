//! What people type: raw text in, typed values or marked fields out. A form that
//! cannot be taken is shown again as it was sent.

mod client;
mod field;
mod founder;
mod order;
mod sign_in;
mod step;

pub use client::ClientForm;
pub use field::Errors;
pub use founder::FounderForm;
pub use order::{Checked, OrderForm};
pub use sign_in::SignInForm;
pub use step::StepForm;
