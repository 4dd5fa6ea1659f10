//! Both sides of the stringbed: which string, how hard, whose, for how much.
//!
//! `S` is how a string is named: as it was typed ([`StringChoice`](super::StringChoice)), or
//! as it is called where an order is read.

use super::{Model, Row, Tensions};
use crate::units::{Money, Tension, TensionUnit};

/// One side of the stringbed.
#[derive(Debug, Clone, Default)]
pub struct Side<S> {
    /// Its string.
    pub string: S,
    /// Its tension.
    pub tension: Option<Tension>,
    /// What the string costs, unless the client brought it.
    pub price: Option<Money>,
    /// The client brought the string.
    pub byo: bool,
    /// The string's colour.
    pub colour: Option<String>,
}

/// The crosses, beside the mains.
#[derive(Debug, Clone)]
pub enum Crosses<S> {
    /// One string on both sides, brought and paid as one.
    AsMains {
        /// Their own tension.
        tension: Option<Tension>,
    },
    /// A string of their own.
    Own(Side<S>),
}

/// Both sides, with tensions in one unit.
#[derive(Debug, Clone)]
pub struct Stringbed<S> {
    /// The unit of both tensions.
    pub unit: TensionUnit,
    /// The mains.
    pub mains: Side<S>,
    /// The crosses.
    pub crosses: Crosses<S>,
}

impl<S> Stringbed<S> {
    /// The tension of the crosses, whosever string it is.
    #[must_use]
    pub const fn crosses_tension(&self) -> Option<Tension> {
        match &self.crosses {
            Crosses::AsMains { tension } => *tension,
            Crosses::Own(side) => side.tension,
        }
    }

    /// The tensions of both sides.
    #[must_use]
    pub fn tensions(&self) -> Tensions {
        Tensions::new(self.unit, self.mains.tension, self.crosses_tension())
    }

    /// The side that the crosses' string belongs to: their own, or the mains.
    #[must_use]
    pub const fn crosses_side(&self) -> &Side<S> {
        match &self.crosses {
            Crosses::AsMains { .. } => &self.mains,
            Crosses::Own(side) => side,
        }
    }

    /// Whether one string is on both sides.
    #[must_use]
    pub const fn has_one_string(&self) -> bool {
        matches!(self.crosses, Crosses::AsMains { .. })
    }
}

impl<S: Clone> Stringbed<S> {
    /// The same with both tensions moved, by hundredths of its unit.
    #[must_use]
    pub fn shifted(&self, by: i32) -> Self {
        let moved = |tension: Option<Tension>| tension.map(|tension| tension.shifted(by));
        let side = |side: &Side<S>| Side { tension: moved(side.tension), ..side.clone() };
        Self {
            unit: self.unit,
            mains: side(&self.mains),
            crosses: match &self.crosses {
                Crosses::AsMains { tension } => Crosses::AsMains { tension: moved(*tension) },
                Crosses::Own(own) => Crosses::Own(side(own)),
            },
        }
    }
}

impl Model {
    /// The strings' colours; one where both have the same.
    #[must_use]
    pub fn colours(&self) -> Vec<String> {
        let crosses = if self.has_one_string() { &None } else { &self.crosses_colour };
        let mut colours: Vec<_> =
            [&self.mains_colour, crosses].into_iter().flatten().cloned().collect();
        colours.dedup();
        colours
    }

    /// Its stringbed, with the strings as its row calls them.
    #[must_use]
    pub fn stringbed(&self, row: &Row) -> Stringbed<Option<String>> {
        let money = |minor: Option<i64>| minor.map(|m| Money::from_minor(m, self.currency));
        let tensions = self.tensions();
        Stringbed {
            unit: self.tension_unit,
            crosses: if self.has_one_string() {
                Crosses::AsMains { tension: tensions.crosses() }
            } else {
                Crosses::Own(Side {
                    string: row.crosses_string().map(str::to_owned),
                    tension: tensions.crosses(),
                    price: money(self.crosses_price),
                    byo: self.crosses_byo,
                    colour: self.crosses_colour.clone(),
                })
            },
            mains: Side {
                string: row.mains_string().map(str::to_owned),
                tension: tensions.mains(),
                price: money(self.mains_price),
                byo: self.mains_byo,
                colour: self.mains_colour.clone(),
            },
        }
    }
}
