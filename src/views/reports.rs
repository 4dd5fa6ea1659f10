//! What a year brought, as pictures with the figures behind, and as files.

use serde::Serialize;

use super::chart::{Bars, Counted};
use crate::models::orders::report::{AGES, Debt, Month, Void, Year};
use crate::models::stringers::Member;
use crate::tables::{Cell, Table};

/// A year's tables, and what is owed today.
#[derive(Debug)]
pub struct Report<'r> {
    /// Whose.
    pub me: &'r Member,
    /// What the year brought.
    pub brought: &'r Year,
    /// See [`AGES`].
    pub debts: &'r [Debt],
}

/// The tables that there are, by their names.
pub const TABLES: [&str; 4] = ["months", "clients", "strings", "debts"];

impl Report<'_> {
    /// A table by its name.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<Table> {
        let name = TABLES.into_iter().find(|known| *known == name)?;
        let (heads, rows) = match name {
            "months" => {
                let heads = ["month", "jobs", "own", "earned", "received", "string-cost", "margin"];
                let heads = heads.map(|head| format!("report-{head}"));
                let shown = if self.has_stock() { heads.len() } else { heads.len() - 2 };
                return Some(self.named(name, heads.iter().take(shown), self.months()));
            }
            "clients" => {
                (["report-client", "report-jobs", "report-earned"].to_vec(), self.clients())
            }
            "strings" => {
                (["report-string", "report-beds", "report-metres"].to_vec(), self.strings())
            }
            _ => (["report-age", "report-jobs", "report-owed"].to_vec(), self.debts()),
        };
        Some(self.named(name, heads, rows))
    }

    fn named(
        &self,
        name: &'static str,
        heads: impl IntoIterator<Item = impl AsRef<str>>,
        rows: Vec<Vec<Cell>>,
    ) -> Table {
        let heads = heads.into_iter().map(|key| self.me.locale().t(key.as_ref())).collect();
        Table { name, heads, rows }
    }

    /// What string costs is known, of some jobs.
    const fn has_stock(&self) -> bool {
        self.brought.whole.string_cost > 0
    }

    fn months(&self) -> Vec<Vec<Cell>> {
        let money = |minor| Cell::Amount(self.brought.money(minor));
        let of_stock = if self.has_stock() { 2 } else { 0 };
        let row = |(month, number): (&Month, u32)| {
            let name = Cell::Text(self.me.region().month(number));
            let counts = [month.jobs, month.own].map(Cell::Count);
            [name]
                .into_iter()
                .chain(counts)
                .chain([money(month.earned), money(month.received)])
                .chain([month.string_cost, month.margin()].map(money).into_iter().take(of_stock))
                .collect()
        };
        self.brought.months.iter().zip(1..).map(row).collect()
    }

    fn clients(&self) -> Vec<Vec<Cell>> {
        let clients = self.brought.clients.iter().map(|client| {
            vec![
                Cell::Text(client.client_name.clone().unwrap_or_default()),
                Cell::Count(client.jobs),
                Cell::Amount(self.brought.money(client.earned)),
            ]
        });
        clients.collect()
    }

    fn strings(&self) -> Vec<Vec<Cell>> {
        let strings = self.brought.strings.iter().map(|used| {
            vec![
                Cell::Text(used.name.clone()),
                // Two sides are a bed.
                Cell::Length(used.sides * 50),
                Cell::Length(used.length),
            ]
        });
        strings.collect()
    }

    fn debts(&self) -> Vec<Vec<Cell>> {
        let from = [0].into_iter().chain(AGES.map(|age| age + 1));
        let ages = from.zip(AGES.map(Some).into_iter().chain([None])).zip(self.debts);
        let ages = ages.map(|((from, to), debt)| {
            let days = match to {
                Some(to) => format!("{from}–{to}"),
                None => format!("> {}", from - 1),
            };
            let days = format!("{days} {}", self.me.locale().t("unit-days"));
            let owed = Cell::Amount(self.brought.money(debt.sum));
            vec![Cell::Text(days), Cell::Count(debt.orders), owed]
        });
        ages.collect()
    }
}

/// `reports/show.html`.
#[derive(Debug, Serialize)]
pub struct Show {
    year: i32,
    /// The years on offer.
    years: Vec<i32>,
    /// `None` where nothing was strung in that year.
    figures: Option<Figures>,
    debts: Option<Shown>,
    /// Numbers without a receipt.
    voids: Vec<Void>,
}

