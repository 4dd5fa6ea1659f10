//! A stringjob, as typed: new, copied, or edited.
//!
//! The fields stand here; `filling` makes a form of an order, `parsing` says what a
//! form means.

mod filling;
mod parsing;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ClientForm;
use crate::models::stringers::Member;
use crate::units::{Sport, Tension, TensionUnit};
use crate::values::Vocabulary as _;

pub use parsing::Checked;

/// Pieces of the same string that a racket is strung with.
pub const PIECES: RangeInclusive<i64> = 1..=2;

/// What the devices for stiffness show.
pub(super) const DT: RangeInclusive<i64> = 1..=99;

/// All fields of the form; a box that is not ticked is empty.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each field is named as on the page")]
pub struct OrderForm {
    /// A client's key, `new`, or `self`.
    pub client: String,
    #[serde(flatten)]
    pub newcomer: ClientForm,
    /// A frame's key, or `new`.
    pub frame: String,
    pub racket: String,
    pub racket_nickname: String,
    /// So many new ones alike; one where it is empty.
    pub racket_count: String,
    pub sport: String,
    pub unit: String,
    pub mains_string: String,
    pub mains_add: String,
    pub mains_tension: String,
    pub mains_byo: String,
    pub mains_price: String,
    pub mains_colour: String,
    /// The crosses have the mains' string.
    pub same_string: String,
    pub crosses_string: String,
    pub crosses_add: String,
    pub crosses_tension: String,
    pub crosses_byo: String,
    pub crosses_price: String,
    pub crosses_colour: String,
    pub labor: String,
    pub discount: String,
    /// In place of the sum.
    pub total: String,
    pub prestretch: String,
    pub prestretch_kind: String,
    pub pieces: String,
    pub knots: String,
    pub method: String,
    pub dt_before: String,
    pub dt_after: String,
    pub dt_device: String,
    pub comment_public: String,
    pub comment_private: String,
    pub ordered_at: String,
    pub due_at: String,
    pub due_time: String,
    pub paid_in_advance: String,
    pub payment: String,
    pub copied_from: String,
    pub lock_version: String,
    /// A tap on plus or minus without a script: `mains_tension:+`.
    #[serde(skip_serializing)]
    pub nudge: String,
    /// Whatever else was sent: `also.<frame>` says that another racket of the client is
    /// strung as well, and how much harder.
    #[serde(flatten, skip_serializing)]
    pub others: BTreeMap<String, String>,
}

impl OrderForm {
    /// The unit that is chosen on the form.
    #[must_use]
    pub fn tension_unit(&self, me: &Member) -> TensionUnit {
        TensionUnit::from_code(&self.unit).unwrap_or_else(|| me.tension_unit())
    }

    /// The form after a tap on plus or minus, for browsers without scripts.
    #[must_use]
    pub fn nudged(mut self, me: &Member) -> Self {
        let unit = self.tension_unit(me);
        let Some((field, direction)) = self.nudge.split_once(':') else { return self };
        let step = if direction == "-" { -unit.nudge() } else { unit.nudge() };
        let field = match field {
            "crosses_tension" => &mut self.crosses_tension,
            _ => &mut self.mains_tension,
        };
        if field.trim().is_empty() {
            let sport = Sport::from_code(&self.sport).unwrap_or(Sport::Tennis);
            *field = me.region().input(&Tension::middle(sport, unit).plain());
        } else if let Ok(tension) = Tension::parse(field, unit) {
            *field = me.region().input(&tension.shifted(step).plain());
        }
        self.nudge.clear();
        self
    }

    /// What is said of another racket of the client's: empty where it is not strung now,
    /// else how much harder, in hundredths of the unit.
    #[must_use]
    pub fn also(&self, frame: Uuid) -> &str {
        self.others.get(&format!("also.{frame}")).map_or("", String::as_str)
    }

    /// The fields that are judged anew when one has changed: the racket decides the sport, the
    /// sport what is possible.
    pub fn judged_with(changed: &str) -> impl Iterator<Item = &str> {
        let field = if changed.starts_with("also.") { "also" } else { changed };
        let others: &[&str] = match field {
            "sport" | "unit" | "frame" | "racket" => {
                &["sport", "mains_tension", "crosses_tension", "also"]
            }
            "mains_tension" | "crosses_tension" => &["mains_tension", "crosses_tension", "also"],
            "also" | "racket_count" => &["total", "dt_before", "dt_after"],
            _ => &[],
        };
        [field].into_iter().chain(others.iter().copied())
    }
}
