//! Money, tension and gauge: numbers that carry their unit. No floats.

mod gauge;
mod head;
mod length;
mod money;
mod number;
mod rate;
mod tension;

pub use gauge::Gauge;
pub use head::HeadSize;
pub use length::Length;
pub use money::{Currency, Money};
pub use number::ParseNumberError;
pub use rate::Rate;
pub use tension::{Sport, Tension, TensionUnit, Verdict};
