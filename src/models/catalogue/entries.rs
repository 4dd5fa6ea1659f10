//! Entries of either kind: what is asked of both alike.

use chrono::Utc;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{FromQueryResult, QueryOrder as _, Select, TransactionSession as _};
use sea_orm_tenancy::{Connection, Txn};

use super::{Entry, Kind, Said, Source, Visibility, name};
use crate::models::{ModelError, ModelResult, contains_words, or_not_found, readable};
use crate::models::{catalogue_strings, orders, rackets};
use crate::units::Sport;

/// The entries with exactly this key; of several the shared one first.
pub(in crate::models) fn written_so<E: Table>(key: String) -> Select<E> {
    E::find().filter(E::SEARCH_KEY.eq(key)).order_by_desc(E::VISIBILITY)
}

/// The columns that both kinds of entries have, for what is asked of either.
pub(in crate::models) trait Table: EntityTrait {
    const ID: Self::Column;
    const SPORT: Self::Column;
    const SEARCH_KEY: Self::Column;
    const VISIBILITY: Self::Column;
    const MERGED_INTO: Self::Column;
    const UPDATED_AT: Self::Column;
    const SOURCE: Self::Column;
    /// What is known beside the name, where it is known.
    const FACTS: &'static [Self::Column];
}

/// Changes an own entry.
pub(in crate::models) async fn change<E: Table>(
    db: &impl Connection,
    id: Uuid,
    columns: E::ActiveModel,
) -> ModelResult<()> {
    let changed = E::update_many().set(columns).filter(E::ID.eq(id)).exec(db).await?;
    or_not_found((changed.rows_affected == 1).then_some(()))
}

/// Everybody has an entry from now on, as it was read: not where somebody has changed it since.
/// For the bypass.
///
/// # Errors
/// [`ModelError::Stale`] where somebody has.
pub(in crate::models) async fn share(txn: &Txn, entry: &Entry) -> ModelResult<()> {
    match entry {
        Entry::Racket(racket) => {
            share_as_read::<rackets::Entity>(txn, racket.id, racket.updated_at).await
        }
        Entry::String(string) => {
            share_as_read::<catalogue_strings::Entity>(txn, string.id, string.updated_at).await
        }
    }
}

async fn share_as_read<E: Table>(
    txn: &Txn,
    id: Uuid,
    updated_at: DateTimeWithTimeZone,
) -> ModelResult<()> {
    let shared = E::update_many()
        .col_expr(E::VISIBILITY, Expr::value(Visibility::CatalogueShared))
        .col_expr(E::UPDATED_AT, Expr::value(Utc::now()))
        .filter(E::ID.eq(id))
        .filter(E::VISIBILITY.eq(Visibility::CataloguePrivate))
        .filter(E::UPDATED_AT.eq(updated_at));
    if shared.exec(txn).await?.rows_affected == 1 { Ok(()) } else { Err(ModelError::Stale) }
}

/// What a list of entries is asked for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Words that maker, model, year and gauge contain.
    pub words: String,
    /// Of one sport alone.
    pub sport: Option<Sport>,
    /// Only what everybody sees, or only what nobody else does.
    pub visibility: Option<Visibility>,
    /// Which page, counted from nought.
    pub page: u64,
}

/// Entries on a page of a list.
pub const PAGE: u64 = 50;

/// A page of entries by their names, and whether there are more. What belongs to one client's
/// racket alone, and what another entry stands for, is in no list.
///
/// # Errors
/// When the database does not answer.
pub async fn browse(
    db: &impl Connection,
    kind: Kind,
    wanted: &Wanted,
) -> Result<(Vec<Entry>, bool), DbErr> {
    Ok(match kind {
        Kind::Rackets => {
            let (found, more) = browsed::<rackets::Entity>(db, wanted).await?;
            (found.into_iter().map(Entry::Racket).collect(), more)
        }
        Kind::Strings => {
            let (found, more) = browsed::<catalogue_strings::Entity>(db, wanted).await?;
            (found.into_iter().map(Entry::String).collect(), more)
        }
    })
}

