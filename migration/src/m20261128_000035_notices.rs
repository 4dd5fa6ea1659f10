//! How a stringer wants to be told: news by mail or not, and of what has waited too long.

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
        run(manager, WALLS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, "DROP POLICY tell ON stringers;").await?;
        run_anywhere(manager, "DELETE FROM outbox WHERE kind = 'news';").await?;
        kinds_of_mail(manager, &["magiclink", "recovery", "invite", "own_pages", "introduction"])
            .await?;
        for column in ["news_mailed_at", "nudge_unpaid_days", "nudge_ready_days", "mails_news"] {
            let altered = Table::alter().table("stringers").drop_column(column).take();
            manager.alter_table(altered).await?;
        }
        Ok(())
    }
}

/// All off, until somebody says otherwise.
fn columns() -> [ColumnDef; 4] {
    let days = |name: &'static str| {
        let known = format!("{name} BETWEEN 1 AND 365");
        int_null(name).check(Expr::cust(known)).take()
    };
    [
        flag("mails_news"),
        days("nudge_ready_days"),
        days("nudge_unpaid_days"),
        moment_null("news_mailed_at"),
    ]
}

const WALLS: &str = "
GRANT UPDATE (mails_news, nudge_ready_days, nudge_unpaid_days, news_mailed_at)
  ON stringers TO rbo_app;
CREATE POLICY tell ON stringers FOR SELECT TO rbo_app
  USING ((SELECT rbo_purpose()) = 'tell' AND mails_news AND deactivated_at IS NULL);";
