to: src/models/{{ plural }}.rs
skip_exists: true
injections:
- into: src/models/mod.rs
  after_last: "^pub mod "
  content: "pub mod {{ plural }};"
- into: src/models/mod.rs
  after: "v1_import_names::policy"
  content: "        {{ plural }}::policy(),"
---
//! {{ many_en }}.

pub use super::_entities::{{ plural }}::{ActiveModel, Column, Entity, Model};
use chrono::Utc;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue, QueryOrder};
use sea_orm_tenancy::{Connection, Policy};

use super::{ModelResult, contains_words, or_not_found, owned, readable, search_key};

impl ActiveModelBehavior for ActiveModel {}

/// Rows a page of the list.
pub const PAGE: u64 = 50;

/// Mine, to read, change and remove.
#[must_use]
pub fn policy() -> Policy {
    owned::<Entity>().delete("this.stringer_id = :me")
}

/// What a stringer enters.
#[derive(Debug, Clone, Default)]
pub struct Draft {
{%- for field in fields %}
    /// {{ field.label }}.
    pub {{ field.name }}: {{ field.typed }},
{%- endfor %}
}

impl Draft {
    fn into_row(self, id: ActiveValue<Uuid>) -> ActiveModel {
        ActiveModel {
            id,
            search_key: Set(search_key([{{ searched }}])),
{%- for field in fields %}
            {{ field.name }}: Set(self.{{ field.name }}),
{%- endfor %}
            updated_at: Set(Utc::now().into()),
            ..Default::default()
        }
    }
}

impl Entity {
    /// A new one.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn add(db: &impl Connection, draft: Draft) -> ModelResult<Uuid> {
        let id = Uuid::now_v7();
        let row = ActiveModel { created_at: Set(Utc::now().into()), ..draft.into_row(Set(id)) };
        Self::insert(row).exec_without_returning(db).await?;
        Ok(id)
    }

    /// What was entered, changed.
    ///
    /// # Errors
    /// When there is none for the caller.
    pub async fn edit(db: &impl Connection, id: Uuid, draft: Draft) -> ModelResult<()> {
        let row = draft.into_row(ActiveValue::Unchanged(id));
        Self::update(row).exec(db).await?;
        Ok(())
    }

    /// Gone for good.
    ///
    /// # Errors
    /// When there is none for the caller.
    pub async fn remove(db: &impl Connection, id: Uuid) -> ModelResult<()> {
        let gone = Self::delete_by_id(id).exec(db).await?;
        or_not_found((gone.rows_affected == 1).then_some(()))
    }

    /// A page of those that contain all words of the query, the latest first; and
    /// whether there are more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn search(
        db: &impl Connection,
        query: &str,
        page: u64,
    ) -> Result<(Vec<Model>, bool), DbErr> {
        let latest_first = Self::find()
            .filter(contains_words(Column::SearchKey, query))
            .order_by_desc(Column::CreatedAt)
            .order_by_desc(Column::Id);
        readable::page(latest_first, page, PAGE, db).await
    }
}

impl Model {
    /// One of them.
    ///
    /// # Errors
    /// When there is none for the caller.
    pub async fn find(db: &impl Connection, id: Uuid) -> ModelResult<Self> {
        or_not_found(readable::one(Entity::find_by_id(id), db).await?)
    }
}
