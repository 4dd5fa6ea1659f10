//! What proves that somebody is a person: a link that a stringer hands over, and what a browser
//! keeps once it was used. Both are known by their hashes alone.
//!
//! A link that is handed over proves no address, and whoever made it may open it himself. So it
//! is made, it is good, and what it opened stays open, only as long as its stringer alone has a
//! file on the person and the person does not speak for itself: it opens nothing then that he does
//! not have. For the same reason a link does not make its person one that speaks for itself
//! (`subject`): names and address stay the stringer's to say, who knows them from the counter,
//! until the person proves its address (`person_proofs`).

mod knowing;

pub use super::_entities::person_claims::{ActiveModel, Column, Entity, Model};
use chrono::{Duration, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{QuerySelect as _, TransactionSession as _, TransactionTrait as _};
use sea_orm_tenancy::{Connection, Db, Policy, Txn};

use self::knowing::{is_known_to_alone, person};
use super::{ModelError, ModelResult, or_not_found, persons, stringers};
use crate::i18n::Locale;
use crate::values::{Secret, stored_words};

impl ActiveModelBehavior for ActiveModel {}

stored_words! {
    "snake_case";

    /// What a secret is for.
    pub enum ClaimKind {
        /// A link that was handed over; good once.
        Claim,
        /// What a browser keeps.
        Session,
    }
}

/// A link is good for so many days, as an invitation is (RULES 10).
pub const LINK_DAYS: i64 = 7;

/// A browser is known for so many days: nobody comes more rarely who has a racket strung.
pub const SESSION_DAYS: i64 = 365;

/// What has lapsed is kept for so many days.
const KEPT_DAYS: i64 = 30;

/// Closed to every stringer, and to every person.
#[must_use]
pub fn policy() -> Policy {
    Policy::of::<Entity>().sealed()
}

/// Who is meant by a link, and who has made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// The person's first name.
    pub first_name: String,
    /// The workshop.
    pub stringer: String,
}

/// A person whose browser is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPerson {
    /// What the browser keeps.
    pub session: Uuid,
    /// The person.
    pub id: Uuid,
    /// How to greet it.
    pub first_name: String,
    /// Its language, where it has chosen one.
    pub locale: Option<Locale>,
    /// The address that it has proven.
    pub address: Option<String>,
}

fn good(kind: ClaimKind, secret: &Secret) -> sea_orm::Condition {
    sea_orm::Condition::all()
        .add(Column::TokenHash.eq(secret.digest()))
        .add(Column::Kind.eq(kind))
        .add(Column::UsedAt.is_null())
        .add(Column::ExpiresAt.gt(Utc::now()))
}

fn claim(person: Uuid, kind: ClaimKind, secret: &Secret, days: i64) -> ActiveModel {
    let now = Utc::now();
    ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person),
        kind: Set(kind),
        token_hash: Set(secret.digest()),
        stringer_id: Set(None),
        address: Set(None),
        created_at: Set(now.into()),
        expires_at: Set((now + Duration::days(days)).into()),
        used_at: Set(None),
    }
}

async fn end(db: &impl Connection, which: sea_orm::Condition) -> Result<u64, DbErr> {
    let ended = Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(Utc::now()))
        .filter(which)
        .filter(Column::UsedAt.is_null());
    Ok(ended.exec(db).await?.rows_affected)
}

/// The person of a link that is good, who has made it, and what its page says.
async fn open_link(
    db: &impl Connection,
    secret: &Secret,
) -> Result<Option<(Uuid, Uuid, Offered)>, DbErr> {
    let link = Entity::find().filter(good(ClaimKind::Claim, secret)).one(db).await?;
    let link = link.and_then(|link| Some((link.person_id, link.stringer_id?)));
    let Some((id, maker)) = link else { return Ok(None) };
    let Some(known) = person(db, id).await? else { return Ok(None) };
    if !is_known_to_alone(db, maker, (id, &known)).await? {
        return Ok(None);
    }
    let first_name = known.display_first_name;
    let named = stringers::Entity::find_by_id(maker)
        .select_only()
        .column(stringers::Column::DisplayName)
        .filter(stringers::Column::DeactivatedAt.is_null());
    let named = named.into_tuple::<String>().one(db).await?;
    Ok(named.map(|stringer| (id, maker, Offered { first_name, stringer })))
}

fn of_person(person: Uuid) -> sea_orm::Condition {
    sea_orm::Condition::all().add(Column::PersonId.eq(person))
}

