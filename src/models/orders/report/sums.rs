//! The sums that the database makes, by days.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Asterisk, Expr, Func, IntoCondition};
use sea_orm::{ExprTrait as _, FromQueryResult, JoinType, Order, QueryOrder, QuerySelect, Select};
use sea_orm_tenancy::Connection;

use super::{NAMED, Regular};
use crate::models::orders::{Column, Entity};
use crate::models::reels::{self, uses};
use crate::models::{payments, readable};
use crate::units::{Currency, Sport};

/// A day on which something was strung.
#[derive(Debug, FromQueryResult)]
pub(super) struct Strung {
    pub(super) day: NaiveDate,
    pub(super) jobs: i64,
    pub(super) own: i64,
    pub(super) earned: i64,
    pub(super) foreign: i64,
    pub(super) brought: i64,
    pub(super) hybrids: i64,
    /// Clients' jobs of which it is known when they were ordered.
    pub(super) dated: i64,
}

/// A day on which so much was ordered, or paid.
#[derive(Debug, FromQueryResult)]
pub(super) struct Counted {
    pub(super) day: NaiveDate,
    pub(super) count: i64,
    pub(super) sum: i64,
}

/// A string of one side, and how often.
#[derive(Debug, FromQueryResult)]
pub(super) struct OnSide {
    pub(super) name: String,
    pub(super) sport: Sport,
    pub(super) sides: i64,
}

/// How many rows there are for which something holds.
fn how_many(which: impl IntoCondition) -> Expr {
    sum_of(which, Expr::value(1))
}

/// The sum over the rows for which something holds. PostgreSQL's sums are wider than what they
/// sum, so it says what they are.
pub(super) fn sum_of(which: impl IntoCondition, what: impl Into<Expr>) -> Expr {
    let case = Expr::case(which.into_condition(), what.into()).finally(0);
    Expr::from(Func::sum(case)).cast_as("bigint")
}

fn of_clients() -> Expr {
    Column::IsSelf.into_expr().not()
}

/// Clients' orders in a currency.
pub(super) fn paid_in(currency: Currency) -> Expr {
    of_clients().and(Column::Currency.eq(currency))
}

/// What was strung between two days and not called off.
fn strung(first: NaiveDate, last: NaiveDate) -> Select<Entity> {
    Entity::find()
        .select_only()
        .filter(Column::StrungAt.between(first, last))
        .filter(Column::CancelledAt.is_null())
}

pub(super) async fn strung_by_day(
    db: &impl Connection,
    first: NaiveDate,
    last: NaiveDate,
    currency: Currency,
) -> Result<Vec<Strung>, DbErr> {
    let foreign = of_clients().and(Column::Currency.ne(currency));
    let brought = Column::MainsByo.eq(true).or(Column::CrossesByo.eq(true));
    let name = |column: Column| Func::coalesce([Expr::col(column), Expr::value("")]);
    let two = Expr::from(name(Column::MainsName)).ne(name(Column::CrossesName));
    let days = strung(first, last)
        .column_as(Column::StrungAt, "day")
        .expr_as(how_many(of_clients()), "jobs")
        .expr_as(how_many(Column::IsSelf.eq(true)), "own")
        .expr_as(sum_of(paid_in(currency), Expr::col(Column::Total)), "earned")
        .expr_as(how_many(foreign), "foreign")
        .expr_as(how_many(of_clients().and(brought)), "brought")
        .expr_as(how_many(of_clients().and(two)), "hybrids")
        .expr_as(how_many(of_clients().and(Column::OrderedAt.is_not_null())), "dated")
        .group_by(Column::StrungAt);
    readable::all(days, db).await
}

