//! Who may come in, and how: passwords apart from accounts, links by mail, invitations,
//! and the mails that are owed.

use sea_orm_migration::prelude::*;

use crate::columns::*;
use crate::row_level_security;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Columns that this act adds: SQLite takes one at a time.
const ADDED: [(&str, &str, &str); 7] = [
    ("users", "invited_at", MOMENT),
    ("users", "confirmed_at", MOMENT),
    ("users", "last_sign_in_at", MOMENT),
    ("users", "user_metadata", "TEXT"),
    ("sessions", "method", "TEXT NOT NULL DEFAULT 'password'"),
    ("sessions", "user_agent", "TEXT"),
    ("sessions", "refreshed_at", MOMENT),
];

/// As sea-query names it on the database at hand.
const MOMENT: &str = "a moment";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(passwords()).await?;
        row_level_security::move_rows(
            manager,
            &["users", "passwords"],
            "INSERT INTO passwords (id, user_id, hash, changed_at)
               SELECT id, id, password_hash, updated_at FROM users;",
        )
        .await?;
        manager
            .alter_table(Table::alter().table("users").drop_column("password_hash").take())
            .await?;
        for (table, column, kind) in ADDED {
            let added = if kind == MOMENT {
                let mut column = moment_null(column);
                manager.alter_table(Table::alter().table(table).add_column(&mut column).take())
            } else {
                let mut column = ColumnDef::new(column).custom(kind).take();
                manager.alter_table(Table::alter().table(table).add_column(&mut column).take())
            };
            added.await?;
        }
        manager.create_table(link_tokens()).await?;
        manager.create_table(invitations()).await?;
        manager.create_table(owed_mails()).await?;
        manager
            .create_index(index("owed_mails", "ix_owed_mails_due", &["state", "next_attempt_at"]))
            .await?;
        let lately = index("owed_mails", "ix_owed_mails_lately", &["email", "kind", "created_at"]);
        manager.create_index(lately).await?;
        manager.create_index(index("invitations", "ix_invitations_subject", &["subject"])).await?;
        for table in ["passwords", "link_tokens", "invitations", "owed_mails"] {
            row_level_security::enable(manager, table).await?;
        }
        row_level_security::run(manager, WALLS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        row_level_security::run(manager, NO_WALLS).await?;
        drop_tables(manager, &["owed_mails", "invitations", "link_tokens"]).await?;
        for (table, column, _) in ADDED {
            manager.alter_table(Table::alter().table(table).drop_column(column).take()).await?;
        }
        let mut hash = ColumnDef::new("password_hash").text().not_null().default("").take();
        manager.alter_table(Table::alter().table("users").add_column(&mut hash).take()).await?;
        row_level_security::move_rows(
            manager,
            &["users", "passwords"],
            "UPDATE users SET password_hash = coalesce(
               (SELECT hash FROM passwords WHERE user_id = users.id), '');",
        )
        .await?;
        drop_tables(manager, &["passwords"]).await
    }
}

/// An account may have one; who signs in by links alone has none.
fn passwords() -> TableCreateStatement {
    Table::create()
        .table("passwords")
        .col(key())
        .col(uuid("user_id"))
        .col(text("hash"))
        .col(moment("changed_at"))
        .index(&mut unique("uq_passwords_user".into(), &["user_id"]))
        .foreign_key(&mut global("passwords", "user_id", "users"))
        .take()
}

/// What a link in a mail carries, by its hash.
fn link_tokens() -> TableCreateStatement {
    Table::create()
        .table("link_tokens")
        .col(key())
        .col(uuid("user_id"))
        .col(text("kind"))
        .col(text("token_hash"))
        .col(moment("created_at"))
        .col(moment("expires_at"))
        .col(moment_null("used_at"))
        .index(&mut unique("uq_link_tokens_hash".into(), &["token_hash"]))
        .foreign_key(&mut global("link_tokens", "user_id", "users"))
        .check(one_of("kind", &["magiclink", "recovery", "invite"]))
        .take()
}

