to: migration/src/{{ module }}.rs
skip_glob: "migration/src/m????????_??????_{{ plural }}.rs"
injections:
- into: migration/src/lib.rs
  before: "pub struct Migrator"
  content: "mod {{ module }};"
- into: migration/src/lib.rs
  before: "inject-above"
  content: "            Box::new({{ module }}::Migration),"
---
//! {{ many_en }}.

use sea_orm_migration::prelude::*;

use crate::columns::*;
use crate::row_level_security;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table({{ plural }}()).await?;
        manager
            .create_index(index("{{ plural }}", "ix_{{ plural }}_recent", &["stringer_id", "created_at", "id"]))
            .await?;
        row_level_security::enable(manager, "{{ plural }}").await?;
        row_level_security::open_to_bypass(manager, "{{ plural }}").await?;
        row_level_security::own(manager, "{{ plural }}", "SELECT, INSERT, UPDATE, DELETE").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["{{ plural }}"]).await
    }
}

fn {{ plural }}() -> TableCreateStatement {
    Table::create()
        .table("{{ plural }}")
        .col(key())
        .col(uuid("stringer_id"))
{%- for field in fields %}
        .col({{ field.column }})
{%- endfor %}
        .col(text("search_key"))
        .col(moment("created_at"))
        .col(moment("updated_at"))
        .index(&mut tenant_key("{{ plural }}"))
        .foreign_key(&mut owner("{{ plural }}"))
        .take()
}
