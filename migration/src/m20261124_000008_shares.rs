//! Leave for another stringer to read, what became of it, and who is told.

use sea_orm_migration::prelude::*;

use crate::columns::*;
use crate::row_level_security;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(order_shares()).await?;
        manager.create_table(person_stringer_shares()).await?;
        manager.create_table(share_audit()).await?;
        manager.create_table(notifications()).await?;
        for (table, name, columns) in [
            ("share_audit", "ix_share_audit_order", &["stringer_id", "order_id", "at"][..]),
            ("notifications", "ix_notifications", &["stringer_id", "read_at", "at"]),
        ] {
            manager.create_index(index(table, name, columns)).await?;
        }
        row_level_security::run_anywhere(manager, ONE_AT_A_TIME).await?;
        for table in TABLES {
            row_level_security::enable(manager, table).await?;
            row_level_security::open_to_bypass(manager, table).await?;
        }
        row_level_security::run(manager, WALLS).await?;
        row_level_security::create_view(
            manager,
            "stringer_cards",
            "SELECT s.id, s.display_name, s.town FROM stringers AS s \
             WHERE s.deactivated_at IS NULL",
            "rbo_me() IS NOT NULL OR rbo_person() IS NOT NULL",
        )
        .await?;
        row_level_security::create_view(
            manager,
            "shared_orders",
            SHARED_ORDERS,
            "seen.grantee_id = rbo_me()",
        )
        .await?;
        row_level_security::create_view(
            manager,
            "client_orders",
            CLIENT_ORDERS,
            "seen.person_id = rbo_person()",
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        row_level_security::run_anywhere(manager, DROP_VIEWS).await?;
        row_level_security::run(manager, DROP_WALLS).await?;
        drop_tables(manager, &["notifications", "share_audit"]).await?;
        drop_tables(manager, &["person_stringer_shares", "order_shares"]).await?;
        row_level_security::run(manager, DROP_FUNCTIONS).await
    }
}

const TABLES: [&str; 4] =
    ["order_shares", "person_stringer_shares", "share_audit", "notifications"];

/// A grant of Rule 1 (by the owning stringer) or Rule 2 (by the client), for one order.
/// The composite key holds it to an order of its owner.
fn order_shares() -> TableCreateStatement {
    Table::create()
        .table("order_shares")
        .col(key())
        .col(uuid("stringer_id"))
        .col(uuid("order_id"))
        .col(uuid("grantee_id"))
        .col(int("rule"))
        .col(uuid_null("granted_by_person_id"))
        .col(moment("granted_at"))
        .col(moment_null("revoked_at"))
        .index(&mut tenant_key("order_shares"))
        .foreign_key(&mut owner("order_shares"))
        .foreign_key(&mut within_tenant("order_shares", "order_id", "orders"))
        .foreign_key(&mut global("order_shares", "grantee_id", "stringers"))
        .foreign_key(&mut global("order_shares", "granted_by_person_id", "persons"))
        .check(Expr::cust(
            "(rule = 1 AND granted_by_person_id IS NULL) \
             OR (rule = 2 AND granted_by_person_id IS NOT NULL)",
        ))
        .check(Expr::cust("grantee_id <> stringer_id"))
        .take()
}

/// A grant of Rule 3: all orders of a person, whoever strings, for one stringer.
fn person_stringer_shares() -> TableCreateStatement {
    Table::create()
        .table("person_stringer_shares")
        .col(key())
        .col(uuid("person_id"))
        .col(uuid("target_stringer_id"))
        .col(moment("granted_at"))
        .col(moment_null("revoked_at"))
        .foreign_key(&mut global("person_stringer_shares", "person_id", "persons"))
        .foreign_key(&mut global("person_stringer_shares", "target_stringer_id", "stringers"))
        .take()
}

/// Each grant, revocation and read, for the stringer whose order it is.
fn share_audit() -> TableCreateStatement {
    Table::create()
        .table("share_audit")
        .col(key())
        .col(uuid("stringer_id"))
        .col(uuid("order_id"))
        .col(uuid("grantee_id"))
        .col(uuid_null("actor_id"))
        .col(uuid_null("actor_person_id"))
        .col(text("event"))
        .col(moment("at"))
        .index(&mut tenant_key("share_audit"))
        .foreign_key(&mut owner("share_audit"))
        .foreign_key(&mut within_tenant("share_audit", "order_id", "orders"))
        .foreign_key(&mut global("share_audit", "grantee_id", "stringers"))
        .foreign_key(&mut global("share_audit", "actor_id", "stringers"))
        .foreign_key(&mut global("share_audit", "actor_person_id", "persons"))
        .check(one_of("event", &["granted", "revoked", "read"]))
        .check(Expr::cust("(actor_id IS NULL) <> (actor_person_id IS NULL)"))
        .take()
}

