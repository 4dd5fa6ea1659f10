//! Persons that have proven their address: links that are mailed to it, what a person said of
//! others that are known by the same address, and which persons were found to be one.

use sea_orm_migration::prelude::*;

use crate::columns::*;
use crate::row_level_security::{self, run, run_anywhere};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLES: [&str; 3] = ["person_merges", "person_answers", "person_proofs"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [proofs(), answers(), merges()] {
            manager.create_table(table).await?;
        }
        run_anywhere(manager, COLUMNS).await?;
        kinds_of_mail(manager, &["magiclink", "recovery", "invite", "own_pages", "introduction"])
            .await?;
        for table in TABLES {
            row_level_security::enable(manager, table).await?;
        }
        run(manager, CHANGE_PERSON).await?;
        run(manager, WALLS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, NO_WALLS).await?;
        run_anywhere(manager, "DELETE FROM outbox WHERE kind IN ('own_pages', 'introduction');")
            .await?;
        kinds_of_mail(manager, &["magiclink", "recovery", "invite"]).await?;
        run_anywhere(manager, NO_COLUMNS).await?;
        drop_tables(manager, &TABLES).await
    }
}

/// A link that was mailed to an address, by its hash; whoever uses it has the address.
fn proofs() -> TableCreateStatement {
    Table::create()
        .table("person_proofs")
        .col(key())
        .col(text("address"))
        .col(text("token_hash"))
        .col(moment("created_at"))
        .col(moment("expires_at"))
        .col(moment_null("used_at"))
        .index(&mut unique("uq_person_proofs_token".into(), &["token_hash"]))
        .take()
}

/// What a person said of another one that a workshop knows by the same address.
fn answers() -> TableCreateStatement {
    Table::create()
        .table("person_answers")
        .col(key())
        .col(uuid("person_id"))
        .col(uuid("other_id"))
        .col(flag("is_same"))
        .col(moment("at"))
        .index(&mut unique("uq_person_answers_other".into(), &["person_id", "other_id"]))
        .foreign_key(&mut global("person_answers", "person_id", "persons"))
        .foreign_key(&mut global("person_answers", "other_id", "persons"))
        .take()
}

/// Two persons that were found to be one: by the person itself, or by an admin.
fn merges() -> TableCreateStatement {
    Table::create()
        .table("person_merges")
        .col(key())
        .col(uuid("survivor_id"))
        .col(uuid("merged_id"))
        .col(uuid_null("admin_id"))
        .col(text_null("reason"))
        .col(text_null("request_id"))
        .col(int("files"))
        .col(moment("at"))
        .index(&mut unique("uq_person_merges_merged".into(), &["merged_id"]))
        .foreign_key(&mut global("person_merges", "survivor_id", "persons"))
        .foreign_key(&mut global("person_merges", "merged_id", "persons"))
        .foreign_key(&mut global("person_merges", "admin_id", "stringers"))
        .check(Expr::cust("survivor_id <> merged_id"))
        .check(Expr::cust("(admin_id IS NULL) = (reason IS NULL)"))
        .take()
}

const COLUMNS: &str = "
ALTER TABLE person_claims ADD COLUMN address text;
CREATE INDEX ix_persons_address ON persons (email_normalised) WHERE email_normalised IS NOT NULL;
CREATE INDEX ix_person_merges_survivor ON person_merges (survivor_id);
";

const NO_COLUMNS: &str = "
DROP INDEX ix_person_merges_survivor;
DROP INDEX ix_persons_address;
ALTER TABLE person_claims DROP COLUMN address;
";

