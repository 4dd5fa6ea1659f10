//! The last receipt number of each stringer's year.

pub use super::_entities::receipt_counters::{ActiveModel, Column, Entity, Model};
use sea_orm::ActiveValue::Set;
use sea_orm::ExprTrait;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm_tenancy::{Connection, Policy};

use super::owned;

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

impl Entity {
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
