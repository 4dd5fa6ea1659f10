//! What the admins make of rows of a feed; each act is wholly done or not at all. For the bypass.

use std::collections::HashMap;

use chrono::Utc;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{QueryOrder as _, QuerySelect as _, TransactionSession as _, TransactionTrait as _};
use sea_orm_tenancy::{Db, Txn};

use super::standing::{self, Standing};
use super::{Column, Entity, Model, StagedState, Wanted};
use crate::models::catalogue::{self, Entry, Kind, Said, Source, Table, Visibility};
use crate::models::{ModelError, ModelResult, catalogue_strings, orders, rackets, readable};

/// Which rows are decided about.
#[derive(Debug, Clone)]
pub enum Which {
    /// These.
    These(Vec<Uuid>),
    /// All that wait and are asked for, on whatever page.
    All(Wanted),
}

/// What became of rows that were taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Taken {
    /// Everybody has them from now on.
    pub new: usize,
    /// Everybody has what they say anew.
    pub renewed: usize,
    /// Everybody had them.
    pub matched: usize,
}

/// So many are decided about at once, so that an answer comes in time; the others still wait.
const MOST: u64 = 3_000;

/// So many rows go into one statement.
const AT_ONCE: usize = 40;

impl Which {
    async fn held(self, txn: &Txn) -> ModelResult<Vec<Model>> {
        let waiting = match self {
            Self::These(ids) => {
                let waiting = Entity::find().filter(Column::State.eq(StagedState::Pending));
                waiting.filter(Column::Id.is_in(ids))
            }
            Self::All(wanted) => Entity::find().filter(wanted.condition()).limit(MOST),
        };
        // Of two admins at once one waits here, and finds nothing that waits any more.
        let waiting = waiting.order_by_asc(Column::Id).lock_exclusive();
        Ok(readable::all(waiting, txn).await?)
    }
}

/// Takes rows: what nobody has is everybody's, what the feed says anew of its own entries is
/// said of them, and what a person has said stays.
///
/// Two rows of different feeds that are called alike, and are taken at one instant by two admins
/// on PostgreSQL, become two entries, which can be joined afterwards.
///
/// # Errors
/// When the caller may not, or the database does not answer.
pub async fn take(db: &Db, admin: Uuid, which: Which) -> ModelResult<Taken> {
    let txn = db.begin().await?;
    let rows = which.held(&txn).await?;
    let Sorted { new, renews, matched } = Sorted::of(&rows, standing::of(&txn, &rows).await?);
    publish(&txn, &new).await?;
    for (row, entry) in &renews {
        renew(&txn, entry, row.said()).await?;
    }
    let taken = Taken { new: new.len(), renewed: renews.len(), matched: matched.len() };
    // An entry has the key of the row that it was made of.
    let new = new.into_iter().map(|row| (row, row.id));
    let renews = renews.into_iter().map(|(row, entry)| (row, entry.id()));
    for (row, entry) in new.chain(renews) {
        settle(&txn, admin, row, entry, StagedState::Promoted).await?;
    }
    for (row, entry) in matched {
        settle(&txn, admin, row, entry, StagedState::Matched).await?;
    }
    txn.commit().await?;
    Ok(taken)
}

