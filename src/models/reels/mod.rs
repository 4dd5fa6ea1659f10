//! String in stock, by the reel or by the set: what is left of it, and what a metre costs.
//!
//! * [`need`]: how much a side takes.
//! * [`Stock`]: a reel as lists show it.
//! * [`uses`]: what each job has drawn.

mod drawing;
pub mod need;
mod stock;
pub mod uses;

pub use stock::Stock;

pub use super::_entities::reels::{ActiveModel, Column, Entity, Model, Relation};
use chrono::{NaiveDate, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Asterisk, Expr, Func, SelectStatement};
use sea_orm::{ExprTrait as _, QuerySelect as _, QueryTrait as _};
use sea_orm_tenancy::{Connection, Policy, Txn};

use super::{ModelResult, catalogue, or_not_found, owned};
use crate::units::{Currency, Money};
use crate::values::stored_words;

impl ActiveModelBehavior for ActiveModel {}

stored_words! {
    "snake_case";

    /// How string is bought.
    pub enum ReelKind {
        /// Many metres, cut to what a racket takes.
        Reel,
        /// Cut by its maker, for one racket each.
        Set,
    }
}

stored_words! {
    "snake_case";

    /// A side of a stringbed.
    #[derive(PartialOrd, Ord)]
    pub enum BedSide {
        /// Lengthwise.
        Mains,
        /// Across.
        Crosses,
    }
}

/// Both, mains first.
pub const SIDES: [BedSide; 2] = [BedSide::Mains, BedSide::Crosses];

/// Mine; of a string that is mine or everybody's. A reel stays the string that it is.
#[must_use]
pub fn policy() -> Policy {
    owned::<Entity>().reference("string_id", "strings", catalogue::USABLE).all_settable_but(&[
        "id",
        "stringer_id",
        "currency",
        "created_at",
    ])
}

/// What a stringer says of a reel. Lengths are in centimetres.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    /// By the reel, or by the set.
    pub kind: ReelKind,
    /// Of one.
    pub length: i64,
    /// How many of them.
    pub count: i64,
    /// Of all of them together, in the smallest unit of the currency.
    pub price: Option<i64>,
    /// Less than this is told.
    pub warn_below: i64,
    /// When it was bought; it gives nothing to what was strung before.
    pub bought_at: Option<NaiveDate>,
}

impl Said {
    fn columns(self) -> ActiveModel {
        ActiveModel {
            kind: Set(self.kind),
            length: Set(self.length),
            count: Set(self.count),
            price: Set(self.price),
            warn_below: Set(self.warn_below),
            bought_at: Set(self.bought_at),
            updated_at: Set(Utc::now().into()),
            ..Default::default()
        }
    }

    /// Centimetres in all.
    #[must_use]
    pub const fn total(&self) -> i64 {
        self.length.saturating_mul(self.count)
    }
}

impl Model {
    /// Centimetres that it had when it was new.
    #[must_use]
    pub const fn total(&self) -> i64 {
        self.length.saturating_mul(self.count)
    }

    /// Centimetres that are left by the book; less than none where it gave more than it should
    /// have had.
    #[must_use]
    pub const fn left(&self) -> i64 {
        self.total().saturating_sub(self.used).saturating_sub(self.lost)
    }

    /// It is time to buy another.
    #[must_use]
    pub const fn is_low(&self) -> bool {
        self.finished_at.is_none() && self.left() < self.warn_below
    }

    /// What so many centimetres of it cost, rounded to the nearest; all of it at the most.
    #[must_use]
    pub fn cost_of(&self, length: i64) -> Option<i64> {
        let (total, length) = (self.total(), Ord::min(length, self.total()));
        self.price.map(|price| (2 * price * length + total).div_euclid(2 * total))
    }

    /// The same as money.
    #[must_use]
    pub fn money_of(&self, length: i64) -> Option<Money> {
        self.cost_of(length).map(|minor| Money::from_minor(minor, self.currency))
    }
}

fn left() -> Expr {
    Expr::col((Entity, Column::Length))
        .mul(Expr::col((Entity, Column::Count)))
        .sub(Expr::col((Entity, Column::Used)))
        .sub(Expr::col((Entity, Column::Lost)))
}

