//! All that an admin may do across stringers, each act with its tables, columns and verbs. All of
//! them may read.

use sea_orm_tenancy::Verb::{Insert, Update};
use sea_orm_tenancy::{Grant, Purpose};

use super::feeds::{DECIDE_FEED, EDIT_ENTRY, LIST_ENTRIES, LIST_FEEDS};
use super::people::{
    ANSWER_REQUEST, ERASE_PERSON, FINALISE_ERASURE, LIST_ERASURES, LIST_PERSONS, LIST_REQUESTS,
    MERGE_PERSONS,
};

/// All acts of the bypass.
pub static ACTS: [&Purpose; 22] = [
    &READ_AUDIT_LOG,
    &LIST_STRINGERS,
    &HAND_OVER_LINK,
    &LIST_INVITATIONS,
    &INVITE_STRINGER,
    &DEACTIVATE_STRINGER,
    &LIST_SUBMISSIONS,
    &MODERATE_CATALOGUE,
    &LIST_FEEDS,
    &DECIDE_FEED,
    &LIST_PERSONS,
    &MERGE_PERSONS,
    &LIST_REQUESTS,
    &ANSWER_REQUEST,
    &ERASE_PERSON,
    &LIST_ERASURES,
    &FINALISE_ERASURE,
    &LIST_FAILURES,
    &RUN_AGAIN,
    &LIST_REFUSALS,
    &LIST_ENTRIES,
    &EDIT_ENTRY,
];

/// The bypass, to see what stringers offer to everybody.
pub static LIST_SUBMISSIONS: Purpose = Purpose { name: "list_submissions", grants: &[] };

/// The bypass, to decide about an offer, and to tell its stringer. Where everybody has it already,
/// that one takes its place in every book.
pub static MODERATE_CATALOGUE: Purpose = Purpose {
    name: "moderate_catalogue",
    grants: &[
        Grant {
            table: "catalogue_submissions",
            verbs: &[Update],
            columns: &["id", "state", "reason", "decided_by", "decided_at"],
        },
        Grant { table: "rackets", verbs: &[Update], columns: PROMOTED },
        Grant { table: "strings", verbs: &[Update], columns: PROMOTED },
        Grant {
            table: "client_rackets",
            verbs: &[Update],
            columns: &["id", "racket_id", "updated_at"],
        },
        Grant { table: "orders", verbs: &[Update], columns: MERGED },
        Grant { table: "reels", verbs: &[Update], columns: &["string_id"] },
        Grant {
            table: "notifications",
            verbs: &[Insert],
            columns: &["id", "stringer_id", "actor_id", "kind", "at"],
        },
    ],
};

const PROMOTED: &[&str] = &["id", "visibility", "merged_into", "updated_at"];

/// What an order says of an entry that another one stands for.
pub(super) const MERGED: &[&str] = &[
    "client_racket_id",
    "racket_name",
    "mains_string_id",
    "mains_name",
    "crosses_string_id",
    "crosses_name",
    "search_key",
];

/// The bypass, to see what workers have given up.
pub static LIST_FAILURES: Purpose = Purpose { name: "list_failures", grants: &[] };

/// The bypass, to have it run again.
pub static RUN_AGAIN: Purpose = Purpose {
    name: "run_again",
    grants: &[
        Grant {
            table: "receipt_emissions",
            verbs: &[Update],
            columns: &["id", "pdf_state", "attempts", "next_attempt_at"],
        },
        Grant {
            table: "exports",
            verbs: &[Update],
            columns: &["id", "state", "attempts", "next_attempt_at"],
        },
        Grant {
            table: "v1_imports",
            verbs: &[Update],
            columns: &["id", "state", "file", "attempts", "next_attempt_at"],
        },
    ],
};

/// The bypass, to see which statements the chokepoint has turned away.
pub static LIST_REFUSALS: Purpose = Purpose { name: "list_refusals", grants: &[] };

/// The bypass, to read its own log.
pub static READ_AUDIT_LOG: Purpose = Purpose { name: "read_audit_log", grants: &[] };

/// The bypass, to see who strings here.
pub static LIST_STRINGERS: Purpose = Purpose { name: "list_stringers", grants: &[] };

/// The bypass, to hand a stringer a link that opens the own book again.
pub static HAND_OVER_LINK: Purpose = Purpose { name: "hand_over_link", grants: &[] };

/// The bypass, to see who was invited.
pub static LIST_INVITATIONS: Purpose = Purpose { name: "list_invitations", grants: &[] };

/// The bypass, to invite somebody, or to take that back: who strings here already?
pub static INVITE_STRINGER: Purpose = Purpose { name: "invite_stringer", grants: &[] };

/// The bypass, to deactivate a stringer, or undo that.
pub static DEACTIVATE_STRINGER: Purpose = Purpose {
    name: "deactivate_stringer",
    grants: &[Grant {
        table: "stringers",
        verbs: &[Update],
        columns: &["id", "deactivated_at", "left_at", "updated_at"],
    }],
};
