//! Mails with a link that are owed. Asking writes a row, the same for an address that
//! is known and for one that is not; their sender finds out which, makes the link and
//! sends it. So asking tells nothing by its time, and no link waits in clear.

pub use super::_entities::outbox::{ActiveModel, Column, Entity, Model};
use chrono::{Duration, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{QueryOrder, QuerySelect, QueryTrait as _, Select};
use sea_orm_tenancy::{Connection, Policy};

use super::readable;
use crate::i18n::Locale;
use crate::values::{MailKind, normalise_email, stored_words};

impl ActiveModelBehavior for ActiveModel {}

/// An address gets one mail of a kind in so many seconds, whoever asks; gotrue's own
/// figure.
pub const PAUSE_SECONDS: i64 = 60;

/// An address is told of workshops that have entered it once in so many days.
const INTRODUCTION_DAYS: i64 = 1;

/// While one process sends a mail, the others leave it alone for so long.
const LEASE_SECONDS: i64 = 60;

/// After so many failures the mail is dropped: its link would be too old to trust.
const ATTEMPTS: i64 = 5;

/// A mail that was settled is kept for so many days, for who asks where it went.
const KEPT_DAYS: i64 = 7;

stored_words! {
    "snake_case";

    /// What became of a mail.
    pub enum MailState {
        /// To be sent.
        Owed,
        /// Sent, or there was nobody to send it to.
        Sent,
        /// Given up.
        Dropped,
    }
}

/// Closed to every stringer.
#[must_use]
pub fn policy() -> Policy {
    Policy::of::<Entity>().sealed()
}

/// How long an address gets no second mail of a kind.
fn pause(kind: MailKind) -> Duration {
    match kind {
        // Nobody has asked for it who reads it.
        MailKind::Introduction => Duration::days(INTRODUCTION_DAYS),
        _ => Duration::seconds(PAUSE_SECONDS),
    }
}

impl Entity {
    /// Writes down that somebody asked for a mail. `false` where the address had one of
    /// the kind just now, and gets no other.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn ask(
        db: &impl Connection,
        kind: MailKind,
        email: &str,
        locale: Locale,
        invitation_id: Option<Uuid>,
    ) -> Result<bool, DbErr> {
        let (email, now) = (normalise_email(email), Utc::now());
        if Self::lately(kind, &email, invitation_id, now).one(db).await?.is_some() {
            return Ok(false);
        }
        // Of two who ask at the same moment the second finds a mail that is owed already.
        let mail = ActiveModel {
            id: Set(Uuid::now_v7()),
            kind: Set(kind),
            email: Set(email),
            locale: Set(locale),
            invitation_id: Set(invitation_id),
            state: Set(MailState::Owed),
            attempts: Set(0),
            created_at: Set(now.into()),
            next_attempt_at: Set(now.into()),
            sent_at: Set(None),
        };
        let owed = OnConflict::new().do_nothing().to_owned();
        Ok(Self::insert(mail).on_conflict(owed).exec_without_returning(db).await? == 1)
    }

    /// Forgets mails that were settled, as soon as they do not count for the pause.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn forget(db: &impl Connection) -> Result<(), DbErr> {
        Self::delete_many()
            .filter(Column::State.ne(MailState::Owed))
            .filter(Column::CreatedAt.lt(Utc::now() - Duration::days(KEPT_DAYS)))
            .exec(db)
            .await
            .map(drop)
    }

    /// The like of a mail that was asked for in the pause before a moment.
    fn lately(
        kind: MailKind,
        email: &str,
        invitation_id: Option<Uuid>,
        before: DateTimeUtc,
    ) -> Select<Self> {
        let lately = Self::find()
            .filter(Column::Email.eq(email))
            .filter(Column::Kind.eq(kind))
            .filter(Column::CreatedAt.gt(before - pause(kind)));
        match invitation_id {
            // Withdrawn and invited again is another invitation, with a mail of its own.
            Some(invitation) => lately.filter(Column::InvitationId.eq(invitation)),
            None => lately,
        }
    }

    /// How many went out since a moment; what there was nobody to send to did not.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sent_since(db: &impl Connection, since: DateTimeUtc) -> Result<u64, DbErr> {
        let sent = Self::find().select_only().column(Column::Id);
        sent.filter(Column::SentAt.gt(since)).count(db).await
    }

    /// How many mails were given up in the last day: somebody must look at the mail server.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn given_up_lately(db: &impl Connection) -> Result<u64, DbErr> {
        let count: Option<i64> = Self::lately_given_up().into_tuple().one(db).await?;
        Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or(0))
    }

    /// The same, to be counted with other things.
    pub(super) fn given_up() -> sea_orm::sea_query::SelectStatement {
        Self::lately_given_up().into_query()
    }

    fn lately_given_up() -> sea_orm::Select<Self> {
        Self::find()
            .select_only()
            .expr(Column::Id.count())
            .filter(Column::State.eq(MailState::Dropped))
            .filter(Column::CreatedAt.gt(Utc::now() - Duration::days(1)))
    }

    /// What is owed and due.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn due(db: &impl Connection, at_most: u64) -> Result<Vec<Model>, DbErr> {
        let due = Self::find()
            .filter(Column::State.eq(MailState::Owed))
            .filter(Column::NextAttemptAt.lte(Utc::now()))
            .order_by_asc(Column::NextAttemptAt)
            .limit(at_most);
        readable::all(due, db).await
    }
}

impl Model {
    /// Takes the mail for this process; `false` where another has it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn take(&self, db: &impl Connection) -> Result<bool, DbErr> {
        let until = Utc::now() + Duration::seconds(LEASE_SECONDS);
        let taken = Entity::update_many()
            .col_expr(Column::NextAttemptAt, Expr::value(until))
            .col_expr(Column::Attempts, Expr::value(self.attempts + 1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(MailState::Owed))
            .filter(Column::Attempts.eq(self.attempts))
            .exec(db)
            .await?;
        Ok(taken.rows_affected == 1)
    }

    /// Whether its like went out just before: two who asked at the same moment both found
    /// none, and one mail was sent before the other was written down.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_repeated(&self, db: &impl Connection) -> Result<bool, DbErr> {
        let (asked, invitation) = (self.created_at.to_utc(), self.invitation_id);
        let like = Entity::lately(self.kind, &self.email, invitation, asked)
            .filter(Column::State.eq(MailState::Sent))
            .filter(Column::Id.ne(self.id));
        Ok(like.one(db).await?.is_some())
    }

    /// It went out.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sent(&self, db: &impl Connection) -> Result<(), DbErr> {
        Entity::update_many()
            .col_expr(Column::State, Expr::value(MailState::Sent))
            .col_expr(Column::SentAt, Expr::value(Utc::now()))
            .filter(Column::Id.eq(self.id))
            .exec(db)
            .await
            .map(drop)
    }

    /// There is nobody to send it to.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn settle(&self, db: &impl Connection) -> Result<(), DbErr> {
        self.become_state(db, MailState::Sent).await
    }

    /// It could not be sent; it is tried again when the lease is over, a few times.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn postpone(&self, db: &impl Connection) -> Result<(), DbErr> {
        if self.attempts + 1 >= ATTEMPTS {
            return self.become_state(db, MailState::Dropped).await;
        }
        Ok(())
    }

    async fn become_state(&self, db: &impl Connection, state: MailState) -> Result<(), DbErr> {
        Entity::update_many()
            .col_expr(Column::State, Expr::value(state))
            .filter(Column::Id.eq(self.id))
            .exec(db)
            .await
            .map(drop)
    }
}
