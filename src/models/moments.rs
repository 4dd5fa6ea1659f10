//! When something came to be, where what came last has to be told from what came before.

use chrono::{Duration, Utc};
use sea_orm::prelude::DateTimeUtc;

/// Moments that are this far apart are kept apart by both databases.
const APART: Duration = Duration::milliseconds(1);

/// Now, or just after the latest of those that it follows: the clock of the process that wrote
/// that may be ahead of this one's by more than a tap takes.
pub(super) fn after(latest: Option<DateTimeUtc>) -> DateTimeUtc {
    let now = Utc::now();
    latest.map_or(now, |latest| now.max(latest + APART))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_is_later_whatever_the_clocks_say() {
        let ahead = Utc::now() + Duration::minutes(5);
        assert_eq!(after(Some(ahead)), ahead + APART);
        let before = Utc::now();
        assert!(after(None) >= before && after(Some(before - APART * 2)) >= before);
    }
}
