//! A chart as SVG, drawn on the server, with its figures as a table behind it.

use chrono::NaiveDate;
use serde::Serialize;

use crate::models::orders::wear::Bed;
use crate::models::stringers::Member;
use crate::units::Tension;

/// `charts/_tensions.html`: the tensions of the latest stringbeds over time.
#[derive(Debug, Serialize)]
pub struct Tensions {
    /// The polylines, as SVG takes them.
    mains: String,
    crosses: String,
    /// The knots, where a bed was strung.
    knots: Vec<Knot>,
    /// The lines across, with what they stand for.
    rules: Vec<Rule>,
    unit: &'static str,
    from: String,
    to: String,
    /// The figures, the latest first.
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Knot {
    x: i64,
    mains: Option<i64>,
    crosses: Option<i64>,
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

/// As the sketch has it.
const SHOWN: usize = 12;

/// The picture, in its own units.
const WIDTH: i64 = 300;
const TOP: i64 = 14;
const BOTTOM: i64 = 106;
const LEFT: i64 = 34;
const RIGHT: i64 = WIDTH - 8;

impl Tensions {
    /// Of the latest beds that were strung in the unit of the very last one: two units
    /// in one picture would lie. `None` below two, which make no line.
    #[must_use]
    pub fn new(me: &Member, beds: &[Bed]) -> Option<Self> {
        let unit = beds.last()?.unit();
        let of_unit: Vec<_> =
            beds.iter().filter(|bed| bed.unit() == unit && bed.mains().is_some()).collect();
        let shown = of_unit.get(of_unit.len().saturating_sub(SHOWN)..)?;
        let (first, last) = (shown.first()?.strung_at, shown.last()?.strung_at);
        let pulled = || {
            let both = shown.iter().flat_map(|bed| [bed.mains(), bed.crosses()]);
            both.flatten().map(|tension| i64::from(tension.hundredths()))
        };
        if shown.len() < 2 || first == last {
            return None;
        }
        // Whole units around what was pulled, at least two apart.
        let low = pulled().min()?.div_euclid(100) - 1;
        let high = -(-pulled().max()?).div_euclid(100) + 1;
        let x = |date: NaiveDate| {
            LEFT + (date - first).num_days() * (RIGHT - LEFT) / (last - first).num_days()
        };
        let y = |hundredths: i64| {
            BOTTOM - (hundredths - low * 100) * (BOTTOM - TOP) / ((high - low) * 100)
        };
        let height = |tension: Option<Tension>| tension.map(|t| y(i64::from(t.hundredths())));
        let line = |side: fn(&Bed) -> Option<Tension>| {
            let points = shown.iter().filter_map(|bed| {
                height(side(bed)).map(|height| format!("{},{height}", x(bed.strung_at)))
            });
            points.collect::<Vec<_>>().join(" ")
        };
        let region = me.region();
        let date = |date: NaiveDate| region.date(date, me.today());
        let rule = |whole: i64| Rule { y: y(whole * 100), label: whole.to_string() };
        Some(Self {
            mains: line(Bed::mains),
            crosses: line(Bed::crosses),
            knots: shown
                .iter()
                .map(|bed| Knot {
                    x: x(bed.strung_at),
                    mains: height(bed.mains()),
                    crosses: height(bed.crosses()),
                })
                .collect(),
            rules: [high, i64::midpoint(low, high), low].map(rule).into(),
            unit: unit.code(),
            from: date(first),
            to: date(last),
            rows: shown
                .iter()
                .rev()
                .map(|bed| Row {
                    date: date(bed.strung_at),
                    mains: bed.mains().map(|tension| region.tension(tension)),
                    crosses: bed.crosses().map(|tension| region.tension(tension)),
                    dt: bed.dt_after,
                })
                .collect(),
        })
    }
}

/// `charts/_bars.html`: a bar for each month, with its name beneath.
#[derive(Debug, Serialize)]
pub struct Bars {
    bars: Vec<Bar>,
    /// The tallest, in words; the line at the top stands for it.
    most: String,
}

#[derive(Debug, Serialize)]
struct Bar {
    x: i64,
    y: i64,
    height: i64,
    /// As short as there is room for.
    name: String,
    /// For who points at it, or has it read.
    says: String,
}

impl Bars {
    /// Of names, numbers, and what the numbers are in words.
    pub fn new(months: impl Iterator<Item = (String, i64, String)>) -> Self {
        let months: Vec<_> = months.collect();
        let tallest = months.iter().max_by_key(|(_, number, _)| *number);
        let (top, most) = tallest.map_or((0, String::new()), |(_, n, says)| (*n, says.clone()));
        let slot = (RIGHT - LEFT) / i64::try_from(months.len().max(1)).unwrap_or(1);
        let bar = |(at, (name, number, says)): (i64, &(String, i64, String))| {
            let height = if top > 0 { number.max(&0) * (BOTTOM - TOP) / top } else { 0 };
            Bar {
                x: LEFT + at * slot,
                y: BOTTOM - height,
                height,
                name: name.chars().take(3).collect(),
                says: format!("{name}: {says}"),
            }
        };
        Self { bars: (0..).zip(&months).map(bar).collect(), most }
    }
}
