//! Pages of admins.

pub mod acts;
mod audit;
mod catalogue;
mod every_act;
mod failures;
mod feeds;
mod persons;
mod stringers;
mod wholly;