/// One row for each recipient (`stringer_id`) and event.
fn notifications() -> TableCreateStatement {
    Table::create()
        .table("notifications")
        .col(key())
        .col(uuid("stringer_id"))
        .col(uuid_null("actor_id"))
        .col(uuid_null("actor_person_id"))
        .col(text("kind"))
        .col(uuid_null("order_stringer_id"))
        .col(uuid_null("order_id"))
        .col(moment("at"))
        .col(moment_null("read_at"))
        .index(&mut tenant_key("notifications"))
        .foreign_key(&mut owner("notifications"))
        .foreign_key(&mut global("notifications", "actor_id", "stringers"))
        .foreign_key(&mut global("notifications", "actor_person_id", "persons"))
        .foreign_key(&mut restrict(
            ForeignKey::create()
                .name("fk_notifications_order_id")
                .from("notifications", ("order_stringer_id", "order_id"))
                .to("orders", ("stringer_id", "id")),
        ))
        .check(one_of(
            "kind",
            &[
                "share_granted_to_me",
                "share_revoked_from_me",
                "my_order_visible_to_third_party",
                "catalogue_submission_pending",
                "catalogue_submission_decided",
            ],
        ))
        .take()
}

/// Of each grant one is in force; those that were revoked stay beside it. They serve
/// the grantee's look-ups, too.
const ONE_AT_A_TIME: &str = "
CREATE UNIQUE INDEX uq_order_shares_in_force ON order_shares (grantee_id, stringer_id, order_id, rule)
  WHERE revoked_at IS NULL;
CREATE INDEX ix_order_shares_order ON order_shares (stringer_id, order_id);
CREATE UNIQUE INDEX uq_person_stringer_shares_in_force
  ON person_stringer_shares (target_stringer_id, person_id) WHERE revoked_at IS NULL;
";

/// An order as a grantee sees it (RULES 6): a relation of its own, which has no column
/// for a price, a payment, a comment, a last name or a label. Nothing of `orders` itself
/// is opened, so the lists of one's own orders stay as they were, index and all, and a
/// query that forgets about shares shows none.
pub(crate) const SHARED_ORDERS: &str = "
SELECT g.grantee_id, g.share_id, g.rule, g.granted_at,
  o.id, o.stringer_id, o.client_profile_id, t.display_name AS stringer_name,
  h.display_first_name AS client_first_name,
  f.racket_id, r.manufacturer AS racket_manufacturer, r.model AS racket_model,
  r.year AS racket_year, r.head_size AS racket_head_size, r.string_pattern AS racket_pattern,
  o.sport, o.tension_unit,
  o.mains_string_id, m.manufacturer AS mains_manufacturer, m.model AS mains_model,
  o.mains_string_text, o.mains_gauge, o.mains_tension, o.mains_colour, o.mains_prestretch,
  o.crosses_string_id, x.manufacturer AS crosses_manufacturer, x.model AS crosses_model,
  o.crosses_string_text, o.crosses_gauge, o.crosses_tension, o.crosses_colour,
  o.crosses_prestretch, o.prestretch_kind, o.pieces, o.knots, o.method,
  o.dt_before, o.dt_after, o.dt_device, o.ordered_at, o.strung_at
FROM (
  SELECT s.grantee_id, s.id AS share_id, s.rule, s.granted_at, s.stringer_id, s.order_id
  FROM order_shares AS s WHERE s.revoked_at IS NULL
  UNION ALL
  SELECT p.target_stringer_id, p.id, 3, p.granted_at, q.stringer_id, q.id
  FROM person_stringer_shares AS p
  JOIN client_profiles AS c ON c.person_id = p.person_id AND c.stringer_id <> p.target_stringer_id
  JOIN orders AS q ON q.stringer_id = c.stringer_id AND q.client_profile_id = c.id
  WHERE p.revoked_at IS NULL
) AS g
JOIN orders AS o ON o.stringer_id = g.stringer_id AND o.id = g.order_id
JOIN stringers AS t ON t.id = o.stringer_id
JOIN client_profiles AS k ON k.stringer_id = o.stringer_id AND k.id = o.client_profile_id
LEFT JOIN persons AS h ON h.id = k.person_id
JOIN client_rackets AS f ON f.stringer_id = o.stringer_id AND f.id = o.client_racket_id
JOIN rackets AS r ON r.id = f.racket_id
LEFT JOIN strings AS m ON m.id = o.mains_string_id
LEFT JOIN strings AS x ON x.id = o.crosses_string_id
";

