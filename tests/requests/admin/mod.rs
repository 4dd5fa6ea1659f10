//! Pages of admins.

mod audit;
mod catalogue;
mod every_act;
mod feeds;
