//! The tenant root, and the embedded identity provider's own tables.

use sea_orm_migration::prelude::*;

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(stringers()).await?;
        manager.create_table(users()).await?;
        manager.create_table(sessions()).await?;
        manager.create_table(refresh_tokens()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["refresh_tokens", "sessions", "users", "stringers"]).await
    }
}

fn stringers() -> TableCreateStatement {
    Table::create()
        .table("stringers")
        .col(key())
        .col(text("subject"))
        .col(text("email"))
        .col(text("role"))
        .col(text("display_name"))
        .col(text_null("town"))
        .col(text_null("business_name"))
        .col(text_null("phone"))
        .col(text_null("business_address"))
        .col(ColumnDef::new("logo").blob().null())
        .col(text_null("receipt_thankyou_text"))
        .col(text("default_locale"))
        .col(text("time_zone"))
        .col(text("currency"))
        .col(text("tension_unit"))
        .col(ColumnDef::new("standard_labor").big_integer().not_null())
        .col(text("tax_regime"))
        // True for the one that the first-run page made, else null: two nulls
        // do not collide, two founders do.
        .col(ColumnDef::new("is_founder").boolean().null())
        .col(moment_null("deactivated_at"))
        .col(moment("created_at"))
        .col(moment("updated_at"))
        .index(&mut unique("uq_stringers_subject".into(), &["subject"]))
        .index(&mut unique("uq_stringers_founder".into(), &["is_founder"]))
        .check(one_of("role", &["stringer", "admin"]))
        .check(one_of("tension_unit", &["kg", "lb"]))
        .check(Expr::cust("is_founder IS NULL OR is_founder"))
        .take()
}

fn users() -> TableCreateStatement {
    Table::create()
        .table("users")
        .col(key())
        .col(text("email"))
        .col(text("password_hash"))
        .col(moment("created_at"))
        .col(moment("updated_at"))
        .index(&mut unique("uq_users_email".into(), &["email"]))
        .take()
}

fn sessions() -> TableCreateStatement {
    Table::create()
        .table("sessions")
        .col(key())
        .col(uuid("user_id"))
        .col(moment("created_at"))
        .col(moment_null("ended_at"))
        .foreign_key(&mut global("sessions", "user_id", "users"))
        .take()
}

fn refresh_tokens() -> TableCreateStatement {
    Table::create()
        .table("refresh_tokens")
        .col(key())
        .col(uuid("session_id"))
        .col(text("token_hash"))
        .col(moment("created_at"))
        .col(moment_null("used_at"))
        .index(&mut unique("uq_refresh_tokens_hash".into(), &["token_hash"]))
        .foreign_key(&mut global("refresh_tokens", "session_id", "sessions"))
        .take()
}
