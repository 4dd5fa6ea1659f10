//! An order as lists show it: who, which racket, which strings, the two numbers.

use chrono::NaiveTime;
use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, QuerySelect, Select};
use sea_orm_tenancy::Connection;

use super::pricing::Priced;
use super::{Column, Dates, Entity, Prices, Tensions};
use crate::models::{ModelResult, or_not_found, readable};
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
    client_name: Option<String>,
    racket_name: String,
    racket_nickname: Option<String>,
    /// Its sport.
    pub sport: Sport,
    /// How hard it is pulled.
    #[sea_orm(nested)]
    pub tensions: Tensions,
    /// What it costs, and whose strings they are.
    #[sea_orm(nested)]
    pub priced: Priced,
    mains_name: Option<String>,
    crosses_name: Option<String>,
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
    pub fn client(&self) -> Option<&str> {
        self.client_name.as_deref()
    }

    /// `Babolat Pure Aero 98`.
    #[must_use]
    pub fn racket(&self) -> &str {
        &self.racket_name
    }

    /// What tells the racket from its twin.
    #[must_use]
    pub fn nickname(&self) -> Option<&str> {
        self.racket_nickname.as_deref()
    }

    /// The mains' string as it is called.
    #[must_use]
    pub fn mains_string(&self) -> Option<&str> {
        self.mains_name.as_deref()
    }

    /// The crosses' string as it is called.
    #[must_use]
    pub fn crosses_string(&self) -> Option<&str> {
        self.crosses_name.as_deref()
    }

    /// The parts of its price.
    #[must_use]
    pub const fn prices(&self) -> Prices {
        self.priced.prices()
    }
}

/// The columns of [`Row`]: of the order's own row and no other.
pub(super) fn rows() -> Select<Entity> {
    let order = Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::ClientProfileId,
            Column::ClientRacketId,
            Column::ClientName,
            Column::RacketName,
            Column::RacketNickname,
            Column::MainsName,
            Column::CrossesName,
            Column::Sport,
            Column::DueAt,
            Column::DueTime,
            Column::ReceiptNumber,
            Column::VoidReason,
        ])
        .columns(Tensions::COLUMNS)
        .columns(Priced::COLUMNS);
    Dates::COLUMNS
        .into_iter()
        .fold(order, |orders, (column, name)| orders.column_as(column, name))
        .expr_as(Column::ReceiptNumber.is_not_null(), "has_number")
}
