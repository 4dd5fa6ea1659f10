//! What is owed, by its age.

use chrono::NaiveDate;
use sea_orm::QuerySelect as _;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Asterisk, Expr, ExprTrait as _, Func};
use sea_orm_tenancy::Connection;

use super::sums::{Counted, paid_in, sum_of};
use crate::models::orders::{Column, Entity, Filter};
use crate::models::readable;
use crate::units::Currency;

/// What is owed since some time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Debt {
    /// Orders.
    pub orders: i64,
    /// What is still to be paid of them.
    pub sum: i64,
}

/// A debt is of one of these ages, in days from when it was strung: up to the first, up to the
/// next, and so on, and older.
pub const AGES: [i64; 3] = [30, 60, 90];

impl Entity {
    /// What is owed today, by its age; see [`AGES`].
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn debts(
        db: &impl Connection,
        today: NaiveDate,
        currency: Currency,
    ) -> Result<[Debt; AGES.len() + 1], DbErr> {
        let open = Expr::col(Column::Total).sub(Expr::col(Column::Received));
        let unpaid = Entity::find()
            .select_only()
            .column_as(Column::StrungAt, "day")
            .expr_as(Expr::from(Func::count(Expr::col(Asterisk))), "count")
            .expr_as(sum_of(paid_in(currency), open), "sum")
            .filter(Filter::Unpaid.condition())
            .group_by(Column::StrungAt);
        let mut debts = [Debt::default(); AGES.len() + 1];
        for Counted { day, count, sum } in readable::all::<_, Counted>(unpaid, db).await? {
            let age = (today - day).num_days();
            let debt = &mut debts[AGES.iter().take_while(|most| age > **most).count()];
            *debt = Debt { orders: debt.orders + count, sum: debt.sum + sum };
        }
        Ok(debts)
    }
}
