//! Reading rows, with their key in the error where one cannot be read: a word that is in no
//! vocabulary is never taken for another one.

use futures_util::TryStreamExt as _;
use sea_orm::prelude::Uuid;
use sea_orm::{DbErr, EntityTrait, FromQueryResult, QueryResult, QuerySelect as _, Select};
use sea_orm_tenancy::Connection;

/// A row, or an error that names it.
struct Keyed<R>(R);

impl<R: FromQueryResult> FromQueryResult for Keyed<R> {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        R::from_query_result(row, prefix).map(Self).map_err(|error| {
            let key =
                row.try_get::<Uuid>(prefix, "id").map_or_else(|_| "?".into(), |id| id.to_string());
            DbErr::Type(format!("the row {key} cannot be read: {error}"))
        })
    }
}

/// The first row, if there is one.
pub(super) async fn one<E: EntityTrait, R: FromQueryResult + Send + Sync>(
    rows: Select<E>,
    db: &impl Connection,
) -> Result<Option<R>, DbErr> {
    Ok(rows.into_model::<Keyed<R>>().one(db).await?.map(|Keyed(row)| row))
}

/// All rows.
pub(super) async fn all<E: EntityTrait, R: FromQueryResult + Send + Sync>(
    rows: Select<E>,
    db: &impl Connection,
) -> Result<Vec<R>, DbErr> {
    let rows = rows.into_model::<Keyed<R>>().all(db).await?;
    Ok(rows.into_iter().map(|Keyed(row)| row).collect())
}

/// All rows, however many: each is seen, and none is kept.
pub(super) async fn each<E: EntityTrait, R: FromQueryResult + Send + Sync>(
    rows: Select<E>,
    db: &impl Connection,
    mut see: impl FnMut(&R) + Send,
) -> Result<(), DbErr> {
    let mut rows = rows.into_model::<Keyed<R>>().stream(db).await?;
    while let Some(Keyed(row)) = rows.try_next().await? {
        see(&row);
    }
    Ok(())
}

/// A page of rows, counted from nought, and whether there are more.
pub(super) async fn page<E: EntityTrait, R: FromQueryResult + Send + Sync>(
    rows: Select<E>,
    number: u64,
    size: u64,
    db: &impl Connection,
) -> Result<(Vec<R>, bool), DbErr> {
    // Nobody turns more pages than these; no database counts further than its integers do.
    let before = number.min(100_000) * size;
    let mut rows: Vec<R> = all(rows.offset(before).limit(size + 1), db).await?;
    let more = rows.len() as u64 > size;
    rows.truncate(usize::try_from(size).unwrap_or(rows.len()));
    Ok((rows, more))
}
