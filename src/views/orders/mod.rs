//! Orders: list, form, page.

mod form;
mod index;
mod paid;
mod receipt;
mod show;

pub use form::{Form, FormContext};
pub use index::Index;
pub use paid::PaidSoFar;
pub use receipt::Receipt;
pub use show::{Flash, RefusedDate, Show, Told, Work, printed};
