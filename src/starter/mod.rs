//! The starter catalogue: rackets and strings that a workshop meets, as facts.

use chrono::Utc;
use loco_rs::{Error, Result};
use sea_orm::ActiveValue::Set;
use sea_orm::{EntityTrait, TransactionSession};
use sea_orm_tenancy::Connection;
use serde::Deserialize;
use uuid::Uuid;

use crate::models::catalogue::{Source, Visibility};
use crate::models::{catalogue_strings, rackets, search_key};
use crate::units::{Gauge, Sport};

const RACKETS: &str = include_str!("rackets.csv");
const STRINGS: &str = include_str!("strings.csv");

#[derive(Debug, Deserialize)]
struct RacketFacts {
    sport: Sport,
    manufacturer: String,
    model: String,
    year: Option<i64>,
    head_size_cm2: Option<i64>,
    mains: Option<i64>,
    crosses: Option<i64>,
    weight_g: Option<i64>,
    balance_mm: Option<i64>,
}

#[derive(Debug, Deserialize)]
struct StringFacts {
    sport: Sport,
    manufacturer: String,
    model: String,
    gauge_mm: String,
    material: String,
    set_length_m: Option<String>,
}

/// Adds the entries to an empty catalogue; a filled one is left alone.
///
/// # Errors
/// When the files do not parse or the database does not answer.
pub async fn fill(db: &impl Connection) -> Result<()> {
    let txn = db.begin().await?;
    if rackets::Entity::is_empty(&txn).await? {
        let entries = read::<RacketFacts>(RACKETS)?.into_iter().map(racket);
        rackets::Entity::insert_many(entries).exec_without_returning(&txn).await?;
        let entries = read::<StringFacts>(STRINGS)?.into_iter().map(string);
        catalogue_strings::Entity::insert_many(entries).exec_without_returning(&txn).await?;
    }
    Ok(txn.commit().await?)
}

fn read<T: for<'de> Deserialize<'de>>(facts: &str) -> Result<Vec<T>> {
    let rows = csv::Reader::from_reader(facts.as_bytes()).into_deserialize().collect();
    let rows: std::result::Result<Vec<T>, csv::Error> = rows;
    rows.map_err(Error::wrap)
}

fn racket(facts: RacketFacts) -> rackets::ActiveModel {
    let year = facts.year.map(|year| year.to_string()).unwrap_or_default();
    let pattern =
        facts.mains.zip(facts.crosses).map(|(mains, crosses)| format!("{mains}×{crosses}"));
    let now = Utc::now();
    rackets::ActiveModel {
        id: Set(Uuid::now_v7()),
        search_key: Set(search_key([facts.manufacturer.as_str(), &facts.model, &year])),
        sport: Set(facts.sport),
        manufacturer: Set(facts.manufacturer),
        model: Set(facts.model),
        visibility: Set(Visibility::CatalogueShared),
        source: Set(Source::Manual),
        year: Set(facts.year),
        head_size: Set(facts.head_size_cm2),
        string_pattern: Set(pattern),
        weight: Set(facts.weight_g),
        balance: Set(facts.balance_mm),
        created_at: Set(now.into()),
        updated_at: Set(now.into()),
        ..Default::default()
    }
}

fn string(facts: StringFacts) -> catalogue_strings::ActiveModel {
    let gauge = Gauge::parse(&facts.gauge_mm).ok();
    let shown = gauge.map(Gauge::plain).unwrap_or_default();
    // Sets are counted in whole centimetres.
    let length = facts.set_length_m.and_then(|metres| hundredths(&metres));
    let now = Utc::now();
    catalogue_strings::ActiveModel {
        id: Set(Uuid::now_v7()),
        search_key: Set(search_key([facts.manufacturer.as_str(), &facts.model, &shown])),
        sport: Set(facts.sport),
        manufacturer: Set(facts.manufacturer),
        model: Set(facts.model),
        visibility: Set(Visibility::CatalogueShared),
        source: Set(Source::Manual),
        gauge: Set(gauge.map(|gauge| i64::from(gauge.hundredths()))),
        material: Set(Some(facts.material)),
        length: Set(length),
        created_at: Set(now.into()),
        updated_at: Set(now.into()),
        ..Default::default()
    }
}

fn hundredths(metres: &str) -> Option<i64> {
    let metres: rust_decimal::Decimal = metres.trim().parse().ok()?;
    i64::try_from(metres.checked_mul(rust_decimal::Decimal::ONE_HUNDRED)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_hundred_and_fifty_of_each_are_read() {
        let rackets = read::<RacketFacts>(RACKETS).expect("rackets");
        let strings = read::<StringFacts>(STRINGS).expect("strings");
        assert!(rackets.len() >= 150 && strings.len() >= 150);
        assert!(strings.iter().all(|facts| Gauge::parse(&facts.gauge_mm).is_ok()));
    }
}
