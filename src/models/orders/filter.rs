//! Which orders a list shows, and in which order.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, Func, NullOrdering};
use sea_orm::{Condition, ExprTrait as _, Order, QueryOrder, Select};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::{Column, Entity};
use crate::models::year_of;

/// Which orders a list shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Filter {
    /// All but the cancelled ones.
    #[default]
    All,
    /// To be strung.
    Open,
    /// Strung; not picked up, or not paid.
    Ready,
    /// Strung and not paid.
    Unpaid,
    /// Called off.
    Cancelled,
    /// Set aside with a number.
    Void,
}

impl Filter {
    pub(super) fn condition(self) -> Condition {
        let not_cancelled = Condition::all().add(Column::CancelledAt.is_null());
        match self {
            Self::All => not_cancelled,
            Self::Open => not_cancelled.add(Column::StrungAt.is_null()),
            Self::Ready => not_cancelled.add(Column::StrungAt.is_not_null()).add(of_clients()).add(
                Condition::any().add(Column::ReturnedAt.is_null()).add(Column::PaidAt.is_null()),
            ),
            Self::Unpaid => not_cancelled
                .add(Column::StrungAt.is_not_null())
                .add(of_clients())
                .add(Column::PaidAt.is_null()),
            Self::Cancelled => cancelled().add(Column::ReceiptNumber.is_null()),
            Self::Void => cancelled().add(Column::ReceiptNumber.is_not_null()),
        }
    }
}

/// Whoever looks for a receipt's number finds the order that has it, void or not.
fn found() -> Condition {
    let any = Condition::any().add(Column::CancelledAt.is_null());
    Condition::all().add(any.add(Column::ReceiptNumber.is_not_null()))
}

fn cancelled() -> Condition {
    Condition::all().add(Column::CancelledAt.is_not_null())
}

/// How a list is ordered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Sort {
    /// The latest ordered first.
    #[default]
    Ordered,
    /// The latest strung first, what is not strung yet before.
    Strung,
    /// What is wanted soonest first.
    Due,
    /// By the client's name.
    Client,
}

/// By day and hour; what has neither comes last. Said as `ix_orders_open` says it: with
/// `NULLS LAST` SQLite reads no index of two columns in its order.
pub(super) fn soonest_first(rows: Select<Entity>) -> Select<Entity> {
    [Column::DueAt, Column::DueTime].into_iter().fold(rows, |rows, column| {
        rows.order_by_asc(column.into_expr().is_null()).order_by_asc(column)
    })
}

/// The day by which an order belongs to a year: a self job may have been strung only.
fn day() -> Expr {
    Func::coalesce([Expr::col((Entity, Column::OrderedAt)), Expr::col((Entity, Column::StrungAt))])
        .into()
}

impl Sort {
    pub(super) fn apply(self, rows: Select<Entity>) -> Select<Entity> {
        use NullOrdering::{First, Last};
        let rows = match self {
            Self::Ordered => rows.order_by_with_nulls(Column::OrderedAt, Order::Desc, Last),
            Self::Strung => rows.order_by_with_nulls(Column::StrungAt, Order::Desc, First),
            Self::Due => soonest_first(rows),
            Self::Client => rows.order_by_asc(Column::ClientKey),
        };
        rows.order_by_desc(Column::Id)
    }
}

/// What a list shows.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// In which state.
    pub filter: Filter,
    /// Only those with a string of the client's own.
    pub byo: bool,
    /// Only those that were ordered in this year.
    pub year: Option<i32>,
    /// In which order.
    pub sort: Sort,
    /// Words of the client's names.
    pub words: String,
    /// Counted from nought.
    pub page: u64,
}

impl Query {
    pub(super) fn condition(&self) -> Condition {
        let year = self.year.and_then(year_of);
        let own = self.byo.then(|| {
            Condition::any().add(Column::MainsByo.eq(true)).add(Column::CrossesByo.eq(true))
        });
        let is_searched = self.filter == Filter::All && !self.words.trim().is_empty();
        let shown = if is_searched { found() } else { self.filter.condition() };
        shown.add_option(own).add_option(year.map(|(first, last)| day().between(first, last)))
    }
}

/// Said as `ix_orders_ready` says it: SQLite knows a partial index by its very words.
fn of_clients() -> Expr {
    Column::IsSelf.into_expr().not()
}
