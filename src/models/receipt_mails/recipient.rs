//! Whom a receipt is mailed to.

use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, JoinType, QuerySelect as _};
use sea_orm_tenancy::Connection;

use crate::models::_entities::persons;
use crate::models::client_profiles::{Column, Entity, Relation};
use crate::models::persons::{Own, name_of};
use crate::models::readable;

/// Somebody with an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// `Sara Frei`.
    pub name: String,
    /// As it was typed.
    pub address: String,
    /// Has not said that it wants no mails.
    pub wants_mail: bool,
}

#[derive(FromQueryResult)]
struct Row {
    first_name: Option<String>,
    last_name: Option<String>,
    email: String,
    prefs: String,
}

impl Recipient {
    /// A client of mine, where an address is known; nobody writes to who is being erased.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find(db: &impl Connection, client: Uuid) -> Result<Option<Self>, DbErr> {
        let known = Entity::find()
            .select_only()
            .column(Column::Id)
            .join(JoinType::InnerJoin, Relation::Persons.def())
            .column_as(persons::Column::DisplayFirstName, "first_name")
            .column_as(persons::Column::DisplayLastName, "last_name")
            .column_as(persons::Column::Email, "email")
            .column_as(persons::Column::NotificationPrefs, "prefs")
            .filter(Column::Id.eq(client))
            .filter(persons::Column::Email.is_not_null())
            .filter(persons::Column::DeletedAt.is_null());
        let known: Option<Row> = readable::one(known, db).await?;
        Ok(known.map(|row| Self {
            name: name_of(row.first_name.as_deref(), row.last_name.as_deref()).unwrap_or_default(),
            address: row.email,
            wants_mail: Own { default_locale: None, notification_prefs: row.prefs }
                .prefers("email"),
        }))
    }
}
