//! How a row of a feed stands to what everybody has.

use std::collections::{BTreeSet, HashMap};

use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, QueryOrder as _};
use sea_orm_tenancy::Connection;

use super::{Column, Entity, Model, StagedState};
use crate::models::catalogue::{Entry, Kind, Said, Source, Table, Visibility};
use crate::models::{catalogue_strings, rackets, readable, search_key};
use crate::units::Sport;
use crate::values::Vocabulary as _;

/// How a row of a feed stands to what everybody has.
#[derive(Debug, Clone)]
pub enum Standing {
    /// Nobody has it.
    New,
    /// Everybody has it, and all that the feed says of it.
    Same(Entry),
    /// Everybody has what the feed said before.
    Renews(Entry),
    /// Everybody has it as a person has said it, which the feed does not change.
    Kept(Entry),
}

/// So many keys go into one statement.
const AT_ONCE: usize = 200;

type Place = (Kind, Sport, String);

/// Of each row, in their order: what stands for it already, because the feed brought that, or
/// because it is called so.
pub(super) async fn of(db: &impl Connection, rows: &[Model]) -> Result<Vec<Standing>, DbErr> {
    let brought = brought_before(db, rows).await?;
    let mut known = shared(db, rows, brought.values().copied().collect()).await?;
    let mut named = of_some_year(db, rows, &mut known).await?;
    for entry in known.values() {
        named.insert((entry.kind(), entry.sport(), entry.key().to_owned()), entry.id());
    }
    let standing = |row: &Model| {
        let place = (row.kind, row.sport, row.search_key.clone());
        let entry = brought.get(&of_feed(row)).or_else(|| named.get(&place));
        let entry = entry.and_then(|id| stands_for(&known, *id));
        entry.map_or(Standing::New, |entry| compared(&row.said(), entry.clone()))
    };
    Ok(rows.iter().map(standing).collect())
}

/// A feed that tells no years means the model: the latest that everybody has, by its name alone.
async fn of_some_year(
    db: &impl Connection,
    rows: &[Model],
    known: &mut HashMap<Uuid, Entry>,
) -> Result<HashMap<Place, Uuid>, DbErr> {
    use rackets::Column;
    let yearless = rows.iter().filter(|row| row.kind == Kind::Rackets && row.year.is_none());
    let makers: BTreeSet<&str> = yearless.map(|row| row.manufacturer.as_str()).collect();
    let makers: Vec<&str> = makers.into_iter().collect();
    let mut named = HashMap::new();
    for some in makers.chunks(AT_ONCE) {
        let of_makers = rackets::Entity::find()
            .filter(Column::Visibility.eq(Visibility::CatalogueShared))
            .filter(Column::MergedInto.is_null())
            .filter(Column::Manufacturer.is_in(some.iter().copied()))
            .filter(Column::Year.is_not_null())
            .order_by_asc(Column::Year)
            .order_by_asc(Column::Id);
        let of_makers: Vec<rackets::Model> = readable::all(of_makers, db).await?;
        for racket in of_makers {
            let name = search_key([racket.manufacturer.as_str(), &racket.model]);
            named.insert((Kind::Rackets, racket.sport, name), racket.id);
            known.insert(racket.id, Entry::Racket(racket));
        }
    }
    Ok(named)
}

/// What was joined with another is that one.
fn stands_for(known: &HashMap<Uuid, Entry>, id: Uuid) -> Option<&Entry> {
    let entry = known.get(&id)?;
    entry.merged_into().map_or(Some(entry), |other| known.get(&other))
}

fn of_feed(row: &Model) -> (String, String) {
    (row.source.clone(), row.external_id.clone())
}

fn compared(said: &Said, entry: Entry) -> Standing {
    if says_nothing_new(said, &entry) {
        Standing::Same(entry)
    } else if entry.source() == Source::Imported {
        Standing::Renews(entry)
    } else {
        Standing::Kept(entry)
    }
}

