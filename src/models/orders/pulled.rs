//! How hard an order's strings are pulled.

use sea_orm::FromQueryResult;

use super::{Column, Model};
use crate::units::{Tension, TensionUnit};

/// The tensions of both sides, in one unit, as they were entered.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Pulled {
    tension_unit: String,
    mains_tension: Option<i64>,
    crosses_tension: Option<i64>,
}

impl Pulled {
    /// The columns that it is read from.
    pub(super) const COLUMNS: [Column; 3] =
        [Column::TensionUnit, Column::MainsTension, Column::CrossesTension];

    /// The unit of both.
    #[must_use]
    pub fn unit(&self) -> TensionUnit {
        TensionUnit::from_code(&self.tension_unit).unwrap_or(TensionUnit::Kg)
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

    fn tension(&self, hundredths: Option<i64>) -> Option<Tension> {
        let hundredths = hundredths.and_then(|hundredths| i32::try_from(hundredths).ok())?;
        Some(Tension::from_hundredths(hundredths, self.unit()))
    }
}

impl Model {
    /// How hard it is pulled.
    #[must_use]
    pub fn pulled(&self) -> Pulled {
        Pulled {
            tension_unit: self.tension_unit.clone(),
            mains_tension: self.mains_tension,
            crosses_tension: self.crosses_tension,
        }
    }
}

#[cfg(test)]
impl Pulled {
    /// In kilograms.
    pub(super) fn kilograms(mains: i64, crosses: i64) -> Self {
        Self {
            tension_unit: TensionUnit::Kg.code().to_owned(),
            mains_tension: Some(mains * 100),
            crosses_tension: Some(crosses * 100),
        }
    }
}
