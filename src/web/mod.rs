//! The edge: what stands between a request and its handler, and between its answer and the
//! browser. It knows who is calling, and no resource.

pub mod authentication;
mod error;
pub mod error_pages;
mod extractors;
mod layout;
mod redirects;
mod request_id;
mod security_headers;
mod submitted;
mod templates;
mod uploaded;

pub use error::{AppError, retry_after};
pub use error_pages::ErrorPages;
pub use extractors::{CurrentAdmin, CurrentPerson, CurrentStringer, RemoteClient, Visitor};
pub use layout::Layout;
pub use redirects::{own_path, see_other};
pub use request_id::RequestId;
pub use submitted::{Kept, Submitted};
pub use templates::{Assets, Views};
pub use uploaded::Uploaded;
