//! Taking a mail, and what became of it.

use chrono::{Duration, Utc};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::TransactionSession as _;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm_tenancy::Connection;

use super::{ActiveModel, Column, Delivery, Entity, Model, Recipient, last_said_of};
use crate::models::notifications::{self, NotificationKind};
use crate::models::{ModelResult, or_not_found, orders, readable, receipt_emissions};

/// After so many answers of "not now" the stringer must look; with the pauses between them this is
/// some nine hours.
const ATTEMPTS: i64 = 10;

/// The longest pause, as a power of two of minutes.
const LONGEST_PAUSE: i64 = 7;

/// What is to be done with a mail that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// It is to be sent.
    To(Recipient),
    /// There is no address that takes mails.
    Nobody,
    /// Its order is not strung any more.
    CalledBack,
}

/// What the mail server said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It has taken the mail.
    Taken,
    /// It knows no such address.
    NoSuchAddress(String),
    /// It will never take it.
    Never(String),
    /// It does not take it now: nothing was sent.
    NotNow(String),
    /// Nothing that tells whether it has taken it.
    Nothing(String),
}

impl Model {
    /// A mail of mine.
    ///
    /// # Errors
    /// When there is none for the caller.
    pub async fn find(db: &impl Connection, id: Uuid) -> ModelResult<Self> {
        or_not_found(readable::one(Entity::find_by_id(id), db).await?)
    }

    /// Whom it is for, with the receipt that was issued last: what has happened to the order while
    /// it was with another process counts as well. What was refused once is not tried again by
    /// itself.
    ///
    /// # Errors
    /// When the order is gone, or the database does not answer.
    pub async fn prepare(&mut self, db: &impl Connection) -> ModelResult<Next> {
        let order = orders::Model::find(db, self.order_id).await?;
        let latest = receipt_emissions::Entity::latest(db, self.order_id).await?;
        let Some(latest) = latest.filter(|_| order.strung_at.is_some()) else {
            return Ok(Next::CalledBack);
        };
        if latest != self.emission_id {
            Entity::bring(db, self.order_id, latest).await?;
            self.emission_id = latest;
        }
        let recipient = Recipient::find(db, order.client_profile_id).await?;
        let Some(recipient) = recipient.filter(|one| one.wants_mail) else {
            return Ok(Next::Nobody);
        };
        let said = last_said_of(&recipient.address).into_tuple().one(db).await?;
        let is_refused = said == Some(Delivery::Refused);
        Ok(if is_refused && !self.by_hand { Next::Nobody } else { Next::To(recipient) })
    }

