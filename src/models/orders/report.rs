//! What a year brought: jobs and revenue by month.

use chrono::{Datelike as _, NaiveDate};
use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, QueryOrder, QuerySelect};
use sea_orm_tenancy::Connection;
use serde::Serialize;

use super::pricing::Priced;
use super::{Column, Entity};
use crate::models::{readable, year_of};
use crate::units::{Currency, Money};

/// A strung order, as far as a report counts it.
#[derive(Debug, FromQueryResult)]
struct Strung {
    is_self: bool,
    ordered_at: Option<NaiveDate>,
    strung_at: NaiveDate,
    #[sea_orm(nested)]
    priced: Priced,
}

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
    pub jobs: u32,
    /// Of the stringer's own rackets.
    pub own: u32,
    /// What clients' jobs cost, paid or not, in the smallest unit of the currency.
    pub revenue: i64,
}

/// A year, by the day on which a job was strung.
#[derive(Debug, PartialEq, Eq)]
pub struct Year {
    /// January first.
    pub months: [Month; 12],
    /// All of them.
    pub whole: Month,
    /// Days from ordered to strung, on the average of clients' jobs; rounded.
    pub turnaround: Option<i64>,
    /// Clients' jobs with a string of their own, in percent of all; rounded.
    pub byo: Option<i64>,
    /// Clients' jobs in another currency: counted, and in no sum.
    pub foreign: u32,
    currency: Currency,
}

/// A year while its orders are counted.
struct Counting {
    year: Year,
    /// Days from ordered to strung, and the jobs that they are of.
    waited: (i64, i64),
    /// Clients' jobs with a string of their own.
    brought: i64,
}

impl Counting {
    fn new(currency: Currency) -> Self {
        let year = Year {
            months: [Month::default(); 12],
            whole: Month::default(),
            turnaround: None,
            byo: None,
            foreign: 0,
            currency,
        };
        Self { year, waited: (0, 0), brought: 0 }
    }

    fn add(&mut self, order: &Strung) {
        let year = &mut self.year;
        let total = order.priced.prices().total();
        let is_foreign = total.currency() != year.currency;
        let revenue = if is_foreign || order.is_self { 0 } else { total.minor() };
        let month = usize::try_from(order.strung_at.month0()).unwrap_or_default();
        for sum in [&mut year.months[month], &mut year.whole] {
            sum.jobs += u32::from(!order.is_self);
            sum.own += u32::from(order.is_self);
            sum.revenue += revenue;
        }
        if order.is_self {
            return;
        }
        year.foreign += u32::from(is_foreign);
        self.brought += i64::from(order.priced.mains_byo || order.priced.crosses_byo);
        if let Some(ordered) = order.ordered_at {
            self.waited.0 += (order.strung_at - ordered).num_days();
            self.waited.1 += 1;
        }
    }

    fn counted(self) -> Year {
        let (days, jobs) = self.waited;
        let turnaround = average(days, jobs);
        let byo = average(100 * self.brought, i64::from(self.year.whole.jobs));
        Year { turnaround, byo, ..self.year }
    }
}

impl Year {
    /// A revenue as money.
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
        let strung = Self::find()
            .select_only()
            .columns([Column::Id, Column::IsSelf, Column::OrderedAt, Column::StrungAt])
            .columns(Priced::COLUMNS)
            .filter(Column::StrungAt.between(first, last))
            .filter(Column::CancelledAt.is_null());
        readable::each(strung, db, |order| counting.add(order)).await?;
        Ok(counting.counted())
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
