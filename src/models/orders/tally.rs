//! How much waits, for a glance at today: counted in one statement, and up to [`MANY`] of each, so
//! that it costs the same in every book.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Asterisk, Expr, Func, Query, SelectStatement};
use sea_orm::{Condition, QuerySelect as _, QueryTrait as _};
use sea_orm_tenancy::Connection;

use super::list::MANY;
use super::{Column, Entity, Filter};
use crate::models::notifications::{self, NotificationKind, OF_SHARES};
use crate::models::reels;
use crate::models::stringers::Overdue;

/// How many wait; one more than [`MANY`] where they are more.
#[derive(Debug, Clone, Copy)]
pub struct Tally {
    /// To be strung.
    pub open: u64,
    /// Strung; waiting for pick-up or payment.
    pub ready: u64,
    /// Of these, what has waited too long.
    pub overdue: TooLong,
    /// What others let me read, or do not let me read any more, and I have not looked at.
    pub shared: u64,
    /// Reels of string that are running low.
    pub low: u64,
    /// Receipts that did not reach their clients by mail, and I have not looked at.
    pub unsent: u64,
}

/// How many have waited too long; none where nobody asks.
#[derive(Debug, Clone, Copy)]
pub struct TooLong {
    /// To be collected.
    pub ready: u64,
    /// To be paid.
    pub unpaid: u64,
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

fn too_long(overdue: Overdue) -> [Option<SelectStatement>; 2] {
    let (ready, unpaid) = (overdue.ready.map(not_collected), overdue.unpaid.map(not_paid));
    [ready.map(some), unpaid.map(some)]
}

/// Counts in one statement, and in none where nothing is asked for.
async fn counted<const N: usize>(
    db: &impl Connection,
    counts: [Option<SelectStatement>; N],
) -> Result<[u64; N], DbErr> {
    let mut counted = [0; N];
    if counts.iter().all(Option::is_none) {
        return Ok(counted);
    }
    let mut all = Query::select();
    let mut places = Vec::new();
    for (place, count) in counts.into_iter().enumerate() {
        if let Some(count) = count {
            all.expr_as(Expr::SubQuery(None, Box::new(count.into())), format!("c{place}"));
            places.push(place);
        }
    }
    let row = db.query_one(&all).await?.ok_or(DbErr::RecordNotFound("a tally".into()))?;
    for place in places {
        let count: i64 = row.try_get("", &format!("c{place}"))?;
        counted[place] = u64::try_from(count).unwrap_or(0);
    }
    Ok(counted)
}

impl Entity {
    /// How much waits.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn tally(db: &impl Connection, overdue: Overdue) -> Result<Tally, DbErr> {
        let (open, ready) = (some(Filter::Open.condition()), some(Filter::Ready.condition()));
        let unseen = |kinds| notifications::Entity::unseen(kinds, MANY + 1);
        let (shared, unsent) = (unseen(&OF_SHARES), unseen(&[NotificationKind::ReceiptNotMailed]));
        let low = reels::Entity::low();
        let [not_collected, not_paid] = too_long(overdue);
        let [open, ready, shared, low, unsent] = [open, ready, shared, low, unsent].map(Some);
        let asked = [open, ready, shared, low, unsent, not_collected, not_paid];
        let [open, ready, shared, low, unsent, not_collected, not_paid] =
            counted(db, asked).await?;
        let overdue = TooLong { ready: not_collected, unpaid: not_paid };
        Ok(Tally { open, ready, overdue, shared, low, unsent })
    }

    /// How many have waited too long, and nothing else.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn overdue(db: &impl Connection, overdue: Overdue) -> Result<TooLong, DbErr> {
        let [ready, unpaid] = counted(db, too_long(overdue)).await?;
        Ok(TooLong { ready, unpaid })
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
