//! What a stringer tells a client whose racket is ready.

use chrono::Utc;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm_tenancy::Connection;

use super::{ActiveModel, Column, Entity, Model};
use crate::i18n::Locale;

/// What is filled into the words.
pub const BLANKS: [&str; 6] = ["name", "racket", "total", "pay", "hours", "workshop"];

/// What a stringer tells a client whose racket is ready.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ready {
    /// When rackets are collected.
    pub opening_hours: Option<String>,
    /// In its own words, in German; the house's where it has none.
    pub german: Option<String>,
    /// The same in English.
    pub english: Option<String>,
}

impl Ready {
    /// In its own words, in a language, else in the house's; with [`BLANKS`].
    #[must_use]
    pub fn words(&self, locale: Locale) -> String {
        let own = match locale {
            Locale::De => &self.german,
            Locale::En => &self.english,
        };
        own.clone().unwrap_or_else(|| Self::of_the_house(locale))
    }

    /// What is said where a stringer has no words of its own.
    #[must_use]
    pub fn of_the_house(locale: Locale) -> String {
        let blanks = BLANKS.iter().map(|name| ((*name).into(), format!("{{{name}}}").into()));
        locale.text("ready-text", &blanks.collect()).unwrap_or_default()
    }
}

impl Model {
    /// What it tells a client whose racket is ready.
    #[must_use]
    pub fn ready(&self) -> Ready {
        Ready {
            opening_hours: self.opening_hours.clone(),
            german: self.ready_text_de.clone(),
            english: self.ready_text_en.clone(),
        }
    }
}

impl Entity {
    /// Keeps what a stringer tells a client whose racket is ready.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn tell_ready(db: &impl Connection, id: Uuid, ready: Ready) -> Result<(), DbErr> {
        let change = ActiveModel {
            opening_hours: Set(ready.opening_hours),
            ready_text_de: Set(ready.german),
            ready_text_en: Set(ready.english),
            updated_at: Set(Utc::now().into()),
            ..Default::default()
        };
        Self::update_many().set(change).filter(Column::Id.eq(id)).exec(db).await.map(drop)
    }
}
