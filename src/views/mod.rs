//! What pages may see: one struct for each template, and the engine that fills them.
//! Views take data from models and never ask the database.

mod engine;
mod frame;

pub use engine::{Assets, Views};
pub use frame::Frame;
