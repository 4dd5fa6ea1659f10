//! Each grant, revocation and read of a share, for the stringer whose order it is.
//! Append-only.

pub use super::_entities::share_audit::{ActiveModel, Column, Entity, Model};
use sea_orm::QueryOrder as _;
use sea_orm::entity::prelude::*;
use sea_orm_tenancy::{Connection, Policy};

use super::order_shares::MY_OWN_ORDER;
use super::readable;
use crate::values::stored_words;

impl ActiveModelBehavior for ActiveModel {}

/// Acts on a page of the log.
const PAGE: u64 = 50;

impl Entity {
    /// What was done with leave to read my orders, the latest first, and whether there is more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn latest(db: &impl Connection, page: u64) -> Result<(Vec<Model>, bool), DbErr> {
        let latest = Self::find().order_by_desc(Column::At).order_by_desc(Column::Id);
        readable::page(latest, page, PAGE, db).await
    }
}

stored_words! {
    "snake_case";

    /// What was done with a share.
    pub enum ShareEvent {
        /// Leave was given.
        Granted,
        /// Leave was taken back, by either side.
        Revoked,
        /// The order was read by leave.
        Read,
    }
}

/// Of my orders. I write what I did: to an order of mine, or to one that a grant links
/// me with (one by Rule 3 only while it is in force, so its end is noted before it).
#[must_use]
pub fn policy() -> Policy {
    Policy::of::<Entity>()
        .read("this.stringer_id = :me")
        .insert()
        .stamp("actor_id")
        .not_insertable(&["actor_person_id"])
        .insert_only_if(
            "stringer_id",
            "this.stringer_id = :me \
             OR (this.grantee_id = :me AND this.event <> 'granted' AND (\
             EXISTS (SELECT 1 FROM order_shares AS s WHERE s.stringer_id = this.stringer_id \
             AND s.order_id = this.order_id AND s.grantee_id = :me) \
             OR EXISTS (SELECT 1 FROM shared_orders AS o WHERE o.grantee_id = :me \
             AND o.stringer_id = this.stringer_id AND o.id = this.order_id)))",
        )
        .append_only()
}

/// A person notes what it did with its own orders, and reads none of it here.
#[must_use]
pub fn policy_for_persons() -> Policy {
    Policy::of::<Entity>()
        .insert()
        .stamp("actor_person_id")
        .not_insertable(&["actor_id"])
        .insert_only_if("stringer_id", MY_OWN_ORDER)
}
