//! Who may become a stringer: invited by the admin, or asking for it.
//!
//! An identity is bound to a stringer by an invitation's secret only, never by the
//! address that its token claims; which identity may show the secret is settled when
//! the provider invites it.

mod secret;

pub use secret::LINK_DAYS;

pub use super::_entities::invitations::{ActiveModel, Column, Entity, Model};
use chrono::Utc;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{Order, QueryOrder, QuerySelect};
use sea_orm_tenancy::{Connection, Policy};

use super::{ModelError, ModelResult, or_not_found, readable};
use crate::i18n::Locale;
use crate::values::{Identity, normalise_email, stored_words};

impl ActiveModelBehavior for ActiveModel {}

stored_words! {
    "snake_case";

    /// Where an invitation stands.
    pub enum InvitationState {
        /// Somebody without access asked for it.
        Asked,
        /// Invited; a mail went out or is about to.
        Sent,
        /// The invited identity has shown the secret, and has not filled in the first page yet.
        Accepted,
        /// It is a stringer now.
        Joined,
        /// Not any more.
        Withdrawn,
    }
}

/// Nobody has joined by it, and nobody has taken it back.
const OPEN: [InvitationState; 3] =
    [InvitationState::Asked, InvitationState::Sent, InvitationState::Accepted];

/// An admin's list shows so many.
const SHOWN: u64 = 200;

/// Closed to every stringer.
#[must_use]
pub fn policy() -> Policy {
    Policy::of::<Entity>().sealed()
}

impl Model {
    /// One by its key.
    ///
    /// # Errors
    /// When there is none, or the database does not answer.
    pub async fn find(db: &impl Connection, id: Uuid) -> ModelResult<Model> {
        or_not_found(readable::one(Entity::find_by_id(id), db).await?)
    }
}

impl Entity {
    /// Invites an address. One that was invited or asked before keeps its row.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn invite(
        db: &impl Connection,
        email: &str,
        locale: Locale,
        invited_by: Option<Uuid>,
    ) -> Result<Model, DbErr> {
        if let Some(open) = Self::find_open(db, email).await? {
            open.send(db, locale, invited_by).await?;
            return readable::one(Self::find_by_id(open.id), db)
                .await?
                .ok_or_else(|| DbErr::RecordNotFound("an invitation".to_owned()));
        }
        let fresh = ActiveModel {
            state: Set(InvitationState::Sent),
            invited_by: Set(invited_by),
            ..fresh(email, locale)
        };
        // Of two who invite an address at the same moment the second finds the first's.
        let known = OnConflict::new().do_nothing().to_owned();
        Self::insert(fresh).on_conflict(known).exec_without_returning(db).await?;
        let open = Self::find_open(db, email).await?;
        open.ok_or_else(|| DbErr::RecordNotFound("an invitation".to_owned()))
    }

    /// Somebody who is signed in at the provider, and is no stringer, asks for access.
    /// Asking again changes the message alone.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn ask(
        db: &impl Connection,
        who: &Identity,
        locale: Locale,
        message: Option<String>,
    ) -> Result<(), DbErr> {
        let known =
            Self::find().filter(Column::Subject.eq(&who.subject)).filter(Column::State.is_in(OPEN));
        let known: Option<Model> = readable::one(known, db).await?;
        if let Some(known) = known {
            return Self::update_many()
                .col_expr(Column::Message, Expr::value(message))
                .filter(Column::Id.eq(known.id))
                .exec(db)
                .await
                .map(drop);
        }
        let fresh = ActiveModel {
            state: Set(InvitationState::Asked),
            subject: Set(Some(who.subject.clone())),
            message: Set(message),
            ..fresh(&who.email, locale)
        };
        Self::insert(fresh).exec_without_returning(db).await.map(drop)
    }

    /// Whether an identity has asked for access, and nobody has answered yet.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_asked_by(db: &impl Connection, subject: &str) -> Result<bool, DbErr> {
        Ok(Self::find_in_state(db, subject, InvitationState::Asked).await?.is_some())
    }

    /// The invitation that is on its way to an identity.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_sent_to(db: &impl Connection, subject: &str) -> Result<Option<Model>, DbErr> {
        Self::find_in_state(db, subject, InvitationState::Sent).await
    }

    async fn find_in_state(
        db: &impl Connection,
        subject: &str,
        state: InvitationState,
    ) -> Result<Option<Model>, DbErr> {
        let known = Self::find().filter(Column::Subject.eq(subject));
        readable::one(known.filter(Column::State.eq(state)), db).await
    }

    /// The latest, whatever became of them.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn recent(db: &impl Connection) -> Result<Vec<Model>, DbErr> {
        readable::all(Self::find().order_by_desc(Column::CreatedAt).limit(SHOWN), db).await
    }

    /// The invitation that an identity has accepted and not filled in yet.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_accepted_by(
        db: &impl Connection,
        subject: &str,
    ) -> Result<Option<Model>, DbErr> {
        Self::find_in_state(db, subject, InvitationState::Accepted).await
    }

    /// Of an address that has both asked and been invited, the invitation.
    async fn find_open(db: &impl Connection, email: &str) -> Result<Option<Model>, DbErr> {
        let open = Self::find()
            .filter(Column::Email.eq(normalise_email(email)))
            .filter(Column::State.is_in(OPEN))
            .order_by(Column::State.eq(InvitationState::Asked), Order::Asc);
        readable::one(open, db).await
    }
}

