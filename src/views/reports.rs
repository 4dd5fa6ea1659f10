//! What a year brought, as pictures with the figures behind.

use serde::Serialize;

use super::chart::{Bars, Counted};
use crate::models::orders::report::{Month, Void, Year};
use crate::models::stringers::Member;

/// `reports/show.html`.
#[derive(Debug, Serialize)]
pub struct Show {
    year: i32,
    /// The years on offer.
    years: Vec<i32>,
    /// `None` where nothing was strung in that year.
    figures: Option<Figures>,
    /// Numbers without a receipt.
    voids: Vec<Void>,
}

#[derive(Debug, Serialize)]
struct Figures {
    jobs: u32,
    own: u32,
    revenue: String,
    turnaround: Option<i64>,
    byo: Option<i64>,
    foreign: u32,
    jobs_chart: Bars,
    revenue_chart: Bars,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    month: String,
    jobs: u32,
    own: u32,
    revenue: String,
}

impl Show {
    /// A year's page.
    #[must_use]
    pub fn new(me: &Member, year: i32, years: Vec<i32>, brought: &Year, voids: Vec<Void>) -> Self {
        let is_empty = brought.whole.jobs + brought.whole.own == 0;
        Self { year, years, figures: (!is_empty).then(|| Figures::new(me, brought)), voids }
    }
}

impl Figures {
    fn new(me: &Member, brought: &Year) -> Self {
        let region = me.region();
        let money = |month: &Month| region.money(brought.money(month.revenue));
        let named =
            || brought.months.iter().zip(1..).map(|(month, number)| (region.month(number), month));
        Self {
            jobs: brought.whole.jobs,
            own: brought.whole.own,
            revenue: money(&brought.whole),
            turnaround: brought.turnaround,
            byo: brought.byo,
            foreign: brought.foreign,
            jobs_chart: Bars::new(named().map(|(name, month)| {
                of_month(name, i64::from(month.jobs), month.jobs.to_string())
            })),
            revenue_chart: Bars::new(
                named().map(|(name, month)| of_month(name, month.revenue, money(month))),
            ),
            rows: named()
                .map(|(name, month)| Row {
                    month: name,
                    jobs: month.jobs,
                    own: month.own,
                    revenue: money(month),
                })
                .collect(),
        }
    }
}

fn of_month(month: String, number: i64, says: String) -> Counted {
    Counted { name: month.clone(), month, number, says }
}
