//! What a person said of others that workshops know by the same address: the same human being, or
//! another one who shares it. Nothing else links two (RULES 4).

pub use super::_entities::person_answers::{ActiveModel, Column, Entity, Model};
use chrono::Utc;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{TransactionSession as _, TransactionTrait as _};
use sea_orm_tenancy::{Connection, Db, Policy};

use super::persons::{self, Candidate, joining};
use super::{ModelError, ModelResult, hold, is_unique_violation, or_not_found};

impl ActiveModelBehavior for ActiveModel {}

/// Closed to every stringer, and to every person.
#[must_use]
pub fn policy() -> Policy {
    Policy::of::<Entity>().sealed()
}

impl Entity {
    /// Clients that workshops know by the address that a person has proven, and of whom it has
    /// not said yet whether they are itself. A workshop that knows the person already has said
    /// itself that they are two.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn unanswered(
        db: &impl Connection,
        person: Uuid,
        address: &str,
    ) -> Result<Vec<Candidate>, DbErr> {
        persons::Entity::typed(db, address, Some(person)).await
    }

    /// A person's word for one of them. What was said already stays said.
    ///
    /// # Errors
    /// When there is no such one to speak of.
    pub async fn answer(
        db: &Db,
        person: Uuid,
        address: &str,
        other: Uuid,
        is_same: bool,
    ) -> ModelResult<()> {
        let txn = db.begin().await?;
        // Held before it is looked whose address it is, in the order in which joining holds them.
        for one in [person.min(other), person.max(other)] {
            hold::<persons::Entity>(&txn, one).await?;
        }
        let open = Self::unanswered(&txn, person, address).await?;
        or_not_found(open.iter().find(|one| one.id == other))?;
        let row = ActiveModel {
            id: Set(Uuid::now_v7()),
            person_id: Set(person),
            other_id: Set(other),
            is_same: Set(is_same),
            at: Set(Utc::now().into()),
        };
        match Self::insert(row).exec_without_returning(&txn).await {
            Err(error) if is_unique_violation(&error) => return Err(ModelError::Stale),
            answered => drop(answered?),
        }
        if is_same {
            joining::join(&txn, other, person, None).await?;
        }
        Ok(txn.commit().await?)
    }
}
