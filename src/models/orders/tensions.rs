//! How hard an order's strings are pulled.

use sea_orm::FromQueryResult;

use super::{Column, Model};
use crate::units::{Sport, Tension, TensionUnit, Verdict};

/// The tensions of both sides, in one unit, as they were entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct Tensions {
    tension_unit: TensionUnit,
    mains_tension: Option<i64>,
    crosses_tension: Option<i64>,
}

impl Tensions {
    /// The columns that they are read from.
    pub(super) const COLUMNS: [Column; 3] =
        [Column::TensionUnit, Column::MainsTension, Column::CrossesTension];

    /// Of a stringbed, in its unit.
    #[must_use]
    pub fn new(unit: TensionUnit, mains: Option<Tension>, crosses: Option<Tension>) -> Self {
        let hundredths = |tension: Tension| i64::from(tension.hundredths());
        Self {
            tension_unit: unit,
            mains_tension: mains.map(hundredths),
            crosses_tension: crosses.map(hundredths),
        }
    }

    /// As they are stored: in hundredths of the unit.
    pub(in crate::models) const fn stored(
        tension_unit: TensionUnit,
        mains_tension: Option<i64>,
        crosses_tension: Option<i64>,
    ) -> Self {
        Self { tension_unit, mains_tension, crosses_tension }
    }

    /// The unit of both.
    #[must_use]
    pub const fn unit(&self) -> TensionUnit {
        self.tension_unit
    }

    /// The tension of the mains.
    #[must_use]
    pub fn mains(&self) -> Option<Tension> {
        self.tension(self.mains_tension)
    }

    /// The tension of the crosses.
    #[must_use]
    pub fn crosses(&self) -> Option<Tension> {
        self.tension(self.crosses_tension)
    }

    /// What a sport says to the harder case of both; `None` where neither is known.
    #[must_use]
    pub fn verdict(&self, sport: Sport) -> Option<Verdict> {
        let both = [self.mains(), self.crosses()].into_iter().flatten();
        both.map(|tension| tension.verdict(sport)).max()
    }

    /// What is stored of mains and crosses, in hundredths of the unit.
    pub(super) const fn hundredths(&self) -> (Option<i64>, Option<i64>) {
        (self.mains_tension, self.crosses_tension)
    }

    fn tension(&self, hundredths: Option<i64>) -> Option<Tension> {
        let hundredths = hundredths.and_then(|hundredths| i32::try_from(hundredths).ok())?;
        Some(Tension::from_hundredths(hundredths, self.unit()))
    }
}

impl Model {
    /// How hard it is pulled.
    #[must_use]
    pub const fn tensions(&self) -> Tensions {
        Tensions {
            tension_unit: self.tension_unit,
            mains_tension: self.mains_tension,
            crosses_tension: self.crosses_tension,
        }
    }
}
