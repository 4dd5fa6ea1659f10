//! The bytes of an export, piece by piece.

use std::io::Read;

pub use crate::models::_entities::export_parts::{ActiveModel, Column, Entity, Model};
use sea_orm::ActiveValue::Set;
use sea_orm::QuerySelect as _;
use sea_orm::entity::prelude::*;
use sea_orm_tenancy::{Connection, Policy};

use crate::models::owned;

impl ActiveModelBehavior for ActiveModel {}

/// So many bytes in a piece.
const PIECE: usize = 256 * 1024;

/// Mine, and never changed.
#[must_use]
pub fn policy() -> Policy {
    owned::<Entity>().only_settable(&[]).delete("this.stringer_id = :me")
}

impl Entity {
    /// Keeps a file, piece by piece; and how large it is.
    ///
    /// # Errors
    /// When the file cannot be read, or the database does not answer.
    pub async fn keep(
        db: &impl Connection,
        export: Uuid,
        mut file: impl Read + Send,
    ) -> Result<i64, DbErr> {
        Self::clear(db, export).await?;
        let mut size = 0;
        for number in 0.. {
            let mut bytes = Vec::with_capacity(PIECE);
            let piece = file.by_ref().take(PIECE as u64).read_to_end(&mut bytes);
            piece.map_err(|error| DbErr::Custom(error.to_string()))?;
            if bytes.is_empty() {
                break;
            }
            size += i64::try_from(bytes.len()).unwrap_or(i64::MAX);
            let row = ActiveModel {
                export_id: Set(export),
                number: Set(number),
                bytes: Set(bytes),
                ..Default::default()
            };
            Self::insert(row).exec_without_returning(db).await?;
        }
        Ok(size)
    }

    /// A piece of an export; `None` behind the last one.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn piece(
        db: &impl Connection,
        export: Uuid,
        number: i64,
    ) -> Result<Option<Vec<u8>>, DbErr> {
        Self::find()
            .select_only()
            .column(Column::Bytes)
            .filter(Column::ExportId.eq(export))
            .filter(Column::Number.eq(number))
            .into_tuple()
            .one(db)
            .await
    }

    pub(super) async fn clear(db: &impl Connection, export: Uuid) -> Result<(), DbErr> {
        Self::delete_many().filter(Column::ExportId.eq(export)).exec(db).await.map(drop)
    }
}
