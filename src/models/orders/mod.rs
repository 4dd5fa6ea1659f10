//! One racket strung once.
//!
//! * [`lifecycle`]: the state that the dates tell, and the steps between.
//! * [`pricing`]: what it costs.
//! * [`pulled`]: how hard its strings are pulled.
//! * [`kinds`]: how it is paid, what stretches its strings.
//! * [`setup`]: what is entered, copied and edited.
//! * [`list`]: the rows that lists show.
//! * [`receipt`]: what its receipt says.
//! * [`report`]: what a year brought.
//! * [`wear`]: what a string goes through, and when it should be strung again.

pub mod kinds;
pub mod lifecycle;
pub mod list;
pub mod pricing;
pub mod pulled;
pub mod receipt;
pub mod report;
pub mod setup;
pub mod wear;

pub use super::_entities::orders::{ActiveModel, Column, Entity, Model, Relation};
pub use kinds::{Payment, Prestretch};
pub use lifecycle::{Dates, State, Step, StepRefused};
pub use list::Row;
pub use pricing::Prices;
pub use pulled::Pulled;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, Func};
use sea_orm::{Order, QueryOrder};

use super::{ModelResult, catalogue, found, owned};
use crate::units::{Currency, Sport};
use sea_orm_tenancy::{Connection, Policy};

impl ActiveModelBehavior for ActiveModel {}

/// Mine; its strings must be mine or shared, also when they come by copying.
#[must_use]
pub fn policy() -> Policy {
    owned::<Entity>()
        .reference("mains_string_id", "strings", catalogue::USABLE)
        .reference("crosses_string_id", "strings", catalogue::USABLE)
        .all_settable_but(&["id", "stringer_id", "is_self", "copied_from", "created_at"])
}

impl Entity {
    /// One order.
    ///
    /// # Errors
    /// When there is none for the caller.
    pub async fn order(db: &impl Connection, id: Uuid) -> ModelResult<Model> {
        found(Self::find_by_id(id).one(db).await?)
    }

    /// The last setup of a client, or of one frame of theirs: what "copy last" copies.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn last(
        db: &impl Connection,
        client: Uuid,
        frame: Option<Uuid>,
    ) -> Result<Option<Model>, DbErr> {
        let latest = Func::coalesce([
            Expr::col((Self, Column::StrungAt)),
            Expr::col((Self, Column::OrderedAt)),
        ]);
        let mut orders = Self::find()
            .filter(Column::ClientProfileId.eq(client))
            .filter(Column::CancelledAt.is_null());
        if let Some(frame) = frame {
            orders = orders.filter(Column::ClientRacketId.eq(frame));
        }
        orders.order_by(Expr::expr(latest), Order::Desc).order_by_desc(Column::Id).one(db).await
    }
}

impl Model {
    /// Its sport.
    #[must_use]
    pub fn sport(&self) -> Sport {
        Sport::from_code(&self.sport).unwrap_or(Sport::Tennis)
    }

    /// Its currency.
    #[must_use]
    pub fn currency(&self) -> Currency {
        Currency::from_code(&self.currency).unwrap_or(Currency::ALL[0])
    }

    /// Different strings on mains and crosses.
    #[must_use]
    pub fn is_hybrid(&self) -> bool {
        self.mains_string_id != self.crosses_string_id
            || self.mains_string_text != self.crosses_string_text
    }

    /// One string on both sides, brought and paid as one: the crosses are as the mains.
    #[must_use]
    pub fn has_one_string(&self) -> bool {
        !self.is_hybrid()
            && self.crosses_price.is_none()
            && self.crosses_byo == self.mains_byo
            && self.crosses_colour == self.mains_colour
    }

    /// Pieces of string: two for a hybrid (RULES 1.7), else as entered or one.
    #[must_use]
    pub fn pieces(&self) -> i64 {
        if self.is_hybrid() { 2 } else { self.pieces.unwrap_or(1) }
    }
}
