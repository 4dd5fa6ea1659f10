//! What was done with leave to read a client's orders, as the client sees it.

use sea_orm::entity::prelude::*;
use sea_orm_tenancy::Policy;

use super::share_audit::ShareEvent;

/// Leave that was given or taken back, or a look by it.
#[expect(missing_docs, reason = "the columns are those of `share_audit` and of what it names")]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "client_reads")]
pub struct Model {
    pub person_id: Uuid,
    pub stringer_id: Uuid,
    pub order_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub event: ShareEvent,
    pub at: DateTimeWithTimeZone,
    pub grantee_id: Uuid,
    pub grantee_name: String,
    pub stringer_name: String,
    pub racket_name: String,
}

#[expect(missing_docs, reason = "the view has none of its own")]
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Closed to stringers, who have the audit of their own orders.
#[must_use]
pub fn policy() -> Policy {
    Policy::of::<Entity>().sealed()
}

/// The person's own.
#[must_use]
pub fn policy_for_persons() -> Policy {
    super::persons_own::<Entity>()
}
