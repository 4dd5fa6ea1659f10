//! Orders as the client whose rackets they are sees them.

use sea_orm::entity::prelude::*;
use sea_orm_tenancy::Policy;

/// An order of a person, whoever strung it.
#[expect(missing_docs, reason = "the columns are those of `orders` and of what it names")]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "client_orders")]
pub struct Model {
    pub person_id: Uuid,
    pub stringer_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub stringer_name: String,
    pub racket_manufacturer: String,
    pub racket_model: String,
    pub ordered_at: Option<Date>,
    pub strung_at: Option<Date>,
}

#[expect(missing_docs, reason = "the view has none of its own")]
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Closed to stringers, who have the orders themselves.
#[must_use]
pub fn policy() -> Policy {
    Policy::of::<Entity>().sealed()
}

/// The person's own.
#[must_use]
pub fn policy_for_persons() -> Policy {
    Policy::of::<Entity>().read("this.person_id = :me").barrier()
}
