//! Forms that were taken. A page gives each form a key of its own, which is used once: a double
//! tap, Enter held down, Back and Save, or another try after a time-out make one order.

pub use super::_entities::submissions::{ActiveModel, Column, Entity, Model};
use chrono::{Duration, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::TransactionSession;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm_tenancy::{Connection, Policy, Txn};

use super::{ModelResult, or_not_found, owned};

impl ActiveModelBehavior for ActiveModel {}

/// A page that stands open longer than this is sent as a new one.
const KEPT_DAYS: i64 = 7;

/// Mine; one is forgotten when it can be no second tap any more.
#[must_use]
pub fn policy() -> Policy {
    owned::<Entity>().only_settable(&["answer"]).delete("this.stringer_id = :me")
}

impl Entity {
    /// Forgets those that can be no second tap any more, whosever they are.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn forget(db: &impl Connection) -> Result<(), DbErr> {
        let old = Column::CreatedAt.lt(Utc::now() - Duration::days(KEPT_DAYS));
        Self::delete_many().filter(old).exec(db).await.map(drop)
    }
}

/// A form's key, and what it was sent with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// What the page gave the form; `None` for what comes from no page of ours.
    pub key: Option<Uuid>,
    /// A digest of all its fields.
    pub digest: String,
}

/// What a ticket leads to.
#[derive(Debug)]
pub enum Opened {
    /// To a transaction that does what the form says.
    New(Submission),
    /// The form was taken before, as it is; this was the answer.
    Taken(String),
    /// A form with this key was taken before, and said something else; that was the answer.
    TakenOtherwise(String),
}

/// A form that is being taken. All that it says is done by [`Submission::txn`], and stands
/// when the answer is known.
#[derive(Debug)]
pub struct Submission {
    txn: Txn,
    row: Option<Uuid>,
}

impl Submission {
    /// Uses a ticket up. Of several at once one is let in, and the others wait for its answer;
    /// where it fails, the next is let in.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open(db: &impl Connection, ticket: &Ticket) -> ModelResult<Opened> {
        let txn = db.begin().await?;
        let Some(key) = ticket.key else {
            return Ok(Opened::New(Self { txn, row: None }));
        };
        let (id, now) = (Uuid::now_v7(), Utc::now());
        let row = ActiveModel {
            id: Set(id),
            form_key: Set(key),
            digest: Set(ticket.digest.clone()),
            answer: Set(String::new()),
            created_at: Set(now.into()),
            ..Default::default()
        };
        let once = OnConflict::new().do_nothing().to_owned();
        if Entity::insert(row).on_conflict(once).exec_without_returning(&txn).await? == 1 {
            return Ok(Opened::New(Self { txn, row: Some(id) }));
        }
        let before = Entity::find().filter(Column::FormKey.eq(key)).one(&txn).await?;
        let before = or_not_found(before)?;
        Ok(if before.digest == ticket.digest {
            Opened::Taken(before.answer)
        } else {
            Opened::TakenOtherwise(before.answer)
        })
    }

    /// What the form says is done by this.
    #[must_use]
    pub const fn txn(&self) -> &Txn {
        &self.txn
    }

    /// It is done, and leads to a path of ours.
    ///
    /// # Errors
    /// When the database does not answer; nothing is done then.
    pub async fn done(self, answer: &str) -> ModelResult<()> {
        if let Some(id) = self.row {
            Entity::update_many()
                .col_expr(Column::Answer, Expr::value(answer))
                .filter(Column::Id.eq(id))
                .exec(&self.txn)
                .await?;
        }
        self.txn.commit().await?;
        Ok(())
    }
}
