//! Persons that were found to be one: by the person itself, which has proven the address of both,
//! or by an admin, with a reason. Append-only.

pub use super::_entities::person_merges::{ActiveModel, Column, Entity, Model};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder as _, QuerySelect as _};
use sea_orm_tenancy::{Connection, Policy};

use super::readable;

impl ActiveModelBehavior for ActiveModel {}

/// A page shows so many.
const SHOWN: u64 = 50;

/// Closed to every stringer; an admin reads it by the bypass.
#[must_use]
pub fn policy() -> Policy {
    Policy::of::<Entity>()
}

impl Entity {
    /// What a person was found to be, and who was found to be it, the latest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of_person(db: &impl Connection, person: Uuid) -> Result<Vec<Model>, DbErr> {
        let either =
            Condition::any().add(Column::SurvivorId.eq(person)).add(Column::MergedId.eq(person));
        readable::all(Self::find().filter(either).order_by_desc(Column::At).limit(SHOWN), db).await
    }
}
