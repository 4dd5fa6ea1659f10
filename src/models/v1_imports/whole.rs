//! A complete book that comes from elsewhere: into an empty one, as a whole.

use std::collections::BTreeMap;

use sea_orm::prelude::Uuid;
use sea_orm_tenancy::Txn;

use super::Watch;
use super::pace::{Growing, at_once};
use super::reckoning::Reckoning;
use super::report::{Numbers, Report};
use crate::models::book::Whole;
use crate::models::book::restoring::{Restoring, is_empty};
use crate::models::stringers::Member;
use crate::models::{ModelResult, hold, receipt_counters, stringers};
use crate::v1::Refused;

/// Takes a complete book over; `None` where whoever watches has called it off.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn take(
    txn: &Txn,
    me: &Member,
    import: Uuid,
    whole: Whole,
    watch: &dyn Watch,
) -> ModelResult<Option<Report>> {
    // Of two at once one waits here, and finds the other's.
    hold::<stringers::Entity>(txn, me.id).await?;
    // Two books in one would have two orders of one number, and one client twice.
    if !is_empty(txn).await? {
        return Ok(Some(Report::refused(Refused::BookNotEmpty)));
    }
    let mut reckoning = Reckoning::of(whole.currency());
    let mut report = begun(&whole);
    let (mut done, mut growing, of) = (0, Growing::default(), whole.len());
    let mut restoring = Restoring::begin(txn, me.id, import, whole).await?;
    loop {
        if !watch.at(done, of) {
            return Ok(None);
        }
        let some = restoring.some(at_once(txn)).await?;
        if some.is_empty() {
            break;
        }
        for order in some {
            let count = if order.is_own { &mut report.own } else { &mut report.clients };
            (count.file, count.new) = (count.file + 1, count.new + 1);
            reckoning.restored(&order);
            done += 1;
        }
        growing.reach(txn, done).await?;
    }
    restoring.end().await?;
    reckoning.reckon(txn, &mut report).await?;
    Ok(Some(report))
}

fn begun(whole: &Whole) -> Report {
    Report {
        is_book: true,
        currency: Some(whole.currency()),
        new_clients: whole.clients(),
        numbers: numbers(whole),
        ..Report::default()
    }
}

/// The receipts' numbers, which stay as they are.
fn numbers(whole: &Whole) -> Vec<Numbers> {
    let mut years: BTreeMap<i32, BTreeMap<i64, &str>> = BTreeMap::new();
    for number in whole.numbers() {
        if let Some((year, count)) = receipt_counters::parts_of(number) {
            years.entry(year).or_default().insert(count, number);
        }
    }
    let of_year = years.into_iter().filter_map(|(year, numbers)| {
        let (first, last) = (numbers.values().next()?, numbers.values().next_back()?);
        let count = numbers.len();
        Some(Numbers { year, first: (*first).to_owned(), last: (*last).to_owned(), count })
    });
    of_year.collect()
}
