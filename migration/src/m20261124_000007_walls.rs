//! The second wall: row-level security on PostgreSQL.
//!
//! Written by hand and not derived from the application's own policies, since
//! two walls that share a mistake are one wall. The application names itself to
//! the database by two settings that end with their transaction:
//! `rbo.stringer_id`, and `rbo.purpose` for the few acts that have no stringer yet.

use sea_orm_migration::prelude::*;

use crate::columns::*;
use crate::row_level_security;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if is_postgres(manager) {
            let db = manager.get_connection();
            db.execute_unprepared(ROLES).await?;
            db.execute_unprepared(FUNCTIONS).await?;
            for table in TABLES {
                row_level_security::enable(manager, table).await?;
                if !SEALED.contains(&table) {
                    row_level_security::open_to_bypass(manager, table).await?;
                }
            }
            db.execute_unprepared(POLICIES).await?;
            db.execute_unprepared(GRANTS).await?;
            for table in ["receipt_counters", "receipt_emissions"] {
                row_level_security::own(manager, table, "SELECT, INSERT, UPDATE").await?;
            }
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if is_postgres(manager) {
            let db = manager.get_connection();
            for table in TABLES {
                db.execute_unprepared(&format!(
                    "DO $$ DECLARE wall record; BEGIN
                       FOR wall IN SELECT policyname FROM pg_policies
                         WHERE schemaname = current_schema() AND tablename = '{table}' LOOP
                         EXECUTE format('DROP POLICY %I ON {table}', wall.policyname);
                       END LOOP;
                     END $$;
                     ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
                     ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
                     REVOKE ALL ON {table} FROM rbo_app, rbo_walls, rbo_bypass;"
                ))
                .await?;
            }
            db.execute_unprepared(DROP_FUNCTIONS).await?;
        }
        Ok(())
    }
}

const TABLES: [&str; 13] = [
    "stringers",
    "users",
    "sessions",
    "refresh_tokens",
    "rackets",
    "strings",
    "persons",
    "client_profiles",
    "client_rackets",
    "orders",
    "order_state_audit",
    "receipt_counters",
    "receipt_emissions",
];

/// What proves who somebody is, an admin reads no more than anybody else.
const SEALED: [&str; 3] = ["users", "sessions", "refresh_tokens"];

/// Roles belong to the whole server, so another database may have made them, and
/// `down` leaves them. The migrating owner needs CREATEROLE once; neither
/// SUPERUSER nor BYPASSRLS is used. The grant is made always: from PostgreSQL 16 on
/// who creates a role is a member of it that may not become it, which
/// `pg_has_role(..., 'MEMBER')` does not tell apart.
///
/// `rbo_app` may become `rbo_bypass` and has nothing of it before: it does not inherit,
/// so the policies for the bypass are not policies for it.
const ROLES: &str = "
DO $$ DECLARE wanted text; BEGIN
  FOREACH wanted IN ARRAY ARRAY['rbo_app', 'rbo_walls', 'rbo_bypass'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS', wanted);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END;
    END IF;
    BEGIN
      EXECUTE format('GRANT %I TO CURRENT_USER', wanted);
    EXCEPTION WHEN insufficient_privilege THEN NULL; -- somebody else's to grant, and perhaps granted
    END;
  END LOOP;
  BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'rbo_app' AND rolinherit) THEN
      ALTER ROLE rbo_app NOINHERIT;
    END IF;
    IF NOT pg_has_role('rbo_app', 'rbo_bypass', 'MEMBER') THEN
      GRANT rbo_bypass TO rbo_app;
    END IF;
  -- Not ours to say, or another database is just saying it (tuple concurrently updated).
  EXCEPTION WHEN insufficient_privilege OR internal_error THEN NULL;
  END;
END $$;
GRANT USAGE ON SCHEMA public TO rbo_app, rbo_walls, rbo_bypass;
";

/// Policies that look into each other's tables recurse without end, so what one
/// table must know of another is asked of functions that belong to `rbo_walls`.
const FUNCTIONS: &str = "
CREATE FUNCTION rbo_me() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT NULLIF(current_setting('rbo.stringer_id', true), '')::uuid $$;
CREATE FUNCTION rbo_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT NULLIF(current_setting('rbo.person_id', true), '')::uuid $$;
CREATE FUNCTION rbo_purpose() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT NULLIF(current_setting('rbo.purpose', true), '') $$;

