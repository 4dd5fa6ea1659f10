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
use crate::values::stored_words;

impl ActiveModelBehavior for ActiveModel {}

/// See [`catalogue`].
#[must_use]
pub fn policy() -> Policy {
    catalogue::policy::<Entity>()
}

impl catalogue::Table for Entity {
    const ID: Column = Column::Id;
    const SPORT: Column = Column::Sport;
    const SEARCH_KEY: Column = Column::SearchKey;
    const VISIBILITY: Column = Column::Visibility;
    const MERGED_INTO: Column = Column::MergedInto;
    const UPDATED_AT: Column = Column::UpdatedAt;
    const SOURCE: Column = Column::Source;
    const FACTS: &'static [Column] = &[Column::Material, Column::Colour, Column::Length];
}

stored_words! {
    "snake_case";

    /// What a string is made of.
    pub enum Material {
        /// Co-polyesters and their like.
        Polyester,
        /// Many thin fibres.
        Multifilament,
        /// A core with a wrap.
        SyntheticGut,
        /// Of cattle.
        NaturalGut,
        /// Badminton's usual.
        Nylon,
        /// Very stiff.
        Aramid,
    }
}

/// What a person says of a string.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// May be empty.
    pub manufacturer: String,
    /// Without its maker.
    pub model: String,
    /// In hundredths of a millimetre.
    pub gauge: Option<i64>,
    /// The code of a [`Material`]; feeds may know others.
    pub material: Option<String>,
    /// As its maker calls it.
    pub colour: Option<String>,
    /// Of a set or a reel, in centimetres.
    pub length: Option<i64>,
}

impl Said {
    /// Of its parts, and nothing else.
    #[must_use]
    pub fn of_parts(manufacturer: &str, model: &str, gauge: Option<i64>) -> Self {
        let (manufacturer, model) = (manufacturer.to_owned(), model.to_owned());
        Self { manufacturer, model, gauge, ..Self::default() }
    }

    /// What it is searched and found by, however its gauge was typed: in its own field, or as
    /// the last word of the model.
    pub(super) fn key(&self) -> String {
        key(split_gauge(&name(&self.manufacturer, &self.model, self.gauge)))
    }

    pub(super) fn columns(self) -> ActiveModel {
        ActiveModel {
            search_key: Set(self.key()),
            manufacturer: Set(self.manufacturer),
            model: Set(self.model),
            gauge: Set(self.gauge),
            material: Set(self.material),
            colour: Set(self.colour),
            length: Set(self.length),
            updated_at: Set(Utc::now().into()),
            ..Default::default()
        }
    }
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
        let mut found = Self::find()
            .filter(contains_words(Column::SearchKey, query))
            .filter(Column::MergedInto.is_null());
        if let Some(sport) = sport {
            found = found.filter(Column::Sport.eq(sport));
        }
        readable::all(found.order_by_asc(Column::SearchKey).limit(catalogue::PICKED), db).await
    }

    /// The entry that is written exactly so, or what stands for it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_by_name(db: &impl Connection, name: &str) -> Result<Option<Model>, DbErr> {
        let key = key(split_gauge(name.trim()));
        let known: Option<Model> = readable::one(catalogue::written_so::<Self>(key), db).await?;
        match known.as_ref().and_then(|known| known.merged_into) {
            // What was joined with another is that one.
            Some(other) => readable::one(Self::find_by_id(other), db).await,
            None => Ok(known),
        }
    }

    /// A new private entry. The first word is taken for the maker, and a last word
    /// that is a gauge for the gauge (`Babolat RPM Blast 1.25`).
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn add_named(db: &impl Connection, sport: Sport, name: &str) -> Result<Uuid, DbErr> {
        let (name, gauge) = split_gauge(name.trim());
        let (manufacturer, model) = catalogue::split_maker(name);
        Self::add(db, sport, Said::of_parts(manufacturer, model, gauge.map(in_hundredths))).await
    }

    /// A new private entry.
    pub(super) async fn add(db: &impl Connection, sport: Sport, said: Said) -> Result<Uuid, DbErr> {
        let id = Uuid::now_v7();
        let string = ActiveModel {
            id: Set(id),
            sport: Set(sport),
            visibility: Set(Visibility::CataloguePrivate),
            source: Set(Source::Manual),
            created_at: Set(Utc::now().into()),
            ..said.columns()
        };
        Self::insert(string).exec_without_returning(db).await?;
        Ok(id)
    }

    /// Says otherwise what an own entry is.
    pub(super) async fn describe(db: &impl Connection, id: Uuid, said: Said) -> ModelResult<()> {
        catalogue::change::<Self>(db, id, said.columns()).await
    }

    /// The entry that is called so, or a new private one.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_or_add(db: &impl Connection, sport: Sport, said: Said) -> ModelResult<Model> {
        let called = name(&said.manufacturer, &said.model, said.gauge);
        if let Some(known) = Self::find_by_name(db, &called).await? {
            return Ok(known);
        }
        let id = Self::add(db, sport, said).await?;
        Model::find(db, id).await
    }

    /// The own entry that is called so, or a new one.
    pub(super) async fn own_or_add(
        db: &impl Connection,
        sport: Sport,
        said: Said,
    ) -> ModelResult<Model> {
        let called = name(&said.manufacturer, &said.model, said.gauge);
        let own = catalogue::written_so::<Self>(key(split_gauge(&called)))
            .filter(Column::Sport.eq(sport))
            .filter(Column::Visibility.eq(Visibility::CataloguePrivate))
            .filter(Column::MergedInto.is_null());
        let own: Option<Model> = readable::one(own, db).await?;
        match own {
            Some(own) => Ok(own),
            None => {
                let id = Self::add(db, sport, said).await?;
                Model::find(db, id).await
            }
        }
    }

    /// The entry that is called so, or a new private one: see [`Entity::add_named`].
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
        let id = Self::add_named(db, sport, name).await?;
        Model::find(db, id).await
    }
}

fn gauge_of(hundredths: Option<i64>) -> Option<Gauge> {
    hundredths.and_then(|gauge| i32::try_from(gauge).ok()).map(Gauge::from_hundredths)
}

fn in_hundredths(gauge: Gauge) -> i64 {
    gauge.hundredths().into()
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
    /// One entry.
    ///
    /// # Errors
    /// When there is none for the caller.
    pub async fn find(db: &impl Connection, id: Uuid) -> ModelResult<Model> {
        or_not_found(readable::one(Entity::find_by_id(id), db).await?)
    }

    /// How thick it is, where that is known.
    #[must_use]
    pub fn gauge(&self) -> Option<Gauge> {
        gauge_of(self.gauge)
    }

    /// `Babolat RPM Blast 1.25`.
    #[must_use]
    pub fn name(&self) -> String {
        name(&self.manufacturer, &self.model, self.gauge)
    }
}

/// A string as it is called, from its parts.
#[must_use]
pub fn name(manufacturer: &str, model: &str, gauge: Option<i64>) -> String {
    let gauge = gauge_of(gauge).map(Gauge::plain).unwrap_or_default();
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
