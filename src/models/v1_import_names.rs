//! What the spellings of a file stand for: each upload remembers for the next whom and what its
//! words were taken for.

pub use super::_entities::v1_import_names::{ActiveModel, Column, Entity, Model};
use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm_tenancy::{Connection, Policy};

use super::{owned, readable};
use crate::values::stored_words;

impl ActiveModelBehavior for ActiveModel {}

stored_words! {
    "snake_case";

    /// What a spelling is one of.
    #[derive(PartialOrd, Ord)]
    pub enum NameKind {
        /// A client.
        Player,
        /// A model of rackets.
        Racket,
        /// A string.
        String,
        /// One of the stringer's own rackets, by the file's number for it.
        Own,
    }
}

/// Mine.
#[must_use]
pub fn policy() -> Policy {
    owned::<Entity>().only_settable(&["meant", "client_profile_id", "client_racket_id"])
}

/// What a spelling stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meant {
    /// The spelling that it was joined with, or itself.
    pub text: String,
    /// The client whom it names.
    pub client: Option<Uuid>,
    /// The racket of the stringer's own that it names.
    pub frame: Option<Uuid>,
}

/// All spellings that are known, by their kind and folded.
pub type Known = HashMap<(NameKind, String), Meant>;

impl Entity {
    /// What earlier uploads have taught.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn known(db: &impl Connection) -> Result<Known, DbErr> {
        let rows: Vec<Model> = readable::all(Self::find(), db).await?;
        let known = rows.into_iter().map(|row| {
            let (client, frame) = (row.client_profile_id, row.client_racket_id);
            ((row.kind, row.spelling), Meant { text: row.meant, client, frame })
        });
        Ok(known.collect())
    }

    /// Remembers what spellings stand for.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn remember(
        db: &impl Connection,
        names: HashMap<(NameKind, String), Meant>,
    ) -> Result<(), DbErr> {
        let row = |((kind, spelling), meant): ((NameKind, String), Meant)| ActiveModel {
            id: Set(Uuid::now_v7()),
            kind: Set(kind),
            spelling: Set(spelling),
            meant: Set(meant.text),
            client_profile_id: Set(meant.client),
            client_racket_id: Set(meant.frame),
            ..Default::default()
        };
        let rows: Vec<_> = names.into_iter().map(row).collect();
        // No database takes more values in one statement than some ten thousands.
        for some in rows.chunks(200) {
            let anew = OnConflict::columns([Column::StringerId, Column::Kind, Column::Spelling])
                .update_columns([Column::Meant, Column::ClientProfileId, Column::ClientRacketId])
                .to_owned();
            let some = some.to_vec();
            Self::insert_many(some).on_conflict(anew).exec_without_returning(db).await?;
        }
        Ok(())
    }
}
