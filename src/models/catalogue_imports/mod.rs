//! What outside feeds say of rackets and strings: staged, compared with what everybody has, and
//! taken, refused or matched by the admins. A feed may be staged again at any time: what it has
//! said before is not asked about twice.

mod deciding;
mod staging;
mod standing;

pub use deciding::{Taken, Which, match_with, reject, take};
pub use staging::{Brought, Staged, stage};
pub use standing::Standing;

pub use super::_entities::catalogue_imports::{ActiveModel, Column, Entity, Model};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Asterisk, Expr};
use sea_orm::{Condition, ExprTrait as _, FromQueryResult, QueryOrder as _, QuerySelect as _};
use sea_orm_tenancy::{Connection, Policy};

use super::catalogue::{self, Kind, Said};
use super::{
    ModelResult, catalogue_strings, contains_words, or_not_found, rackets, readable, says,
};
use crate::values::stored_words;

impl ActiveModelBehavior for ActiveModel {}

stored_words! {
    "snake_case";

    /// What became of a row of a feed.
    pub enum StagedState {
        /// The admins have not decided.
        Pending,
        /// Everybody has it, or has what it says anew.
        Promoted,
        /// Everybody had it before.
        Matched,
        /// It was not taken, for a reason.
        Rejected,
        /// The feed says something else of the same thing by now.
        Superseded,
    }
}

/// Closed to every stringer: a feed is staged by the system, and decided about by the bypass.
#[must_use]
pub fn policy() -> Policy {
    Policy::of::<Entity>()
}

/// Rows on a page.
pub const PAGE: u64 = 50;

/// Which rows are asked for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Of one feed alone.
    pub source: Option<String>,
    /// Of one kind alone.
    pub kind: Option<Kind>,
    /// Words that maker and model contain.
    pub words: String,
    /// Which page, counted from nought.
    pub page: u64,
}

/// A row that waits, and how it stands to what everybody has.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// It.
    pub row: Model,
    /// The comparison.
    pub standing: Standing,
}

/// How many rows of a feed wait.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Feed {
    /// The feed.
    pub source: String,
    /// Rackets or strings.
    pub kind: Kind,
    /// Rows that wait.
    pub rows: i64,
}

impl Wanted {
    fn condition(&self) -> Condition {
        Condition::all()
            .add(says(Column::State, &[StagedState::Pending]))
            .add_option(self.source.as_ref().map(|source| Column::Source.eq(source)))
            .add_option(self.kind.map(|kind| Column::Kind.eq(kind)))
            .add(contains_words(Column::SearchKey, &self.words))
    }
}

impl Model {
    /// What it says.
    #[must_use]
    pub fn said(&self) -> Said {
        let (manufacturer, model) = (self.manufacturer.clone(), self.model.clone());
        match self.kind {
            Kind::Rackets => Said::Racket(rackets::Said {
                manufacturer,
                model,
                facts: rackets::Facts {
                    year: self.year,
                    head_size: self.head_size,
                    string_pattern: self.string_pattern.clone(),
                    weight: self.weight,
                    balance: self.balance,
                },
            }),
            Kind::Strings => Said::String(catalogue_strings::Said {
                manufacturer,
                model,
                gauge: self.gauge,
                material: self.material.clone(),
                colour: self.colour.clone(),
                length: self.length,
            }),
        }
    }

    /// As pickers would call it.
    #[must_use]
    pub fn name(&self) -> String {
        match self.kind {
            Kind::Rackets => {
                let year = self.year.map(|year| year.to_string()).unwrap_or_default();
                catalogue::name([&self.manufacturer, &self.model, &year])
            }
            Kind::Strings => catalogue_strings::name(&self.manufacturer, &self.model, self.gauge),
        }
    }

    /// What an entry that is the same would probably have in its name.
    #[must_use]
    pub fn likely_words(&self) -> String {
        catalogue::likely_words(&self.manufacturer, &self.model)
    }

    /// The entry that stands for it.
    #[must_use]
    pub fn entry(&self) -> Option<Uuid> {
        self.racket_id.or(self.string_id)
    }
}

impl Entity {
    /// A page of what waits, by feed and name, each compared with what everybody has; and whether
    /// there is more. For the bypass.
    ///
    /// # Errors
    /// When the caller may not read it, or the database does not answer.
    pub async fn waiting(
        db: &impl Connection,
        wanted: &Wanted,
    ) -> ModelResult<(Vec<Waiting>, bool)> {
        let rows = Self::find()
            .filter(wanted.condition())
            .order_by_asc(Column::Source)
            .order_by_asc(Column::Kind)
            .order_by_asc(Column::SearchKey)
            .order_by_asc(Column::Id);
        let (rows, more): (Vec<Model>, bool) = readable::page(rows, wanted.page, PAGE, db).await?;
        let standings = standing::of(db, &rows).await?;
        let waiting = rows.into_iter().zip(standings);
        Ok((waiting.map(|(row, standing)| Waiting { row, standing }).collect(), more))
    }

    /// A row that waits. For the bypass.
    ///
    /// # Errors
    /// When there is none.
    pub async fn one_waiting(db: &impl Connection, id: Uuid) -> ModelResult<Waiting> {
        let row = Self::find_by_id(id).filter(Column::State.eq(StagedState::Pending));
        let row: Model = or_not_found(readable::one(row, db).await?)?;
        let standing = standing::of(db, std::slice::from_ref(&row)).await?.pop();
        Ok(Waiting { row, standing: or_not_found(standing)? })
    }

    /// The feeds of which rows wait. For the bypass.
    ///
    /// # Errors
    /// When the caller may not read them, or the database does not answer.
    pub async fn feeds(db: &impl Connection) -> Result<Vec<Feed>, DbErr> {
        let feeds = Self::find()
            .select_only()
            .columns([Column::Source, Column::Kind])
            .expr_as(Expr::col(Asterisk).count(), "rows")
            .filter(says(Column::State, &[StagedState::Pending]))
            .group_by(Column::Source)
            .group_by(Column::Kind)
            .order_by_asc(Column::Source)
            .order_by_asc(Column::Kind);
        feeds.into_model().all(db).await
    }
}