/// SQLite changes no check of a table that is there, so the outbox is written anew.
pub(crate) async fn kinds_of_mail(
    manager: &SchemaManager<'_>,
    kinds: &[&'static str],
) -> Result<(), DbErr> {
    let known = kinds.iter().map(|kind| format!("'{kind}'")).collect::<Vec<_>>().join(", ");
    if is_postgres(manager) {
        let anew = format!(
            "ALTER TABLE outbox DROP CONSTRAINT owed_mails_kind_check;
             ALTER TABLE outbox ADD CONSTRAINT owed_mails_kind_check CHECK (kind IN ({known}));"
        );
        return run(manager, &anew).await;
    }
    manager.create_table(outbox(kinds)).await?;
    run_anywhere(manager, WRITTEN_ANEW).await
}

fn outbox(kinds: &[&'static str]) -> TableCreateStatement {
    Table::create()
        .table("outbox_anew")
        .col(key())
        .col(text("kind"))
        .col(text("email"))
        .col(text("locale"))
        .col(uuid_null("invitation_id"))
        .col(text("state"))
        .col(int("attempts"))
        .col(moment("created_at"))
        .col(moment("next_attempt_at"))
        .foreign_key(&mut global("outbox", "invitation_id", "invitations"))
        .check(one_of("kind", kinds))
        .check(one_of("state", &["owed", "sent", "dropped"]))
        .check(Expr::cust("(kind = 'invite') = (invitation_id IS NOT NULL)"))
        .take()
}

const WRITTEN_ANEW: &str = "
INSERT INTO outbox_anew SELECT id, kind, email, locale, invitation_id, state, attempts,
  created_at, next_attempt_at FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_anew RENAME TO outbox;
CREATE INDEX ix_outbox_due ON outbox (state, next_attempt_at);
CREATE INDEX ix_outbox_lately ON outbox (email, kind, created_at);
CREATE UNIQUE INDEX uq_outbox_open ON outbox (email, kind)
  WHERE state = 'owed' AND invitation_id IS NULL;
CREATE UNIQUE INDEX uq_outbox_invitation ON outbox (invitation_id)
  WHERE state = 'owed' AND invitation_id IS NOT NULL;
";

/// Nobody but the purposes for it says who somebody is, that two are one, or that one is gone:
/// neither a stringer of its client, nor a person of itself. And on whom a file is, is said once.
const CHANGE_PERSON: &str = "
CREATE OR REPLACE FUNCTION rbo_change_person() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF current_user <> 'rbo_app' OR rbo_purpose() IS NOT NULL THEN RETURN NEW; END IF;
    IF (NEW.subject, NEW.merged_into, NEW.deleted_at, NEW.scrubbed_at)
      IS DISTINCT FROM (OLD.subject, OLD.merged_into, OLD.deleted_at, OLD.scrubbed_at) THEN
      RAISE insufficient_privilege USING MESSAGE = 'permission denied to say who a person is';
    END IF;
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
CREATE FUNCTION rbo_change_file() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF current_user = 'rbo_app' AND rbo_purpose() IS DISTINCT FROM 'prove_person' THEN
      RAISE insufficient_privilege USING MESSAGE = 'permission denied to say whom a file is on';
    END IF;
    RETURN NEW;
  END $$;
CREATE TRIGGER change_file BEFORE UPDATE OF person_id ON client_profiles
  FOR EACH ROW EXECUTE FUNCTION rbo_change_file();
CREATE OR REPLACE FUNCTION rbo_may_link(person uuid, whose uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT EXISTS (SELECT 1 FROM persons h WHERE h.id = person AND h.created_by = whose
        AND h.merged_into IS NULL AND h.deleted_at IS NULL) $$;
";

/// `prove_person` finds whom an address belongs to, and takes the person's word; `send_mail` makes
/// the links. What somebody gave leave for who had not proven who it is, ends.
const WALLS: &str = "
CREATE POLICY prove ON person_proofs TO rbo_app
  USING ((SELECT rbo_purpose()) = 'prove_person') WITH CHECK (rbo_purpose() = 'prove_person');
CREATE POLICY send ON person_proofs FOR INSERT TO rbo_app
  WITH CHECK (rbo_purpose() = 'send_mail');
CREATE POLICY forget ON person_proofs FOR DELETE TO rbo_app
  USING ((SELECT rbo_purpose()) = 'forget');
CREATE POLICY forgotten ON person_proofs FOR SELECT TO rbo_app
  USING ((SELECT rbo_purpose()) = 'forget');
GRANT SELECT, INSERT, UPDATE (used_at), DELETE ON person_proofs TO rbo_app;
CREATE POLICY prove ON person_answers TO rbo_app
  USING ((SELECT rbo_purpose()) = 'prove_person') WITH CHECK (rbo_purpose() = 'prove_person');
GRANT SELECT, INSERT ON person_answers TO rbo_app;
CREATE POLICY prove ON person_merges FOR INSERT TO rbo_app
  WITH CHECK (rbo_purpose() = 'prove_person' AND admin_id IS NULL);
GRANT INSERT ON person_merges TO rbo_app;

ALTER POLICY know ON person_claims
  USING ((SELECT rbo_purpose()) IN ('know_person', 'prove_person'))
  WITH CHECK (rbo_purpose() IN ('know_person', 'prove_person'));
ALTER POLICY know ON persons
  USING ((SELECT rbo_purpose()) IN ('know_person', 'prove_person', 'send_mail'));
CREATE POLICY prove ON persons FOR UPDATE TO rbo_app
  USING ((SELECT rbo_purpose()) = 'prove_person') WITH CHECK (rbo_purpose() = 'prove_person');
GRANT UPDATE (subject, merged_into) ON persons TO rbo_app;

ALTER POLICY know ON client_profiles
  USING ((SELECT rbo_purpose()) IN ('know_person', 'prove_person', 'send_mail'));
CREATE POLICY prove ON client_profiles FOR UPDATE TO rbo_app
  USING ((SELECT rbo_purpose()) = 'prove_person') WITH CHECK (rbo_purpose() = 'prove_person');
GRANT UPDATE (person_id) ON client_profiles TO rbo_app;

CREATE POLICY prove_read ON orders FOR SELECT TO rbo_app
  USING ((SELECT rbo_purpose()) = 'prove_person');
CREATE POLICY prove ON orders FOR UPDATE TO rbo_app
  USING ((SELECT rbo_purpose()) = 'prove_person') WITH CHECK (rbo_purpose() = 'prove_person');

ALTER POLICY know ON stringers
  USING ((SELECT rbo_purpose()) IN ('know_person', 'prove_person', 'send_mail'));

CREATE POLICY prove_read ON order_shares FOR SELECT TO rbo_app
  USING ((SELECT rbo_purpose()) = 'prove_person');
CREATE POLICY prove ON order_shares FOR UPDATE TO rbo_app
  USING ((SELECT rbo_purpose()) = 'prove_person')
  WITH CHECK (rbo_purpose() = 'prove_person' AND revoked_at IS NOT NULL);
CREATE POLICY prove_read ON person_stringer_shares FOR SELECT TO rbo_app
  USING ((SELECT rbo_purpose()) = 'prove_person');
CREATE POLICY prove ON person_stringer_shares FOR UPDATE TO rbo_app
  USING ((SELECT rbo_purpose()) = 'prove_person')
  WITH CHECK (rbo_purpose() = 'prove_person' AND revoked_at IS NOT NULL);
CREATE POLICY prove ON share_audit FOR INSERT TO rbo_app
  WITH CHECK (rbo_purpose() = 'prove_person' AND event = 'revoked' AND actor_id IS NULL);
CREATE POLICY prove ON notifications FOR INSERT TO rbo_app
  WITH CHECK (rbo_purpose() = 'prove_person' AND kind = 'share_revoked_from_me'
    AND actor_id IS NULL);
";

const NO_WALLS: &str = "
DROP POLICY prove ON notifications;
DROP POLICY prove ON share_audit;
DROP POLICY prove ON person_stringer_shares;
DROP POLICY prove_read ON person_stringer_shares;
DROP POLICY prove ON order_shares;
DROP POLICY prove_read ON order_shares;
ALTER POLICY know ON stringers USING ((SELECT rbo_purpose()) = 'know_person');
DROP POLICY prove ON orders;
DROP POLICY prove_read ON orders;
REVOKE UPDATE (person_id) ON client_profiles FROM rbo_app;
DROP POLICY prove ON client_profiles;
ALTER POLICY know ON client_profiles USING ((SELECT rbo_purpose()) = 'know_person');
REVOKE UPDATE (subject, merged_into) ON persons FROM rbo_app;
DROP POLICY prove ON persons;
ALTER POLICY know ON persons USING ((SELECT rbo_purpose()) = 'know_person');
ALTER POLICY know ON person_claims
  USING ((SELECT rbo_purpose()) = 'know_person') WITH CHECK (rbo_purpose() = 'know_person');
CREATE OR REPLACE FUNCTION rbo_may_link(person uuid, whose uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT EXISTS (SELECT 1 FROM persons h WHERE h.id = person AND h.created_by = whose) $$;
DROP TRIGGER change_file ON client_profiles;
DROP FUNCTION rbo_change_file();
CREATE OR REPLACE FUNCTION rbo_change_person() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
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
";
