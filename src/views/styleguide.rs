//! All controls on one page.

use serde::Serialize;

use super::chart::{Bars, Counted};
use super::job::Job;
use crate::models::stringers::Member;
use crate::units::Sport;
use crate::values::Vocabulary as _;

/// `styleguide/show.html`.
#[derive(Debug, Serialize)]
pub struct Show {
    colours: [&'static str; 13],
    sports: Vec<&'static str>,
    jobs: Vec<Job>,
    bars: Bars,
}

impl Show {
    /// With a few jobs of the reader's own.
    #[must_use]
    pub fn new(me: &Member, jobs: Vec<Job>) -> Self {
        let height = |number: u32| Counted {
            month: me.region().month(number),
            name: me.region().month(number),
            number: i64::from(number * 7 % 12),
            says: number.to_string(),
        };
        Self {
            colours: [
                "paper",
                "sheet",
                "sunk",
                "line",
                "edge",
                "ink",
                "ink-2",
                "accent",
                "accent-wash",
                "due",
                "late",
                "cross",
                "due-wash",
            ],
            sports: Sport::codes(),
            jobs,
            bars: Bars::new((1..=12).map(height)),
        }
    }
}
