//! Orders, a page of them at a time: what waits, a day's, a client's, a racket's, a search.

use std::collections::HashSet;

use chrono::{Datelike as _, NaiveDate};
use sea_orm::ExprTrait as _;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, Func, NullOrdering};
use sea_orm::{Condition, Order, QueryOrder, QuerySelect, QueryTrait as _, Select};
use sea_orm_tenancy::Connection;

use super::filter::soonest_first;
use super::row::rows;
use super::search::named;
use super::{Column, Entity, Filter, Query, Row};
use crate::models::readable;

/// Rows a page of the list.
pub const PAGE: u64 = 50;

/// Who has more than so many waiting is told that they are more.
pub const MANY: u64 = 500;

impl Entity {
    /// What is to be strung, the most urgent first, at most so many.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn queue(db: &impl Connection, at_most: u64) -> Result<Vec<Row>, DbErr> {
        let orders = soonest_first(rows().filter(Filter::Open.condition()))
            .order_by_asc(Column::OrderedAt)
            .order_by_asc(Column::Id)
            .limit(at_most);
        readable::all(orders, db).await
    }

    /// A page of what is wanted on a day, strung or not, by the hour; what has no hour comes
    /// last.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn due_on(
        db: &impl Connection,
        date: NaiveDate,
        page: u64,
    ) -> Result<(Vec<Row>, bool), DbErr> {
        let wanted = rows()
            .filter(wanted_on(date))
            .order_by_with_nulls(Column::DueTime, Order::Asc, NullOrdering::Last)
            .order_by_asc(Column::ClientProfileId)
            .order_by_asc(Column::Id);
        readable::page(wanted, page, PAGE, db).await
    }

    /// Strung on a day, for a client, not paid, and with a receipt: what an older book brought has
    /// none.
    pub(in crate::models) fn is_open_of(day: NaiveDate) -> Condition {
        use crate::models::receipt_emissions::{Column as Issued, Entity as Emissions};
        let issued = Emissions::find().select_only().column(Issued::OrderId);
        let issued =
            issued.filter(Expr::col((Emissions, Issued::OrderId)).equals((Entity, Column::Id)));
        let open = Filter::Unpaid.condition().add(Column::StrungAt.eq(day));
        open.add(Expr::exists(issued.into_query()))
    }

    /// How many receipts of a day are open.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn count_open_of(db: &impl Connection, day: NaiveDate) -> Result<u64, DbErr> {
        Self::find().filter(Self::is_open_of(day)).count(db).await
    }

    /// How many are wanted on a day, and how many of them are strung.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn count_due_on(db: &impl Connection, date: NaiveDate) -> Result<(u64, u64), DbErr> {
        let counts = Self::find()
            .select_only()
            .expr(Column::Id.count())
            .expr(Column::StrungAt.count())
            .filter(wanted_on(date));
        let counts: Option<(i64, i64)> = counts.into_tuple().one(db).await?;
        let (all, strung) = counts.unwrap_or_default();
        Ok((u64::try_from(all).unwrap_or(0), u64::try_from(strung).unwrap_or(0)))
    }

    /// What is strung and waits, the latest first, at most so many.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn ready(db: &impl Connection, at_most: u64) -> Result<Vec<Row>, DbErr> {
        let orders = rows()
            .filter(Filter::Ready.condition())
            .order_by_desc(Column::StrungAt)
            .order_by_desc(Column::Id)
            .limit(at_most);
        readable::all(orders, db).await
    }

    /// Those among these orders that are mine and were strung for a client.
    pub(in crate::models) async fn strung(
        db: &impl Connection,
        ids: &[Uuid],
    ) -> Result<HashSet<Uuid>, DbErr> {
        let strung = Self::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::Id.is_in(ids.iter().copied()))
            .filter(Column::StrungAt.is_not_null())
            .filter(Column::IsSelf.eq(false));
        Ok(strung.into_tuple().all(db).await?.into_iter().collect())
    }

    /// These orders, in no order.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn rows_of(db: &impl Connection, ids: Vec<Uuid>) -> Result<Vec<Row>, DbErr> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        readable::all(rows().filter(Column::Id.is_in(ids)), db).await
    }

    /// Nothing was entered yet, or all of it was called off.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_empty(db: &impl Connection) -> Result<bool, DbErr> {
        let any = Self::find().select_only().column(Column::Id).filter(Filter::All.condition());
        Ok(any.limit(1).into_tuple::<Uuid>().one(db).await?.is_none())
    }

    /// A page of a list, and whether there are more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn search(db: &impl Connection, query: &Query) -> Result<(Vec<Row>, bool), DbErr> {
        let wanted = rows().filter(query.condition()).filter(named(db, &query.words).await?);
        readable::page(query.sort.apply(wanted), query.page, PAGE, db).await
    }

    /// The years that the list's orders belong to, the latest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn years(db: &impl Connection) -> Result<Vec<i32>, DbErr> {
        Self::span(db, [Column::OrderedAt, Column::StrungAt]).await
    }

    /// From the first to the last year of two dates of the stringer's orders, the latest
    /// first. Each end is the end of an index: nothing between is read.
    pub(super) async fn span(db: &impl Connection, dates: [Column; 2]) -> Result<Vec<i32>, DbErr> {
        type Ends = (Option<NaiveDate>, Option<NaiveDate>, Option<NaiveDate>, Option<NaiveDate>);
        let mut ends = Self::find().select_only().limit(1);
        for (date, names) in dates.into_iter().zip([["a", "b"], ["c", "d"]]) {
            for (end, name) in [Func::min, Func::max].into_iter().zip(names) {
                let end = Self::find().select_only().expr(end(date.into_expr())).into_query();
                ends = ends.expr_as(Expr::SubQuery(None, Box::new(end.into())), name);
            }
        }
        let (one, two, three, four) = ends.into_tuple::<Ends>().one(db).await?.unwrap_or_default();
        let years = || [one, two, three, four].into_iter().flatten().map(|date| date.year());
        Ok(match (years().min(), years().max()) {
            (Some(first), Some(last)) => (first..=last).rev().collect(),
            _ => Vec::new(),
        })
    }

    /// A page of a client's orders, the latest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of_client(
        db: &impl Connection,
        client: Uuid,
        page: u64,
    ) -> Result<(Vec<Row>, bool), DbErr> {
        readable::page(latest_first().filter(Column::ClientProfileId.eq(client)), page, PAGE, db)
            .await
    }

    /// A page of a client's orders that were strung, the latest first; and whether there are more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn strung_for(
        db: &impl Connection,
        client: Uuid,
        page: u64,
    ) -> Result<(Vec<Row>, bool), DbErr> {
        let strung = rows()
            .filter(Column::ClientProfileId.eq(client))
            .filter(Column::IsSelf.eq(false))
            .filter(Column::StrungAt.is_not_null())
            .order_by_desc(Column::StrungAt)
            .order_by_desc(Column::Id);
        readable::page(strung, page, PAGE, db).await
    }

    /// A client's latest orders, at most so many; none that were called off.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn latest_of_client(
        db: &impl Connection,
        client: Uuid,
        at_most: u64,
    ) -> Result<Vec<Row>, DbErr> {
        let orders = latest_first()
            .filter(Column::ClientProfileId.eq(client))
            .filter(Column::CancelledAt.is_null())
            .limit(at_most);
        readable::all(orders, db).await
    }

    /// A page of the orders of one racket, the latest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of_racket(
        db: &impl Connection,
        racket: Uuid,
        page: u64,
    ) -> Result<(Vec<Row>, bool), DbErr> {
        readable::page(latest_first().filter(Column::ClientRacketId.eq(racket)), page, PAGE, db)
            .await
    }

    /// How many orders of a racket there are.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn count_of_racket(db: &impl Connection, racket: Uuid) -> Result<u64, DbErr> {
        let count = Self::find().select_only().expr(Column::Id.count());
        let count = count.filter(Column::ClientRacketId.eq(racket));
        let count: Option<i64> = count.into_tuple().one(db).await?;
        Ok(u64::try_from(count.unwrap_or(0)).unwrap_or(0))
    }
}

/// What is not strung yet, then the latest strung.
fn latest_first() -> Select<Entity> {
    rows()
        .order_by_with_nulls(Column::StrungAt, Order::Desc, NullOrdering::First)
        .order_by_desc(Column::Id)
}

fn wanted_on(date: NaiveDate) -> Condition {
    Condition::all().add(Column::DueAt.eq(date)).add(Column::CancelledAt.is_null())
}