#[derive(Debug, Serialize)]
struct Figures {
    jobs: i64,
    own: i64,
    earned: String,
    received: String,
    /// What the string from stock cost, and what is left of what was earned.
    stock: Option<[String; 2]>,
    turnaround: Option<String>,
    byo: Option<i64>,
    hybrids: Option<i64>,
    foreign: i64,
    jobs_chart: Bars,
    revenue_chart: Bars,
    months: Shown,
    clients: Shown,
    strings: Shown,
}

/// A table as the page shows it.
#[derive(Debug, Serialize)]
struct Shown {
    name: &'static str,
    /// For who has it read.
    title: String,
    heads: Vec<Head>,
    rows: Vec<Vec<Said>>,
}

#[derive(Debug, Serialize)]
struct Head {
    text: String,
    is_number: bool,
}

#[derive(Debug, Serialize)]
struct Said {
    text: String,
    is_number: bool,
}

impl Shown {
    fn new(me: &Member, table: Table) -> Self {
        let region = me.region();
        let said = |cell: &Cell| {
            let text = match cell {
                Cell::Text(text) => text.clone(),
                Cell::Count(count) => count.to_string(),
                Cell::Amount(money) => region.money(*money),
                Cell::Length(_) => {
                    let plain = cell.plain();
                    let plain = plain.trim_end_matches('0').trim_end_matches('.');
                    region.number(plain)
                }
                Cell::Day(day) => region.long_date(*day),
            };
            Said { text, is_number: cell.is_number() }
        };
        let first = table.rows.first();
        let is_number = |at: usize| first.and_then(|row| row.get(at)).is_some_and(Cell::is_number);
        let heads = table.heads.into_iter().enumerate();
        let heads = heads.map(|(at, text)| Head { text, is_number: is_number(at) }).collect();
        let rows = table.rows.iter().map(|row| row.iter().map(said).collect()).collect();
        let title = me.locale().t(&format!("report-table-{}", table.name));
        Self { name: table.name, title, heads, rows }
    }
}

impl Show {
    /// A year's page.
    #[must_use]
    pub fn new(report: &Report<'_>, year: i32, years: Vec<i32>, voids: Vec<Void>) -> Self {
        let Report { me, brought, debts } = report;
        let whole = brought.whole;
        let is_empty = whole.jobs + whole.own == 0 && whole.received == 0;
        let owes = debts.iter().any(|debt| debt.orders > 0);
        let debts = report.table("debts").filter(|_| owes).map(|table| Shown::new(me, table));
        let figures = if is_empty { None } else { Figures::new(report) };
        Self { year, years, figures, debts, voids }
    }
}

impl Figures {
    fn new(report: &Report<'_>) -> Option<Self> {
        let Report { me, brought, .. } = report;
        let region = me.region();
        let money = |minor: i64| region.money(brought.money(minor));
        let bars = |number: fn(&Month) -> i64, says: &dyn Fn(i64) -> String| {
            let months = brought.months.iter().zip(1..);
            let months = months.map(|(month, at)| (region.month(at), number(month)));
            let counted = months.map(|(name, number)| Counted {
                name: name.clone(),
                month: name,
                number,
                says: says(number),
            });
            Bars::new(counted)
        };
        let shown = |name| Some(Shown::new(me, report.table(name)?));
        let days = |tenths: i64| region.number(&format!("{}.{}", tenths / 10, tenths % 10));
        Some(Self {
            jobs: brought.whole.jobs,
            own: brought.whole.own,
            earned: money(brought.whole.earned),
            received: money(brought.whole.received),
            stock: report
                .has_stock()
                .then(|| [brought.whole.string_cost, brought.whole.margin()].map(money)),
            turnaround: brought.turnaround.filter(|tenths| *tenths >= 0).map(days),
            byo: brought.byo,
            hybrids: brought.hybrids,
            foreign: brought.foreign,
            jobs_chart: bars(|month| month.jobs, &|jobs| jobs.to_string()),
            revenue_chart: bars(|month| month.earned, &money),
            months: shown("months")?,
            clients: shown("clients")?,
            strings: shown("strings")?,
        })
    }
}
