//! All that the system may do without a stringer: each act with its tables, columns and verbs.

mod acts;
mod feeds;
mod people;
mod stringers;

pub use acts::{
    ACTS, DEACTIVATE_STRINGER, HAND_OVER_LINK, INVITE_STRINGER, LIST_FAILURES, LIST_INVITATIONS,
    LIST_REFUSALS, LIST_STRINGERS, LIST_SUBMISSIONS, MODERATE_CATALOGUE, READ_AUDIT_LOG, RUN_AGAIN,
};
pub use feeds::{DECIDE_FEED, EDIT_ENTRY, LIST_ENTRIES, LIST_FEEDS, STAGE_FEED};
use feeds::{RACKET, STRING};
use people::PROOF;
pub use people::{
    ANSWER_REQUEST, ERASE_PERSON, FINALISE_ERASURE, KNOW_PERSON, LIST_ERASURES, LIST_PERSONS,
    LIST_REQUESTS, MERGE_PERSONS, PROVE_PERSON,
};

pub use stringers::{FIND_STRINGER, LEAVE, RECOGNISE, TELL};

use sea_orm_tenancy::Verb::{Delete, Insert, Read, Update};
use sea_orm_tenancy::{Grant, Purpose};

/// Signs in, renews and signs out with the embedded provider.
pub static SIGN_IN: Purpose = Purpose {
    name: "sign_in",
    grants: &[
        Grant { table: "users", verbs: &[Read], columns: ACCOUNT },
        Grant {
            table: "users",
            verbs: &[Update],
            columns: &["id", "confirmed_at", "last_sign_in_at", "updated_at"],
        },
        Grant { table: "passwords", verbs: &[Read], columns: PASSWORD },
        Grant { table: "sessions", verbs: &[Read, Insert, Update], columns: SESSION },
        Grant {
            table: "refresh_tokens",
            verbs: &[Read, Insert, Update],
            columns: &["id", "session_id", "token_hash", "created_at", "used_at"],
        },
        Grant { table: "link_tokens", verbs: &[Read, Update], columns: LINK },
    ],
};

/// Sets a password, and what an account writes about itself.
pub static UPDATE_ACCOUNT: Purpose = Purpose {
    name: "update_account",
    grants: &[
        Grant { table: "users", verbs: &[Read], columns: ACCOUNT },
        Grant { table: "users", verbs: &[Update], columns: &["id", "user_metadata", "updated_at"] },
        Grant { table: "passwords", verbs: &[Read, Insert, Update], columns: PASSWORD },
    ],
};

/// Writes down that somebody asked for a mail, whoever it is.
pub static ASK_FOR_MAIL: Purpose = Purpose {
    name: "ask_for_mail",
    grants: &[Grant { table: "outbox", verbs: &[Read, Insert], columns: MAIL }],
};

/// Sends the mails that are owed: finds out whom, and makes their links.
pub static SEND_MAIL: Purpose = Purpose {
    name: "send_mail",
    grants: &[
        Grant { table: "outbox", verbs: &[Read, Update], columns: MAIL },
        Grant { table: "users", verbs: &[Read], columns: ACCOUNT },
        Grant { table: "link_tokens", verbs: &[Insert], columns: LINK },
        Grant { table: "invitations", verbs: &[Read, Update], columns: INVITATION },
        Grant {
            table: "persons",
            verbs: &[Read],
            columns: &[
                "id",
                "display_first_name",
                "email_normalised",
                "email_verified_at",
                "subject",
                "default_locale",
                "merged_into",
                "deleted_at",
            ],
        },
        Grant {
            table: "client_profiles",
            verbs: &[Read],
            columns: &["id", "stringer_id", "person_id"],
        },
        Grant {
            table: "stringers",
            verbs: &[Read],
            columns: &["id", "display_name", "deactivated_at"],
        },
        Grant { table: "person_proofs", verbs: &[Insert], columns: PROOF },
    ],
};

/// Counts what an admin should look after, and sees nothing of it.
pub static LOOK_AFTER: Purpose = Purpose {
    name: "look_after",
    grants: &[
        Grant { table: "outbox", verbs: &[Read], columns: &["id", "state", "created_at"] },
        Grant { table: "catalogue_submissions", verbs: &[Read], columns: &["id", "state"] },
    ],
};

/// Makes a link for a stringer that the admin hands over.
pub static HAND_OVER: Purpose = Purpose {
    name: "hand_over",
    grants: &[
        Grant { table: "users", verbs: &[Read], columns: ACCOUNT },
        Grant { table: "link_tokens", verbs: &[Insert], columns: LINK },
    ],
};

