//! What a year brought. The database sums by days, of which a year has no more in any book;
//! days are summed to months here.

mod debts;
mod sums;

pub use debts::{AGES, Debt};

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};
use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, QueryOrder, QuerySelect};
use sea_orm_tenancy::Connection;
use serde::Serialize;

use super::{Column, Entity};
use crate::models::{readable, year_of};
use crate::units::{Currency, Money};
use sums::{Counted, OnSide, Strung};

/// An order that was set aside.
#[derive(Debug, FromQueryResult, Serialize)]
pub struct Void {
    /// The order.
    pub id: Uuid,
    /// Its number.
    pub receipt_number: String,
    /// Why; what was migrated may not say.
    pub void_reason: Option<String>,
}

/// A month's jobs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Month {
    /// Of clients.
    pub jobs: i64,
    /// Of the stringer's own rackets.
    pub own: i64,
    /// What clients' jobs that were strung cost, paid or not, in the smallest unit of the
    /// currency.
    pub earned: i64,
    /// What was paid, whenever it was strung.
    pub received: i64,
    /// What the string cost that clients' jobs drew from stock.
    pub string_cost: i64,
}

impl Month {
    /// What is left of what was earned when the string from stock is paid.
    #[must_use]
    pub const fn margin(&self) -> i64 {
        self.earned - self.string_cost
    }
}

/// A string that the stringer supplied, on clients' rackets and its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// What it is called.
    pub name: String,
    /// Halves of stringbeds.
    pub sides: i64,
    /// Centimetres, half of a set for each side (see [`Sport::set_length`]).
    pub length: i64,
}

/// A client, and what the year brought of them.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Regular {
    /// The client.
    pub client_profile_id: Uuid,
    /// What they are called.
    pub client_name: Option<String>,
    /// Jobs that were strung.
    pub jobs: i64,
    /// What they cost.
    pub earned: i64,
}

/// A year, by the day on which a job was strung.
#[derive(Debug, PartialEq, Eq)]
pub struct Year {
    /// January first.
    pub months: [Month; 12],
    /// All of them.
    pub whole: Month,
    /// Tenths of days from ordered to strung, on the average of clients' jobs; rounded.
    pub turnaround: Option<i64>,
    /// Clients' jobs with a string of their own, in percent of all; rounded.
    pub byo: Option<i64>,
    /// Clients' jobs with two strings, in percent of all; rounded.
    pub hybrids: Option<i64>,
    /// Clients' jobs in another currency: counted, and in no sum.
    pub foreign: i64,
    /// The most used string first.
    pub strings: Vec<Used>,
    /// Who brought most, first.
    pub clients: Vec<Regular>,
    currency: Currency,
}

/// So many clients and strings are named.
const NAMED: usize = 20;

impl Year {
    /// An amount as money.
    #[must_use]
    pub const fn money(&self, minor: i64) -> Money {
        Money::from_minor(minor, self.currency)
    }
}

/// Rounded to the nearest; `None` of nothing.
fn average(sum: i64, count: i64) -> Option<i64> {
    (count > 0).then(|| (2 * sum + count).div_euclid(2 * count))
}

