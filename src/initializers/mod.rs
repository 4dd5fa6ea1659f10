//! What is wired when the application boots.

pub mod database;
pub mod edge;
mod pooler;
pub mod starter_catalogue;
pub mod sweeper;
