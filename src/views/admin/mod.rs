//! Pages of admins.

mod audit;
mod invitations;
mod stringers;

pub use audit::Audit;
pub use invitations::Invitations;
pub use stringers::Stringers;