/// Rows by what is made of them, with the entries that stand for them.
#[derive(Default)]
struct Sorted<'r> {
    new: Vec<&'r Model>,
    renews: Vec<(&'r Model, Entry)>,
    matched: Vec<(&'r Model, Uuid)>,
}

impl<'r> Sorted<'r> {
    fn of(rows: &'r [Model], standings: Vec<Standing>) -> Self {
        let mut sorted = Self::default();
        let mut here: HashMap<_, Uuid> = HashMap::new();
        for (row, standing) in rows.iter().zip(standings) {
            let place = (row.kind, row.sport, row.search_key.as_str());
            match standing {
                Standing::New => match here.get(&place) {
                    // Two of a feed that are called alike are one.
                    Some(entry) => sorted.matched.push((row, *entry)),
                    None => {
                        here.insert(place, row.id);
                        sorted.new.push(row);
                    }
                },
                Standing::Renews(entry) => sorted.renews.push((row, entry)),
                Standing::Same(entry) | Standing::Kept(entry) => {
                    sorted.matched.push((row, entry.id()));
                }
            }
        }
        sorted
    }
}

/// Everybody has these from now on.
async fn publish(txn: &Txn, rows: &[&Model]) -> ModelResult<()> {
    for some in rows.chunks(AT_ONCE) {
        let (mut rackets, mut strings) = (Vec::new(), Vec::new());
        for row in some {
            let (id, sport, now) = (Set(row.id), Set(row.sport), Set(Utc::now().into()));
            let (visibility, source) = (Visibility::CatalogueShared, Source::Imported);
            let (visibility, source) = (Set(visibility), Set(source));
            match row.said() {
                Said::Racket(said) => rackets.push(rackets::ActiveModel {
                    id,
                    sport,
                    visibility,
                    source,
                    created_at: now,
                    ..said.columns()
                }),
                Said::String(said) => strings.push(catalogue_strings::ActiveModel {
                    id,
                    sport,
                    visibility,
                    source,
                    created_at: now,
                    ..said.columns()
                }),
            }
        }
        if !rackets.is_empty() {
            rackets::Entity::insert_many(rackets).exec_without_returning(txn).await?;
        }
        if !strings.is_empty() {
            catalogue_strings::Entity::insert_many(strings).exec_without_returning(txn).await?;
        }
    }
    Ok(())
}

/// The feed says otherwise what it brought; nobody has changed it since. What it does not say is
/// not taken away, and orders know it by its new name.
async fn renew(txn: &Txn, entry: &Entry, said: Said) -> ModelResult<()> {
    let (id, said) = (entry.id(), standing::completed(said, entry));
    match (said, entry) {
        (Said::Racket(said), Entry::Racket(before)) => {
            let name = catalogue::name([&said.manufacturer, &said.model]);
            let columns = said_alone::<rackets::Entity>(said.columns());
            catalogue::change::<rackets::Entity>(txn, id, columns).await?;
            // It looks through all books, which is for a new name alone.
            if name != before.name() {
                orders::Entity::rename_model(txn, id, &name).await?;
            }
            Ok(())
        }
        (Said::String(said), Entry::String(before)) => {
            let name = catalogue_strings::name(&said.manufacturer, &said.model, said.gauge);
            let columns = said_alone::<catalogue_strings::Entity>(said.columns());
            catalogue::change::<catalogue_strings::Entity>(txn, id, columns).await?;
            if name != before.name() {
                orders::Entity::rename_string(txn, id, &name).await?;
            }
            Ok(())
        }
        _ => Err(ModelError::Reference),
    }
}

/// Without the facts that are not said.
fn said_alone<E: Table>(mut columns: E::ActiveModel) -> E::ActiveModel {
    for fact in E::FACTS {
        if columns.get(*fact).into_value().is_none_or(|said| said == said.as_null()) {
            columns.not_set(*fact);
        }
    }
    columns
}

async fn settle(
    txn: &Txn,
    admin: Uuid,
    row: &Model,
    entry: Uuid,
    state: StagedState,
) -> ModelResult<()> {
    let column = match row.kind {
        Kind::Rackets => Column::RacketId,
        Kind::Strings => Column::StringId,
    };
    let settled = Entity::update_many()
        .col_expr(Column::State, Expr::value(state))
        .col_expr(column, Expr::value(entry))
        .col_expr(Column::DecidedBy, Expr::value(admin))
        .col_expr(Column::DecidedAt, Expr::value(Utc::now()))
        .filter(Column::Id.eq(row.id))
        .filter(Column::State.eq(StagedState::Pending));
    if settled.exec(txn).await?.rows_affected == 1 { Ok(()) } else { Err(ModelError::Stale) }
}

/// Leaves rows out, for a reason; how many.
///
/// # Errors
/// When the caller may not, or the database does not answer.
pub async fn reject(db: &Db, admin: Uuid, ids: Vec<Uuid>, reason: &str) -> ModelResult<u64> {
    let rejected = Entity::update_many()
        .col_expr(Column::State, Expr::value(StagedState::Rejected))
        .col_expr(Column::Reason, Expr::value(reason))
        .col_expr(Column::DecidedBy, Expr::value(admin))
        .col_expr(Column::DecidedAt, Expr::value(Utc::now()))
        .filter(Column::Id.is_in(ids))
        .filter(Column::State.eq(StagedState::Pending));
    Ok(rejected.exec(db).await?.rows_affected)
}

/// A row is what everybody has under another name: the feed is not asked about it again, and
/// nothing changes.
///
/// # Errors
/// [`ModelError::Stale`] where it waits no longer, and [`ModelError::Reference`] where the entry
/// is of another kind or sport, or not everybody's.
pub async fn match_with(db: &Db, admin: Uuid, id: Uuid, entry: Uuid) -> ModelResult<()> {
    let txn = db.begin().await?;
    let rows = Which::These(vec![id]).held(&txn).await?;
    let row = rows.first().ok_or(ModelError::Stale)?;
    let entry = catalogue::find(&txn, row.kind, entry).await?;
    if !entry.is_shared() || entry.sport() != row.sport || entry.merged_into().is_some() {
        return Err(ModelError::Reference);
    }
    settle(&txn, admin, row, entry.id(), StagedState::Matched).await?;
    Ok(txn.commit().await?)
}
