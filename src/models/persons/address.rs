//! Who is known by an address, for whoever proves that the address is its own.

use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder as _, QuerySelect as _};
use sea_orm_tenancy::Connection;

use super::{Column, Entity};
use crate::i18n::Locale;
use crate::models::{client_profiles, stringers};
use crate::values::normalise_email;

/// Who is known by an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// Nobody.
    Nobody,
    /// Workshops have typed it; nobody has proven it.
    Somebody,
    /// Whoever has proven it, with its language where chosen.
    Proven(Option<Locale>),
}

/// A person that an address may belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The person.
    pub id: Uuid,
    /// As it is called there.
    pub first_name: String,
    /// The workshop that has typed it; nobody's in particular where the person has proven who it
    /// is.
    pub stringer: Option<String>,
    /// That workshop's key.
    pub stringer_id: Option<Uuid>,
}

/// So many share an address at most: a family, a club.
const AT_ONCE: u64 = 20;

/// Those that are there, and stand for themselves.
pub(in crate::models) fn alive() -> Condition {
    Condition::all().add(Column::DeletedAt.is_null()).add(Column::MergedInto.is_null())
}

fn at(address: &str) -> Condition {
    alive().add(Column::EmailNormalised.eq(normalise_email(address)))
}

impl Entity {
    /// Who is known by an address. It is compared as it was typed, upper and lower case apart:
    /// no letter stands for one that looks like it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn at_address(db: &impl Connection, address: &str) -> Result<At, DbErr> {
        type Known = (Option<DateTimeUtc>, Option<Locale>);
        let known = Self::find()
            .select_only()
            .columns([Column::EmailVerifiedAt, Column::DefaultLocale])
            .filter(at(address))
            .limit(AT_ONCE);
        let known: Vec<Known> = known.into_tuple().all(db).await?;
        let proven = known.iter().find(|(verified, _)| verified.is_some());
        Ok(match (proven, known.first()) {
            (Some((_, locale)), _) => At::Proven(*locale),
            (None, Some(_)) => At::Somebody,
            (None, None) => At::Nobody,
        })
    }

    /// Whoever has proven an address.
    pub(in crate::models) async fn proven(
        db: &impl Connection,
        address: &str,
    ) -> Result<Option<Candidate>, DbErr> {
        let proven = Self::find()
            .select_only()
            .columns([Column::Id, Column::DisplayFirstName])
            .filter(at(address).add(Column::EmailVerifiedAt.is_not_null()));
        let proven: Option<(Uuid, String)> = proven.into_tuple().one(db).await?;
        let candidate =
            |(id, first_name)| Candidate { id, first_name, stringer: None, stringer_id: None };
        Ok(proven.map(candidate))
    }

    /// Clients whose workshops have typed an address that they have not proven.
    pub(in crate::models) async fn typed(
        db: &impl Connection,
        address: &str,
    ) -> Result<Vec<Candidate>, DbErr> {
        let typed = Self::find()
            .select_only()
            .columns([Column::Id, Column::DisplayFirstName])
            .filter(at(address).add(Column::Subject.is_null()))
            .order_by_asc(Column::Id)
            .limit(AT_ONCE);
        let typed: Vec<(Uuid, String)> = typed.into_tuple().all(db).await?;
        let workshops =
            client_profiles::Entity::workshops(db, typed.iter().map(|one| one.0)).await?;
        let named = typed.into_iter().filter_map(|(id, first_name)| {
            let (_, stringer_id, stringer) =
                workshops.iter().find(|(person, ..)| *person == id)?.clone();
            Some(Candidate {
                id,
                first_name,
                stringer: Some(stringer),
                stringer_id: Some(stringer_id),
            })
        });
        Ok(named.collect())
    }
}

impl client_profiles::Entity {
    /// Which active workshops have a file on these persons.
    pub(in crate::models) async fn workshops(
        db: &impl Connection,
        persons: impl IntoIterator<Item = Uuid> + Send,
    ) -> Result<Vec<(Uuid, Uuid, String)>, DbErr> {
        use client_profiles::Column;
        let files = Self::find()
            .select_only()
            .columns([Column::PersonId, Column::StringerId])
            .inner_join(stringers::Entity)
            .column(stringers::Column::DisplayName)
            .filter(Column::PersonId.is_in(persons))
            .filter(stringers::Column::DeactivatedAt.is_null())
            .order_by_asc(Column::Id);
        files.into_tuple().all(db).await
    }
}
