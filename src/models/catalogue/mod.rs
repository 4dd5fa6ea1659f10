//! What racket models and strings have in common: who sees and changes an entry.

mod entries;
mod entry;
mod merging;

use sea_orm::entity::prelude::*;
use sea_orm_tenancy::Policy;

use super::NO_ROW;
use crate::values::stored_words;

pub use entries::{PAGE, Wanted, add, browse, correct, describe, find};
pub(super) use entries::{Table, change, share, written_so};
pub use entry::{Entry, Kind, Said};
pub(super) use merging::merge;

stored_words! {
    "snake_case";

    /// Who sees an entry.
    pub enum Visibility {
        /// One stringer.
        CataloguePrivate,
        /// Everybody; only an admin makes one so.
        CatalogueShared,
        /// One stringer, for the racket of one client.
        OneOff,
    }
}

stored_words! {
    "snake_case";

    /// Where an entry comes from.
    pub enum Source {
        /// Somebody typed it.
        Manual,
        /// An outside feed.
        Imported,
        /// An outside feed, and somebody changed it since.
        ManualEditedFromImport,
    }
}

/// Mine or shared: what a stringer reads, and what a row of its own may name. An entry that
/// is seen only through a grant is neither, or a copied order would keep it readable for
/// ever.
pub(super) const USABLE: &str =
    "this.visibility = 'catalogue_shared' OR this.created_by_stringer_id = :me";

/// Shared entries and my own are read; my own are made and changed while they are
/// not shared. Nobody flips the flag alone.
pub(super) fn policy<E: EntityTrait>() -> Policy {
    Policy::of::<E>()
        .read(USABLE)
        .insert()
        .stamp("created_by_stringer_id")
        .not_insertable(&["merged_into"])
        .forbid("visibility", Visibility::CatalogueShared)
        .forbid("id", NO_ROW)
        .update(
            "this.created_by_stringer_id = :me AND this.visibility <> 'catalogue_shared' \
             AND this.merged_into IS NULL",
        )
        .all_settable_but(&["id", "created_by_stringer_id", "merged_into", "created_at"])
}

/// A picker shows so many entries and no more.
pub(super) const PICKED: u64 = 8;

/// What stands before the first space is taken for the maker, as in every shop's list.
pub(super) fn split_maker(name: &str) -> (&str, &str) {
    name.split_once(' ').map_or(("", name), |(maker, model)| (maker, model.trim()))
}

/// What an entry that is the same would probably have in its name: its maker, and the first
/// word of its model.
pub(super) fn likely_words(manufacturer: &str, model: &str) -> String {
    format!("{manufacturer} {}", model.split_whitespace().next().unwrap_or_default())
}

/// `Babolat Pure Aero 98`, from parts that may be empty.
pub(super) fn name<const N: usize>(parts: [&str; N]) -> String {
    parts.join(" ").trim().to_owned()
}
