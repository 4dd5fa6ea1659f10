//! How a stringer wants to be told.

use serde::{Deserialize, Serialize};

use super::{Errors, Versioned};
use crate::models::stringers::{Model, Notices};

/// Days after which something may have waited too long.
const DAYS: std::ops::RangeInclusive<i64> = 1..=365;

/// News by mail or not, and of what has waited too long.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NoticesForm {
    /// See [`Versioned`].
    pub version: String,
    /// News by mail as well.
    pub by_mail: String,
    /// Of rackets that were not collected so many days after; nothing where it is empty.
    pub ready_days: String,
    /// Of bills that were not paid so many days after; nothing where it is empty.
    pub unpaid_days: String,
}

impl Versioned for NoticesForm {
    fn version(&mut self) -> &mut String {
        &mut self.version
    }
}

impl NoticesForm {
    /// As it is, to be changed.
    #[must_use]
    pub fn of(stringer: &Model) -> Self {
        let notices = stringer.notices();
        let days = |days: Option<i64>| days.map(|days| days.to_string()).unwrap_or_default();
        Self {
            by_mail: if notices.by_mail { "1".to_owned() } else { String::new() },
            ready_days: days(notices.ready_days),
            unpaid_days: days(notices.unpaid_days),
            ..Self::default()
        }
        .stamped()
    }

    /// What it says.
    ///
    /// # Errors
    /// With the fields to correct.
    pub fn check(&self) -> Result<Notices, Errors> {
        let mut errors = Errors::default();
        let notices = Notices {
            by_mail: !self.by_mail.is_empty(),
            ready_days: errors.number("ready_days", &self.ready_days, DAYS),
            unpaid_days: errors.number("unpaid_days", &self.unpaid_days, DAYS),
        };
        if errors.is_empty() { Ok(notices) } else { Err(errors) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_told_of_what_is_left_empty_and_a_wrong_number_is_marked() {
        let form = NoticesForm { ready_days: "14".into(), ..NoticesForm::default() };
        let notices = Notices { by_mail: false, ready_days: Some(14), unpaid_days: None };
        assert_eq!(form.check(), Ok(notices));
        for wrong in ["0", "366", "bald", "-3"] {
            let form = NoticesForm { unpaid_days: wrong.into(), ..NoticesForm::default() };
            assert!(form.check().expect_err(wrong).of("unpaid_days").is_some());
        }
    }
}