/// What a feed does not say is not taken away.
fn says_nothing_new(said: &Said, entry: &Entry) -> bool {
    fn fits<T: PartialEq>(said: Option<&T>, known: Option<&T>) -> bool {
        said.is_none() || said == known
    }
    match (said, entry) {
        (Said::Racket(said), Entry::Racket(entry)) => {
            let facts = &said.facts;
            let name = |maker: &str, model: &str| search_key([maker, model]);
            if name(&said.manufacturer, &said.model) != name(&entry.manufacturer, &entry.model) {
                return false;
            }
            fits(facts.year.as_ref(), entry.year.as_ref())
                && fits(facts.head_size.as_ref(), entry.head_size.as_ref())
                && fits(facts.string_pattern.as_ref(), entry.string_pattern.as_ref())
                && fits(facts.weight.as_ref(), entry.weight.as_ref())
                && fits(facts.balance.as_ref(), entry.balance.as_ref())
        }
        (Said::String(said), Entry::String(entry)) => {
            said.key() == entry.search_key
                && fits(said.material.as_ref(), entry.material.as_ref())
                && fits(said.colour.as_ref(), entry.colour.as_ref())
                && fits(said.length.as_ref(), entry.length.as_ref())
        }
        _ => false,
    }
}

/// The entries that earlier rows of the same things became, or were matched with.
async fn brought_before(
    db: &impl Connection,
    rows: &[Model],
) -> Result<HashMap<(String, String), Uuid>, DbErr> {
    let mut brought = HashMap::new();
    for some in rows.chunks(AT_ONCE) {
        let before = Entity::find()
            .filter(Column::Source.is_in(some.iter().map(|row| row.source.as_str())))
            .filter(Column::ExternalId.is_in(some.iter().map(|row| row.external_id.as_str())))
            .filter(Column::State.is_in([StagedState::Promoted, StagedState::Matched]))
            .order_by_asc(Column::DecidedAt)
            .order_by_asc(Column::Id);
        let before: Vec<Model> = readable::all(before, db).await?;
        let entries = before.iter().filter_map(|row| Some((of_feed(row), row.entry()?)));
        brought.extend(entries);
    }
    Ok(brought)
}

/// What everybody has that is called as a row is, or was brought before; and what stands for it.
async fn shared(
    db: &impl Connection,
    rows: &[Model],
    brought: Vec<Uuid>,
) -> Result<HashMap<Uuid, Entry>, DbErr> {
    let keys = |kind| {
        let of_kind = rows.iter().filter(move |row| row.kind == kind);
        of_kind.map(|row| row.search_key.as_str()).collect::<Vec<_>>()
    };
    let mut all = both(db, [&keys(Kind::Rackets), &keys(Kind::Strings)], &brought).await?;
    let others: Vec<Uuid> = all.values().filter_map(Entry::merged_into).collect();
    if !others.is_empty() {
        all.extend(both(db, [&[], &[]], &others).await?);
    }
    Ok(all)
}

async fn both(
    db: &impl Connection,
    [rackets, strings]: [&[&str]; 2],
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Entry>, DbErr> {
    let found = all_of::<rackets::Entity>(db, rackets, ids).await?.into_iter().map(Entry::Racket);
    let strings = all_of::<catalogue_strings::Entity>(db, strings, ids).await?.into_iter();
    let found = found.chain(strings.map(Entry::String));
    Ok(found.map(|entry| (entry.id(), entry)).collect())
}

async fn all_of<E: Table>(
    db: &impl Connection,
    keys: &[&str],
    ids: &[Uuid],
) -> Result<Vec<E::Model>, DbErr>
where
    E::Model: FromQueryResult + Send + Sync,
{
    let of_all = || E::find().filter(E::VISIBILITY.eq(Visibility::CatalogueShared));
    let mut found = Vec::new();
    for some in keys.chunks(AT_ONCE) {
        let named = of_all()
            .filter(E::SPORT.is_in(Sport::ALL.iter().copied()))
            .filter(E::SEARCH_KEY.is_in(some.iter().copied()));
        found.extend(readable::all(named, db).await?);
    }
    for some in ids.chunks(AT_ONCE) {
        found.extend(readable::all(of_all().filter(E::ID.is_in(some.iter().copied())), db).await?);
    }
    Ok(found)
}
