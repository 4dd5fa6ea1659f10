//! Who a person is, before anybody may speak for it; and what an admin does with persons.

use sea_orm_tenancy::Verb::{Delete, Insert, Read, Update};
use sea_orm_tenancy::{Grant, Purpose};

/// Finds the person behind a link that was handed over, or behind what a browser keeps; and tells
/// whether one stringer alone knows it.
pub static KNOW_PERSON: Purpose = Purpose {
    name: "know_person",
    grants: &[
        Grant { table: "person_claims", verbs: &[Read, Insert, Update, Delete], columns: CLAIM },
        Grant { table: "persons", verbs: &[Read], columns: KNOWN },
        Grant { table: "client_profiles", verbs: &[Read], columns: &["stringer_id", "person_id"] },
        Grant { table: "stringers", verbs: &[Read], columns: WORKSHOP },
    ],
};

/// Finds whom an address belongs to, and takes the person's word: which one it is, and which
/// others are itself.
pub static PROVE_PERSON: Purpose = Purpose {
    name: "prove_person",
    grants: &[
        Grant { table: "person_proofs", verbs: &[Read, Update], columns: PROOF },
        Grant { table: "person_claims", verbs: &[Read, Insert, Update], columns: CLAIM },
        Grant {
            table: "person_answers",
            verbs: &[Read, Insert],
            columns: &["id", "person_id", "other_id", "is_same", "at"],
        },
        Grant { table: "person_merges", verbs: &[Insert], columns: MERGE },
        Grant { table: "dsar_log", verbs: &[Read], columns: REQUEST },
        Grant { table: "persons", verbs: &[Read, Update], columns: KNOWN },
        Grant { table: "client_profiles", verbs: &[Read, Update], columns: FILE },
        Grant {
            table: "orders",
            verbs: &[Read],
            columns: &["id", "stringer_id", "client_profile_id", "is_self"],
        },
        Grant {
            table: "orders",
            verbs: &[Update],
            columns: &["client_name", "client_key", "stringer_id", "client_profile_id"],
        },
        Grant { table: "stringers", verbs: &[Read], columns: WORKSHOP },
        Grant { table: "order_shares", verbs: &[Read], columns: OF_ORDER },
        Grant { table: "order_shares", verbs: &[Update], columns: LEAVE_OF_ORDER },
        Grant { table: "person_stringer_shares", verbs: &[Read, Update], columns: OF_ALL },
        Grant { table: "share_audit", verbs: &[Insert], columns: NOTED },
        Grant { table: "notifications", verbs: &[Insert], columns: TOLD },
    ],
};

/// The bypass, to look for persons, and to look at one.
pub static LIST_PERSONS: Purpose = Purpose { name: "list_persons", grants: &[] };

/// The bypass, to have one person stand for another, in every book.
pub static MERGE_PERSONS: Purpose = Purpose {
    name: "merge_persons",
    grants: &[
        Grant { table: "person_merges", verbs: &[Insert], columns: MERGE },
        Grant { table: "persons", verbs: &[Update], columns: KNOWN },
        Grant { table: "client_profiles", verbs: &[Update], columns: FILE },
        Grant {
            table: "orders",
            verbs: &[Update],
            columns: &["client_name", "client_key", "stringer_id", "client_profile_id"],
        },
        Grant { table: "order_shares", verbs: &[Update], columns: LEAVE_OF_ORDER },
        Grant { table: "person_stringer_shares", verbs: &[Update], columns: OF_ALL },
        Grant { table: "share_audit", verbs: &[Insert], columns: NOTED },
        Grant { table: "notifications", verbs: &[Insert], columns: TOLD },
    ],
};

/// The bypass, to see what was asked for under the law of data protection.
pub static LIST_REQUESTS: Purpose = Purpose { name: "list_requests", grants: &[] };

/// The bypass, to write such a request down that came by another way, and to answer one.
pub static ANSWER_REQUEST: Purpose = Purpose {
    name: "answer_request",
    grants: &[Grant { table: "dsar_log", verbs: &[Insert], columns: REQUEST }],
};

/// The bypass, to erase a person (which can be undone), and to undo that.
pub static ERASE_PERSON: Purpose = Purpose {
    name: "erase_person",
    grants: &[
        Grant { table: "dsar_log", verbs: &[Insert], columns: REQUEST },
        Grant {
            table: "persons",
            verbs: &[Update],
            columns: &["id", "deleted_at", "merged_into", "scrubbed_at", "updated_at"],
        },
        Grant { table: "order_shares", verbs: &[Update], columns: LEAVE_OF_ORDER },
        Grant { table: "person_stringer_shares", verbs: &[Update], columns: OF_ALL },
        Grant { table: "share_audit", verbs: &[Insert], columns: NOTED },
        Grant { table: "notifications", verbs: &[Insert], columns: TOLD },
    ],
};