    /// Takes it for this process, to an address; `false` where another has it, or it brings
    /// another receipt by now. The others leave it alone for as long as the lease, which is longer
    /// than any talk with a mail server; after that nobody knows what became of it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn take(
        &self,
        db: &impl Connection,
        address: &str,
        lease: Duration,
    ) -> Result<bool, DbErr> {
        let now = Utc::now();
        let taken = ActiveModel {
            state: Set(Delivery::Sending),
            address: Set(Some(address.to_owned())),
            attempts: Set(self.attempts + 1),
            next_attempt_at: Set((now + lease).into()),
            taken_at: Set(Some(now.into())),
            ..Default::default()
        };
        let taken = Entity::update_many()
            .set(taken)
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(Delivery::Owed))
            .filter(Column::Attempts.eq(self.attempts))
            .filter(Column::EmissionId.eq(self.emission_id))
            .exec(db)
            .await?;
        Ok(taken.rows_affected == 1)
    }

    /// Whoever took it has not come back: it may have arrived, and is not sent again.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn lapse(&self, db: &impl Connection) -> ModelResult<()> {
        let is_over = self.next_attempt_at.to_utc() <= Utc::now();
        if !is_over {
            return Ok(());
        }
        let (taken, from) = (self.attempts, &[Delivery::Sending]);
        self.end(db, from, taken, Delivery::Unknown, None).await
    }

    /// It is not sent, for a reason that stands in its state.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn leave(&self, db: &impl Connection, state: Delivery) -> ModelResult<()> {
        self.become_state(db, self.attempts, state, None).await
    }

    /// It is not even tried before so long, for a reason.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn wait(
        &self,
        db: &impl Connection,
        so_long: Duration,
        reason: &str,
    ) -> Result<(), DbErr> {
        Entity::update_many()
            .col_expr(Column::NextAttemptAt, Expr::value(Utc::now() + so_long))
            .col_expr(Column::LastError, Expr::value(reason))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(Delivery::Owed))
            .exec(db)
            .await
            .map(drop)
    }

    /// What the mail server said to it, after it was taken.
    ///
    /// # Errors
    /// When the database does not answer: then nobody knows, and it is never sent again by itself.
    pub async fn answered(&self, db: &impl Connection, answer: Answer) -> ModelResult<()> {
        let taken = self.attempts + 1;
        let (state, said) = match answer {
            Answer::Taken => (Delivery::Sent, None),
            Answer::NoSuchAddress(said) => (Delivery::Refused, Some(said)),
            Answer::Never(said) => (Delivery::GivenUp, Some(said)),
            Answer::Nothing(said) => (Delivery::Unknown, Some(said)),
            Answer::NotNow(said) => {
                return self.again(db, taken, said).await;
            }
        };
        self.become_state(db, taken, state, said).await
    }

    async fn again(&self, db: &impl Connection, attempts: i64, said: String) -> ModelResult<()> {
        if attempts >= ATTEMPTS {
            return self.become_state(db, attempts, Delivery::GivenUp, Some(said)).await;
        }
        let pause = Duration::minutes(1 << (attempts - 1).clamp(0, LONGEST_PAUSE));
        let later = ActiveModel {
            state: Set(Delivery::Owed),
            next_attempt_at: Set((Utc::now() + pause).into()),
            last_error: Set(Some(said)),
            ..Default::default()
        };
        let later = Entity::update_many()
            .set(later)
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(Delivery::Sending))
            .filter(Column::Attempts.eq(attempts))
            .exec(db)
            .await?;
        if later.rows_affected == 1 {
            return Ok(());
        }
        // The lease was over meanwhile, and the stringer was told: what comes next is its to say.
        self.become_state(db, attempts, Delivery::GivenUp, None).await
    }

    /// It has come to an end, of which the stringer is told where it is none to be glad of. What
    /// the server did say is better than that nobody knows.
    async fn become_state(
        &self,
        db: &impl Connection,
        attempts: i64,
        state: Delivery,
        said: Option<String>,
    ) -> ModelResult<()> {
        let open = [Delivery::Owed, Delivery::Sending, Delivery::Unknown];
        self.end(db, &open, attempts, state, said).await
    }

    async fn end(
        &self,
        db: &impl Connection,
        from: &[Delivery],
        attempts: i64,
        state: Delivery,
        said: Option<String>,
    ) -> ModelResult<()> {
        let txn = db.begin().await?;
        let ended = ActiveModel {
            state: Set(state),
            last_error: said.map_or(NotSet, |said| Set(Some(said))),
            settled_at: Set(Some(Utc::now().into())),
            ..Default::default()
        };
        let done = Entity::update_many()
            .set(ended)
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.is_in(from.iter().copied()))
            .filter(Column::State.ne(state))
            .filter(Column::Attempts.eq(attempts))
            .exec(&txn)
            .await?;
        if done.rows_affected == 1 && state.is_trouble() {
            let (me, kind) = (self.stringer_id, NotificationKind::ReceiptNotMailed);
            notifications::Entity::tell_of(&txn, (me, self.order_id), me, kind).await?;
        }
        if done.rows_affected == 1 && state == Delivery::Sent {
            // What did not arrive before is nothing to look after any more.
            let kind = NotificationKind::ReceiptNotMailed;
            notifications::Entity::seen_of(&txn, self.order_id, kind).await?;
        }
        txn.commit().await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_tried_again_is_given_up_the_next_day_at_the_latest() {
        let pauses = (1..ATTEMPTS).map(|n| 1_i64 << (n - 1).clamp(0, LONGEST_PAUSE));
        let minutes: i64 = pauses.sum();
        assert!((6 * 60..24 * 60).contains(&minutes), "{minutes}");
    }
}
