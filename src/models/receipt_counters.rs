//! The last receipt number of each stringer's year.

pub use super::_entities::receipt_counters::{ActiveModel, Column, Entity, Model};
use std::collections::BTreeMap;

use sea_orm::ActiveValue::Set;
use sea_orm::ExprTrait;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm_tenancy::{Connection, Policy};

use super::owned;
use crate::values::YEARS;

impl ActiveModelBehavior for ActiveModel {}

/// Mine; only the number moves.
#[must_use]
pub fn policy() -> Policy {
    owned::<Entity>().only_settable(&["last_number"])
}

/// `2026-0001`, growing past 9999.
fn number_of(year: i32, number: i64) -> String {
    format!("{year}-{number:04}")
}

/// Nobody strings more in a year, and each next number has room behind it.
const MOST: i64 = 999_999;

/// Year and count of a number.
#[must_use]
pub fn parts_of(number: &str) -> Option<(i32, i64)> {
    let (year, count) = number.split_once('-')?;
    let (year, count) = (year.parse().ok()?, count.parse().ok()?);
    let is_one =
        (1..=MOST).contains(&count) && YEARS.contains(&year) && number_of(year, count) == number;
    is_one.then_some((year, count))
}

impl Entity {
    /// Has each year's next number stand behind all of these, which are taken.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn reach<'n>(
        db: &impl Connection,
        numbers: impl Iterator<Item = &'n str>,
    ) -> Result<(), DbErr> {
        let mut highest: BTreeMap<i32, i64> = BTreeMap::new();
        for (year, count) in numbers.filter_map(parts_of) {
            let last = highest.entry(year).or_default();
            *last = Ord::max(count, *last);
        }
        for (year, last) in highest {
            Self::take_up_to(db, year, last).await?;
        }
        Ok(())
    }

    /// Takes the next number of a year: `2026-0001`, growing past 9999.
    ///
    /// The row's lock lasts until the caller's transaction ends, so numbers are
    /// gapless whatever the number of processes: a rollback gives the number back.
    /// No sequence, no advisory lock: poolers share sessions between transactions.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn take(db: &impl Connection, year: i32) -> Result<String, DbErr> {
        let last = Self::take_up_to(db, year, 1).await?;
        Ok(number_of(year, last))
    }

    /// Takes the next so many numbers of a year, in their order.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn take_many(
        db: &impl Connection,
        year: i32,
        many: i64,
    ) -> Result<Vec<String>, DbErr> {
        let last = Self::take_up_to(db, year, many).await?;
        Ok((last - many + 1..=last).map(|number| number_of(year, number)).collect())
    }

    async fn take_up_to(db: &impl Connection, year: i32, many: i64) -> Result<i64, DbErr> {
        let row =
            ActiveModel { year: Set(year.into()), last_number: Set(many), ..Default::default() };
        let next = OnConflict::columns([Column::StringerId, Column::Year])
            .value(Column::LastNumber, Expr::col((Entity, Column::LastNumber)).add(many))
            .to_owned();
        Ok(Self::insert(row).on_conflict(next).exec_with_returning(db).await?.last_number)
    }
}