impl Entity {
    /// The years in which something was strung, the latest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn years_strung(db: &impl Connection) -> Result<Vec<i32>, DbErr> {
        Self::span(db, [Column::StrungAt; 2]).await
    }

    /// The numbers of a year that no receipt has: each with the order that was set aside, and
    /// why.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn voids(db: &impl Connection, year: i32) -> Result<Vec<Void>, DbErr> {
        let voids = Self::find()
            .select_only()
            .columns([Column::Id, Column::ReceiptNumber, Column::VoidReason])
            .filter(Column::ReceiptNumber.starts_with(format!("{year}-")))
            .filter(Column::CancelledAt.is_not_null())
            .order_by_asc(Column::ReceiptNumber);
        readable::all(voids, db).await
    }

    /// What a year brought in the stringer's currency.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn year(db: &impl Connection, year: i32, currency: Currency) -> Result<Year, DbErr> {
        let mut counting = Counting::new(currency);
        let Some((first, last)) = year_of(year) else { return Ok(counting.counted()) };
        for day in sums::strung_by_day(db, first, last, currency).await? {
            counting.strung(&day);
        }
        for day in sums::ordered_by_day(db, first, last).await? {
            counting.waited.0 -= days_of(day.day) * day.count;
        }
        for day in sums::paid_by_day(db, first, last, currency).await? {
            counting.received(&day);
        }
        for day in sums::received_by_day(db, first, last, currency).await? {
            counting.received(&day);
        }
        for day in sums::drawn_by_day(db, first, last, currency).await? {
            counting.drawn(&day);
        }
        for (name, byo) in
            [(Column::MainsName, Column::MainsByo), (Column::CrossesName, Column::CrossesByo)]
        {
            for side in sums::used_on_side(db, first, last, [name, byo]).await? {
                counting.used(side);
            }
        }
        counting.year.clients = sums::regulars(db, first, last, currency).await?;
        Ok(counting.counted())
    }
}

/// A year while its days are counted.
struct Counting {
    year: Year,
    /// Days from ordered to strung, and the jobs that they are of.
    waited: (i64, i64),
    brought: i64,
    hybrids: i64,
    strings: BTreeMap<String, Used>,
}

fn days_of(day: NaiveDate) -> i64 {
    i64::from(day.num_days_from_ce())
}

impl Counting {
    fn new(currency: Currency) -> Self {
        let year = Year {
            months: [Month::default(); 12],
            whole: Month::default(),
            turnaround: None,
            byo: None,
            hybrids: None,
            foreign: 0,
            strings: Vec::new(),
            clients: Vec::new(),
            currency,
        };
        Self { year, waited: (0, 0), brought: 0, hybrids: 0, strings: BTreeMap::new() }
    }

    fn sums(&mut self, day: NaiveDate) -> [&mut Month; 2] {
        let month = usize::try_from(day.month0()).unwrap_or_default();
        [&mut self.year.months[month], &mut self.year.whole]
    }

    fn strung(&mut self, day: &Strung) {
        for sum in self.sums(day.day) {
            sum.jobs += day.jobs;
            sum.own += day.own;
            sum.earned += day.earned;
        }
        self.year.foreign += day.foreign;
        self.brought += day.brought;
        self.hybrids += day.hybrids;
        self.waited.0 += days_of(day.day) * day.dated;
        self.waited.1 += day.dated;
    }

    fn received(&mut self, day: &Counted) {
        for sum in self.sums(day.day) {
            sum.received += day.sum;
        }
    }

    fn drawn(&mut self, day: &Counted) {
        for sum in self.sums(day.day) {
            sum.string_cost += day.sum;
        }
    }

    fn used(&mut self, side: OnSide) {
        let length = side.sides * side.sport.set_length() / 2;
        let used = self.strings.entry(side.name.clone());
        let used = used.or_insert(Used { name: side.name, sides: 0, length: 0 });
        used.sides += side.sides;
        used.length += length;
    }

    fn counted(self) -> Year {
        let (days, jobs) = self.waited;
        let all = self.year.whole.jobs;
        let mut strings: Vec<Used> = self.strings.into_values().collect();
        strings.sort_by_key(|used| std::cmp::Reverse(used.sides));
        strings.truncate(NAMED);
        Year {
            turnaround: average(days * 10, jobs),
            byo: average(100 * self.brought, all),
            hybrids: average(100 * self.hybrids, all),
            strings,
            ..self.year
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_average_is_rounded_to_the_nearest() {
        assert_eq!(average(0, 0), None);
        assert_eq!(average(1 + 2, 2), Some(2));
        assert_eq!(average(1 + 1 + 2, 3), Some(1));
    }
}