/// Forgets what nobody needs any longer: leftovers of sign-ins, and of forms.
pub static FORGET: Purpose = Purpose {
    name: "forget",
    grants: &[
        Grant { table: "submissions", verbs: &[Delete], columns: &["created_at"] },
        Grant { table: "drafts", verbs: &[Delete], columns: &["created_at"] },
        Grant { table: "outbox", verbs: &[Delete], columns: &["state", "created_at"] },
        Grant { table: "link_tokens", verbs: &[Delete], columns: &["expires_at"] },
        Grant { table: "person_claims", verbs: &[Delete], columns: &["expires_at"] },
        Grant { table: "person_proofs", verbs: &[Delete], columns: &["expires_at"] },
        Grant { table: "refresh_tokens", verbs: &[Delete], columns: &["session_id", "used_at"] },
        Grant {
            table: "sessions",
            verbs: &[Read, Delete],
            columns: &["id", "created_at", "ended_at", "refreshed_at"],
        },
    ],
};

/// Invites, accepts, and makes a stringer of who was invited.
pub static INVITE: Purpose = Purpose {
    name: "invite",
    grants: &[
        Grant { table: "invitations", verbs: &[Read, Insert, Update], columns: INVITATION },
        Grant { table: "users", verbs: &[Read, Insert], columns: ACCOUNT },
        Grant {
            table: "stringers",
            verbs: &[Read],
            columns: &["id", "subject", "email", "display_name", "deactivated_at"],
        },
        Grant { table: "stringers", verbs: &[Insert], columns: NEW_STRINGER },
    ],
};

const SESSION: &[&str] =
    &["id", "user_id", "created_at", "ended_at", "method", "user_agent", "refreshed_at"];

const PASSWORD: &[&str] = &["id", "user_id", "hash", "changed_at"];

const LINK: &[&str] =
    &["id", "user_id", "kind", "token_hash", "created_at", "expires_at", "used_at"];

const MAIL: &[&str] = &[
    "id",
    "kind",
    "email",
    "locale",
    "invitation_id",
    "state",
    "attempts",
    "created_at",
    "next_attempt_at",
    "sent_at",
];

const INVITATION: &[&str] = &[
    "id",
    "email",
    "locale",
    "state",
    "token_hash",
    "subject",
    "message",
    "invited_by",
    "stringer_id",
    "created_at",
    "updated_at",
    "link_expires_at",
];

/// The columns that a new stringer is made with.
const NEW_STRINGER: &[&str] = &[
    "id",
    "subject",
    "email",
    "role",
    "display_name",
    "default_locale",
    "time_zone",
    "currency",
    "tension_unit",
    "standard_labor",
    "is_founder",
    "created_at",
    "updated_at",
];

/// The columns of an account.
const ACCOUNT: &[&str] = &[
    "id",
    "email",
    "created_at",
    "updated_at",
    "invited_at",
    "confirmed_at",
    "last_sign_in_at",
    "user_metadata",
];

/// Makes the first admin of an empty database.
pub static FIRST_RUN: Purpose = Purpose { name: "first_run", grants: NEWCOMERS };

/// Makes the people of the demo world.
pub static DEMO: Purpose = Purpose { name: "demo", grants: NEWCOMERS };

const NEWCOMERS: &[Grant] = &[
    Grant { table: "stringers", verbs: &[Read, Insert], columns: NEW_STRINGER },
    Grant { table: "users", verbs: &[Read, Insert], columns: ACCOUNT },
    Grant { table: "passwords", verbs: &[Read, Insert, Update], columns: PASSWORD },
];

/// Fills the shared catalogue with the starter entries.
pub static SEED: Purpose = Purpose {
    name: "seed",
    grants: &[
        Grant { table: "rackets", verbs: &[Read, Insert], columns: RACKET },
        Grant { table: "strings", verbs: &[Read, Insert], columns: STRING },
    ],
};

/// Finds what is owed to whom, and nothing else about it.
pub static SWEEP: Purpose = Purpose {
    name: "sweep",
    grants: &[
        Grant {
            table: "receipt_emissions",
            verbs: &[Read],
            columns: &["id", "stringer_id", "pdf_state", "next_attempt_at"],
        },
        Grant { table: "v1_imports", verbs: &[Read], columns: OWED },
        Grant { table: "exports", verbs: &[Read], columns: OWED },
        Grant {
            table: "receipt_mails",
            verbs: &[Read],
            columns: &["id", "stringer_id", "state", "next_attempt_at"],
        },
    ],
};

/// Counts mails, since a mail server takes so many a day, and sees nothing of them.
pub static COUNT_MAILS: Purpose = Purpose {
    name: "count_mails",
    grants: &[
        Grant { table: "receipt_mails", verbs: &[Read], columns: &["id", "taken_at"] },
        Grant { table: "outbox", verbs: &[Read], columns: &["id", "sent_at"] },
    ],
};

const OWED: &[&str] = &["id", "stringer_id", "state", "next_attempt_at", "kept_until"];

/// Writes uses of the bypass down, after a look at the admin's role.
pub static KEEP_BYPASS_LOG: Purpose = Purpose {
    name: "keep_bypass_log",
    grants: &[
        Grant { table: "stringers", verbs: &[Read], columns: &["id", "role", "deactivated_at"] },
        Grant {
            table: "admin_audit_log",
            verbs: &[Insert],
            columns: &["id", "admin_id", "at", "act", "reason", "request_id", "ends", "outcome"],
        },
    ],
};
