//! An order as lists show it: who, which racket, which strings, the two numbers.

use chrono::NaiveTime;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{FromQueryResult, JoinType, QuerySelect, RelationTrait, Select};
use sea_orm_tenancy::Connection;

use super::pricing::Priced;
use super::{Column, Dates, Entity, Prices, Relation, Tensions};
use crate::models::_entities::{client_profiles, client_rackets, persons, rackets, strings};
use crate::models::persons::full_name;
use crate::models::{ModelResult, catalogue, catalogue_strings, or_not_found, readable};
use crate::units::Sport;

/// An order in a list.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Row {
    /// The order's key.
    pub id: Uuid,
    /// Whose order it is.
    pub client_profile_id: Uuid,
    /// Which racket.
    pub client_racket_id: Uuid,
    first_name: Option<String>,
    last_name: Option<String>,
    manufacturer: String,
    model: String,
    /// What tells the racket from its twin.
    pub nickname: Option<String>,
    /// Its sport.
    pub sport: Sport,
    /// How hard it is pulled.
    #[sea_orm(nested)]
    pub tensions: Tensions,
    /// What it costs, and whose strings they are.
    #[sea_orm(nested)]
    pub priced: Priced,
    mains_string_text: Option<String>,
    crosses_string_text: Option<String>,
    mains_maker: Option<String>,
    mains_model: Option<String>,
    mains_gauge: Option<i64>,
    crosses_maker: Option<String>,
    crosses_model: Option<String>,
    crosses_gauge: Option<i64>,
    /// Its dates.
    #[sea_orm(nested)]
    pub dates: Dates,
    /// When it is wanted.
    pub due_at: Option<Date>,
    /// At what time it is wanted.
    pub due_time: Option<NaiveTime>,
    /// The receipt's number, once strung.
    pub receipt_number: Option<String>,
    /// Why it was set aside.
    pub void_reason: Option<String>,
}

impl Row {
    /// One order as a row.
    ///
    /// # Errors
    /// When there is none for the caller.
    pub async fn find(db: &impl Connection, id: Uuid) -> ModelResult<Row> {
        or_not_found(readable::one(rows().filter(Column::Id.eq(id)), db).await?)
    }
}

impl Row {
    /// `Sara Frei`; `None` for the stringer itself, whom the page names.
    #[must_use]
    pub fn client(&self) -> Option<String> {
        self.first_name
            .as_deref()
            .map(|first| full_name(first, self.last_name.as_deref().unwrap_or_default()))
    }

    /// `Babolat Pure Aero 98`.
    #[must_use]
    pub fn racket(&self) -> String {
        catalogue::name([&self.manufacturer, &self.model])
    }

    /// `Pure Aero 98`.
    #[must_use]
    pub fn model(&self) -> &str {
        &self.model
    }

    /// The mains' string as it is called.
    #[must_use]
    pub fn mains_string(&self) -> Option<String> {
        let named = self.mains_maker.as_deref().zip(self.mains_model.as_deref());
        named
            .map(|(maker, model)| catalogue_strings::name(maker, model, self.mains_gauge))
            .or_else(|| self.mains_string_text.clone())
    }

    /// The crosses' string as it is called.
    #[must_use]
    pub fn crosses_string(&self) -> Option<String> {
        let named = self.crosses_maker.as_deref().zip(self.crosses_model.as_deref());
        named
            .map(|(maker, model)| catalogue_strings::name(maker, model, self.crosses_gauge))
            .or_else(|| self.crosses_string_text.clone())
    }

    /// The parts of its price.
    #[must_use]
    pub const fn prices(&self) -> Prices {
        self.priced.prices()
    }
}

/// The columns of [`Row`].
pub(super) fn rows() -> Select<Entity> {
    use client_profiles::Relation as OfClient;
    use client_rackets::Relation as OfRacket;
    let order = Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::ClientProfileId,
            Column::ClientRacketId,
            Column::Sport,
            Column::MainsStringText,
            Column::CrossesStringText,
            Column::DueAt,
            Column::DueTime,
            Column::ReceiptNumber,
            Column::VoidReason,
        ])
        .columns(Tensions::COLUMNS)
        .columns(Priced::COLUMNS)
        .join(JoinType::InnerJoin, Relation::ClientProfiles.def())
        .join(JoinType::LeftJoin, OfClient::Persons.def())
        .column_as(persons::Column::DisplayFirstName, "first_name")
        .column_as(persons::Column::DisplayLastName, "last_name")
        .join(JoinType::InnerJoin, Relation::ClientRackets.def())
        .column(client_rackets::Column::Nickname)
        .join(JoinType::InnerJoin, OfRacket::Rackets.def())
        .columns([rackets::Column::Manufacturer, rackets::Column::Model]);
    with_strings(with_dates(order))
}

/// The columns of [`Dates`].
fn with_dates(orders: Select<Entity>) -> Select<Entity> {
    Dates::COLUMNS
        .into_iter()
        .fold(orders, |orders, (column, name)| orders.column_as(column, name))
        .expr_as(Column::ReceiptNumber.is_not_null(), "has_number")
}

/// Both strings, where they are the catalogue's.
fn with_strings(orders: Select<Entity>) -> Select<Entity> {
    orders
        .join_as(JoinType::LeftJoin, Relation::Strings1.def(), "on_mains")
        .join_as(JoinType::LeftJoin, Relation::Strings2.def(), "on_crosses")
        .expr_as(Expr::col(("on_mains", strings::Column::Manufacturer)), "mains_maker")
        .expr_as(Expr::col(("on_mains", strings::Column::Model)), "mains_model")
        .expr_as(Expr::col(("on_mains", strings::Column::Gauge)), "mains_gauge")
        .expr_as(Expr::col(("on_crosses", strings::Column::Manufacturer)), "crosses_maker")
        .expr_as(Expr::col(("on_crosses", strings::Column::Model)), "crosses_model")
        .expr_as(Expr::col(("on_crosses", strings::Column::Gauge)), "crosses_gauge")
}
