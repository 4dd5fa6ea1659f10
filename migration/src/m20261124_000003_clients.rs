//! Persons, each stringer's private file on them, and their rackets.

use sea_orm_migration::prelude::*;

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(persons()).await?;
        manager.create_table(client_profiles()).await?;
        manager.create_table(client_rackets()).await?;
        let db = manager.get_connection();
        // Several drafts may share a parent's address; a verified one is unique.
        db.execute_unprepared(
            "CREATE UNIQUE INDEX uq_persons_verified_email ON persons (email_normalised) \
             WHERE email_verified_at IS NOT NULL AND merged_into IS NULL AND deleted_at IS NULL",
        )
        .await?;
        db.execute_unprepared(
            "CREATE UNIQUE INDEX uq_client_profiles_self ON client_profiles (stringer_id) \
             WHERE is_self_for_stringer",
        )
        .await?;
        for (table, name, columns) in [
            ("persons", "ix_persons_creator", &["created_by"][..]),
            ("client_profiles", "ix_client_profiles_search", &["stringer_id", "search_key"]),
            ("client_profiles", "ix_client_profiles_person", &["person_id", "stringer_id"]),
            ("client_rackets", "ix_client_rackets_client", &["stringer_id", "client_profile_id"]),
        ] {
            manager.create_index(index(table, name, columns)).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["client_rackets", "client_profiles", "persons"]).await
    }
}

fn persons() -> TableCreateStatement {
    Table::create()
        .table("persons")
        .col(key())
        .col(text_null("email"))
        .col(text_null("email_normalised"))
        .col(moment_null("email_verified_at"))
        .col(text_null("subject"))
        .col(text("display_first_name"))
        .col(text("display_last_name"))
        .col(text_null("default_locale"))
        .col(text("notification_prefs").default("{}").take())
        .col(uuid("created_by"))
        .col(uuid_null("merged_into"))
        .col(moment_null("deleted_at"))
        .col(moment_null("scrubbed_at"))
        .col(moment("created_at"))
        .col(moment("updated_at"))
        .index(&mut unique("uq_persons_subject".into(), &["subject"]))
        .foreign_key(&mut global("persons", "created_by", "stringers"))
        .foreign_key(&mut global("persons", "merged_into", "persons"))
        .take()
}

fn client_profiles() -> TableCreateStatement {
    Table::create()
        .table("client_profiles")
        .col(key())
        .col(uuid("stringer_id"))
        .col(uuid_null("person_id"))
        .col(text_null("nickname"))
        .col(text_null("contact"))
        .col(text_null("internal_notes"))
        .col(text_null("default_tension_memo"))
        .col(flag("is_self_for_stringer"))
        .col(text("search_key"))
        .col(moment("created_at"))
        .col(moment("updated_at"))
        .index(&mut tenant_key("client_profiles"))
        // An order says whether it is a self job; this key makes it say the truth.
        .index(&mut unique(
            "uq_client_profiles_self_kind".into(),
            &["stringer_id", "id", "is_self_for_stringer"],
        ))
        .index(&mut unique(
            "uq_client_profiles_tenant_person".into(),
            &["stringer_id", "person_id"],
        ))
        .foreign_key(&mut owner("client_profiles"))
        .foreign_key(&mut global("client_profiles", "person_id", "persons"))
        .check(Expr::cust("is_self_for_stringer = (person_id IS NULL)"))
        .take()
}

fn client_rackets() -> TableCreateStatement {
    Table::create()
        .table("client_rackets")
        .col(key())
        .col(uuid("stringer_id"))
        .col(uuid("client_profile_id"))
        .col(uuid("racket_id"))
        .col(text_null("nickname"))
        .col(text_null("serial"))
        .col(text_null("grip_size"))
        .col(text("label_code"))
        .col(flag("in_rotation").default(true).take())
        .col(moment("created_at"))
        .col(moment("updated_at"))
        .index(&mut tenant_key("client_rackets"))
        .index(&mut unique(
            "uq_client_rackets_owner".into(),
            &["stringer_id", "client_profile_id", "id"],
        ))
        .index(&mut unique("uq_client_rackets_label".into(), &["stringer_id", "label_code"]))
        .foreign_key(&mut owner("client_rackets"))
        .foreign_key(&mut within_tenant("client_rackets", "client_profile_id", "client_profiles"))
        .foreign_key(&mut global("client_rackets", "racket_id", "rackets"))
        .take()
}
