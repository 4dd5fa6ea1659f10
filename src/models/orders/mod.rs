//! One racket strung once.
//!
//! * [`dates`], [`step`]: the state that the dates tell, and the steps between.
//! * [`transitions`]: taking a step, moving its date, taking it back.
//! * [`stringbed`], [`tensions`], [`prestretch`]: strings, and how hard they are pulled.
//! * [`pricing`], [`taxed`], [`payment`], `settling`: what it costs, and how it is paid.
//! * [`setup`], [`entry`]: what is said about a job, and how it is written.
//! * [`filter`], `search`, [`row`], [`list`], [`tally`]: what lists show, and how much waits.
//! * [`receipt`]: what its receipt says.
//! * [`report`]: what a year brought.
//! * [`wear`]: what a string goes through, and when it should be strung again.

pub mod dates;
pub mod entry;
pub mod filter;
mod life;
pub mod list;
pub mod migrate;
pub mod payment;
pub mod prestretch;
pub mod pricing;
pub mod receipt;
mod received;
mod reissue;
pub mod report;
pub mod row;
mod search;
mod settling;
pub mod setup;
pub mod step;
pub mod stringbed;
pub mod tally;
pub mod taxed;
pub mod tensions;
pub mod transitions;
pub mod used;
pub mod wear;
mod words;

pub(super) use words::{Framed, OnSides, Strung, Whose};

pub use super::_entities::orders::{ActiveModel, Column, Entity, Model, Relation};
pub use dates::{Dates, State};
pub use filter::{Filter, Query, Sort};
pub use payment::Payment;
pub use prestretch::Prestretch;
pub use pricing::Prices;
pub use row::Row;
pub(in crate::models) use settling::Settled;
pub use setup::StringChoice;
pub use step::{Step, StepRefused};
pub use stringbed::{Crosses, Side, Stringbed};
pub use tensions::Tensions;
pub use transitions::Said;
pub use used::Used;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, Func};
use sea_orm::{Order, QueryOrder};
use sea_orm_tenancy::{Connection, Policy};

use super::{ModelResult, catalogue, or_not_found, owned, readable};

impl ActiveModelBehavior for ActiveModel {}

/// Mine; its strings must be mine or shared, also when they come by copying.
#[must_use]
pub fn policy() -> Policy {
    owned::<Entity>()
        .reference("mains_string_id", "strings", catalogue::USABLE)
        .reference("crosses_string_id", "strings", catalogue::USABLE)
        .all_settable_but(&["id", "stringer_id", "is_self", "copied_from", "created_at"])
}

impl Model {
    /// One order.
    ///
    /// # Errors
    /// When there is none for the caller.
    pub async fn find(db: &impl Connection, id: Uuid) -> ModelResult<Model> {
        or_not_found(Self::find_by_id(db, id).await?)
    }

    /// One order, or none.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_by_id(db: &impl Connection, id: Uuid) -> Result<Option<Model>, DbErr> {
        readable::one(Entity::find_by_id(id), db).await
    }
}

impl Entity {
    /// The last setup of a client, or of one frame of theirs: what "copy last" copies.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_last(
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
        let latest_first = orders.order_by(Expr::expr(latest), Order::Desc);
        readable::one(latest_first.order_by_desc(Column::Id), db).await
    }
}

impl Model {
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

    /// A client's racket that is strung, and waits to be collected.
    #[must_use]
    pub const fn is_ready(&self) -> bool {
        !self.is_self
            && self.strung_at.is_some()
            && self.returned_at.is_none()
            && self.cancelled_at.is_none()
    }

    /// Pieces of string: two for a hybrid (RULES 1.7), else as entered or one.
    #[must_use]
    pub fn pieces(&self) -> i64 {
        if self.is_hybrid() { 2 } else { self.pieces.unwrap_or(1) }
    }
}
