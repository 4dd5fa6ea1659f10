//! Grants of Rule 3: all orders of a person, whoever strings, for one stringer.

pub use super::_entities::person_stringer_shares::{ActiveModel, Column, Entity, Model};
use sea_orm::entity::prelude::*;
use sea_orm_tenancy::Policy;

impl ActiveModelBehavior for ActiveModel {}

/// Those to me, which I may give up.
#[must_use]
pub fn policy() -> Policy {
    Policy::of::<Entity>()
        .read("this.target_stringer_id = :me")
        .update("this.target_stringer_id = :me AND this.revoked_at IS NULL")
        .only_settable(&["revoked_at"])
}

/// Those that the person gave, and takes back.
#[must_use]
pub fn policy_for_persons() -> Policy {
    Policy::of::<Entity>()
        .read("this.person_id = :me")
        .insert()
        .stamp("person_id")
        .not_insertable(&["revoked_at"])
        .insert_only_if(
            "target_stringer_id",
            "EXISTS (SELECT 1 FROM stringer_cards AS g WHERE g.id = this.target_stringer_id)",
        )
        .update("this.person_id = :me AND this.revoked_at IS NULL")
        .only_settable(&["revoked_at"])
}
