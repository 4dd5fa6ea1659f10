//! Orders as the client whose rackets they are sees them.

use sea_orm::entity::prelude::*;
use sea_orm_tenancy::Policy;

use super::orders::wear::Bed;
use super::orders::{Dates, Tensions};
use crate::units::{Currency, Money, Sport, TensionUnit};
use crate::values::Vocabulary as _;

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
    pub stringer_town: Option<String>,
    pub client_racket_id: Uuid,
    pub racket_name: String,
    pub racket_nickname: Option<String>,
    pub sport: Sport,
    pub tension_unit: TensionUnit,
    pub mains_name: Option<String>,
    pub mains_tension: Option<i64>,
    pub mains_colour: Option<String>,
    pub mains_byo: bool,
    pub crosses_name: Option<String>,
    pub crosses_tension: Option<i64>,
    pub crosses_colour: Option<String>,
    pub crosses_byo: bool,
    pub method: Option<String>,
    pub dt_before: Option<i64>,
    pub dt_after: Option<i64>,
    pub dt_device: Option<String>,
    pub comment_public: Option<String>,
    pub currency: Currency,
    pub total: Option<i64>,
    pub ordered_at: Option<Date>,
    pub strung_at: Option<Date>,
    pub returned_at: Option<Date>,
    pub paid_at: Option<Date>,
    pub cancelled_at: Option<Date>,
    pub due_at: Option<Date>,
    pub paid_in_advance: bool,
    pub receipt_number: Option<String>,
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
    super::persons_own::<Entity>()
}

impl Model {
    /// Its dates, which tell where it stands.
    #[must_use]
    pub const fn dates(&self) -> Dates {
        Dates {
            is_self: false,
            ordered: self.ordered_at,
            strung: self.strung_at,
            returned: self.returned_at,
            paid: self.paid_at,
            cancelled: self.cancelled_at,
            paid_in_advance: self.paid_in_advance,
            has_number: self.receipt_number.is_some(),
        }
    }

    /// How hard it was pulled.
    #[must_use]
    pub fn tensions(&self) -> Tensions {
        Tensions::stored(self.tension_unit, self.mains_tension, self.crosses_tension)
    }

    /// What the client pays.
    #[must_use]
    pub fn total(&self) -> Option<Money> {
        self.total.map(|total| Money::from_minor(total, self.currency))
    }

    /// The stringbed that it made, where it was strung.
    #[must_use]
    pub fn bed(&self) -> Option<Bed> {
        Some(Bed {
            id: self.id,
            client_racket_id: self.client_racket_id,
            strung_at: self.strung_at?,
            tensions: self.tensions(),
            dt_before: self.dt_before,
            dt_after: self.dt_after,
            dt_device: self.dt_device.clone(),
        })
    }

    /// The sport, where it is not the usual one.
    #[must_use]
    pub fn other_sport(&self) -> Option<&'static str> {
        (self.sport != Sport::Tennis).then(|| self.sport.code())
    }
}
