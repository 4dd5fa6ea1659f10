//! A registry for the small schema that the adversarial list speaks of: integer keys,
//! a catalogue with visibility, shares of client profiles. The example uses it, too.

use sea_orm_tenancy::{Policy, Registry};

const MINE: &str = "this.stringer_id = :me";
const MINE_OR_SHARED: &str = "this.visibility = 'shared' OR this.created_by_stringer_id = :me";

pub(crate) fn registry() -> Registry {
    Registry::new([
        named("stringers", &["id"]).read("this.id = :me"),
        own("client_profiles", &["id", "stringer_id", "person_id", "name"]).read(
            "this.stringer_id = :me OR EXISTS (SELECT 1 FROM client_shares AS s \
             WHERE s.client_profile_id = this.id AND s.stringer_id = this.stringer_id \
             AND s.target_stringer_id = :me AND s.revoked_at IS NULL)",
        ),
        own(
            "orders",
            &["id", "stringer_id", "client_profile_id", "status", "price_cents", "created_at"],
        )
        .loose_reference("client_profile_id", "client_profiles", MINE),
        catalogue("strings"),
        catalogue("rackets"),
        own(
            "client_shares",
            &[
                "id",
                "stringer_id",
                "client_profile_id",
                "target_stringer_id",
                "grant_kind",
                "revoked_at",
            ],
        )
        .read("this.stringer_id = :me OR this.target_stringer_id = :me")
        .loose_reference("client_profile_id", "client_profiles", MINE),
    ])
}

fn named(table: &str, columns: &[&str]) -> Policy {
    Policy::named(table, columns.iter().map(|column| (*column).to_owned()).collect())
}

fn own(table: &str, columns: &[&str]) -> Policy {
    named(table, columns)
        .read(MINE)
        .insert()
        .stamp("stringer_id")
        .update(MINE)
        .all_settable_but(&["id", "stringer_id"])
        .delete(MINE)
}

fn catalogue(table: &str) -> Policy {
    const WRITABLE: &str = "this.created_by_stringer_id = :me AND this.visibility <> 'shared'";
    named(table, &["id", "created_by_stringer_id", "visibility", "brand", "model"])
        .read(MINE_OR_SHARED)
        .insert()
        .stamp("created_by_stringer_id")
        .forbid("visibility", "shared")
        .update(WRITABLE)
        .all_settable_but(&["id", "created_by_stringer_id"])
        .delete(WRITABLE)
}