impl Entity {
    /// Takes a reel into stock.
    ///
    /// # Errors
    /// When the string is not there for the caller.
    pub async fn add(
        db: &impl Connection,
        string: Uuid,
        currency: Currency,
        said: Said,
    ) -> ModelResult<Uuid> {
        let id = Uuid::now_v7();
        let reel = ActiveModel {
            id: Set(id),
            string_id: Set(string),
            currency: Set(currency),
            used: Set(0),
            lost: Set(0),
            created_at: Set(Utc::now().into()),
            ..said.columns()
        };
        Self::insert(reel).exec_without_returning(db).await?;
        Ok(id)
    }

    /// Says otherwise what a reel is, and how much is left of it: what the book does not know of
    /// was cut off, or was never on it.
    ///
    /// # Errors
    /// When there is no such reel for the caller.
    pub async fn change(txn: &Txn, reel: &Model, said: Said, left: i64) -> ModelResult<()> {
        let lost = said.total() - reel.used - left;
        let changes = ActiveModel { lost: Set(lost), ..said.columns() };
        Self::set(txn, reel.id, changes).await?;
        let Said { price, length, count, .. } = said;
        let after = Model { price, length, count, ..reel.clone() };
        if (after.price, after.total()) != (reel.price, reel.total()) {
            uses::Entity::reckon(txn, &after).await?;
        }
        Ok(())
    }

    /// Nothing is drawn from it any more, from a day on; or it is in stock again.
    ///
    /// # Errors
    /// When there is no such reel for the caller.
    pub async fn finish(
        db: &impl Connection,
        id: Uuid,
        since: Option<NaiveDate>,
    ) -> ModelResult<()> {
        let changes = ActiveModel {
            finished_at: Set(since),
            updated_at: Set(Utc::now().into()),
            ..Default::default()
        };
        Self::set(db, id, changes).await
    }

    async fn set(db: &impl Connection, id: Uuid, changes: ActiveModel) -> ModelResult<()> {
        let done = Self::update_many().set(changes).filter(Column::Id.eq(id)).exec(db).await?;
        or_not_found((done.rows_affected == 1).then_some(()))
    }

    /// How many are low, for the tally of a glance at today.
    pub(super) fn low() -> SelectStatement {
        Self::find()
            .select_only()
            .expr(Func::count(Expr::col(Asterisk)))
            .filter(Column::FinishedAt.is_null())
            .filter(left().lt(Expr::col((Self, Column::WarnBelow))))
            .into_query()
    }

    /// What is of one string is of another one from now on, in every book.
    pub(super) async fn change_string(txn: &Txn, from: Uuid, into: Uuid) -> ModelResult<()> {
        Self::update_many()
            .col_expr(Column::StringId, Expr::value(into))
            .filter(Column::StringId.eq(from))
            .exec(txn)
            .await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reel(price: Option<i64>) -> Model {
        let now = Utc::now().into();
        Model {
            id: Uuid::nil(),
            stringer_id: Uuid::nil(),
            string_id: Uuid::nil(),
            kind: ReelKind::Reel,
            length: 20_000,
            count: 1,
            price,
            currency: Currency::Chf,
            warn_below: 2_400,
            used: 17_000,
            lost: 601,
            bought_at: None,
            finished_at: None,
            created_at: now,
            updated_at: now,
        }
    }

    #[test]
    fn what_is_left_is_what_nobody_took_and_a_metre_costs_its_part() {
        let reel = reel(Some(12_000));
        assert_eq!((reel.left(), reel.is_low()), (2_399, true));
        // 120.00 for 200 m: 0.60 a metre, and a rappen is rounded to the nearest.
        assert_eq!(
            (reel.cost_of(20_000), reel.cost_of(610), reel.cost_of(8)),
            (Some(12_000), Some(366), Some(5))
        );
        assert_eq!(self::reel(None).cost_of(610), None);
    }

    #[test]
    fn what_is_used_up_is_not_low() {
        let finished = Utc::now().date_naive();
        let reel = Model { finished_at: Some(finished), used: 20_000, ..reel(None) };
        assert!(!reel.is_low() && reel.left() == -601);
    }
}
