//! A chart as SVG, drawn on the server, with its figures as a table behind it.

mod tensions;

pub use tensions::TensionChart;

use chrono::{Datelike as _, NaiveDate};
use serde::Serialize;

use crate::models::orders::wear::{Bed, gaps};
use crate::models::stringers::Member;

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
