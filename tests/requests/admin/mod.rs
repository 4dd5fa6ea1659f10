//! Pages of admins.

mod audit;
mod catalogue;
mod feeds;
