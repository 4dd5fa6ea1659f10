//! The tensions of a racket's or a client's stringbeds over time.

use chrono::NaiveDate;
use serde::Serialize;

use super::{BOTTOM, LEFT, RIGHT, SHOWN, TOP};
use crate::models::orders::Tensions;
use crate::models::orders::wear::Bed;
use crate::models::stringers::Member;
use crate::units::{Tension, TensionUnit};
use crate::values::Vocabulary as _;

/// `charts/_tensions.html`: the tensions of the latest stringbeds over time.
#[derive(Debug, Serialize)]
pub struct TensionChart {
    /// The polylines, as SVG takes them.
    mains: String,
    crosses: String,
    /// The points where a bed was strung.
    points: Vec<Point>,
    /// The lines across, with what they stand for.
    rules: Vec<Rule>,
    unit: &'static str,
    from: String,
    to: String,
    /// The figures, the latest first.
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Point {
    x: i64,
    mains: Option<i64>,
    crosses: Option<i64>,
    /// What it stands for, where it is another than before.
    mains_said: Option<String>,
    crosses_said: Option<String>,
    /// Where that stands: above the upper line, below the lower one.
    mains_at: i64,
    crosses_at: i64,
}

#[derive(Debug, Serialize)]
struct Rule {
    y: i64,
    label: String,
}

#[derive(Debug, Serialize)]
struct Row {
    date: String,
    mains: Option<String>,
    crosses: Option<String>,
    dt: Option<i64>,
}

/// Where a day and a tension stand in the picture.
struct Scale {
    first: NaiveDate,
    days: i64,
    /// In whole units.
    low: i64,
    high: i64,
}

impl Scale {
    /// Around these beds; `None` where they make no line.
    fn around(beds: &[&Bed]) -> Option<Self> {
        let (first, last) = (beds.first()?.strung_at, beds.last()?.strung_at);
        let days = (last - first).num_days();
        let tensions = || {
            let both = beds.iter().flat_map(|bed| [bed.tensions.mains(), bed.tensions.crosses()]);
            both.flatten().map(|tension| i64::from(tension.hundredths()))
        };
        // Whole units around the tensions, at least two apart.
        let low = tensions().min()?.div_euclid(100) - 1;
        let high = -(-tensions().max()?).div_euclid(100) + 1;
        // The line in the middle stands for a whole unit, too.
        let high = high + (high - low) % 2;
        (days > 0).then_some(Self { first, days, low, high })
    }

    fn x(&self, date: NaiveDate) -> i64 {
        LEFT + (date - self.first).num_days() * (RIGHT - LEFT) / self.days
    }

    fn y(&self, hundredths: i64) -> i64 {
        BOTTOM - (hundredths - self.low * 100) * (BOTTOM - TOP) / ((self.high - self.low) * 100)
    }

    fn height(&self, tension: Option<Tension>) -> Option<i64> {
        tension.map(|tension| self.y(i64::from(tension.hundredths())))
    }

    /// One side's points, as SVG's `polyline` takes them.
    fn line(&self, beds: &[&Bed], is_crosses: bool) -> String {
        let side = if is_crosses { Tensions::crosses } else { Tensions::mains };
        let points = beds.iter().filter_map(|bed| {
            let height = self.height(side(&bed.tensions))?;
            let height = if is_crosses { height + apart(bed) } else { height };
            Some(format!("{},{height}", self.x(bed.strung_at)))
        });
        points.collect::<Vec<_>>().join(" ")
    }

    fn point(&self, bed: &Bed, before: Option<&Bed>, said: impl Fn(Tension) -> String) -> Point {
        let new = |side: fn(&Tensions) -> Option<Tension>| {
            let now = side(&bed.tensions);
            now.filter(|_| before.is_none_or(|before| side(&before.tensions) != now)).map(&said)
        };
        let is_one = bed.tensions.mains() == bed.tensions.crosses();
        let mains = self.height(bed.tensions.mains());
        let crosses = self.height(bed.tensions.crosses()).map(|y| y + apart(bed));
        let (above, below) = (-6, 15);
        let is_mains_upper = crosses.is_none_or(|crosses| mains.is_some_and(|y| y <= crosses));
        let (mains_by, crosses_by) = if is_mains_upper { (above, below) } else { (below, above) };
        Point {
            x: self.x(bed.strung_at),
            mains_at: mains.unwrap_or_default() + mains_by,
            crosses_at: crosses.unwrap_or_default() + crosses_by,
            mains,
            crosses,
            mains_said: new(Tensions::mains),
            crosses_said: new(Tensions::crosses).filter(|_| !is_one),
        }
    }

    fn rules(&self) -> Vec<Rule> {
        let whole = [self.high, i64::midpoint(self.low, self.high), self.low];
        whole.map(|whole| Rule { y: self.y(whole * 100), label: whole.to_string() }).into()
    }
}

impl TensionChart {
    /// Of the latest beds, in the unit of the very last one. `None` below two, which make no
    /// line.
    #[must_use]
    pub fn new(me: &Member, beds: &[Bed]) -> Option<Self> {
        let unit = beds.last()?.tensions.unit();
        let pulled: Vec<_> = beds.iter().filter(|bed| bed.tensions.mains().is_some()).collect();
        let latest = pulled.get(pulled.len().saturating_sub(SHOWN)..)?;
        let shown: Vec<Bed> = latest.iter().map(|bed| in_unit(bed, unit)).collect();
        let shown: Vec<&Bed> = shown.iter().collect();
        let scale = Scale::around(&shown)?;
        let region = me.region();
        let date = |bed: &Bed| region.date(bed.strung_at, me.today());
        let row = |bed: &&Bed| Row {
            date: date(bed),
            mains: bed.tensions.mains().map(|tension| region.tension(tension)),
            crosses: bed.tensions.crosses().map(|tension| region.tension(tension)),
            dt: bed.dt_after,
        };
        Some(Self {
            mains: scale.line(&shown, false),
            crosses: scale.line(&shown, true),
            points: points(&scale, &shown, |tension| region.tension(tension)),
            rules: scale.rules(),
            unit: unit.code(),
            from: date(shown.first()?),
            to: date(shown.last()?),
            rows: shown.iter().rev().map(row).collect(),
        })
    }
}

/// A little apart where both sides are pulled alike, or one line would hide the other.
fn apart(bed: &Bed) -> i64 {
    if bed.tensions.mains() == bed.tensions.crosses() { 4 } else { 0 }
}

fn in_unit(bed: &Bed, unit: TensionUnit) -> Bed {
    let converted = |tension: Option<Tension>| tension.map(|tension| tension.converted(unit));
    let (mains, crosses) = (converted(bed.tensions.mains()), converted(bed.tensions.crosses()));
    Bed { tensions: Tensions::new(unit, mains, crosses), ..bed.clone() }
}

fn points(scale: &Scale, beds: &[&Bed], said: impl Fn(Tension) -> String) -> Vec<Point> {
    let before = std::iter::once(None).chain(beds.iter().copied().map(Some));
    let last = beds.len().saturating_sub(1);
    // The last one is what is in it now: it is always said.
    let before = before.enumerate().map(|(at, before)| before.filter(|_| at != last));
    beds.iter().zip(before).map(|(bed, before)| scale.point(bed, before, &said)).collect()
}
