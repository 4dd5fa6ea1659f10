//! Pages of admins.

mod audit;
mod catalogue;
