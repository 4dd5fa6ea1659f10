//! What is wired when the application boots.

pub mod edge;
pub mod mail_sender;
pub mod metrics;
pub mod starter_catalogue;
pub mod sweeper;
