//! What somebody should know: one row for each recipient (`stringer_id`) and event.

pub use super::_entities::notifications::{ActiveModel, Column, Entity, Model};
use chrono::Utc;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Asterisk, Expr, Func, Query, SelectStatement};
use sea_orm::{QueryOrder as _, QuerySelect as _, QueryTrait as _};
use sea_orm_tenancy::{Connection, Policy};

use super::readable;
use crate::values::stored_words;

impl ActiveModelBehavior for ActiveModel {}

stored_words! {
    "snake_case";

    /// What somebody is told of (RULES 6).
    pub enum NotificationKind {
        /// An order was shared with the recipient.
        ShareGrantedToMe,
        /// It is not shared any more.
        ShareRevokedFromMe,
        /// A client let somebody else read an order of the recipient's.
        MyOrderVisibleToThirdParty,
        /// An entry of the catalogue waits for the admins.
        CatalogueSubmissionPending,
        /// The admins have decided about the recipient's entry.
        CatalogueSubmissionDecided,
        /// A receipt did not reach its client by mail, or nobody knows.
        ReceiptNotMailed,
    }
}

/// What is told of shares.
pub(super) const OF_SHARES: [NotificationKind; 3] = [
    NotificationKind::ShareGrantedToMe,
    NotificationKind::ShareRevokedFromMe,
    NotificationKind::MyOrderVisibleToThirdParty,
];

/// Told on a page of them.
const PAGE: u64 = 50;

/// Who has more than so many is told that they are more.
pub const MANY: u64 = 99;

impl Entity {
    /// What I was told, the latest first, and whether there is more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn latest(db: &impl Connection, page: u64) -> Result<(Vec<Model>, bool), DbErr> {
        let latest = Self::find().order_by_desc(Column::At).order_by_desc(Column::Id);
        readable::page(latest, page, PAGE, db).await
    }

    /// How much of what I was told I have not said that I know; one more than [`MANY`] where it
    /// is more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn count_unread(db: &impl Connection) -> Result<u64, DbErr> {
        let some = Self::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::ReadAt.is_null())
            .limit(MANY + 1)
            .into_tuple::<Uuid>();
        Ok(some.all(db).await?.len() as u64)
    }

    /// Whether I was told something since a moment that I have not said that I know.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_any_since(db: &impl Connection, since: DateTimeUtc) -> Result<bool, DbErr> {
        let some = Self::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::ReadAt.is_null())
            .filter(Column::At.gt(since))
            .limit(1);
        Ok(some.into_tuple::<Uuid>().one(db).await?.is_some())
    }

    /// I know of these.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn seen(db: &impl Connection, news: Vec<Uuid>) -> Result<(), DbErr> {
        Self::update_many()
            .col_expr(Column::ReadAt, Expr::value(Utc::now()))
            .filter(Column::Id.is_in(news))
            .filter(Column::ReadAt.is_null())
            .exec(db)
            .await
            .map(drop)
    }

    /// What I was told of an order is nothing to look after any more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(super) async fn seen_of(
        db: &impl Connection,
        order: Uuid,
        kind: NotificationKind,
    ) -> Result<(), DbErr> {
        Self::update_many()
            .col_expr(Column::ReadAt, Expr::value(Utc::now()))
            .filter(Column::OrderId.eq(order))
            .filter(Column::Kind.eq(kind))
            .filter(Column::ReadAt.is_null())
            .exec(db)
            .await
            .map(drop)
    }

    /// Tells somebody of an order, named with whoever strung it.
    ///
    /// # Errors
    /// When the order is not there for the caller, or the database does not answer.
    pub(super) async fn tell_of(
        db: &impl Connection,
        (stringer, order): (Uuid, Uuid),
        whom: Uuid,
        kind: NotificationKind,
    ) -> Result<(), DbErr> {
        let told = ActiveModel {
            id: Set(Uuid::now_v7()),
            stringer_id: Set(whom),
            kind: Set(kind),
            order_stringer_id: Set(Some(stringer)),
            order_id: Set(Some(order)),
            at: Set(Utc::now().into()),
            ..Default::default()
        };
        Self::insert(told).exec_without_returning(db).await.map(drop)
    }

    /// How many of some kinds I have not looked at; no more than so many are counted.
    pub(super) fn unseen(kinds: &[NotificationKind], at_most: u64) -> SelectStatement {
        let some = Self::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::ReadAt.is_null())
            .filter(Column::Kind.is_in(kinds.iter().copied()))
            .limit(at_most)
            .into_query();
        Query::select().expr(Func::count(Expr::col(Asterisk))).from_subquery(some, "some").take()
    }
}

/// Those to me. I tell myself of my own, and another only that a grant of an order is
/// given or gone that, in force or revoked, links us; a stranger hears nothing.
#[must_use]
pub fn policy() -> Policy {
    Policy::of::<Entity>()
        .read("this.stringer_id = :me")
        .insert()
        .stamp("actor_id")
        .not_insertable(&["actor_person_id", "read_at"])
        .insert_only_if(
            "stringer_id",
            "(this.stringer_id = :me AND (this.order_id IS NULL OR this.order_stringer_id = :me)) \
             OR (this.order_stringer_id = :me AND (this.kind = 'share_granted_to_me' \
             OR this.kind = 'share_revoked_from_me') AND EXISTS (SELECT 1 FROM order_shares AS s \
             WHERE s.stringer_id = :me AND s.order_id = this.order_id \
             AND s.grantee_id = this.stringer_id)) \
             OR (this.order_stringer_id = this.stringer_id \
             AND this.kind = 'share_revoked_from_me' AND EXISTS (\
             SELECT 1 FROM order_shares AS s WHERE s.stringer_id = this.stringer_id \
             AND s.order_id = this.order_id AND s.grantee_id = :me))",
        )
        .update("this.stringer_id = :me")
        .only_settable(&["read_at"])
}

/// A person tells of its own orders: the stringer of one, and whom it was shared with.
#[must_use]
pub fn policy_for_persons() -> Policy {
    Policy::of::<Entity>()
        .insert()
        .stamp("actor_person_id")
        .not_insertable(&["actor_id", "read_at"])
        .insert_only_if(
            "stringer_id",
            "EXISTS (SELECT 1 FROM client_orders AS o WHERE o.person_id = :me \
             AND o.stringer_id = this.order_stringer_id AND o.id = this.order_id) \
             AND (this.stringer_id = this.order_stringer_id \
             OR EXISTS (SELECT 1 FROM order_shares AS s \
             WHERE s.stringer_id = this.order_stringer_id AND s.order_id = this.order_id \
             AND s.grantee_id = this.stringer_id AND s.granted_by_person_id = :me) \
             OR EXISTS (SELECT 1 FROM person_stringer_shares AS p WHERE p.person_id = :me \
             AND p.target_stringer_id = this.stringer_id))",
        )
}