/// When clients ordered what was strung between two days.
pub(super) async fn ordered_by_day(
    db: &impl Connection,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<Counted>, DbErr> {
    let count = || Expr::from(Func::count(Expr::col(Asterisk)));
    let days = strung(first, last)
        .column_as(Column::OrderedAt, "day")
        .expr_as(count(), "count")
        .expr_as(count(), "sum")
        .filter(of_clients())
        .filter(Column::OrderedAt.is_not_null())
        .group_by(Column::OrderedAt);
    readable::all(days, db).await
}

/// What was paid between two days and has no payments written down: all of it, on one day.
pub(super) async fn paid_by_day(
    db: &impl Connection,
    first: NaiveDate,
    last: NaiveDate,
    currency: Currency,
) -> Result<Vec<Counted>, DbErr> {
    let days = Entity::find()
        .select_only()
        .column_as(Column::PaidAt, "day")
        .expr_as(Expr::from(Func::count(Expr::col(Asterisk))), "count")
        .expr_as(Expr::from(Func::sum(Expr::col(Column::Total))).cast_as("bigint"), "sum")
        .filter(Column::PaidAt.is_not_null())
        .filter(Column::PaidAt.between(first, last))
        .filter(Column::CancelledAt.is_null())
        .filter(Column::Currency.eq(currency))
        .filter(Column::Received.eq(0))
        .group_by(Column::PaidAt);
    readable::all(days, db).await
}

/// What was paid between two days, in full or in part, where it is written down.
pub(super) async fn received_by_day(
    db: &impl Connection,
    first: NaiveDate,
    last: NaiveDate,
    currency: Currency,
) -> Result<Vec<Counted>, DbErr> {
    let amount = Expr::from(Func::sum(Expr::col((payments::Entity, payments::Column::Amount))));
    let days = payments::Entity::find()
        .select_only()
        .join(JoinType::InnerJoin, payments::Relation::Orders.def())
        .column_as(payments::Column::PaidOn, "day")
        .expr_as(Expr::from(Func::count(Expr::col(Asterisk))), "count")
        .expr_as(amount.cast_as("bigint"), "sum")
        .filter(payments::Column::PaidOn.between(first, last))
        .filter(Column::Currency.eq(currency))
        .group_by(payments::Column::PaidOn);
    readable::all(days, db).await
}

/// What the string cost that was drawn from stock for clients' jobs, by the day of stringing.
pub(super) async fn drawn_by_day(
    db: &impl Connection,
    first: NaiveDate,
    last: NaiveDate,
    currency: Currency,
) -> Result<Vec<Counted>, DbErr> {
    let cost = Expr::from(Func::sum(Expr::col((uses::Entity, uses::Column::Cost))));
    let days = strung(first, last)
        .join_rev(JoinType::InnerJoin, uses::Relation::Orders.def())
        .join(JoinType::InnerJoin, uses::Relation::Reels.def())
        .column_as(Column::StrungAt, "day")
        .expr_as(Expr::from(Func::count(Expr::col(Asterisk))), "count")
        .expr_as(cost.cast_as("bigint"), "sum")
        .filter(of_clients())
        .filter(uses::Column::Cost.is_not_null())
        .filter(reels::Column::Currency.eq(currency))
        .group_by(Column::StrungAt);
    readable::all(days, db).await
}

/// The strings of one side that were the stringer's own to supply.
pub(super) async fn used_on_side(
    db: &impl Connection,
    first: NaiveDate,
    last: NaiveDate,
    [name, byo]: [Column; 2],
) -> Result<Vec<OnSide>, DbErr> {
    let used = strung(first, last)
        .column_as(name, "name")
        .column(Column::Sport)
        .expr_as(Expr::from(Func::count(Expr::col(Asterisk))), "sides")
        .filter(name.is_not_null())
        .filter(byo.eq(false))
        .group_by(name)
        .group_by(Column::Sport);
    readable::all(used, db).await
}

pub(super) async fn regulars(
    db: &impl Connection,
    first: NaiveDate,
    last: NaiveDate,
    currency: Currency,
) -> Result<Vec<Regular>, DbErr> {
    let earned = sum_of(paid_in(currency), Expr::col(Column::Total));
    let jobs = Expr::from(Func::count(Expr::col(Asterisk)));
    let regulars = strung(first, last)
        .columns([Column::ClientProfileId, Column::ClientName])
        .expr_as(jobs.clone(), "jobs")
        .expr_as(earned.clone(), "earned")
        .filter(of_clients())
        .group_by(Column::ClientProfileId)
        .group_by(Column::ClientName)
        .order_by(earned, Order::Desc)
        .order_by(jobs, Order::Desc)
        .order_by_asc(Column::ClientProfileId)
        .limit(NAMED as u64);
    readable::all(regulars, db).await
}