/// An order as its client sees it in a list of its own.
pub(crate) const CLIENT_ORDERS: &str = "
SELECT k.person_id, o.stringer_id, o.id, t.display_name AS stringer_name,
  r.manufacturer AS racket_manufacturer, r.model AS racket_model, o.ordered_at, o.strung_at
FROM client_profiles AS k
JOIN orders AS o ON o.stringer_id = k.stringer_id AND o.client_profile_id = k.id
JOIN stringers AS t ON t.id = o.stringer_id
JOIN client_rackets AS f ON f.stringer_id = o.stringer_id AND f.id = o.client_racket_id
JOIN rackets AS r ON r.id = f.racket_id
WHERE k.person_id IS NOT NULL
";

const DROP_VIEWS: &str =
    "DROP VIEW client_orders; DROP VIEW shared_orders; DROP VIEW stringer_cards;";

const WALLS: &str = "
CREATE POLICY walls ON order_shares FOR SELECT TO rbo_walls USING (true);
CREATE POLICY walls ON person_stringer_shares FOR SELECT TO rbo_walls USING (true);
CREATE POLICY walls ON orders FOR SELECT TO rbo_walls USING (true);
CREATE POLICY walls ON client_rackets FOR SELECT TO rbo_walls USING (true);
CREATE POLICY walls ON stringers FOR SELECT TO rbo_walls USING (true);
GRANT SELECT ON order_shares, person_stringer_shares, orders, client_rackets TO rbo_walls;
GRANT SELECT (id, display_name, town, deactivated_at) ON stringers TO rbo_walls;

