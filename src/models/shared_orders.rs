//! Orders of others as their grantees see them.
//!
//! The design had shared rows in `orders` itself, with masks over what a grantee may not
//! see. They are a relation of their own instead, a view without those columns: the
//! condition on `orders` stays the plain tenant, which every index begins with, while
//! `own OR shared` and masked dates would keep the most used lists from theirs; a
//! query that does not think of shares never shows one; and PostgreSQL's row-level
//! security, which masks no columns, keeps them from a grantee all the same.

use sea_orm::entity::prelude::*;
use sea_orm_tenancy::Policy;

use super::{catalogue, catalogue_strings};
use crate::units::{Tension, TensionUnit};
use crate::values::Vocabulary as _;

/// A shared order, once for each grant that is in force.
#[expect(missing_docs, reason = "the columns are those of `orders` and of what it names")]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "shared_orders")]
pub struct Model {
    pub grantee_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub share_id: Uuid,
    pub rule: i64,
    pub granted_at: DateTimeWithTimeZone,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub stringer_id: Uuid,
    pub client_profile_id: Uuid,
    pub stringer_name: String,
    pub client_first_name: Option<String>,
    pub racket_id: Uuid,
    pub racket_manufacturer: String,
    pub racket_model: String,
    pub racket_year: Option<i64>,
    pub racket_head_size: Option<i64>,
    pub racket_pattern: Option<String>,
    pub sport: String,
    pub tension_unit: String,
    pub mains_string_id: Option<Uuid>,
    pub mains_manufacturer: Option<String>,
    pub mains_model: Option<String>,
    pub mains_string_text: Option<String>,
    pub mains_gauge: Option<i64>,
    pub mains_tension: Option<i64>,
    pub mains_colour: Option<String>,
    pub mains_prestretch: Option<i64>,
    pub crosses_string_id: Option<Uuid>,
    pub crosses_manufacturer: Option<String>,
    pub crosses_model: Option<String>,
    pub crosses_string_text: Option<String>,
    pub crosses_gauge: Option<i64>,
    pub crosses_tension: Option<i64>,
    pub crosses_colour: Option<String>,
    pub crosses_prestretch: Option<i64>,
    pub prestretch_kind: Option<String>,
    pub pieces: Option<i64>,
    pub knots: Option<i64>,
    pub method: Option<String>,
    pub dt_before: Option<i64>,
    pub dt_after: Option<i64>,
    pub dt_device: Option<String>,
    pub ordered_at: Option<Date>,
    pub strung_at: Option<Date>,
}

#[expect(missing_docs, reason = "the view has none of its own")]
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// `Babolat Pure Aero 98`.
    #[must_use]
    pub fn racket(&self) -> String {
        catalogue::name([&self.racket_manufacturer, &self.racket_model])
    }

    /// The strings of mains and crosses as they are called.
    #[must_use]
    pub fn strings(&self) -> [Option<String>; 2] {
        let called = |parts: [&Option<String>; 2], gauge: Option<i64>, text: &Option<String>| {
            let [maker, model] = parts.map(Option::as_deref);
            let named =
                model.map(|model| catalogue_strings::name(maker.unwrap_or_default(), model, gauge));
            named.or_else(|| text.clone())
        };
        let mains = [&self.mains_manufacturer, &self.mains_model];
        let crosses = [&self.crosses_manufacturer, &self.crosses_model];
        [
            called(mains, self.mains_gauge, &self.mains_string_text),
            called(crosses, self.crosses_gauge, &self.crosses_string_text),
        ]
    }

    /// One string is on both sides, and no second piece of it.
    #[must_use]
    pub fn has_one_string(&self) -> bool {
        let [mains, crosses] = self.strings();
        self.mains_string_id == self.crosses_string_id
            && mains == crosses
            && self.mains_colour == self.crosses_colour
    }

    /// How hard mains and crosses are pulled.
    #[must_use]
    pub fn tensions(&self) -> [Option<Tension>; 2] {
        let pulled = |hundredths: Option<i64>| {
            let unit = TensionUnit::from_code(&self.tension_unit)?;
            Some(Tension::from_hundredths(i32::try_from(hundredths?).ok()?, unit))
        };
        [pulled(self.mains_tension), pulled(self.crosses_tension)]
    }
}

/// Those that somebody shared with me.
#[must_use]
pub fn policy() -> Policy {
    Policy::of::<Entity>().read("this.grantee_id = :me").barrier().sealed()
}
