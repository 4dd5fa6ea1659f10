//! Grants for one order: by the stringer who strung it (Rule 1), or by the client whose
//! racket it was (Rule 2).

pub use super::_entities::order_shares::{ActiveModel, Column, Entity, Model};
use sea_orm::entity::prelude::*;
use sea_orm_tenancy::Policy;

impl ActiveModelBehavior for ActiveModel {}

/// A client's order: the one who may grant it by Rule 2.
pub(super) const MY_OWN_ORDER: &str = "EXISTS (SELECT 1 FROM client_orders AS o \
     WHERE o.stringer_id = this.stringer_id AND o.id = this.order_id AND o.person_id = :me)";

/// Given by me or to me. I grant what is mine (the composite key holds it to that). Who
/// gave it revokes it, or who got it, once and for good; nothing else changes.
#[must_use]
pub fn policy() -> Policy {
    Policy::of::<Entity>()
        .read("this.stringer_id = :me OR this.grantee_id = :me")
        .insert()
        .stamp("stringer_id")
        .not_insertable(&["granted_by_person_id", "revoked_at"])
        .insert_only_if(
            "grantee_id",
            "this.rule = 1 AND EXISTS (SELECT 1 FROM stringer_cards AS g \
             WHERE g.id = this.grantee_id)",
        )
        .update(
            "((this.stringer_id = :me AND this.rule = 1) OR this.grantee_id = :me) \
             AND this.revoked_at IS NULL",
        )
        .only_settable(&["revoked_at"])
}

/// Those that the person granted; of orders that are its own.
#[must_use]
pub fn policy_for_persons() -> Policy {
    Policy::of::<Entity>()
        .read("this.granted_by_person_id = :me")
        .insert()
        .stamp("granted_by_person_id")
        .not_insertable(&["revoked_at"])
        .insert_only_if("stringer_id", MY_OWN_ORDER)
        .insert_only_if(
            "grantee_id",
            "this.rule = 2 AND EXISTS (SELECT 1 FROM stringer_cards AS g \
             WHERE g.id = this.grantee_id)",
        )
        .update("this.granted_by_person_id = :me AND this.revoked_at IS NULL")
        .only_settable(&["revoked_at"])
}
