//! Who somebody is, and who knows it.

use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, QuerySelect as _};
use sea_orm_tenancy::Connection;

use crate::i18n::Locale;
use crate::models::{client_profiles, persons, readable};

/// Who somebody is, before anybody may speak for it.
#[derive(FromQueryResult)]
pub(super) struct Known {
    pub(super) display_first_name: String,
    pub(super) default_locale: Option<Locale>,
    email_normalised: Option<String>,
    email_verified_at: Option<DateTimeUtc>,
    subject: Option<String>,
}

impl Known {
    /// Whether an address is its own.
    pub(super) fn has_proven(&self, address: &str) -> bool {
        self.email_verified_at.is_some() && self.email_normalised.as_deref() == Some(address)
    }
}

/// A person that is there, and stands for itself.
pub(super) async fn person(db: &impl Connection, id: Uuid) -> Result<Option<Known>, DbErr> {
    use persons::Column;
    let person = persons::Entity::find_by_id(id)
        .select_only()
        .columns([
            Column::DisplayFirstName,
            Column::DefaultLocale,
            Column::EmailNormalised,
            Column::EmailVerifiedAt,
            Column::Subject,
        ])
        .filter(persons::address::alive());
    readable::one(person, db).await
}

/// Whether a stringer has a file on a person that does not speak for itself, and nobody else has.
pub(super) async fn is_known_to_alone(
    db: &impl Connection,
    stringer: Uuid,
    (person, known): (Uuid, &Known),
) -> Result<bool, DbErr> {
    use client_profiles::Column;
    if known.subject.is_some() {
        return Ok(false);
    }
    let stringers = client_profiles::Entity::find()
        .select_only()
        .column(Column::StringerId)
        .filter(Column::PersonId.eq(person))
        .limit(2)
        .into_tuple::<Uuid>()
        .all(db)
        .await?;
    Ok(stringers == [stringer])
}