impl Entity {
    /// A link for a client. Those that were made before open nothing any more, and what was
    /// opened by one is closed: it may have gone to somebody else.
    ///
    /// # Errors
    /// [`ModelError::NotFound`] where there is no such person, and [`ModelError::Reference`] where
    /// it opens its pages by its own address, or where the stringer is not the one who knows it.
    pub async fn hand_over(db: &Db, stringer: Uuid, id: Uuid) -> ModelResult<Secret> {
        let txn = db.begin().await?;
        let known = or_not_found(person(&txn, id).await?)?;
        if !is_known_to_alone(&txn, stringer, (id, &known)).await? {
            return Err(ModelError::Reference);
        }
        end(&txn, of_person(id)).await?;
        let secret = Secret::generate();
        let row = ActiveModel {
            stringer_id: Set(Some(stringer)),
            ..claim(id, ClaimKind::Claim, &secret, LINK_DAYS)
        };
        Self::insert(row).exec_without_returning(&txn).await?;
        txn.commit().await?;
        Ok(secret)
    }

    /// Whom a link is for, as long as it is good; nothing is used up by looking.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn offered(db: &impl Connection, secret: &Secret) -> Result<Option<Offered>, DbErr> {
        Ok(open_link(db, secret).await?.map(|(_, _, offered)| offered))
    }

    /// Uses a link up, and opens what the browser keeps. Of two at once one gets in: the
    /// statement that marks the link decides. `None` where it is not good any more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn redeem(db: &Db, secret: &Secret) -> ModelResult<Option<Secret>> {
        let txn = db.begin().await?;
        let Some((id, maker, _)) = open_link(&txn, secret).await? else { return Ok(None) };
        if end(&txn, good(ClaimKind::Claim, secret)).await? == 0 {
            return Ok(None);
        }
        // Another link that was made at the same instant opens nothing beside it.
        end(&txn, of_person(id)).await?;
        let session = Secret::generate();
        let row = ActiveModel {
            stringer_id: Set(Some(maker)),
            ..claim(id, ClaimKind::Session, &session, SESSION_DAYS)
        };
        Self::insert(row).exec_without_returning(&txn).await?;
        txn.commit().await?;
        Ok(Some(session))
    }

    /// What the browser keeps of a person that has just proven an address, in the caller's
    /// transaction.
    pub(super) async fn open_proven(
        txn: &Txn,
        person: Uuid,
        address: &str,
    ) -> Result<Secret, DbErr> {
        let session = Secret::generate();
        let row = ActiveModel {
            address: Set(Some(address.to_owned())),
            ..claim(person, ClaimKind::Session, &session, SESSION_DAYS)
        };
        Self::insert(row).exec_without_returning(txn).await?;
        Ok(session)
    }

    /// No link and no browser of a person opens anything any more.
    pub(super) async fn end_all(db: &impl Connection, person: Uuid) -> Result<(), DbErr> {
        end(db, of_person(person)).await.map(drop)
    }

    /// The person whose browser keeps this.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn recognise(
        db: &impl Connection,
        secret: &Secret,
    ) -> Result<Option<KnownPerson>, DbErr> {
        let session = Self::find().filter(good(ClaimKind::Session, secret)).one(db).await?;
        let Some(session) = session else { return Ok(None) };
        let id = session.person_id;
        let Some(known) = person(db, id).await? else { return Ok(None) };
        let is_good = match (&session.address, session.stringer_id) {
            (Some(address), _) => known.has_proven(address),
            (None, Some(maker)) => is_known_to_alone(db, maker, (id, &known)).await?,
            (None, None) => false,
        };
        let known = KnownPerson {
            session: session.id,
            id,
            first_name: known.display_first_name,
            locale: known.default_locale,
            address: session.address,
        };
        Ok(is_good.then_some(known))
    }

    /// The browser is not known any more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sign_out(db: &impl Connection, session: Uuid) -> Result<(), DbErr> {
        end(db, sea_orm::Condition::all().add(Column::Id.eq(session))).await.map(drop)
    }

    /// Nothing of a person, or of those that it was found to be, opens anything any more, nor names
    /// an address.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn forget_all(db: &impl Connection, person: Uuid) -> Result<(), DbErr> {
        let joined = Query::select()
            .column(persons::Column::Id)
            .from(persons::Entity)
            .and_where(persons::Column::MergedInto.eq(person))
            .take();
        let all = sea_orm::Condition::any()
            .add(Column::PersonId.eq(person))
            .add(Column::PersonId.in_subquery(joined));
        Self::delete_many().filter(all).exec(db).await.map(drop)
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
