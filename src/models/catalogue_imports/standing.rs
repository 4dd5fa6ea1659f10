//! How a row of a feed stands to what everybody has.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::{ExprTrait as _, FromQueryResult, QueryOrder as _, QuerySelect as _};
use sea_orm_tenancy::Connection;

use super::{Column, Entity, Model};
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
    let stands = |row: &Model| {
        let place = (row.kind, row.sport, row.search_key.clone());
        let entry = brought.get(&of_feed(row)).or_else(|| named.get(&place));
        entry.and_then(|id| stands_for(&known, *id)).cloned()
    };
    let entries: Vec<Option<Entry>> = rows.iter().map(stands).collect();
    let makers = made_by(db, entries.iter().flatten().map(Entry::id).collect()).await?;
    let standing = |(row, entry): (&Model, Option<Entry>)| {
        entry.map_or(Standing::New, |entry| {
            let is_its_own = makers.get(&entry.id()) == Some(&row.source);
            compared(row, entry, is_its_own)
        })
    };
    Ok(rows.iter().zip(entries).map(standing).collect())
}

/// Which feed has brought an entry: it has the key of the row that it was made of.
async fn made_by(db: &impl Connection, entries: Vec<Uuid>) -> Result<HashMap<Uuid, String>, DbErr> {
    let mut makers = HashMap::new();
    for some in entries.chunks(AT_ONCE) {
        let rows = Entity::find()
            .select_only()
            .columns([Column::Id, Column::Source])
            .filter(Column::Id.is_in(some.iter().copied()));
        makers.extend(rows.into_tuple::<(Uuid, String)>().all(db).await?);
    }
    Ok(makers)
}

/// A feed that tells no years means the model: the latest that everybody has, by its name alone.
async fn of_some_year(
    db: &impl Connection,
    rows: &[Model],
    known: &mut HashMap<Uuid, Entry>,
) -> Result<HashMap<Place, Uuid>, DbErr> {
    use rackets::Column;
    let mut named = HashMap::new();
    if rows.iter().all(|row| row.kind == Kind::Strings || row.year.is_some()) {
        return Ok(named);
    }
    let of_years = rackets::Entity::find()
        .filter(Column::Visibility.eq(Visibility::CatalogueShared))
        .filter(Column::MergedInto.is_null())
        .filter(Column::Year.is_not_null())
        .order_by_asc(Column::Year)
        .order_by_asc(Column::Id);
    let of_years: Vec<rackets::Model> = readable::all(of_years, db).await?;
    for racket in of_years {
        let name = search_key([racket.manufacturer.as_str(), &racket.model]);
        named.insert((Kind::Rackets, racket.sport, name), racket.id);
        known.insert(racket.id, Entry::Racket(racket));
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

fn compared(row: &Model, entry: Entry, is_its_own: bool) -> Standing {
    let is_of_its_sport = entry.sport() == row.sport;
    if is_of_its_sport && says_nothing_new(&completed(row.said(), &entry), &entry) {
        Standing::Same(entry)
    } else if is_of_its_sport && is_its_own && entry.source() == Source::Imported {
        Standing::Renews(entry)
    } else {
        Standing::Kept(entry)
    }
}

/// What belongs to an entry's name and the feed does not tell is as it is known.
pub(super) fn completed(said: Said, entry: &Entry) -> Said {
    let maker = |said: String, known: &str| if said.is_empty() { known.to_owned() } else { said };
    match (said, entry) {
        (Said::Racket(mut said), Entry::Racket(entry)) => {
            said.manufacturer = maker(said.manufacturer, &entry.manufacturer);
            said.facts.year = said.facts.year.or(entry.year);
            Said::Racket(said)
        }
        (Said::String(mut said), Entry::String(entry)) => {
            said.manufacturer = maker(said.manufacturer, &entry.manufacturer);
            said.gauge = said.gauge.or(entry.gauge);
            Said::String(said)
        }
        (said, _) => said,
    }
}

/// What a feed does not say is not taken away.
fn says_nothing_new(said: &Said, entry: &Entry) -> bool {
    fn fits<T: PartialEq>(said: Option<&T>, known: Option<&T>) -> bool {
        said.is_none() || said == known
    }
    if said.key() != entry.key() {
        return false;
    }
    match (said, entry) {
        (Said::Racket(said), Entry::Racket(entry)) => {
            let facts = &said.facts;
            fits(facts.head_size.as_ref(), entry.head_size.as_ref())
                && fits(facts.string_pattern.as_ref(), entry.string_pattern.as_ref())
                && fits(facts.weight.as_ref(), entry.weight.as_ref())
                && fits(facts.balance.as_ref(), entry.balance.as_ref())
        }
        (Said::String(said), Entry::String(entry)) => {
            fits(said.material.as_ref(), entry.material.as_ref())
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
            // Whatever became of the row since: the feed may have said something else.
            .filter(Column::RacketId.is_not_null().or(Column::StringId.is_not_null()))
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
