//! How a stringer's prices are taxed, and since when (RULES 3). All prices include their tax: it
//! is what clients are told.

use chrono::{Datelike as _, NaiveDate, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder as _;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm_tenancy::{Connection, Policy};

pub use super::_entities::taxes::{ActiveModel, Column, Entity, Model, Relation};
use super::{ModelError, ModelResult, owned, readable};
use crate::units::Rate;
use crate::values::stored_words;

stored_words! {
    "snake_case";

    /// By which law a stringer's prices are taxed.
    pub enum TaxRegime {
        /// In no register, and no tax is asked for.
        NotRegistered,
        /// Switzerland, in the register of those who pay VAT.
        Switzerland,
        /// Germany, a small business (section 19 UStG).
        GermanySmall,
        /// Germany, with its rates.
        Germany,
        /// Austria, with its rates.
        Austria,
        /// Another country of the European Union, with its rates.
        EuropeanUnion,
    }
}

impl TaxRegime {
    /// Whether its prices include a tax.
    #[must_use]
    pub const fn has_rates(self) -> bool {
        match self {
            Self::NotRegistered | Self::GermanySmall => false,
            Self::Switzerland | Self::Germany | Self::Austria | Self::EuropeanUnion => true,
        }
    }

    /// The usual rate from a day on, where it is known: Switzerland since 2024 (art. 25 MWSTG),
    /// Germany since 2021 (section 12 UStG; section 28 had another before), Austria since 1984
    /// (section 10 UStG).
    #[must_use]
    pub fn usual_rate(self, since: NaiveDate) -> Option<Rate> {
        let (year, hundredths) = match self {
            Self::Switzerland => (2024, 810),
            Self::Germany => (2021, 1_900),
            Self::Austria => (1984, 2_000),
            Self::NotRegistered | Self::GermanySmall | Self::EuropeanUnion => return None,
        };
        (since.year() >= year).then(|| Rate::from_hundredths(hundredths))
    }
}

/// The rates that prices include.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// Of what is done.
    pub labor: Rate,
    /// Of the strings that are sold with it.
    pub strings: Rate,
}

/// How prices are taxed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tax {
    /// By which law.
    pub regime: TaxRegime,
    /// The number in its register, as it is printed.
    pub number: Option<String>,
    /// Where the regime has some.
    pub rates: Option<Rates>,
}

impl Tax {
    /// Of who has said nothing.
    pub const NONE: Self = Self { regime: TaxRegime::NotRegistered, number: None, rates: None };
}

impl ActiveModelBehavior for ActiveModel {}

/// Mine.
#[must_use]
pub fn policy() -> Policy {
    owned::<Entity>()
        .only_settable(&["regime", "number", "labor_rate", "strings_rate"])
        .delete("this.stringer_id = :me")
}

impl Model {
    /// How prices are taxed from its day on.
    #[must_use]
    pub fn tax(&self) -> Tax {
        let labor = self.labor_rate.map(Rate::from_hundredths);
        let rates = labor.filter(|_| self.regime.has_rates()).map(|labor| Rates {
            labor,
            strings: self.strings_rate.map_or(labor, Rate::from_hundredths),
        });
        Tax { regime: self.regime, number: self.number.clone(), rates }
    }
}

fn columns(tax: &Tax) -> ActiveModel {
    ActiveModel {
        regime: Set(tax.regime),
        number: Set(tax.number.clone()),
        labor_rate: Set(tax.rates.map(|rates| rates.labor.hundredths())),
        strings_rate: Set(tax.rates.map(|rates| rates.strings.hundredths())),
        ..Default::default()
    }
}

impl Entity {
    /// All that was said, the latest day first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn all(db: &impl Connection) -> Result<Vec<Model>, DbErr> {
        readable::all(Self::find().order_by_desc(Column::Since), db).await
    }

    /// What holds on a day.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of_day(db: &impl Connection, day: NaiveDate) -> Result<Tax, DbErr> {
        let latest = Self::find().filter(Column::Since.lte(day)).order_by_desc(Column::Since);
        let said: Option<Model> = readable::one(latest, db).await?;
        Ok(said.map_or(Tax::NONE, |said| said.tax()))
    }

    /// Says how prices are taxed from a day on. What was said for that very day is said anew.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn say(db: &impl Connection, since: NaiveDate, tax: &Tax) -> Result<(), DbErr> {
        let row = ActiveModel {
            id: Set(Uuid::now_v7()),
            since: Set(since),
            created_at: Set(Utc::now().into()),
            ..columns(tax)
        };
        let again = OnConflict::columns([Column::StringerId, Column::Since])
            .update_columns([
                Column::Regime,
                Column::Number,
                Column::LaborRate,
                Column::StringsRate,
            ])
            .to_owned();
        Self::insert(row).on_conflict(again).exec_without_returning(db).await.map(drop)
    }

    /// It was never so.
    ///
    /// # Errors
    /// When there is no such for the caller.
    pub async fn forget(db: &impl Connection, id: Uuid) -> ModelResult<()> {
        let gone = Self::delete_many().filter(Column::Id.eq(id)).exec(db).await?;
        if gone.rows_affected == 0 { Err(ModelError::NotFound) } else { Ok(()) }
    }
}
