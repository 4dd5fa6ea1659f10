//! Strings of the catalogue: manufacturer, model, gauge.

pub use super::_entities::strings::{ActiveModel, Column, Entity, Model};
use chrono::Utc;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};
use sea_orm_tenancy::{Connection, Policy};

use super::catalogue::{self, Source, Visibility};
use super::{ModelResult, contains_words, or_not_found, readable, search_key};
use crate::units::{Gauge, Sport};

impl ActiveModelBehavior for ActiveModel {}

/// See [`catalogue`].
#[must_use]
pub fn policy() -> Policy {
    catalogue::policy::<Entity>()
}

impl Entity {
    /// Entries whose maker, model and gauge contain all words of the query.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn search(
        db: &impl Connection,
        sport: Option<Sport>,
        query: &str,
    ) -> Result<Vec<Model>, DbErr> {
        let mut found = Self::find().filter(contains_words(Column::SearchKey, query));
        if let Some(sport) = sport {
            found = found.filter(Column::Sport.eq(sport));
        }
        readable::all(found.order_by_asc(Column::SearchKey).limit(catalogue::PICKED), db).await
    }

    /// The entry that is written exactly so.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_by_name(db: &impl Connection, name: &str) -> Result<Option<Model>, DbErr> {
        let key = key(split_gauge(name.trim()));
        let known = catalogue::written_so::<Self>(Column::SearchKey, Column::Visibility, key);
        readable::one(known, db).await
    }

    /// A new private entry. The first word is taken for the maker, and a last word
    /// that is a gauge for the gauge (`Babolat RPM Blast 1.25`).
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn add(db: &impl Connection, sport: Sport, name: &str) -> Result<Uuid, DbErr> {
        let (name, gauge) = split_gauge(name.trim());
        let (manufacturer, model) = catalogue::split_maker(name);
        let gauge = gauge.map(|gauge| i64::from(gauge.hundredths()));
        Self::add_parts(db, sport, manufacturer, model, gauge).await
    }

    async fn add_parts(
        db: &impl Connection,
        sport: Sport,
        manufacturer: &str,
        model: &str,
        gauge: Option<i64>,
    ) -> Result<Uuid, DbErr> {
        let (id, now) = (Uuid::now_v7(), Utc::now());
        let string = ActiveModel {
            id: Set(id),
            sport: Set(sport),
            manufacturer: Set(manufacturer.to_owned()),
            model: Set(model.to_owned()),
            visibility: Set(Visibility::CataloguePrivate),
            source: Set(Source::Manual),
            search_key: Set(search_key([name(manufacturer, model, gauge).as_str()])),
            gauge: Set(gauge),
            created_at: Set(now.into()),
            updated_at: Set(now.into()),
            ..Default::default()
        };
        Self::insert(string).exec_without_returning(db).await?;
        Ok(id)
    }

    /// The entry that is called so, or a new private one of these parts.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_or_add(
        db: &impl Connection,
        sport: Sport,
        manufacturer: &str,
        model: &str,
        gauge: Option<i64>,
    ) -> ModelResult<Model> {
        let called = name(manufacturer, model, gauge);
        if let Some(known) = Self::find_by_name(db, &called).await? {
            return Ok(known);
        }
        let id = Self::add_parts(db, sport, manufacturer, model, gauge).await?;
        or_not_found(readable::one(Self::find_by_id(id), db).await?)
    }

    /// The entry that is called so, or a new private one: see [`Entity::add`].
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_or_add_named(
        db: &impl Connection,
        sport: Sport,
        name: &str,
    ) -> ModelResult<Model> {
        if let Some(known) = Self::find_by_name(db, name).await? {
            return Ok(known);
        }
        let id = Self::add(db, sport, name).await?;
        or_not_found(readable::one(Self::find_by_id(id), db).await?)
    }
}

/// What an entry is searched and found by, however its gauge was typed.
fn key((name, gauge): (&str, Option<Gauge>)) -> String {
    search_key([name, gauge.map(Gauge::plain).unwrap_or_default().as_str()])
}

fn split_gauge(name: &str) -> (&str, Option<Gauge>) {
    match name.rsplit_once(' ') {
        // `BG 1` is a name; a gauge has places, or its unit.
        Some((rest, last)) if last.contains(['.', ',']) || last.ends_with("mm") => {
            match Gauge::parse(last) {
                Ok(gauge) => (rest.trim_end(), Some(gauge)),
                Err(_) => (name, None),
            }
        }
        Some(_) => (name, None),
        None => (name, None),
    }
}

impl Model {
    /// `Babolat RPM Blast 1.25`.
    #[must_use]
    pub fn name(&self) -> String {
        name(&self.manufacturer, &self.model, self.gauge)
    }
}

/// A string as it is called, from its parts.
#[must_use]
pub fn name(manufacturer: &str, model: &str, gauge: Option<i64>) -> String {
    let gauge = gauge.and_then(|gauge| i32::try_from(gauge).ok());
    let gauge = gauge.map(|gauge| Gauge::from_hundredths(gauge).plain()).unwrap_or_default();
    catalogue::name([manufacturer, model, &gauge])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_last_word_that_is_a_gauge_is_the_gauge() {
        let gauge = Gauge::parse("1.25").ok();
        assert_eq!(split_gauge("Babolat RPM Blast 1,25"), ("Babolat RPM Blast", gauge));
        for typed in ["X Y 1,25", "X Y 1.25mm"] {
            assert_eq!(key(split_gauge(typed)), "x y 1.25", "it is found again");
        }
        assert_eq!(split_gauge("Yonex BG 80"), ("Yonex BG 80", None));
        assert_eq!(split_gauge("Yonex BG 1"), ("Yonex BG 1", None));
        assert_eq!(split_gauge("Naturdarm"), ("Naturdarm", None));
    }
}