CREATE FUNCTION rbo_is_active(who uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT EXISTS (SELECT 1 FROM stringers s WHERE s.id = who AND s.deactivated_at IS NULL) $$;
CREATE FUNCTION rbo_is_order_of(owner uuid, which uuid, person uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT EXISTS (SELECT 1 FROM orders o
        JOIN client_profiles c ON c.stringer_id = o.stringer_id AND c.id = o.client_profile_id
        WHERE o.stringer_id = owner AND o.id = which AND c.person_id = person) $$;
-- Whether a grant, in force or revoked, links an order's owner and another stringer.
CREATE FUNCTION rbo_is_linked(owner uuid, which uuid, other uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT EXISTS (SELECT 1 FROM order_shares s
        WHERE s.stringer_id = owner AND s.order_id = which AND s.grantee_id = other)
     OR EXISTS (SELECT 1 FROM person_stringer_shares s
        JOIN client_profiles c ON c.person_id = s.person_id
        JOIN orders o ON o.stringer_id = c.stringer_id AND o.client_profile_id = c.id
        WHERE s.target_stringer_id = other AND o.stringer_id = owner AND o.id = which) $$;
GRANT CREATE ON SCHEMA public TO rbo_walls;
ALTER FUNCTION rbo_is_active(uuid) OWNER TO rbo_walls;
ALTER FUNCTION rbo_is_order_of(uuid, uuid, uuid) OWNER TO rbo_walls;
ALTER FUNCTION rbo_is_linked(uuid, uuid, uuid) OWNER TO rbo_walls;
REVOKE CREATE ON SCHEMA public FROM rbo_walls;

CREATE POLICY read ON order_shares FOR SELECT TO rbo_app USING (
  stringer_id = rbo_me() OR grantee_id = rbo_me() OR granted_by_person_id = rbo_person());
CREATE POLICY add ON order_shares FOR INSERT TO rbo_app WITH CHECK (
  rbo_reference(rbo_is_active(grantee_id)) AND revoked_at IS NULL AND (
    (stringer_id = rbo_me() AND rule = 1)
    OR (granted_by_person_id = rbo_person() AND rule = 2
        AND rbo_reference(rbo_is_order_of(stringer_id, order_id, rbo_person())))));
CREATE POLICY revoke ON order_shares FOR UPDATE TO rbo_app
  USING (revoked_at IS NULL AND ((stringer_id = rbo_me() AND rule = 1)
    OR grantee_id = rbo_me() OR granted_by_person_id = rbo_person()))
  WITH CHECK (revoked_at IS NOT NULL);
GRANT SELECT, INSERT, UPDATE (revoked_at) ON order_shares TO rbo_app;

CREATE POLICY read ON person_stringer_shares FOR SELECT TO rbo_app
  USING (target_stringer_id = rbo_me() OR person_id = rbo_person());
CREATE POLICY add ON person_stringer_shares FOR INSERT TO rbo_app WITH CHECK (
  person_id = rbo_person() AND revoked_at IS NULL
  AND rbo_reference(rbo_is_active(target_stringer_id)));
CREATE POLICY revoke ON person_stringer_shares FOR UPDATE TO rbo_app
  USING (revoked_at IS NULL AND (target_stringer_id = rbo_me() OR person_id = rbo_person()))
  WITH CHECK (revoked_at IS NOT NULL);
GRANT SELECT, INSERT, UPDATE (revoked_at) ON person_stringer_shares TO rbo_app;

CREATE POLICY read ON share_audit FOR SELECT TO rbo_app USING (stringer_id = rbo_me());
CREATE POLICY add ON share_audit FOR INSERT TO rbo_app WITH CHECK (
  (actor_id = rbo_me() AND actor_person_id IS NULL AND (stringer_id = rbo_me()
    OR (grantee_id = rbo_me() AND event <> 'granted'
        AND rbo_reference(rbo_is_linked(stringer_id, order_id, rbo_me())))))
  OR (actor_person_id = rbo_person() AND actor_id IS NULL
    AND rbo_reference(rbo_is_order_of(stringer_id, order_id, rbo_person()))));
GRANT SELECT, INSERT ON share_audit TO rbo_app;

CREATE POLICY read ON notifications FOR SELECT TO rbo_app USING (stringer_id = rbo_me());
CREATE POLICY add ON notifications FOR INSERT TO rbo_app WITH CHECK (
  (actor_id = rbo_me() AND actor_person_id IS NULL AND (
    (stringer_id = rbo_me() AND (order_id IS NULL OR order_stringer_id = rbo_me()))
    OR (order_stringer_id = rbo_me()
        AND kind IN ('share_granted_to_me', 'share_revoked_from_me')
        AND rbo_reference(rbo_is_linked(order_stringer_id, order_id, stringer_id)))
    OR (order_stringer_id = stringer_id AND kind = 'share_revoked_from_me'
        AND rbo_reference(rbo_is_linked(order_stringer_id, order_id, rbo_me())))))
  OR (actor_person_id = rbo_person() AND actor_id IS NULL
    AND order_stringer_id = stringer_id
    AND rbo_reference(rbo_is_order_of(order_stringer_id, order_id, rbo_person())))
  OR (actor_person_id = rbo_person() AND actor_id IS NULL
    AND rbo_is_order_of(order_stringer_id, order_id, rbo_person())
    AND rbo_reference(rbo_is_linked(order_stringer_id, order_id, stringer_id))));
CREATE POLICY note ON notifications FOR UPDATE TO rbo_app
  USING (stringer_id = rbo_me()) WITH CHECK (stringer_id = rbo_me());
GRANT SELECT, INSERT, UPDATE (read_at) ON notifications TO rbo_app;

CREATE POLICY read_self ON persons FOR SELECT TO rbo_app USING (id = rbo_person());
CREATE POLICY change_self ON persons FOR UPDATE TO rbo_app
  USING (id = rbo_person() AND deleted_at IS NULL AND merged_into IS NULL)
  WITH CHECK (id = rbo_person());
";

const DROP_WALLS: &str = "
DROP POLICY change_self ON persons;
DROP POLICY read_self ON persons;
DROP POLICY walls ON stringers;
DROP POLICY walls ON client_rackets;
DROP POLICY walls ON orders;
REVOKE ALL ON orders, client_rackets, stringers FROM rbo_walls;
";

const DROP_FUNCTIONS: &str = "
DROP FUNCTION rbo_is_linked(uuid, uuid, uuid);
DROP FUNCTION rbo_is_order_of(uuid, uuid, uuid);
DROP FUNCTION rbo_is_active(uuid);
";
