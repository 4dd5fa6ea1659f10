//! What every stringer may know of the others: their public card, for choosing whom to
//! share with.

use sea_orm::entity::prelude::*;
use sea_orm_tenancy::Policy;

/// An active stringer's card.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stringer_cards")]
pub struct Model {
    /// The stringer's key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// How it is called.
    pub display_name: String,
    /// Where it works.
    pub town: Option<String>,
}

#[expect(missing_docs, reason = "the view has none of its own")]
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// All of them: the view has no more than may be known.
#[must_use]
pub fn policy() -> Policy {
    Policy::of::<Entity>().read("this.id IS NOT NULL").sealed()
}
