//! What is wired when the application boots.

pub mod database;
pub mod edge;
pub mod metrics;
mod pooler;
pub mod poster;
pub mod starter_catalogue;
pub mod sweeper;