async fn browsed<E: Table>(
    db: &impl Connection,
    wanted: &Wanted,
) -> Result<(Vec<E::Model>, bool), DbErr>
where
    E::Model: FromQueryResult + Send + Sync,
{
    let mut found = E::find()
        .filter(contains_words(E::SEARCH_KEY, &wanted.words))
        .filter(E::MERGED_INTO.is_null())
        .filter(E::VISIBILITY.ne(Visibility::OneOff));
    if let Some(sport) = wanted.sport {
        found = found.filter(E::SPORT.eq(sport));
    }
    if let Some(visibility) = wanted.visibility {
        found = found.filter(E::VISIBILITY.eq(visibility));
    }
    let found = found.order_by_asc(E::SEARCH_KEY).order_by_asc(E::ID);
    readable::page(found, wanted.page, PAGE, db).await
}

/// An entry.
///
/// # Errors
/// When there is none for the caller.
pub async fn find(db: &impl Connection, kind: Kind, id: Uuid) -> ModelResult<Entry> {
    Ok(match kind {
        Kind::Rackets => Entry::Racket(rackets::Model::find(db, id).await?),
        Kind::Strings => Entry::String(catalogue_strings::Model::find(db, id).await?),
    })
}

/// A new private entry.
///
/// # Errors
/// When the database does not answer.
pub async fn add(db: &impl Connection, sport: Sport, said: Said) -> Result<Uuid, DbErr> {
    match said {
        Said::Racket(said) => rackets::Entity::add(db, sport, said).await,
        Said::String(said) => catalogue_strings::Entity::add(db, sport, said).await,
    }
}

/// Says otherwise what an own entry is, also in the lists of one's own orders; receipts that
/// were issued stay as they are.
///
/// An order that is entered on another machine at the very moment may keep the former name on
/// PostgreSQL: it has read it, and is not there yet to be renamed.
///
/// # Errors
/// When there is none that the caller may change.
pub async fn describe(txn: &Txn, id: Uuid, said: Said) -> ModelResult<()> {
    match said {
        Said::Racket(said) => {
            let name = name([&said.manufacturer, &said.model]);
            rackets::Entity::describe(txn, id, said).await?;
            orders::Entity::rename_model(txn, id, &name).await?;
        }
        Said::String(said) => {
            let name = catalogue_strings::name(&said.manufacturer, &said.model, said.gauge);
            catalogue_strings::Entity::describe(txn, id, said).await?;
            orders::Entity::rename_string(txn, id, &name).await?;
        }
    }
    Ok(())
}

/// Says otherwise what everybody has, in every book; as it was read, not where somebody has
/// changed it since. No feed says it anew from now on. For the bypass.
///
/// # Errors
/// [`ModelError::Stale`] where somebody has.
pub async fn correct(db: &impl Connection, entry: &Entry, said: Said) -> ModelResult<()> {
    let txn = db.begin().await?;
    match entry {
        Entry::Racket(racket) => {
            keep_from_feeds::<rackets::Entity>(&txn, racket.id, racket.updated_at).await?;
        }
        Entry::String(string) => {
            keep_from_feeds::<catalogue_strings::Entity>(&txn, string.id, string.updated_at)
                .await?;
        }
    }
    describe(&txn, entry.id(), said).await?;
    Ok(txn.commit().await?)
}

async fn keep_from_feeds<E: Table>(
    txn: &Txn,
    id: Uuid,
    updated_at: DateTimeWithTimeZone,
) -> ModelResult<()> {
    let edited = Expr::case(E::SOURCE.eq(Source::Manual), Expr::value(Source::Manual))
        .finally(Expr::value(Source::ManualEditedFromImport));
    let kept = E::update_many()
        .col_expr(E::SOURCE, edited.into())
        .col_expr(E::UPDATED_AT, Expr::value(Utc::now()))
        .filter(E::ID.eq(id))
        .filter(E::VISIBILITY.eq(Visibility::CatalogueShared))
        .filter(E::MERGED_INTO.is_null())
        .filter(E::UPDATED_AT.eq(updated_at));
    if kept.exec(txn).await?.rows_affected == 1 { Ok(()) } else { Err(ModelError::Stale) }
}
