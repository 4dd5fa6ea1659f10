//! Who a person is, before anybody may speak for it.

use sea_orm_tenancy::Verb::{Insert, Read, Update};
use sea_orm_tenancy::{Grant, Purpose};

/// Finds the person behind a link that was handed over, or behind what a browser keeps; and tells
/// whether one stringer alone knows it.
pub static KNOW_PERSON: Purpose = Purpose {
    name: "know_person",
    grants: &[
        Grant { table: "person_claims", verbs: &[Read, Insert, Update], columns: CLAIM },
        Grant {
            table: "persons",
            verbs: &[Read],
            columns: &["id", "display_first_name", "default_locale", "merged_into", "deleted_at"],
        },
        Grant { table: "client_profiles", verbs: &[Read], columns: &["stringer_id", "person_id"] },
        Grant {
            table: "stringers",
            verbs: &[Read],
            columns: &["id", "display_name", "deactivated_at"],
        },
    ],
};

const CLAIM: &[&str] = &[
    "id",
    "person_id",
    "kind",
    "token_hash",
    "stringer_id",
    "created_at",
    "expires_at",
    "used_at",
];
