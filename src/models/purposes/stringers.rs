//! What the system does with stringers: finds them, tells them, and lets them leave.

use sea_orm_tenancy::Verb::{Read, Update};
use sea_orm_tenancy::{Grant, Purpose};

/// Finds the stringer behind a verified token, or checks that one is still active.
pub static FIND_STRINGER: Purpose = Purpose {
    name: "find_stringer",
    grants: &[Grant { table: "stringers", verbs: &[Read], columns: MEMBER }],
};

/// Finds the stringer behind a token and whether its sign-in goes on, at each request.
pub static RECOGNISE: Purpose = Purpose {
    name: "recognise",
    grants: &[
        Grant { table: "stringers", verbs: &[Read], columns: MEMBER },
        Grant {
            table: "sessions",
            verbs: &[Read],
            columns: &["id", "user_id", "created_at", "ended_at", "refreshed_at"],
        },
    ],
};

/// A stringer leaves: the one that asks, whose key `Entity::leave` takes from its own request.
pub static LEAVE: Purpose = Purpose {
    name: "leave",
    grants: &[
        Grant { table: "stringers", verbs: &[Read], columns: &["id", "deactivated_at"] },
        Grant {
            table: "stringers",
            verbs: &[Update],
            columns: &["id", "deactivated_at", "left_at", "updated_at"],
        },
    ],
};

/// Finds who wants to be told by mail, and nothing else about them.
pub static TELL: Purpose = Purpose {
    name: "tell",
    grants: &[Grant {
        table: "stringers",
        verbs: &[Read],
        columns: &["id", "mails_news", "news_mailed_at", "deactivated_at"],
    }],
};

const MEMBER: &[&str] = &[
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
    "nudge_ready_days",
    "nudge_unpaid_days",
    "deactivated_at",
];