/// The bypass, to see which erasures are due, and what each would scrub.
pub static LIST_ERASURES: Purpose = Purpose { name: "list_erasures", grants: &[] };

/// The bypass, to scrub all that names a person, for good.
pub static FINALISE_ERASURE: Purpose = Purpose {
    name: "finalise_erasure",
    grants: &[
        Grant { table: "dsar_log", verbs: &[Insert], columns: REQUEST },
        Grant { table: "persons", verbs: &[Update], columns: SCRUBBED_PERSON },
        Grant { table: "client_profiles", verbs: &[Update], columns: SCRUBBED_FILE },
        Grant {
            table: "client_rackets",
            verbs: &[Update],
            columns: &["stringer_id", "client_profile_id", "nickname", "serial", "search_key"],
        },
        Grant { table: "orders", verbs: &[Update], columns: SCRUBBED_ORDER },
        Grant { table: "receipt_emissions", verbs: &[Update], columns: SCRUBBED_RECEIPT },
        Grant {
            table: "receipt_mails",
            verbs: &[Update],
            columns: &["stringer_id", "order_id", "address", "last_error"],
        },
        Grant { table: "v1_import_names", verbs: &[Update], columns: &["id", "spelling", "meant"] },
        Grant {
            table: "v1_imports",
            verbs: &[Update],
            columns: &["stringer_id", "state", "kept_until"],
        },
        Grant { table: "exports", verbs: &[Update], columns: &["stringer_id", "kept_until"] },
        Grant { table: "drafts", verbs: &[Update], columns: &["stringer_id", "body"] },
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
    "address",
];

pub(super) const PROOF: &[&str] =
    &["id", "address", "token_hash", "created_at", "expires_at", "used_at"];

const WORKSHOP: &[&str] = &["id", "display_name", "deactivated_at"];

const KNOWN: &[&str] = &[
    "id",
    "display_first_name",
    "display_last_name",
    "default_locale",
    "email",
    "email_normalised",
    "email_verified_at",
    "subject",
    "merged_into",
    "deleted_at",
    "updated_at",
];

const FILE: &[&str] =
    &["id", "stringer_id", "person_id", "is_self_for_stringer", "nickname", "search_key"];

const MERGE: &[&str] =
    &["id", "survivor_id", "merged_id", "admin_id", "reason", "request_id", "files", "at"];

const REQUEST: &[&str] =
    &["id", "concerns", "person_id", "kind", "event", "admin_id", "reason", "request_id", "at"];

const OF_ORDER: &[&str] =
    &["stringer_id", "order_id", "grantee_id", "granted_by_person_id", "revoked_at"];

const LEAVE_OF_ORDER: &[&str] = &["granted_by_person_id", "revoked_at"];

const OF_ALL: &[&str] = &["person_id", "target_stringer_id", "revoked_at"];

const NOTED: &[&str] =
    &["id", "stringer_id", "order_id", "grantee_id", "actor_id", "actor_person_id", "event", "at"];

const TOLD: &[&str] = &[
    "id",
    "stringer_id",
    "actor_id",
    "actor_person_id",
    "kind",
    "order_stringer_id",
    "order_id",
    "at",
];

const SCRUBBED_PERSON: &[&str] = &[
    "id",
    "email",
    "email_normalised",
    "email_verified_at",
    "subject",
    "display_first_name",
    "display_last_name",
    "default_locale",
    "notification_prefs",
    "merged_into",
    "deleted_at",
    "scrubbed_at",
    "updated_at",
];

const SCRUBBED_FILE: &[&str] = &[
    "id",
    "stringer_id",
    "person_id",
    "nickname",
    "contact",
    "internal_notes",
    "default_tension_memo",
    "search_key",
];

const SCRUBBED_ORDER: &[&str] = &[
    "stringer_id",
    "client_profile_id",
    "client_name",
    "client_key",
    "racket_nickname",
    "comment_public",
    "comment_private",
    "void_reason",
    "lock_version",
];

const SCRUBBED_RECEIPT: &[&str] = &[
    "id",
    "stringer_id",
    "order_id",
    "snapshot",
    "pdf",
    "pdf_state",
    "pdf_digest",
    "last_error",
    "attempts",
    "next_attempt_at",
];
