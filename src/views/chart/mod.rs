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

/// `charts/_gaps.html`: how long stringbeds were in, and what they lost, by the month in which
/// they were cut out.
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

/// Twelve months in their order, whether something was strung in them or not.
struct Months([NaiveDate; SHOWN]);

impl Months {
    /// Up to the month of a day.
    fn up_to(day: NaiveDate) -> Self {
        let last = day.with_day(1).unwrap_or(day);
        let before = |months: u32| last.checked_sub_months(chrono::Months::new(months));
        Self([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map(|months| before(months).unwrap_or(last)))
    }

    const fn ends(&self) -> [NaiveDate; 2] {
        [self.0[0], self.0[SHOWN - 1]]
    }

    /// A bar for each month, as tall as the mean of what falls in it; none where nothing does.
    fn means(&self, me: &Member, figures: &[(NaiveDate, i64)], unit: &str) -> Bars {
        let bar = |first: &NaiveDate| {
            let month = |date: &NaiveDate| (date.year(), date.month());
            let of_it = figures.iter().filter(|(date, _)| month(date) == month(first));
            let (sum, count) = of_it.fold((0, 0), |(sum, count), (_, it)| (sum + it, count + 1));
            let number = if count > 0 { (sum + count / 2) / count } else { 0 };
            Counted {
                month: me.region().month(first.month()),
                name: me.region().month_and_year(*first),
                number,
                says: format!("{number}\u{a0}{unit}"),
            }
        };
        Bars::new(self.0.iter().map(bar))
    }
}

impl Gaps {
    /// Of the twelve months up to the latest; `None` below two, which show no course.
    #[must_use]
    pub fn new(me: &Member, beds: &[Bed]) -> Option<Self> {
        let gaps = gaps(beds);
        let shown = gaps.get(gaps.len().saturating_sub(SHOWN)..).filter(|gaps| gaps.len() > 1)?;
        let (region, today) = (me.region(), me.today());
        let months = Months::up_to(gaps.last()?.strung_at);
        let losses = gaps.iter().filter_map(|gap| Some((gap.strung_at, gap.loss?.percent.max(0))));
        let losses: Vec<_> = losses.collect();
        let days = gaps.iter().map(|gap| (gap.strung_at, gap.days)).collect::<Vec<_>>();
        let [from, to] = months.ends().map(|month| region.month_and_year(month));
        Some(Self {
            days: months.means(me, &days, &region.locale().t("unit-days")),
            losses: (losses.len() > 1).then(|| months.means(me, &losses, "%")),
            from,
            to,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_months_are_in_their_order_over_a_new_year() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let months = Months::up_to(day("2026-03-31"));
        assert_eq!(months.ends(), [day("2025-04-01"), day("2026-03-01")]);
        let february = Months::up_to(day("2028-02-29"));
        assert_eq!(february.0[0], day("2027-03-01"));
        assert!(months.0.is_sorted());
    }
}
