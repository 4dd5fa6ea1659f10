//! An entry of either kind, and what is said of one.

use sea_orm::prelude::{DateTimeWithTimeZone, Uuid};

use super::{Source, Visibility};
use crate::models::{catalogue_strings, rackets};
use crate::units::Sport;
use crate::values::stored_words;

stored_words! {
    "snake_case";

    /// What an entry is about.
    pub enum Kind {
        /// Racket models.
        Rackets,
        /// Strings.
        Strings,
    }
}

/// An entry of either kind.
#[derive(Debug, Clone)]
pub enum Entry {
    /// A racket model.
    Racket(rackets::Model),
    /// A string.
    String(catalogue_strings::Model),
}

/// What a person says of an entry of either kind.
#[derive(Debug, Clone)]
pub enum Said {
    /// Of a racket model.
    Racket(rackets::Said),
    /// Of a string.
    String(catalogue_strings::Said),
}

impl Said {
    /// What it is about.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Racket(_) => Kind::Rackets,
            Self::String(_) => Kind::Strings,
        }
    }

    /// What it is found by when it is written exactly so.
    pub(in crate::models) fn key(&self) -> String {
        match self {
            Self::Racket(said) => said.key(),
            Self::String(said) => said.key(),
        }
    }
}

impl Entry {
    /// When it was last changed.
    #[must_use]
    pub const fn updated_at(&self) -> DateTimeWithTimeZone {
        match self {
            Self::Racket(racket) => racket.updated_at,
            Self::String(string) => string.updated_at,
        }
    }

    /// What stands for it, where it was joined with another.
    #[must_use]
    pub const fn merged_into(&self) -> Option<Uuid> {
        match self {
            Self::Racket(racket) => racket.merged_into,
            Self::String(string) => string.merged_into,
        }
    }

    /// Its key.
    #[must_use]
    pub const fn id(&self) -> Uuid {
        match self {
            Self::Racket(racket) => racket.id,
            Self::String(string) => string.id,
        }
    }

    /// What it is about.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Racket(_) => Kind::Rackets,
            Self::String(_) => Kind::Strings,
        }
    }

    /// As pickers call it.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::Racket(racket) => racket.label(),
            Self::String(string) => string.name(),
        }
    }

    /// Its sport.
    #[must_use]
    pub const fn sport(&self) -> Sport {
        match self {
            Self::Racket(racket) => racket.sport,
            Self::String(string) => string.sport,
        }
    }

    /// Where it comes from.
    #[must_use]
    pub const fn source(&self) -> Source {
        match self {
            Self::Racket(racket) => racket.source,
            Self::String(string) => string.source,
        }
    }

    /// What it is found by when it is written exactly so.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::Racket(racket) => &racket.search_key,
            Self::String(string) => &string.search_key,
        }
    }

    /// Everybody sees it, and nobody changes it alone.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        let visibility = match self {
            Self::Racket(racket) => racket.visibility,
            Self::String(string) => string.visibility,
        };
        visibility == Visibility::CatalogueShared
    }
}
