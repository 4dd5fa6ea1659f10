//! How a stringer wants to be told: news by mail or not, and of what has waited too long. And it
//! may leave.

use sea_orm_migration::prelude::*;

use crate::columns::*;
use crate::m20261128_000031_persons_proven::kinds_of_mail;
use crate::row_level_security::{run, run_anywhere};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in columns() {
            let altered = Table::alter().table("stringers").add_column(column).take();
            manager.alter_table(altered).await?;
        }
        kinds_of_mail(
            manager,
            &["magiclink", "recovery", "invite", "own_pages", "introduction", "news"],
        )
        .await?;
        run_anywhere(manager, INDEXES).await?;
        run(manager, WALLS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, NO_WALLS).await?;
        run_anywhere(manager, NO_INDEXES).await?;
        run_anywhere(manager, "DELETE FROM outbox WHERE kind = 'news';").await?;
        kinds_of_mail(manager, &["magiclink", "recovery", "invite", "own_pages", "introduction"])
            .await?;
        let names =
            ["left_at", "news_mailed_at", "nudge_unpaid_days", "nudge_ready_days", "mails_news"];
        for column in names {
            let altered = Table::alter().table("stringers").drop_column(column).take();
            manager.alter_table(altered).await?;
        }
        Ok(())
    }
}

/// All off, until somebody says otherwise.
fn columns() -> [ColumnDef; 5] {
    let days = |name: &'static str| {
        let known = format!("{name} BETWEEN 1 AND 365");
        int_null(name).check(Expr::cust(known)).take()
    };
    [
        flag("mails_news"),
        days("nudge_ready_days"),
        days("nudge_unpaid_days"),
        moment_null("news_mailed_at"),
        moment_null("left_at"),
    ]
}

/// What is told, and what was done with shares, is listed from the latest on.
const INDEXES: &str = "
CREATE INDEX ix_notifications_at ON notifications (stringer_id, at, id);
CREATE INDEX ix_notifications_unread ON notifications (stringer_id, kind) WHERE read_at IS NULL;
CREATE INDEX ix_share_audit_at ON share_audit (stringer_id, at, id);";

const NO_INDEXES: &str = "
DROP INDEX ix_share_audit_at;
DROP INDEX ix_notifications_unread;
DROP INDEX ix_notifications_at;";

const WALLS: &str = "
GRANT UPDATE (mails_news, nudge_ready_days, nudge_unpaid_days, news_mailed_at)
  ON stringers TO rbo_app;
CREATE POLICY tell ON stringers FOR SELECT TO rbo_app
  USING ((SELECT rbo_purpose()) = 'tell' AND mails_news AND deactivated_at IS NULL);
GRANT UPDATE (left_at) ON stringers TO rbo_bypass;
GRANT UPDATE (deactivated_at, left_at) ON stringers TO rbo_app;
CREATE POLICY leave_seen ON stringers FOR SELECT TO rbo_app
  USING ((SELECT rbo_purpose()) = 'leave');
CREATE POLICY leave ON stringers FOR UPDATE TO rbo_app
  USING ((SELECT rbo_purpose()) = 'leave' AND role = 'stringer' AND deactivated_at IS NULL)
  WITH CHECK (rbo_purpose() = 'leave' AND deactivated_at IS NOT NULL AND left_at IS NOT NULL);
CREATE FUNCTION rbo_leave() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF current_user = 'rbo_app' AND rbo_purpose() IS DISTINCT FROM 'leave'
      AND (NEW.deactivated_at, NEW.left_at) IS DISTINCT FROM (OLD.deactivated_at, OLD.left_at) THEN
      RAISE insufficient_privilege USING MESSAGE = 'permission denied to deactivate';
    END IF;
    RETURN NEW;
  END $$;
CREATE TRIGGER leave BEFORE UPDATE ON stringers FOR EACH ROW EXECUTE FUNCTION rbo_leave();";

const NO_WALLS: &str = "
DROP TRIGGER leave ON stringers;
DROP FUNCTION rbo_leave();
DROP POLICY leave ON stringers;
DROP POLICY leave_seen ON stringers;
DROP POLICY tell ON stringers;
REVOKE UPDATE (deactivated_at, left_at) ON stringers FROM rbo_app;
REVOKE UPDATE (left_at) ON stringers FROM rbo_bypass;";
