//! Orders that came from a file, each by the file's own number: a second upload of it adds
//! none of them again, and knows which it says otherwise now.

pub use super::_entities::v1_import_rows::{ActiveModel, Column, Entity, Model};
use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::QuerySelect as _;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm_tenancy::{Connection, Policy};

use super::owned;

impl ActiveModelBehavior for ActiveModel {}

/// Mine; what a row says may be taken over anew.
#[must_use]
pub fn policy() -> Policy {
    owned::<Entity>().only_settable(&["import_id", "digest"])
}

/// What was taken over of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The order that it became.
    pub order: Uuid,
    /// Of all that it said.
    pub digest: String,
}

impl Entity {
    /// All rows that were ever taken over, by the number that they have in their file.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn taken(db: &impl Connection) -> Result<HashMap<String, Taken>, DbErr> {
        let rows = Self::find()
            .select_only()
            .columns([Column::ExternalRef, Column::OrderId, Column::Digest])
            .into_tuple::<(String, Uuid, String)>();
        let rows = rows.all(db).await?.into_iter();
        Ok(rows.map(|(number, order, digest)| (number, Taken { order, digest })).collect())
    }

    /// A row says something else now, which was taken over.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn renew(
        db: &impl Connection,
        import: Uuid,
        external_ref: &str,
        digest: &str,
    ) -> Result<(), DbErr> {
        Self::update_many()
            .col_expr(Column::ImportId, Expr::value(import))
            .col_expr(Column::Digest, Expr::value(digest))
            .filter(Column::ExternalRef.eq(external_ref))
            .exec(db)
            .await
            .map(drop)
    }

    /// Notes what became of rows.
    ///
    /// # Errors
    /// When the database does not answer, or a row was taken over by another meanwhile.
    pub async fn note(
        db: &impl Connection,
        import: Uuid,
        rows: Vec<(String, Taken)>,
    ) -> Result<(), DbErr> {
        let row = |(external_ref, taken): (String, Taken)| ActiveModel {
            id: Set(Uuid::now_v7()),
            import_id: Set(import),
            order_id: Set(taken.order),
            external_ref: Set(external_ref),
            digest: Set(taken.digest),
            ..Default::default()
        };
        let rows: Vec<_> = rows.into_iter().map(row).collect();
        if rows.is_empty() {
            return Ok(());
        }
        Self::insert_many(rows).exec_without_returning(db).await.map(drop)
    }
}