fn fresh(email: &str, locale: Locale) -> ActiveModel {
    let now = Utc::now();
    ActiveModel {
        id: Set(Uuid::now_v7()),
        email: Set(normalise_email(email)),
        locale: Set(locale),
        created_at: Set(now.into()),
        updated_at: Set(now.into()),
        ..Default::default()
    }
}

impl Model {
    /// Whether it may still be sent, and taken back.
    #[must_use]
    pub fn is_open(&self) -> bool {
        OPEN.contains(&self.state)
    }

    /// Remembers which identity the provider has invited.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_for(&self, db: &impl Connection, subject: &str) -> Result<(), DbErr> {
        Entity::update_many()
            .col_expr(Column::Subject, Expr::value(subject))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(InvitationState::Sent))
            .exec(db)
            .await
            .map(drop)
    }

    /// Takes it back; one that was accepted as well, as long as nobody has joined by it.
    ///
    /// # Errors
    /// When somebody has, or the database does not answer.
    pub async fn withdraw(&self, db: &impl Connection) -> ModelResult<()> {
        let withdrawn = Entity::update_many()
            .col_expr(Column::State, Expr::value(InvitationState::Withdrawn))
            .col_expr(Column::TokenHash, Expr::value(Option::<String>::None))
            .col_expr(Column::UpdatedAt, Expr::value(Utc::now()))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.is_in(OPEN))
            .exec(db)
            .await?;
        if withdrawn.rows_affected == 1 { Ok(()) } else { Err(ModelError::Stale) }
    }

    /// The identity is a stringer now. Two tabs that send the first page at once make
    /// one, by the unique subject of a stringer.
    ///
    /// # Errors
    /// When it is over meanwhile, or the database does not answer.
    pub async fn joined(&self, db: &impl Connection, stringer: Uuid) -> ModelResult<()> {
        let joined = Entity::update_many()
            .col_expr(Column::State, Expr::value(InvitationState::Joined))
            .col_expr(Column::StringerId, Expr::value(stringer))
            .col_expr(Column::UpdatedAt, Expr::value(Utc::now()))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(InvitationState::Accepted))
            .exec(db)
            .await?;
        if joined.rows_affected == 1 { Ok(()) } else { Err(ModelError::Stale) }
    }

    /// From asked to sent, or sent once more, in the language that was chosen now; also
    /// where the invited has accepted and then lost the browser that was signed in.
    async fn send(
        &self,
        db: &impl Connection,
        locale: Locale,
        invited_by: Option<Uuid>,
    ) -> Result<(), DbErr> {
        Entity::update_many()
            .col_expr(Column::State, Expr::value(InvitationState::Sent))
            .col_expr(Column::Locale, Expr::value(locale))
            .col_expr(Column::InvitedBy, Expr::value(invited_by))
            .col_expr(Column::UpdatedAt, Expr::value(Utc::now()))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.is_in(OPEN))
            .exec(db)
            .await
            .map(drop)
    }
}
