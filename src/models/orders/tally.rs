//! How much waits, for a glance at today: counted in one statement, and up to [`MANY`] of each, so
//! that it costs the same in every book.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Asterisk, Expr, Func, Query, SelectStatement};
use sea_orm::{Condition, QuerySelect as _, QueryTrait as _};
use sea_orm_tenancy::Connection;

use super::list::MANY;
use super::{Column, Entity, Filter};
use crate::models::stringers::Overdue;
use crate::models::{notifications, reels};

/// How many wait; one more than [`MANY`] where they are more.
#[derive(Debug, Clone, Copy)]
pub struct Tally {
    /// To be strung.
    pub open: u64,
    /// Strung; waiting for pick-up or payment.
    pub ready: u64,
    /// Of these, not collected for too long.
    pub overdue_ready: u64,
    /// Of these, not paid for too long.
    pub overdue_unpaid: u64,
    /// What others let me read, or do not let me read any more, and I have not looked at.
    pub shared: u64,
    /// Reels of string that are running low.
    pub low: u64,
}

/// What was strung up to a day and was not collected since.
fn not_collected(up_to: NaiveDate) -> Condition {
    Filter::Ready.condition().add(Column::ReturnedAt.is_null()).add(Column::StrungAt.lte(up_to))
}

/// What was strung up to a day and was not paid since.
fn not_paid(up_to: NaiveDate) -> Condition {
    Filter::Unpaid.condition().add(Column::StrungAt.lte(up_to))
}

fn some(which: Condition) -> SelectStatement {
    let some = Entity::find().select_only().column(Column::Id).filter(which).limit(MANY + 1);
    Query::select()
        .expr(Func::count(Expr::col(Asterisk)))
        .from_subquery(some.into_query(), "some")
        .take()
}

impl Entity {
    /// How much waits.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn tally(db: &impl Connection, overdue: Overdue) -> Result<Tally, DbErr> {
        let mut counts = Query::select();
        let mut count = |name: &'static str, of: SelectStatement| {
            counts.expr_as(Expr::SubQuery(None, Box::new(of.into())), name);
        };
        count("open", some(Filter::Open.condition()));
        count("ready", some(Filter::Ready.condition()));
        count("shared", notifications::Entity::unseen(MANY + 1));
        count("low", reels::Entity::low());
        if let Some(day) = overdue.ready {
            count("overdue_ready", some(not_collected(day)));
        }
        if let Some(day) = overdue.unpaid {
            count("overdue_unpaid", some(not_paid(day)));
        }
        let row = db.query_one(&counts).await?.ok_or(DbErr::RecordNotFound("a tally".into()))?;
        let counted = |name: &str, is_asked: bool| {
            let count: i64 = if is_asked { row.try_get("", name)? } else { 0 };
            Ok::<_, DbErr>(u64::try_from(count).unwrap_or(0))
        };
        Ok(Tally {
            open: counted("open", true)?,
            ready: counted("ready", true)?,
            overdue_ready: counted("overdue_ready", overdue.ready.is_some())?,
            overdue_unpaid: counted("overdue_unpaid", overdue.unpaid.is_some())?,
            shared: counted("shared", true)?,
            low: counted("low", true)?,
        })
    }

    /// Whether something has waited too long that had not on an earlier day.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_overdue_since(
        db: &impl Connection,
        now: Overdue,
        then: Overdue,
    ) -> Result<bool, DbErr> {
        type Which = fn(NaiveDate) -> Condition;
        for (which, now, then) in [
            (not_collected as Which, now.ready, then.ready),
            (not_paid as Which, now.unpaid, then.unpaid),
        ] {
            let Some(day) = now else { continue };
            let since = then.map(|day| Column::StrungAt.gt(day));
            let any = Self::find()
                .select_only()
                .column(Column::Id)
                .filter(which(day).add_option(since))
                .limit(1);
            if any.into_tuple::<Uuid>().one(db).await?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
