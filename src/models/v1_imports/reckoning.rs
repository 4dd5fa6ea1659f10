//! What the file says in sum, against what the book says of the same orders when all is
//! written: read back from it, not from what was meant to be written.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{Datelike as _, NaiveDate};
use sea_orm::prelude::Uuid;
use sea_orm::{
    ColumnTrait as _, DbErr, EntityTrait as _, FromQueryResult, QueryFilter as _, QuerySelect as _,
};
use sea_orm_tenancy::Txn;

use super::job::Job;
use super::report::{Report, Waited, YearSum};
use crate::models::book::restoring::Restored;
use crate::models::orders::pricing::Priced;
use crate::models::orders::{Column, Entity};
use crate::models::readable;
use crate::units::Currency;

/// An order as the book has it, as far as it is reckoned.
#[derive(Debug, FromQueryResult)]
struct Booked {
    id: Uuid,
    external_ref: Option<String>,
    is_self: bool,
    ordered_at: Option<NaiveDate>,
    strung_at: Option<NaiveDate>,
    #[sea_orm(nested)]
    priced: Priced,
}

/// What a file says in sum.
#[derive(Debug, Default)]
pub(super) struct Reckoning {
    revenue: BTreeMap<i32, YearSum>,
    waited: Waited,
    /// By their numbers; and whether their sums are compared.
    expected: HashMap<String, bool>,
    /// Those of a complete book, by their own keys.
    restored: HashSet<Uuid>,
    /// A sum is one of one currency.
    currency: Option<Currency>,
}

impl Reckoning {
    /// Counts a row that must be in the book. What was taken over before may have been edited
    /// there since, and has no sum to keep.
    pub(super) fn expect(&mut self, job: &Job, is_new: bool) {
        self.expected.insert(job.external_ref.clone(), is_new);
        if job.player.is_none() || !is_new {
            return;
        }
        if let Some(strung) = job.dates.strung {
            self.year(strung).file += job.total;
        }
        self.waited.add(job.dates.ordered, job.dates.strung);
    }

    /// Of a complete book, whose sums are in this currency; what was paid in another is counted
    /// and not summed up.
    pub(super) fn of(currency: Currency) -> Self {
        Self { currency: Some(currency), ..Self::default() }
    }

    /// Counts an order of a complete book.
    pub(super) fn restored(&mut self, order: &Restored) {
        self.restored.insert(order.id);
        if order.is_own {
            return;
        }
        if let Some(strung) = order.strung.filter(|_| self.sums(order.currency)) {
            self.year(strung).file += order.total;
        }
        self.waited.add(order.ordered, order.strung);
    }

    fn sums(&self, currency: Currency) -> bool {
        self.currency.is_none_or(|only| only == currency)
    }

    fn is_new(&mut self, order: &Booked) -> Option<bool> {
        if self.restored.remove(&order.id) {
            return Some(true);
        }
        self.expected.remove(order.external_ref.as_ref()?)
    }

    fn year(&mut self, strung: NaiveDate) -> &mut YearSum {
        let year = strung.year();
        self.revenue.entry(year).or_insert(YearSum { year, ..YearSum::default() })
    }

    /// Reads back what the book has of them.
    pub(super) async fn reckon(mut self, txn: &Txn, report: &mut Report) -> Result<(), DbErr> {
        let mut booked = Entity::find()
            .select_only()
            .columns([Column::Id, Column::ExternalRef, Column::IsSelf])
            .columns([Column::OrderedAt, Column::StrungAt])
            .columns(Priced::COLUMNS);
        if self.restored.is_empty() {
            booked = booked.filter(Column::ExternalRef.is_not_null());
        }
        let mut waited = Waited::default();
        let (mut clients, mut own) = (0, 0);
        readable::each(booked, txn, |order: &Booked| {
            let Some(is_new) = self.is_new(order) else { return };
            *(if order.is_self { &mut own } else { &mut clients }) += 1;
            if order.is_self || !is_new {
                return;
            }
            waited.add(order.ordered_at, order.strung_at);
            let total = order.priced.prices().total();
            if let Some(strung) = order.strung_at.filter(|_| self.sums(total.currency())) {
                self.year(strung).book += total.minor();
            }
        })
        .await?;
        report.clients.book += clients;
        report.own.book += own;
        report.revenue = self.revenue.into_values().rev().collect();
        (report.waited_in_file, report.waited_in_book) = (self.waited, waited);
        Ok(())
    }
}

impl Waited {
    fn add(&mut self, ordered: Option<NaiveDate>, strung: Option<NaiveDate>) {
        if let (Some(ordered), Some(strung)) = (ordered, strung) {
            self.days += (strung - ordered).num_days();
            self.orders += 1;
        }
    }
}
