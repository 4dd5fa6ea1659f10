//! A chart as SVG, drawn on the server, with its figures as a table behind it.

use chrono::{Datelike as _, NaiveDate};
use serde::Serialize;

use crate::models::orders::Tensions;
use crate::models::orders::wear::{Bed, gaps};
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

/// As the sketch has it.
const SHOWN: usize = 12;

/// The picture, in its own units.
const WIDTH: i64 = 300;
const TOP: i64 = 14;
const BOTTOM: i64 = 106;
const LEFT: i64 = 34;
const RIGHT: i64 = WIDTH - 8;
/// What a bar and the room beside it take.
const SLOT: i64 = (RIGHT - LEFT) / 12;

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
    beds.iter().zip(before).map(|(bed, before)| scale.point(bed, before, &said)).collect()
}

/// `charts/_bars.html`: a bar for each month, with its name beneath.
#[derive(Debug, Serialize)]
pub struct Bars {
    bars: Vec<Bar>,
    /// The tallest, in words; the line at the top stands for it.
    most: String,
    /// Every second bar has its name beneath, the last one first.
    odd: bool,
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

/// A number to be drawn as a bar.
#[derive(Debug)]
pub struct Counted {
    /// The month that it belongs to, as it is called; beneath the bar as far as there is room.
    pub month: String,
    /// What it belongs to, in full.
    pub name: String,
    /// How tall the bar is.
    pub number: i64,
    /// The number in words.
    pub says: String,
}

impl Bars {
    /// Of twelve at most.
    pub fn new(counted: impl Iterator<Item = Counted>) -> Self {
        let counted: Vec<_> = counted.collect();
        let tallest = counted.iter().max_by_key(|counted| counted.number);
        let top = tallest.map_or(0, |tallest| tallest.number);
        let bar = |(at, counted): (i64, &Counted)| {
            let height = if top > 0 { counted.number.max(0) * (BOTTOM - TOP) / top } else { 0 };
            Bar {
                x: LEFT + at * SLOT,
                y: BOTTOM - height,
                height,
                name: counted.month.chars().take(3).collect(),
                says: format!("{}: {}", counted.name, counted.says),
            }
        };
        Self {
            bars: (0..).zip(&counted).map(bar).collect(),
            most: tallest.map(|tallest| tallest.says.clone()).unwrap_or_default(),
            odd: counted.len() % 2 == 1,
        }
    }
}

/// `charts/_gaps.html`: how long the latest stringbeds were in, and what they lost.
#[derive(Debug, Serialize)]
pub struct Gaps {
    days: Bars,
    /// In percent; `None` where too little was measured.
    losses: Option<Bars>,
    from: String,
    to: String,
    /// The figures, the latest first.
    rows: Vec<GapRow>,
}

#[derive(Debug, Serialize)]
struct GapRow {
    date: String,
    days: i64,
    loss: Option<i64>,
}

impl Gaps {
    /// Of the latest; `None` below two, which show no course.
    #[must_use]
    pub fn new(me: &Member, beds: &[Bed]) -> Option<Self> {
        let gaps = gaps(beds);
        let shown = gaps.get(gaps.len().saturating_sub(SHOWN)..)?;
        let (region, today) = (me.region(), me.today());
        let (first, last) = shown.first().zip(shown.last()).filter(|_| shown.len() > 1)?;
        let counted = |date: NaiveDate, number, unit: &str| Counted {
            month: region.month(date.month()),
            name: region.date(date, today),
            number,
            says: format!("{number}\u{a0}{unit}"),
        };
        let days = region.locale().t("unit-days");
        let losses = || {
            shown.iter().filter_map(|gap| gap.loss.map(|loss| (gap.strung_at, loss.percent.max(0))))
        };
        Some(Self {
            days: Bars::new(shown.iter().map(|gap| counted(gap.strung_at, gap.days, &days))),
            losses: (losses().count() > 1)
                .then(|| Bars::new(losses().map(|(date, percent)| counted(date, percent, "%")))),
            from: region.date(first.strung_at, today),
            to: region.date(last.strung_at, today),
            rows: shown
                .iter()
                .rev()
                .map(|gap| GapRow {
                    date: region.date(gap.strung_at, today),
                    days: gap.days,
                    loss: gap.loss.map(|loss| loss.percent),
                })
                .collect(),
        })
    }
}
