//! Receipts as the client sees them to whom they were issued.

use sea_orm::entity::prelude::*;
use sea_orm_tenancy::Policy;

/// A receipt that can be printed, of an order of a person.
#[expect(missing_docs, reason = "the columns are those of `receipt_emissions`")]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "client_receipts")]
pub struct Model {
    pub person_id: Uuid,
    pub stringer_id: Uuid,
    pub order_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub number: String,
    pub created_at: DateTimeWithTimeZone,
    pub pdf: Option<Vec<u8>>,
}

#[expect(missing_docs, reason = "the view has none of its own")]
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Closed to stringers, who have the receipts themselves.
#[must_use]
pub fn policy() -> Policy {
    Policy::of::<Entity>().sealed()
}

/// The person's own.
#[must_use]
pub fn policy_for_persons() -> Policy {
    super::persons_own::<Entity>()
}
