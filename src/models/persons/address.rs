//! Who is known by an address, for whoever proves that the address is its own.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Query;
use sea_orm::{Condition, QueryOrder as _, QuerySelect as _};
use sea_orm_tenancy::Connection;

use super::{Column, Entity};
use crate::i18n::Locale;
use crate::models::{client_profiles, person_answers, stringers};
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
}

/// So many share an address at most: a club.
const AT_ONCE: u64 = 100;

/// Those that are there, and stand for themselves.
pub(in crate::models) fn alive() -> Condition {
    Condition::all().add(Column::DeletedAt.is_null()).add(Column::MergedInto.is_null())
}

pub(super) fn at(address: &str) -> Condition {
    alive().add(Column::EmailNormalised.eq(normalise_email(address)))
}

impl Entity {
    /// Who is known by an address. It is compared as forms keep it: composed (KELVIN SIGN is a K
    /// by Unicode's own word), upper and lower case apart; nothing stands for what it resembles.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn at_address(db: &impl Connection, address: &str) -> Result<At, DbErr> {
        let proven = Self::find()
            .select_only()
            .column(Column::DefaultLocale)
            .filter(at(address).add(Column::EmailVerifiedAt.is_not_null()));
        let proven: Option<Option<Locale>> = proven.into_tuple().one(db).await?;
        if let Some(locale) = proven {
            return Ok(At::Proven(locale));
        }
        let typed = Self::typed(db, address, None).await?;
        Ok(if typed.is_empty() { At::Nobody } else { At::Somebody })
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
        let candidate = |(id, first_name)| Candidate { id, first_name, stringer: None };
        Ok(proven.map(candidate))
    }

    /// Clients whose active workshops have typed an address that they have not proven; but for
    /// those of whom a person has spoken, and those whom a workshop knows beside it.
    pub(in crate::models) async fn typed(
        db: &impl Connection,
        address: &str,
        but: Option<Uuid>,
    ) -> Result<Vec<Candidate>, DbErr> {
        let mut typed = client_profiles::Entity::find()
            .select_only()
            .inner_join(Self)
            .inner_join(stringers::Entity)
            .columns([Column::Id, Column::DisplayFirstName])
            .column(stringers::Column::DisplayName)
            .filter(at(address).add(Column::Subject.is_null()))
            .filter(stringers::Column::DeactivatedAt.is_null())
            .order_by_asc(client_profiles::Column::Id)
            .limit(AT_ONCE);
        if let Some(person) = but {
            typed = typed.filter(unspoken(person));
        }
        let typed: Vec<(Uuid, String, String)> = typed.into_tuple().all(db).await?;
        let mut named: Vec<Candidate> = Vec::new();
        for (id, first_name, stringer) in typed {
            if !named.iter().any(|one| one.id == id) {
                named.push(Candidate { id, first_name, stringer: Some(stringer) });
            }
        }
        Ok(named)
    }
}

/// Files on others than a person, of whom it has not spoken, and on whom no workshop has a file that
/// has one on it as well.
fn unspoken(person: Uuid) -> Condition {
    use client_profiles::Column as File;
    let spoken = Query::select()
        .column(person_answers::Column::OtherId)
        .from(person_answers::Entity)
        .and_where(person_answers::Column::PersonId.eq(person))
        .take();
    let knows = Query::select()
        .column(File::StringerId)
        .from(client_profiles::Entity)
        .and_where(File::PersonId.eq(person))
        .take();
    // NOT IN knows no row where a null is among them; a stringer's own file is on nobody.
    let known_beside = Query::select()
        .column(File::PersonId)
        .from(client_profiles::Entity)
        .and_where(File::PersonId.is_not_null())
        .and_where(File::StringerId.in_subquery(knows))
        .take();
    Condition::all()
        .add(File::PersonId.ne(person))
        .add(File::PersonId.not_in_subquery(spoken))
        .add(File::PersonId.not_in_subquery(known_beside))
}
