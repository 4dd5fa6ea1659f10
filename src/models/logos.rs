//! Logos. The design has the picture in a column of `stringers`, which every page reads; here a
//! stringer and a receipt's snapshot say a digest, and the picture stands beside them for as long
//! as a receipt shows it.

use chrono::{Duration, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{QueryOrder as _, QuerySelect as _};
use sea_orm_tenancy::{Connection, Policy};
use sha2::{Digest as _, Sha256};

pub use super::_entities::logos::{ActiveModel, Column, Entity, Model, Relation};
use super::{ModelResult, or_not_found, owned, readable, receipt_emissions, stringers};
use crate::pictures::Picture;

impl ActiveModelBehavior for ActiveModel {}

/// A logo that was replaced is kept for so long at the least: a receipt with it may be on its way.
const KEPT_DAYS: i64 = 1;

/// Mine. A picture never changes: another one is another row.
#[must_use]
pub fn policy() -> Policy {
    owned::<Entity>().only_settable(&[]).delete("this.stringer_id = :me")
}

/// By what a picture is named: SHA-256, in hexadecimal.
#[must_use]
pub fn digest(png: &[u8]) -> String {
    hex::encode(Sha256::digest(png))
}

impl Entity {
    /// Takes a picture for the receipts to come. Those before, which no receipt shows, go.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn take(db: &impl Connection, me: Uuid, picture: Picture) -> ModelResult<()> {
        let now = stringers::Model::find(db, me).await?.logo;
        let digest = Self::keep(db, picture).await?;
        show(db, me, Some(&digest)).await?;
        let stays = [now, Some(digest)];
        Ok(forget_unused(db, stays.iter().flatten().map(String::as_str).collect()).await?)
    }

    /// Receipts to come have none.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn take_off(db: &impl Connection, me: Uuid) -> Result<(), DbErr> {
        show(db, me, None).await
    }

    /// Keeps a picture, once, and tells its digest.
    pub(super) async fn keep(db: &impl Connection, picture: Picture) -> Result<String, DbErr> {
        let digest = digest(&picture.png);
        let row = ActiveModel {
            id: Set(Uuid::now_v7()),
            digest: Set(digest.clone()),
            wide: Set(picture.wide.into()),
            high: Set(picture.high.into()),
            picture: Set(picture.png),
            created_at: Set(Utc::now().into()),
            ..Default::default()
        };
        let once = OnConflict::new().do_nothing().to_owned();
        Self::insert(row).on_conflict(once).exec_without_returning(db).await?;
        Ok(digest)
    }

    /// Makes one of those that are kept the next receipts', unless the stringer has one.
    pub(super) async fn take_over(
        db: &impl Connection,
        me: Uuid,
        digest: Option<&str>,
    ) -> ModelResult<()> {
        if stringers::Model::find(db, me).await?.logo.is_none() && digest.is_some() {
            show(db, me, digest).await?;
        }
        Ok(())
    }

    /// All that are kept, the oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn all(db: &impl Connection) -> Result<Vec<Model>, DbErr> {
        readable::all(Self::find().order_by_asc(Column::Id), db).await
    }
}

impl Model {
    /// The picture of a digest.
    ///
    /// # Errors
    /// When there is none for the caller.
    pub async fn find(db: &impl Connection, digest: &str) -> ModelResult<Self> {
        let named = Entity::find().filter(Column::Digest.eq(digest));
        or_not_found(readable::one(named, db).await?)
    }
}

async fn show(db: &impl Connection, me: Uuid, digest: Option<&str>) -> Result<(), DbErr> {
    stringers::Entity::update_many()
        .col_expr(stringers::Column::Logo, Expr::value(digest))
        .col_expr(stringers::Column::UpdatedAt, Expr::value(Utc::now()))
        .filter(stringers::Column::Id.eq(me))
        .exec(db)
        .await
        .map(drop)
}

async fn forget_unused(db: &impl Connection, stays: Vec<&str>) -> Result<(), DbErr> {
    let before = Utc::now() - Duration::days(KEPT_DAYS);
    let others: Vec<String> = Entity::find()
        .select_only()
        .column(Column::Digest)
        .filter(Column::Digest.is_not_in(stays))
        .filter(Column::CreatedAt.lt(before))
        .into_tuple()
        .all(db)
        .await?;
    for digest in others {
        if !receipt_emissions::Entity::shows(db, &digest).await? {
            Entity::delete_many().filter(Column::Digest.eq(digest)).exec(db).await?;
        }
    }
    Ok(())
}
