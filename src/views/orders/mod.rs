//! Orders: list, form, page.

mod form;
mod index;
mod receipt;
mod show;

pub use form::{Form, FormContext};
pub use index::Index;
pub use receipt::Receipt;
pub use show::{Flash, RefusedDate, Show, Told, Work};
