//! Racket models.

pub use super::_entities::rackets::{ActiveModel, Column, Entity, Model};
use chrono::Utc;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{Order, QueryOrder, QuerySelect};
use sea_orm_tenancy::{Connection, Policy};

use super::catalogue::{self, Source, Visibility};
use super::{ModelResult, contains_words, or_not_found, readable, search_key};
use crate::units::Sport;

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
    const FACTS: &'static [Column] =
        &[Column::Year, Column::HeadSize, Column::StringPattern, Column::Weight, Column::Balance];
}

/// What is known of a model beside its name.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Of the model.
    pub year: Option<i64>,
    /// In cm².
    pub head_size: Option<i64>,
    /// `16/19`.
    pub string_pattern: Option<String>,
    /// In grams, unstrung.
    pub weight: Option<i64>,
    /// In millimetres from the butt, unstrung.
    pub balance: Option<i64>,
}

/// What a person says of a model.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// May be empty.
    pub manufacturer: String,
    /// Without its maker.
    pub model: String,
    /// The rest.
    pub facts: Facts,
}

impl Said {
    /// By a name in one piece: what stands before the first space is taken for the maker, as in
    /// every shop's list.
    fn named(name: &str, facts: Facts) -> Self {
        let (manufacturer, model) = catalogue::split_maker(name.trim());
        Self { manufacturer: manufacturer.to_owned(), model: model.to_owned(), facts }
    }

    /// What it is searched by, and found by when a picker's label is typed.
    pub(super) fn key(&self) -> String {
        let year = self.facts.year.map(|year| year.to_string()).unwrap_or_default();
        search_key([self.manufacturer.as_str(), &self.model, &year])
    }

    pub(super) fn columns(self) -> ActiveModel {
        ActiveModel {
            search_key: Set(self.key()),
            manufacturer: Set(self.manufacturer),
            model: Set(self.model),
            year: Set(self.facts.year),
            head_size: Set(self.facts.head_size),
            string_pattern: Set(self.facts.string_pattern),
            weight: Set(self.facts.weight),
            balance: Set(self.facts.balance),
            updated_at: Set(Utc::now().into()),
            ..Default::default()
        }
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
}

impl Entity {
    /// Entries whose maker, model and year contain all words of the query, those of
    /// the likely sport first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn search(
        db: &impl Connection,
        likely: Option<Sport>,
        query: &str,
    ) -> Result<Vec<Model>, DbErr> {
        let mut found = Self::find()
            .filter(contains_words(Column::SearchKey, query))
            .filter(Column::MergedInto.is_null());
        if let Some(sport) = likely {
            found = found.order_by(Column::Sport.ne(sport), Order::Asc);
        }
        readable::all(found.order_by_asc(Column::SearchKey).limit(catalogue::PICKED), db).await
    }

    /// Whether there is no entry at all yet.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_empty(db: &impl Connection) -> Result<bool, DbErr> {
        let any = Self::find().select_only().column(Column::Id).limit(1).into_tuple::<Uuid>();
        Ok(any.one(db).await?.is_none())
    }

    /// The entry that is written exactly so, or a new private one. What stands
    /// before the first space is taken for the maker, as in every shop's list.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_or_create(
        db: &impl Connection,
        sport: Sport,
        name: &str,
    ) -> Result<Uuid, DbErr> {
        Self::find_or_create_with(db, sport, name, Facts::default()).await
    }

    /// The same; what is known of a new one is kept with it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_or_create_with(
        db: &impl Connection,
        sport: Sport,
        name: &str,
        facts: Facts,
    ) -> Result<Uuid, DbErr> {
        Self::find_or_add(db, sport, Said::named(name, facts)).await
    }

    /// The own entry that is written exactly so, or a new one.
    pub(super) async fn own_or_add(
        db: &impl Connection,
        sport: Sport,
        said: Said,
    ) -> Result<Uuid, DbErr> {
        let own = catalogue::written_so::<Self>(said.key())
            .filter(Column::Sport.eq(sport))
            .filter(Column::Visibility.eq(Visibility::CataloguePrivate));
        let own: Option<Model> = readable::one(own, db).await?;
        match own {
            Some(own) => Ok(own.merged_into.unwrap_or(own.id)),
            None => Self::add(db, sport, said).await,
        }
    }

    /// The entry that is written exactly so, or a new private one.
    pub(super) async fn find_or_add(
        db: &impl Connection,
        sport: Sport,
        said: Said,
    ) -> Result<Uuid, DbErr> {
        let known = catalogue::written_so::<Self>(said.key()).filter(Column::Sport.eq(sport));
        let known: Option<Model> = readable::one(known, db).await?;
        match known {
            // What was joined with another is that one.
            Some(racket) => Ok(racket.merged_into.unwrap_or(racket.id)),
            None => Self::add(db, sport, said).await,
        }
    }

    /// A new private entry.
    pub(super) async fn add(db: &impl Connection, sport: Sport, said: Said) -> Result<Uuid, DbErr> {
        let id = Uuid::now_v7();
        let racket = ActiveModel {
            id: Set(id),
            sport: Set(sport),
            visibility: Set(Visibility::CataloguePrivate),
            source: Set(Source::Manual),
            created_at: Set(Utc::now().into()),
            ..said.columns()
        };
        Self::insert(racket).exec_without_returning(db).await?;
        Ok(id)
    }

    /// Says otherwise what an own entry is.
    pub(super) async fn describe(db: &impl Connection, id: Uuid, said: Said) -> ModelResult<()> {
        catalogue::change::<Self>(db, id, said.columns()).await
    }
}

impl Model {
    /// `Babolat Pure Aero 98`.
    #[must_use]
    pub fn name(&self) -> String {
        catalogue::name([&self.manufacturer, &self.model])
    }

    /// As a picker tells two years of a model apart: `Babolat Pure Aero 98 2023`.
    #[must_use]
    pub fn label(&self) -> String {
        match self.year {
            Some(year) => format!("{} {year}", self.name()),
            None => self.name(),
        }
    }
}
