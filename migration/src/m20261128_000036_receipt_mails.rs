//! Mails of receipts: what is owed, what went out, and what became of it.

use sea_orm_migration::prelude::*;

use crate::columns::*;
use crate::row_level_security::{self, run, run_anywhere};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(mails()).await?;
        let sent_at = Table::alter().table("outbox").add_column(moment_null("sent_at")).take();
        manager.alter_table(sent_at).await?;
        run_anywhere(manager, INDEXES).await?;
        row_level_security::enable(manager, "receipt_mails").await?;
        row_level_security::open_to_bypass(manager, "receipt_mails").await?;
        row_level_security::own(manager, "receipt_mails", "SELECT, INSERT, UPDATE").await?;
        kinds_of_news(manager, &[&TOLD[..], &["receipt_not_mailed"]].concat()).await?;
        run(manager, WALLS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, NO_WALLS).await?;
        let told = "DELETE FROM notifications WHERE kind = 'receipt_not_mailed';";
        row_level_security::move_rows(manager, &["notifications"], told).await?;
        kinds_of_news(manager, &TOLD).await?;
        run_anywhere(manager, "DROP INDEX ix_outbox_sent; ALTER TABLE outbox DROP COLUMN sent_at;")
            .await?;
        drop_tables(manager, &["receipt_mails"]).await
    }
}

/// What somebody was told of until now.
const TOLD: [&str; 5] = [
    "share_granted_to_me",
    "share_revoked_from_me",
    "my_order_visible_to_third_party",
    "catalogue_submission_pending",
    "catalogue_submission_decided",
];

/// SQLite changes no check of a table that is there, so what was told is written anew.
async fn kinds_of_news(manager: &SchemaManager<'_>, kinds: &[&'static str]) -> Result<(), DbErr> {
    let known = kinds.iter().map(|kind| format!("'{kind}'")).collect::<Vec<_>>().join(", ");
    if is_postgres(manager) {
        let anew = format!(
            "ALTER TABLE notifications DROP CONSTRAINT notifications_kind_check;
             ALTER TABLE notifications ADD CONSTRAINT notifications_kind_check
               CHECK (kind IN ({known}));"
        );
        return run(manager, &anew).await;
    }
    manager.create_table(notifications(kinds)).await?;
    run_anywhere(manager, WRITTEN_ANEW).await
}

fn notifications(kinds: &[&'static str]) -> TableCreateStatement {
    Table::create()
        .table("notifications_anew")
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
        .check(one_of("kind", kinds))
        .take()
}

const WRITTEN_ANEW: &str = "
INSERT INTO notifications_anew SELECT id, stringer_id, actor_id, actor_person_id, kind,
  order_stringer_id, order_id, at, read_at FROM notifications;
DROP TABLE notifications;
ALTER TABLE notifications_anew RENAME TO notifications;
CREATE INDEX ix_notifications ON notifications (stringer_id, read_at, at);
CREATE INDEX ix_notifications_at ON notifications (stringer_id, at, id);
CREATE INDEX ix_notifications_unread ON notifications (stringer_id, kind) WHERE read_at IS NULL;
";

/// The address is written down when it is written to, and not before: it may be mended until then.
fn mails() -> TableCreateStatement {
    Table::create()
        .table("receipt_mails")
        .col(key())
        .col(uuid("stringer_id"))
        .col(uuid("order_id"))
        .col(uuid("emission_id"))
        .col(text("state"))
        .col(text_null("address"))
        .col(flag("by_hand"))
        .col(int("attempts").default(0).take())
        .col(moment("next_attempt_at"))
        .col(text_null("last_error"))
        .col(moment("created_at"))
        .col(moment_null("taken_at"))
        .col(moment_null("settled_at"))
        .index(&mut tenant_key("receipt_mails"))
        .foreign_key(&mut owner("receipt_mails"))
        .foreign_key(&mut within_tenant("receipt_mails", "order_id", "orders"))
        .foreign_key(&mut within_tenant("receipt_mails", "emission_id", "receipt_emissions"))
        .check(one_of(
            "state",
            &[
                "owed",
                "sending",
                "sent",
                "unknown",
                "refused",
                "given_up",
                "called_back",
                "nobody",
                "no_server",
            ],
        ))
        .take()
}

/// An order has one mail on its way: two who ask for it at one instant get one.
const INDEXES: &str = "
CREATE UNIQUE INDEX uq_receipt_mails_on_its_way ON receipt_mails (stringer_id, order_id)
  WHERE state IN ('owed', 'sending');
CREATE INDEX ix_receipt_mails_order ON receipt_mails (stringer_id, order_id, id);
CREATE INDEX ix_receipt_mails_owed ON receipt_mails (next_attempt_at)
  WHERE state IN ('owed', 'sending');
CREATE INDEX ix_receipt_mails_taken ON receipt_mails (taken_at) WHERE taken_at IS NOT NULL;
CREATE INDEX ix_receipt_mails_refused ON receipt_mails (stringer_id, address)
  WHERE state IN ('refused', 'sent');
CREATE INDEX ix_outbox_sent ON outbox (sent_at) WHERE sent_at IS NOT NULL;";

const WALLS: &str = "
CREATE POLICY sweep ON receipt_mails FOR SELECT TO rbo_app
  USING ((SELECT rbo_purpose()) = 'sweep');
CREATE POLICY count_mails ON receipt_mails FOR SELECT TO rbo_app
  USING ((SELECT rbo_purpose()) = 'count_mails');
CREATE POLICY count_mails ON outbox FOR SELECT TO rbo_app
  USING ((SELECT rbo_purpose()) = 'count_mails');
CREATE POLICY finalise ON receipt_mails FOR UPDATE TO rbo_bypass
  USING ((SELECT rbo_purpose()) = 'finalise_erasure')
  WITH CHECK (rbo_purpose() = 'finalise_erasure');
GRANT UPDATE (address, last_error) ON receipt_mails TO rbo_bypass;";

const NO_WALLS: &str = "
DROP POLICY count_mails ON outbox;
DROP POLICY finalise ON receipt_mails;
DROP POLICY count_mails ON receipt_mails;
DROP POLICY sweep ON receipt_mails;";