/// Who may become a stringer. A request for access is one that nobody has granted yet.
fn invitations() -> TableCreateStatement {
    Table::create()
        .table("invitations")
        .col(key())
        .col(text("email"))
        .col(text("locale"))
        .col(text("state"))
        .col(text_null("token_hash"))
        .col(text_null("subject"))
        .col(text_null("message"))
        .col(uuid_null("invited_by"))
        .col(uuid_null("stringer_id"))
        .col(moment("created_at"))
        .col(moment("updated_at"))
        .col(moment_null("link_expires_at"))
        .index(&mut unique("uq_invitations_token".into(), &["token_hash"]))
        .foreign_key(&mut global("invitations", "invited_by", "stringers"))
        .foreign_key(&mut global("invitations", "stringer_id", "stringers"))
        .check(one_of("state", &["asked", "sent", "accepted", "joined", "withdrawn"]))
        .check(Expr::cust("state NOT IN ('accepted', 'joined') OR subject IS NOT NULL"))
        .check(Expr::cust("(state = 'joined') = (stringer_id IS NOT NULL)"))
        .take()
}

/// A mail with a link that was asked for. The link is made when it is sent, so that no
/// token waits anywhere in clear; and it is written for any address, known or not, so
/// that asking takes the same time.
fn owed_mails() -> TableCreateStatement {
    Table::create()
        .table("owed_mails")
        .col(key())
        .col(text("kind"))
        .col(text("email"))
        .col(text("locale"))
        .col(uuid_null("invitation_id"))
        .col(text("state"))
        .col(int("attempts"))
        .col(moment("created_at"))
        .col(moment("next_attempt_at"))
        .foreign_key(&mut global("owed_mails", "invitation_id", "invitations"))
        .check(one_of("kind", &["magiclink", "recovery", "invite"]))
        .check(one_of("state", &["owed", "sent", "dropped"]))
        .check(Expr::cust("(kind = 'invite') = (invitation_id IS NOT NULL)"))
        .take()
}

const WALLS: &str = "
CREATE POLICY identity ON passwords TO rbo_app
  USING (rbo_purpose() IN ('sign_in', 'mend_account', 'first_run', 'demo'))
  WITH CHECK (rbo_purpose() IN ('mend_account', 'first_run', 'demo'));
CREATE POLICY identity ON link_tokens TO rbo_app
  USING (rbo_purpose() = 'sign_in') WITH CHECK (rbo_purpose() IN ('sign_in', 'post'));
CREATE POLICY identity ON invitations TO rbo_app
  USING (rbo_purpose() IN ('invite', 'post')) WITH CHECK (rbo_purpose() IN ('invite', 'post'));
CREATE POLICY identity ON owed_mails TO rbo_app
  USING (rbo_purpose() IN ('ask_for_mail', 'post'))
  WITH CHECK (rbo_purpose() IN ('ask_for_mail', 'post'));
DROP POLICY sign_in ON users;
CREATE POLICY identity ON users TO rbo_app
  USING (rbo_purpose() IN ('sign_in', 'mend_account', 'invite', 'post', 'first_run', 'demo'))
  WITH CHECK (rbo_purpose() IN ('sign_in', 'mend_account', 'invite', 'first_run', 'demo'));
CREATE POLICY invite ON stringers FOR SELECT TO rbo_app USING (rbo_purpose() = 'invite');
CREATE POLICY join_in ON stringers FOR INSERT TO rbo_app
  WITH CHECK (rbo_purpose() = 'invite' AND role = 'stringer' AND is_founder IS NULL);
GRANT UPDATE (deactivated_at, updated_at) ON stringers TO rbo_bypass;
CREATE POLICY retire ON stringers FOR UPDATE TO rbo_bypass USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON passwords, link_tokens, invitations, owed_mails TO rbo_app;
";

const NO_WALLS: &str = "
DROP POLICY retire ON stringers;
REVOKE UPDATE (deactivated_at, updated_at) ON stringers FROM rbo_bypass;
DROP POLICY join_in ON stringers;
DROP POLICY invite ON stringers;
DROP POLICY identity ON users;
CREATE POLICY sign_in ON users TO rbo_app
  USING (rbo_purpose() IN ('sign_in', 'first_run', 'demo'))
  WITH CHECK (rbo_purpose() IN ('first_run', 'demo'));
";
