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

/// What is known of a model beside its name.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Of the model.
    pub year: Option<i64>,
    /// In cm².
    pub head_size: Option<i64>,
    /// `16/19`.
    pub string_pattern: Option<String>,
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
        let mut found = Self::find().filter(contains_words(Column::SearchKey, query));
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
        let key = search_key([name]);
        let known = catalogue::written_so::<Self>(Column::SearchKey, Column::Visibility, key);
        let known: Option<Model> = readable::one(known.filter(Column::Sport.eq(sport)), db).await?;
        match known {
            Some(racket) => Ok(racket.id),
            None => Self::add(db, sport, name, facts).await,
        }
    }

    async fn add(
        db: &impl Connection,
        sport: Sport,
        name: &str,
        facts: Facts,
    ) -> Result<Uuid, DbErr> {
        let name = name.trim();
        let (manufacturer, model) = catalogue::split_maker(name);
        let (id, now) = (Uuid::now_v7(), Utc::now());
        let racket = ActiveModel {
            id: Set(id),
            sport: Set(sport),
            manufacturer: Set(manufacturer.to_owned()),
            model: Set(model.to_owned()),
            search_key: Set(search_key([name])),
            visibility: Set(Visibility::CataloguePrivate),
            source: Set(Source::Manual),
            year: Set(facts.year),
            head_size: Set(facts.head_size),
            string_pattern: Set(facts.string_pattern),
            created_at: Set(now.into()),
            updated_at: Set(now.into()),
            ..Default::default()
        };
        Self::insert(racket).exec_without_returning(db).await?;
        Ok(id)
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
