//! What racket models and strings have in common: who sees and changes an entry.

use sea_orm::EntityTrait;

use super::NO_ROW;
use sea_orm_tenancy::Policy;

/// An entry that everybody sees; only an admin makes one.
pub const SHARED: &str = "catalogue_shared";
/// An entry of one stringer.
pub const PRIVATE: &str = "catalogue_private";

/// Entries that a row may name: mine or shared, never one seen only through a
/// grant, or a copied order would keep a private entry readable for ever.
pub(super) const USABLE: &str =
    "this.visibility = 'catalogue_shared' OR this.created_by_stringer_id = :me";

/// Shared entries and my own are read; my own are made and changed while they are
/// not shared. Nobody flips the flag alone.
pub(super) fn policy<E: EntityTrait>() -> Policy {
    Policy::of::<E>()
        .read("this.visibility = 'catalogue_shared' OR this.created_by_stringer_id = :me")
        .insert()
        .stamp("created_by_stringer_id")
        .not_insertable(&["merged_into"])
        .forbid("visibility", SHARED)
        .forbid("id", NO_ROW)
        .update("this.created_by_stringer_id = :me AND this.visibility <> 'catalogue_shared'")
        .all_settable_but(&["id", "created_by_stringer_id", "merged_into", "created_at"])
}
