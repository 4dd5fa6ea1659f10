//! Logos. The design has the picture in a column of `stringers`, which every page reads; here a
//! stringer and a receipt's snapshot say a digest, and the picture stands beside them for as long
//! as a receipt shows it.

use chrono::{Duration, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{QueryOrder as _, QuerySelect as _, TransactionSession as _};
use sea_orm_tenancy::{Connection, Policy};
use sha2::{Digest as _, Sha256};

pub use super::_entities::logos::{ActiveModel, Column, Entity, Model, Relation};
use super::{ModelResult, hold, or_not_found, owned, readable, receipt_emissions, stringers};
use crate::pictures::Picture;

impl ActiveModelBehavior for ActiveModel {}

/// A logo that was replaced is kept for so long at the least: a receipt with it may be on its way.
const KEPT_MINUTES: i64 = 60;

/// So many are kept at the most: what is asked for more than a logo is changed.
const MOST: u64 = 100;

/// Mine. A picture never changes: another one is another row.
#[must_use]
pub fn policy() -> Policy {
    owned::<Entity>().only_settable(&["replaced_at"]).delete("this.stringer_id = :me")
}

/// By what a picture is named: SHA-256, in hexadecimal.
fn digest(png: &[u8]) -> String {
    hex::encode(Sha256::digest(png))
}

impl Entity {
    /// Takes a picture for the receipts to come; `false` where too many are kept. Those before,
    /// which no receipt shows, go.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn take(db: &impl Connection, me: Uuid, picture: Picture) -> ModelResult<bool> {
        let txn = db.begin().await?;
        hold::<stringers::Entity>(&txn, me).await?;
        forget_unused(&txn).await?;
        if Self::find().count(&txn).await? >= MOST {
            return Ok(false);
        }
        let digest = digest(&picture.png);
        Self::keep(&txn, &digest, picture).await?;
        show(&txn, me, Some(&digest)).await?;
        txn.commit().await?;
        Ok(true)
    }

    /// Receipts to come have none.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn take_off(db: &impl Connection, me: Uuid) -> ModelResult<()> {
        let txn = db.begin().await?;
        hold::<stringers::Entity>(&txn, me).await?;
        show(&txn, me, None).await?;
        forget_unused(&txn).await?;
        Ok(txn.commit().await?)
    }

    /// Keeps a picture, once, by its name.
    pub(super) async fn keep(
        db: &impl Connection,
        digest: &str,
        picture: Picture,
    ) -> Result<(), DbErr> {
        let row = ActiveModel {
            id: Set(Uuid::now_v7()),
            digest: Set(digest.to_owned()),
            picture: Set(picture.png),
            created_at: Set(Utc::now().into()),
            ..Default::default()
        };
        let once = OnConflict::new().do_nothing().to_owned();
        Self::insert(row).on_conflict(once).exec_without_returning(db).await.map(drop)
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

    /// The key of a picture.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn key(db: &impl Connection, digest: &str) -> Result<Option<Uuid>, DbErr> {
        let named = Self::find().select_only().column(Column::Id);
        named.filter(Column::Digest.eq(digest)).into_tuple().one(db).await
    }

    /// Sees all that are kept, the oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn each(db: &impl Connection, see: impl FnMut(&Model) + Send) -> Result<(), DbErr> {
        readable::each(Self::find().order_by_asc(Column::Id), db, see).await
    }
}

impl Model {
    /// One of them, by the key that stands in its address: a digest there would look like a secret.
    ///
    /// # Errors
    /// When there is none for the caller.
    pub async fn by_key(db: &impl Connection, id: Uuid) -> ModelResult<Self> {
        or_not_found(readable::one(Entity::find_by_id(id), db).await?)
    }

    /// The picture of a digest.
    ///
    /// # Errors
    /// When there is none for the caller.
    pub async fn find(db: &impl Connection, digest: &str) -> ModelResult<Self> {
        let named = Entity::find().filter(Column::Digest.eq(digest));
        or_not_found(readable::one(named, db).await?)
    }
}

/// Makes it the next receipts', and remembers since when another is not any more.
async fn show(db: &impl Connection, me: Uuid, digest: Option<&str>) -> Result<(), DbErr> {
    let since = |at: Option<DateTimeUtc>| {
        Entity::update_many().col_expr(Column::ReplacedAt, Expr::value(at))
    };
    let digest = digest.map(str::to_owned);
    let others = since(Some(Utc::now())).filter(Column::ReplacedAt.is_null());
    let others = match &digest {
        Some(digest) => others.filter(Column::Digest.ne(digest)),
        None => others,
    };
    others.exec(db).await?;
    since(None).filter(Column::Digest.eq(digest.as_deref())).exec(db).await?;
    stringers::Entity::update_many()
        .col_expr(stringers::Column::Logo, Expr::value(digest))
        .col_expr(stringers::Column::UpdatedAt, Expr::value(Utc::now()))
        .filter(stringers::Column::Id.eq(me))
        .exec(db)
        .await
        .map(drop)
}

async fn forget_unused(db: &impl Connection) -> Result<(), DbErr> {
    let before = Utc::now() - Duration::minutes(KEPT_MINUTES);
    let others: Vec<String> = Entity::find()
        .select_only()
        .column(Column::Digest)
        .filter(Column::ReplacedAt.lt(before))
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
