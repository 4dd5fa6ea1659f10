//! What outside feeds say: staged by the system, and decided about by an admin.

use sea_orm_tenancy::Verb::{Insert, Read, Update};
use sea_orm_tenancy::{Grant, Purpose};

use super::acts::MERGED;

/// Writes down what an outside feed says, and compares it with what everybody has.
pub static STAGE_FEED: Purpose = Purpose {
    name: "stage_feed",
    grants: &[
        Grant { table: "catalogue_imports", verbs: &[Read], columns: STAGED },
        Grant { table: "catalogue_imports", verbs: &[Insert], columns: SAID },
        Grant {
            table: "catalogue_imports",
            verbs: &[Update],
            columns: &["id", "source", "external_id", "state", "staged_at"],
        },
        Grant { table: "rackets", verbs: &[Read], columns: KNOWN_RACKET },
        Grant { table: "strings", verbs: &[Read], columns: KNOWN_STRING },
    ],
};

/// The bypass, to see what outside feeds say.
pub static LIST_FEEDS: Purpose = Purpose { name: "list_feeds", grants: &[] };

/// The bypass, to decide about rows of a feed: what nobody has is everybody's, and what the feed
/// says anew of its own entries is said of them, also in every book.
pub static DECIDE_FEED: Purpose = Purpose {
    name: "decide_feed",
    grants: &[
        Grant { table: "catalogue_imports", verbs: &[Update], columns: DECIDED },
        Grant { table: "rackets", verbs: &[Insert, Update], columns: RACKET },
        Grant { table: "strings", verbs: &[Insert, Update], columns: STRING },
        Grant { table: "orders", verbs: &[Update], columns: MERGED },
    ],
};

/// The bypass, to see an entry that everybody has before it is said otherwise.
pub static LIST_ENTRIES: Purpose = Purpose { name: "list_entries", grants: &[] };

/// The bypass, to say otherwise what everybody has, also in every book.
pub static EDIT_ENTRY: Purpose = Purpose {
    name: "edit_entry",
    grants: &[
        Grant { table: "rackets", verbs: &[Update], columns: KNOWN_RACKET },
        Grant { table: "strings", verbs: &[Update], columns: KNOWN_STRING },
        Grant { table: "orders", verbs: &[Update], columns: MERGED },
    ],
};

const DECIDED: &[&str] =
    &["id", "state", "racket_id", "string_id", "reason", "decided_by", "decided_at"];

/// The columns of a racket that everybody has.
pub(super) const RACKET: &[&str] = &[
    "id",
    "sport",
    "manufacturer",
    "model",
    "search_key",
    "visibility",
    "source",
    "created_at",
    "updated_at",
    "year",
    "head_size",
    "string_pattern",
    "weight",
    "balance",
];

/// The columns of a string that everybody has.
pub(super) const STRING: &[&str] = &[
    "id",
    "sport",
    "manufacturer",
    "model",
    "search_key",
    "visibility",
    "source",
    "created_at",
    "updated_at",
    "gauge",
    "material",
    "colour",
    "length",
];

const KNOWN_RACKET: &[&str] = &[
    "id",
    "sport",
    "manufacturer",
    "model",
    "search_key",
    "visibility",
    "source",
    "created_at",
    "updated_at",
    "year",
    "head_size",
    "string_pattern",
    "weight",
    "balance",
    "created_by_stringer_id",
    "merged_into",
];

const KNOWN_STRING: &[&str] = &[
    "id",
    "sport",
    "manufacturer",
    "model",
    "search_key",
    "visibility",
    "source",
    "created_at",
    "updated_at",
    "gauge",
    "material",
    "colour",
    "length",
    "created_by_stringer_id",
    "merged_into",
];

/// What a feed says.
const SAID: &[&str] = &[
    "id",
    "source",
    "external_id",
    "digest",
    "kind",
    "sport",
    "manufacturer",
    "model",
    "search_key",
    "year",
    "head_size",
    "string_pattern",
    "weight",
    "balance",
    "gauge",
    "material",
    "colour",
    "length",
    "staged_at",
];

/// And what became of it.
const STAGED: &[&str] = &[
    "id",
    "source",
    "external_id",
    "digest",
    "kind",
    "sport",
    "manufacturer",
    "model",
    "search_key",
    "year",
    "head_size",
    "string_pattern",
    "weight",
    "balance",
    "gauge",
    "material",
    "colour",
    "length",
    "state",
    "racket_id",
    "string_id",
    "reason",
    "decided_by",
    "staged_at",
    "decided_at",
];
