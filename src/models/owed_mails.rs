//! Mails with a link that are owed. Asking writes a row, the same for an address that
//! is known and for one that is not; the poster finds out which, makes the link and
//! sends it. So asking tells nothing by its time, and no link waits in clear.

pub use super::_entities::owed_mails::{ActiveModel, Column, Entity, Model};
use chrono::{Duration, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{QueryOrder, QuerySelect};

use super::users::normalise_email;
use crate::auth::link::LinkKind;
use crate::i18n::Locale;
use crate::tenancy::{Connection, Policy};

impl ActiveModelBehavior for ActiveModel {}

/// An address gets one mail of a kind in so many seconds, whoever asks; gotrue's own
/// figure.
pub const PAUSE_SECONDS: i64 = 60;

/// While one process sends a mail, the others leave it alone for so long.
const LEASE_SECONDS: i64 = 60;

/// After so many failures the mail is dropped: its link would be too old to trust.
const ATTEMPTS: i64 = 5;

/// Closed to every stringer.
#[must_use]
pub fn policy() -> Policy {
    Policy::of::<Entity>().sealed()
}

impl Entity {
    /// Writes down that somebody asked for a mail. `false` where the address had one of
    /// the kind just now, and gets no other.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn ask(
        db: &impl Connection,
        kind: LinkKind,
        email: &str,
        locale: Locale,
        invitation_id: Option<Uuid>,
    ) -> Result<bool, DbErr> {
        let (email, now) = (normalise_email(email), Utc::now());
        let mut lately = Self::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::Email.eq(&email))
            .filter(Column::Kind.eq(kind.code()))
            .filter(Column::CreatedAt.gt(now - Duration::seconds(PAUSE_SECONDS)));
        // Withdrawn and invited again is another invitation, with a mail of its own.
        if let Some(invitation) = invitation_id {
            lately = lately.filter(Column::InvitationId.eq(invitation));
        }
        if lately.into_tuple::<Uuid>().one(db).await?.is_some() {
            return Ok(false);
        }
        let mail = ActiveModel {
            id: Set(Uuid::now_v7()),
            kind: Set(kind.code().to_owned()),
            email: Set(email),
            locale: Set(locale.code().to_owned()),
            invitation_id: Set(invitation_id),
            state: Set("owed".to_owned()),
            attempts: Set(0),
            created_at: Set(now.into()),
            next_attempt_at: Set(now.into()),
        };
        Self::insert(mail).exec_without_returning(db).await?;
        Ok(true)
    }

    /// What is owed and due.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn due(db: &impl Connection, at_most: u64) -> Result<Vec<Model>, DbErr> {
        Self::find()
            .filter(Column::State.eq("owed"))
            .filter(Column::NextAttemptAt.lte(Utc::now()))
            .order_by_asc(Column::NextAttemptAt)
            .limit(at_most)
            .all(db)
            .await
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
            .filter(Column::State.eq("owed"))
            .filter(Column::Attempts.eq(self.attempts))
            .exec(db)
            .await?;
        Ok(taken.rows_affected == 1)
    }

    /// It is sent, or there is nobody to send it to.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn settle(&self, db: &impl Connection) -> Result<(), DbErr> {
        self.become_state(db, "sent").await
    }

    /// It could not be sent; it is tried again when the lease is over, a few times.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn postpone(&self, db: &impl Connection) -> Result<(), DbErr> {
        if self.attempts + 1 >= ATTEMPTS {
            return self.become_state(db, "dropped").await;
        }
        Ok(())
    }

    async fn become_state(&self, db: &impl Connection, state: &str) -> Result<(), DbErr> {
        Entity::update_many()
            .col_expr(Column::State, Expr::value(state))
            .filter(Column::Id.eq(self.id))
            .exec(db)
            .await
            .map(drop)
    }
}
