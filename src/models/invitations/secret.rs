//! The secret that an invitation's link carries: it alone binds an identity to a stringer.

use chrono::{Duration, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm_tenancy::Connection;

use super::super::readable;
use super::{Column, Entity, InvitationState, Model};
use crate::models::{ModelResult, or_not_found};
use crate::values::{Identity, Secret, normalise_email};

/// How long an invitation's link is good for (RULES 10).
pub const LINK_DAYS: i64 = 7;

impl Entity {
    /// The invitation that a secret belongs to, whether its link is still good or not.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_by_secret(
        db: &impl Connection,
        secret: &Secret,
    ) -> Result<Option<Model>, DbErr> {
        readable::one(Self::find().filter(Column::TokenHash.eq(secret.digest())), db).await
    }

    /// Accepts an invitation on behalf of who is signed in. Of two at once one does.
    /// `None` where the secret is none, too old or used up, or the invitation was meant
    /// for another identity.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn accept(
        db: &impl Connection,
        secret: &Secret,
        who: &Identity,
    ) -> Result<Option<Model>, DbErr> {
        let Some(known) = Self::find_by_secret(db, secret).await? else { return Ok(None) };
        if !known.is_good() || !known.is_meant_for(who) {
            return Ok(None);
        }
        let accepted = Self::update_many()
            .col_expr(Column::State, Expr::value(InvitationState::Accepted))
            .col_expr(Column::Subject, Expr::value(&who.subject))
            .col_expr(Column::TokenHash, Expr::value(Option::<String>::None))
            .col_expr(Column::UpdatedAt, Expr::value(Utc::now()))
            .filter(Column::Id.eq(known.id))
            .filter(Column::State.eq(InvitationState::Sent))
            .filter(Column::TokenHash.eq(secret.digest()))
            .exec(db)
            .await?;
        Ok((accepted.rows_affected == 1).then_some(known))
    }
}

impl Model {
    /// Whether its link is still good.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.state == InvitationState::Sent
            && self.link_expires_at.is_some_and(|at| at > Utc::now())
    }

    /// The identity that the provider invited; where the provider knew the address
    /// already and did not say which identity has it, the one with that address.
    fn is_meant_for(&self, who: &Identity) -> bool {
        match &self.subject {
            Some(subject) => *subject == who.subject,
            None => self.email == normalise_email(&who.email),
        }
    }

    /// A fresh secret for its link, which replaces the last one.
    ///
    /// # Errors
    /// When it is not open any more, or the database does not answer.
    pub async fn renew_secret(&self, db: &impl Connection) -> ModelResult<Secret> {
        let secret = Secret::generate();
        self.keep_secret(db, &secret).await?;
        Ok(secret)
    }

    /// Makes a secret its link's, in place of the last one.
    ///
    /// # Errors
    /// When it is not open any more, or the database does not answer.
    pub async fn keep_secret(&self, db: &impl Connection, secret: &Secret) -> ModelResult<()> {
        let now = Utc::now();
        let renewed = Entity::update_many()
            .col_expr(Column::TokenHash, Expr::value(secret.digest()))
            .col_expr(Column::LinkExpiresAt, Expr::value(now + Duration::days(LINK_DAYS)))
            .col_expr(Column::UpdatedAt, Expr::value(now))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(InvitationState::Sent))
            .exec(db)
            .await?;
        or_not_found((renewed.rows_affected == 1).then_some(()))
    }
}
