//! A client's own pages: what proves who somebody is, and what a person reads of the orders on
//! its rackets, whoever strung them; their receipts, and who else has read them.

use sea_orm_migration::prelude::*;

use crate::columns::*;
use crate::m20261124_000008_shares::CLIENT_ORDERS;
use crate::row_level_security::{self, run, run_anywhere};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(claims()).await?;
        run_anywhere(
            manager,
            "CREATE INDEX ix_person_claims_person ON person_claims (person_id, kind);",
        )
        .await?;
        row_level_security::enable(manager, "person_claims").await?;
        run(manager, WALLS).await?;
        run_anywhere(manager, "DROP VIEW client_orders;").await?;
        for (view, query) in VIEWS {
            let wall = "seen.person_id = rbo_person()";
            row_level_security::create_view(manager, view, query, wall).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (view, _) in VIEWS {
            run_anywhere(manager, &format!("DROP VIEW {view};")).await?;
        }
        let wall = "seen.person_id = rbo_person()";
        row_level_security::create_view(manager, "client_orders", CLIENT_ORDERS, wall).await?;
        run(manager, NO_WALLS).await?;
        drop_tables(manager, &["person_claims"]).await
    }
}

/// A link that a stringer hands over, and what a browser keeps after it was used; by their
/// hashes.
fn claims() -> TableCreateStatement {
    Table::create()
        .table("person_claims")
        .col(key())
        .col(uuid("person_id"))
        .col(text("kind"))
        .col(text("token_hash"))
        .col(uuid_null("stringer_id"))
        .col(moment("created_at"))
        .col(moment("expires_at"))
        .col(moment_null("used_at"))
        .index(&mut unique("uq_person_claims_token".into(), &["token_hash"]))
        .foreign_key(&mut global("person_claims", "person_id", "persons"))
        .foreign_key(&mut global("person_claims", "stringer_id", "stringers"))
        .check(one_of("kind", &["claim", "session"]))
        .take()
}

const VIEWS: [(&str, &str); 3] =
    [("client_orders", ORDERS), ("client_receipts", RECEIPTS), ("client_reads", READS)];

/// An order as its client sees it: all but what is the stringer's alone (the private comment,
/// and how it was written down).
const ORDERS: &str = "
SELECT k.person_id, o.stringer_id, o.id, t.display_name AS stringer_name, t.town AS stringer_town,
  o.client_racket_id, o.racket_name, o.racket_nickname, o.sport, o.tension_unit,
  o.mains_name, o.mains_tension, o.mains_colour, o.mains_byo,
  o.crosses_name, o.crosses_tension, o.crosses_colour, o.crosses_byo,
  o.method, o.dt_before, o.dt_after, o.dt_device, o.comment_public, o.currency, o.total,
  o.ordered_at, o.strung_at, o.returned_at, o.paid_at, o.cancelled_at, o.due_at,
  o.paid_in_advance, o.receipt_number
FROM client_profiles AS k
JOIN orders AS o ON o.stringer_id = k.stringer_id AND o.client_profile_id = k.id
JOIN stringers AS t ON t.id = o.stringer_id
WHERE k.person_id IS NOT NULL
";

/// A receipt that was issued to a client, and can be printed.
const RECEIPTS: &str = "
SELECT k.person_id, e.stringer_id, e.order_id, e.id, e.number, e.created_at, e.pdf
FROM client_profiles AS k
JOIN orders AS o ON o.stringer_id = k.stringer_id AND o.client_profile_id = k.id
JOIN receipt_emissions AS e ON e.stringer_id = o.stringer_id AND e.order_id = o.id
WHERE k.person_id IS NOT NULL AND e.pdf_state = 'rendered'
";

/// What was done with leave to read a client's orders.
const READS: &str = "
SELECT k.person_id, a.stringer_id, a.order_id, a.id, a.event, a.at, a.grantee_id,
  g.display_name AS grantee_name, t.display_name AS stringer_name, o.racket_name
FROM client_profiles AS k
JOIN orders AS o ON o.stringer_id = k.stringer_id AND o.client_profile_id = k.id
JOIN share_audit AS a ON a.stringer_id = o.stringer_id AND a.order_id = o.id
JOIN stringers AS g ON g.id = a.grantee_id
JOIN stringers AS t ON t.id = a.stringer_id
WHERE k.person_id IS NOT NULL
";

/// Whoever proves who it is has no scope yet: `know_person` finds the person behind a secret, and
/// tells a stringer whether somebody else knows the person too.
const WALLS: &str = "
CREATE POLICY know ON person_claims TO rbo_app
  USING ((SELECT rbo_purpose()) = 'know_person')
  WITH CHECK (rbo_purpose() = 'know_person');
CREATE POLICY forget ON person_claims FOR DELETE TO rbo_app
  USING ((SELECT rbo_purpose()) = 'forget');
CREATE POLICY forget_read ON person_claims FOR SELECT TO rbo_app
  USING ((SELECT rbo_purpose()) = 'forget');
GRANT SELECT, INSERT, UPDATE (used_at), DELETE ON person_claims TO rbo_app;
CREATE POLICY know ON persons FOR SELECT TO rbo_app
  USING ((SELECT rbo_purpose()) = 'know_person');
CREATE POLICY know ON client_profiles FOR SELECT TO rbo_app
  USING ((SELECT rbo_purpose()) = 'know_person');
CREATE POLICY know ON stringers FOR SELECT TO rbo_app
  USING ((SELECT rbo_purpose()) = 'know_person');
CREATE POLICY walls ON receipt_emissions FOR SELECT TO rbo_walls USING (true);
CREATE POLICY walls ON share_audit FOR SELECT TO rbo_walls USING (true);
GRANT SELECT (stringer_id, order_id, id, number, created_at, pdf_state, pdf)
  ON receipt_emissions TO rbo_walls;
GRANT SELECT ON share_audit TO rbo_walls;
";

const NO_WALLS: &str = "
REVOKE ALL ON share_audit, receipt_emissions FROM rbo_walls;
DROP POLICY walls ON share_audit;
DROP POLICY walls ON receipt_emissions;
DROP POLICY know ON stringers;
DROP POLICY know ON client_profiles;
DROP POLICY know ON persons;
";
