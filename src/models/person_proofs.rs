//! Links that are mailed to an address: whoever uses one has the address, and may say which of
//! those that workshops know by it it is. Known by their hashes alone.

pub use super::_entities::person_proofs::{ActiveModel, Column, Entity, Model};
use chrono::{Duration, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{TransactionSession as _, TransactionTrait as _};
use sea_orm_tenancy::{Connection, Db, Policy, Txn};

use super::persons::{self, Candidate};
use super::sharing::ending::end_all_leave_of;
use super::{ModelError, ModelResult, hold, is_unique_violation, person_claims};
use crate::values::{Secret, normalise_email};

impl ActiveModelBehavior for ActiveModel {}

/// A link that nobody asked for is good for so many days, as an invitation is; one that was asked
/// for is good for [`LINK_MINUTES`](super::link_tokens::LINK_MINUTES) (RULES 10).
pub const PROOF_DAYS: i64 = 7;

/// What has lapsed is kept for so many days.
const KEPT_DAYS: i64 = 7;

/// Closed to every stringer, and to every person.
#[must_use]
pub fn policy() -> Policy {
    Policy::of::<Entity>().sealed()
}

/// Whom an address may belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// The address that the link was mailed to.
    pub address: String,
    /// One, where it was proven before.
    pub who: Vec<Candidate>,
}

async fn open(db: &impl Connection, secret: &Secret) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::TokenHash.eq(secret.digest()))
        .filter(Column::UsedAt.is_null())
        .filter(Column::ExpiresAt.gt(Utc::now()))
        .one(db)
        .await
}

async fn who(db: &impl Connection, address: &str) -> Result<Vec<Candidate>, DbErr> {
    match persons::Entity::proven(db, address).await? {
        Some(proven) => Ok(vec![proven]),
        None => persons::Entity::typed(db, address, None).await,
    }
}

impl Entity {
    /// A link for an address, good for so long.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn issue(
        db: &impl Connection,
        address: &str,
        good_for: Duration,
    ) -> Result<Secret, DbErr> {
        let (secret, now) = (Secret::generate(), Utc::now());
        let row = ActiveModel {
            id: Set(Uuid::now_v7()),
            address: Set(normalise_email(address)),
            token_hash: Set(secret.digest()),
            created_at: Set(now.into()),
            expires_at: Set((now + good_for).into()),
            used_at: Set(None),
        };
        Self::insert(row).exec_without_returning(db).await?;
        Ok(secret)
    }

    /// Whom a link is for, as long as it is good; nothing is used up by looking.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn offered(db: &impl Connection, secret: &Secret) -> Result<Option<Offered>, DbErr> {
        let Some(link) = open(db, secret).await? else { return Ok(None) };
        let who = who(db, &link.address).await?;
        Ok((!who.is_empty()).then_some(Offered { address: link.address, who }))
    }

    /// Uses a link up, for one of those whom it is for, and opens what the browser keeps. Of two
    /// at once one gets in. `None` where it is not good any more, or for nobody of that key.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn redeem(db: &Db, secret: &Secret, person: Uuid) -> ModelResult<Option<Secret>> {
        let txn = db.begin().await?;
        let Some(link) = open(&txn, secret).await? else { return Ok(None) };
        // With whatever else was mailed to the address: of two links at once one gets in.
        let used = Self::update_many()
            .col_expr(Column::UsedAt, Expr::value(Utc::now()))
            .filter(Column::Address.eq(link.address.as_str()))
            .filter(Column::UsedAt.is_null());
        if used.exec(&txn).await?.rows_affected == 0 {
            return Ok(None);
        }
        // Held before it is looked whose address it is: a workshop may just be changing it.
        match hold::<persons::Entity>(&txn, person).await {
            Err(ModelError::NotFound) => return Ok(None),
            held => held?,
        }
        let chosen = who(&txn, &link.address).await?.into_iter().find(|one| one.id == person);
        let Some(chosen) = chosen else { return Ok(None) };
        if chosen.stringer.is_some() {
            match prove(&txn, person, &link.address).await {
                // Another one has just proven the same address.
                Err(error) if is_unique_violation(&error) => return Ok(None),
                proven => {
                    if !proven? {
                        return Ok(None);
                    }
                }
            }
        }
        let session = person_claims::Entity::open_proven(&txn, person, &link.address).await?;
        txn.commit().await?;
        Ok(Some(session))
    }

    /// Forgets what has lapsed.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn forget(db: &impl Connection) -> Result<(), DbErr> {
        let lapsed = Column::ExpiresAt.lt(Utc::now() - Duration::days(KEPT_DAYS));
        Self::delete_many().filter(lapsed).exec(db).await.map(drop)
    }
}

/// From now on the person speaks for itself. What was done in its name before, by whoever had a
/// link that was handed over, is over: sessions, links, and leave to read. `false` where the
/// address is not the person's any more.
async fn prove(txn: &Txn, person: Uuid, address: &str) -> Result<bool, DbErr> {
    end_all_leave_of(txn, person, None).await?;
    person_claims::Entity::end_all(txn, person).await?;
    persons::Entity::speaks_for_itself(txn, person, address).await
}