CREATE FUNCTION rbo_has_profile(person uuid, whose uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT EXISTS (SELECT 1 FROM client_profiles p
        WHERE p.person_id = person AND p.stringer_id = whose) $$;
CREATE FUNCTION rbo_has_any_profile(person uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT EXISTS (SELECT 1 FROM client_profiles p WHERE p.person_id = person) $$;
CREATE FUNCTION rbo_shares_person(person uuid, whose uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT EXISTS (SELECT 1 FROM client_profiles p
        WHERE p.person_id = person AND p.stringer_id <> whose) $$;
CREATE FUNCTION rbo_may_link(person uuid, whose uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT EXISTS (SELECT 1 FROM persons h WHERE h.id = person AND h.created_by = whose) $$;
CREATE FUNCTION rbo_may_use_racket(entry uuid, whose uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT EXISTS (SELECT 1 FROM rackets r WHERE r.id = entry
        AND (r.visibility = 'catalogue_shared' OR r.created_by_stringer_id = whose)) $$;
CREATE FUNCTION rbo_may_use_string(entry uuid, whose uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT EXISTS (SELECT 1 FROM strings s WHERE s.id = entry
        AND (s.visibility = 'catalogue_shared' OR s.created_by_stringer_id = whose)) $$;

-- A reference that may not be made fails as one that does not exist, by SQLSTATE and
-- not by a message that the server may translate.
CREATE FUNCTION rbo_reference(may_be_made boolean) RETURNS boolean LANGUAGE plpgsql STABLE
  AS $$ BEGIN
    IF may_be_made THEN RETURN true; END IF;
    RAISE foreign_key_violation USING MESSAGE = 'the row that is named may not be used';
  END $$;

-- A changed address is not verified any more, and nobody says that one is.
CREATE FUNCTION rbo_change_person() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF current_user <> 'rbo_app' OR rbo_purpose() IS NOT NULL THEN RETURN NEW; END IF;
    IF (NEW.email, NEW.email_normalised) IS DISTINCT FROM (OLD.email, OLD.email_normalised) THEN
      IF rbo_me() IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'permission denied for an address';
      END IF;
      NEW.email_verified_at := NULL;
    ELSIF NEW.email_verified_at IS NOT NULL
      AND NEW.email_verified_at IS DISTINCT FROM OLD.email_verified_at THEN
      RAISE insufficient_privilege USING MESSAGE = 'permission denied to verify an address';
    END IF;
    RETURN NEW;
  END $$;
CREATE TRIGGER change_person BEFORE UPDATE ON persons
  FOR EACH ROW EXECUTE FUNCTION rbo_change_person();

GRANT CREATE ON SCHEMA public TO rbo_walls;
ALTER FUNCTION rbo_has_profile(uuid, uuid) OWNER TO rbo_walls;
ALTER FUNCTION rbo_has_any_profile(uuid) OWNER TO rbo_walls;
ALTER FUNCTION rbo_shares_person(uuid, uuid) OWNER TO rbo_walls;
ALTER FUNCTION rbo_may_link(uuid, uuid) OWNER TO rbo_walls;
ALTER FUNCTION rbo_may_use_racket(uuid, uuid) OWNER TO rbo_walls;
ALTER FUNCTION rbo_may_use_string(uuid, uuid) OWNER TO rbo_walls;
REVOKE CREATE ON SCHEMA public FROM rbo_walls;
";

const DROP_FUNCTIONS: &str = "
DROP TRIGGER change_person ON persons;
DROP FUNCTION rbo_change_person();
DROP FUNCTION rbo_reference(boolean);
DROP FUNCTION rbo_may_use_string(uuid, uuid);
DROP FUNCTION rbo_may_use_racket(uuid, uuid);
DROP FUNCTION rbo_may_link(uuid, uuid);
DROP FUNCTION rbo_shares_person(uuid, uuid);
DROP FUNCTION rbo_has_any_profile(uuid);
DROP FUNCTION rbo_has_profile(uuid, uuid);
DROP FUNCTION rbo_purpose();
DROP FUNCTION rbo_person();
DROP FUNCTION rbo_me();
";

const POLICIES: &str = "
CREATE POLICY walls ON client_profiles FOR SELECT TO rbo_walls USING (true);
CREATE POLICY walls ON persons FOR SELECT TO rbo_walls USING (true);
CREATE POLICY walls ON rackets FOR SELECT TO rbo_walls USING (true);
CREATE POLICY walls ON strings FOR SELECT TO rbo_walls USING (true);

CREATE POLICY read ON stringers FOR SELECT TO rbo_app
  USING (id = rbo_me() OR rbo_purpose() IN ('find_stringer', 'first_run', 'demo'));
CREATE POLICY change ON stringers FOR UPDATE TO rbo_app
  USING (id = rbo_me()) WITH CHECK (id = rbo_me());
CREATE POLICY add ON stringers FOR INSERT TO rbo_app
  WITH CHECK (rbo_purpose() IN ('first_run', 'demo'));

CREATE POLICY sign_in ON users TO rbo_app
  USING (rbo_purpose() IN ('sign_in', 'first_run', 'demo'))
  WITH CHECK (rbo_purpose() IN ('first_run', 'demo'));
CREATE POLICY sign_in ON sessions TO rbo_app
  USING (rbo_purpose() = 'sign_in') WITH CHECK (rbo_purpose() = 'sign_in');
CREATE POLICY sign_in ON refresh_tokens TO rbo_app
  USING (rbo_purpose() = 'sign_in') WITH CHECK (rbo_purpose() = 'sign_in');

CREATE POLICY read ON rackets FOR SELECT TO rbo_app
  USING (created_by_stringer_id = rbo_me() OR (visibility = 'catalogue_shared'
    AND (rbo_me() IS NOT NULL OR rbo_purpose() = 'seed')));
CREATE POLICY add ON rackets FOR INSERT TO rbo_app WITH CHECK (
  (created_by_stringer_id = rbo_me() AND visibility <> 'catalogue_shared')
  OR (rbo_purpose() = 'seed' AND created_by_stringer_id IS NULL));
CREATE POLICY change ON rackets FOR UPDATE TO rbo_app
  USING (created_by_stringer_id = rbo_me() AND visibility <> 'catalogue_shared')
  WITH CHECK (created_by_stringer_id = rbo_me() AND visibility <> 'catalogue_shared');

CREATE POLICY read ON strings FOR SELECT TO rbo_app
  USING (created_by_stringer_id = rbo_me() OR (visibility = 'catalogue_shared'
    AND (rbo_me() IS NOT NULL OR rbo_purpose() = 'seed')));
CREATE POLICY add ON strings FOR INSERT TO rbo_app WITH CHECK (
  (created_by_stringer_id = rbo_me() AND visibility <> 'catalogue_shared')
  OR (rbo_purpose() = 'seed' AND created_by_stringer_id IS NULL));
CREATE POLICY change ON strings FOR UPDATE TO rbo_app
  USING (created_by_stringer_id = rbo_me() AND visibility <> 'catalogue_shared')
  WITH CHECK (created_by_stringer_id = rbo_me() AND visibility <> 'catalogue_shared');

CREATE POLICY read ON persons FOR SELECT TO rbo_app USING (
  rbo_has_profile(id, rbo_me())
  OR (created_by = rbo_me() AND NOT rbo_has_any_profile(id)));
CREATE POLICY add ON persons FOR INSERT TO rbo_app
  WITH CHECK (created_by = rbo_me() AND subject IS NULL AND email_verified_at IS NULL
    AND merged_into IS NULL AND deleted_at IS NULL AND scrubbed_at IS NULL);
CREATE POLICY change ON persons FOR UPDATE TO rbo_app
  USING (subject IS NULL AND rbo_has_profile(id, rbo_me()) AND NOT rbo_shares_person(id, rbo_me()))
  WITH CHECK (subject IS NULL);

CREATE POLICY read ON client_profiles FOR SELECT TO rbo_app USING (stringer_id = rbo_me());
-- Whom a file is on is said once, when it is made: a person that the linking purpose
-- found for me is none that I could have named.
CREATE POLICY add ON client_profiles FOR INSERT TO rbo_app
  WITH CHECK (stringer_id = rbo_me()
    AND (person_id IS NULL OR rbo_reference(rbo_may_link(person_id, rbo_me()))));
CREATE POLICY change ON client_profiles FOR UPDATE TO rbo_app
  USING (stringer_id = rbo_me()) WITH CHECK (stringer_id = rbo_me());
CREATE POLICY own ON client_rackets TO rbo_app
  USING (stringer_id = rbo_me())
  WITH CHECK (stringer_id = rbo_me() AND rbo_reference(rbo_may_use_racket(racket_id, rbo_me())));
CREATE POLICY own ON orders TO rbo_app
  USING (stringer_id = rbo_me())
  WITH CHECK (stringer_id = rbo_me()
    AND (mains_string_id IS NULL OR rbo_reference(rbo_may_use_string(mains_string_id, rbo_me())))
    AND (crosses_string_id IS NULL OR rbo_reference(rbo_may_use_string(crosses_string_id, rbo_me()))));
CREATE POLICY read ON order_state_audit FOR SELECT TO rbo_app USING (stringer_id = rbo_me());
CREATE POLICY add ON order_state_audit FOR INSERT TO rbo_app
  WITH CHECK (stringer_id = rbo_me() AND actor_id = rbo_me());
CREATE POLICY sweep ON receipt_emissions FOR SELECT TO rbo_app
  USING (rbo_purpose() = 'sweep');
";

const GRANTS: &str = "
GRANT SELECT ON client_profiles, persons, rackets, strings TO rbo_walls;
GRANT SELECT, INSERT ON stringers TO rbo_app;
GRANT UPDATE (display_name, town, business_name, phone, business_address, logo,
  receipt_thankyou_text, default_locale, time_zone, currency, tension_unit, standard_labor,
  tax_regime, updated_at) ON stringers TO rbo_app;
GRANT SELECT, INSERT, UPDATE ON users, sessions, refresh_tokens TO rbo_app;
GRANT SELECT, INSERT, UPDATE ON rackets, strings TO rbo_app;
GRANT SELECT, INSERT ON persons TO rbo_app;
GRANT UPDATE (email, email_normalised, email_verified_at, display_first_name, display_last_name,
  default_locale, notification_prefs, updated_at) ON persons TO rbo_app;
GRANT SELECT, INSERT ON client_profiles TO rbo_app;
GRANT UPDATE (nickname, contact, internal_notes, default_tension_memo, search_key, updated_at)
  ON client_profiles TO rbo_app;
GRANT SELECT, INSERT, UPDATE ON client_rackets, orders TO rbo_app;
GRANT SELECT, INSERT ON order_state_audit TO rbo_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON pg_loco_queue TO rbo_app;
GRANT SELECT ON seaql_migrations TO rbo_app;
";
