//! Pages of admins.

mod audit;
mod catalogue;
mod every_act;
mod failures;
mod feeds;
mod persons;
mod wholly;
