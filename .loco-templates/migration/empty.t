{% set act = name | snake_case -%}
{% set at = ts | date(format="%Y%m%d_%H%M%S") -%}
{% set module = "m" ~ at ~ "_" ~ act -%}
to: migration/src/{{ module }}.rs
skip_glob: "migration/src/*_{{ act }}.rs"
message: "`{{ module }}` stands, and changes nothing yet: write `up`, and its inverse in `down`."
injections:
- into: migration/src/lib.rs
  before: "pub struct Migrator"
  content: "mod {{ module }};"
- into: migration/src/lib.rs
  before: "inject-above"
  content: "            Box::new({{ module }}::Migration),"
---
//! TODO: the one act that this is.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("`{{ act }}` is not written yet".into()))
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("`{{ act }}` is not written yet".into()))
    }
}
