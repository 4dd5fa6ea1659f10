//! The tenants.

mod leaving;
mod listed;
mod member;
mod notices;
mod paying;
mod ready;
mod workshop;

pub use leaving::COME_BACK_DAYS;
pub use listed::{Listed, Names};
pub use member::{Member, Overdue};
pub use notices::Notices;
pub use paying::Paying;
pub use ready::{BLANKS, Ready};
pub use workshop::{Restring, RestringBy, Workshop};

pub use super::_entities::stringers::{ActiveModel, Column, Entity, Model};
use chrono::Utc;
use chrono_tz::Tz;
use sea_orm::ActiveValue::Set;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use sea_orm_tenancy::{Connection, Policy};

use super::{ModelResult, or_not_found, readable};
use crate::i18n::Locale;
use crate::units::{Currency, TensionUnit};
use crate::values::{normalise_email, stored_words};

impl ActiveModelBehavior for ActiveModel {}

/// A stringer reads itself and changes what is its own to change: never its
/// subject, e-mail or role.
#[must_use]
pub fn policy() -> Policy {
    Policy::of::<Entity>().read("this.id = :me").update("this.id = :me").only_settable(&[
        "display_name",
        "town",
        "business_name",
        "phone",
        "business_address",
        "logo",
        "receipt_thankyou_text",
        "default_locale",
        "time_zone",
        "currency",
        "tension_unit",
        "standard_labor",
        "restring_by",
        "restring_days",
        "restring_loss",
        "mails_news",
        "nudge_ready_days",
        "nudge_unpaid_days",
        "news_mailed_at",
        "iban",
        "pay_holder",
        "pay_street",
        "pay_postcode",
        "pay_town",
        "pay_country",
        "pay_link",
        "opening_hours",
        "ready_text_de",
        "ready_text_en",
        "updated_at",
    ])
}

stored_words! {
    "snake_case";

    /// What a stringer may do.
    pub enum Role {
        /// Keeps a book.
        Stringer,
        /// Moderates the catalogue as well, invites, and may open the bypass.
        Admin,
    }
}

/// The first stringer of an empty database.
#[derive(Debug)]
pub struct Founder {
    /// The identity that it signs in with.
    pub subject: String,
    /// Its address.
    pub email: String,
    /// How it is called.
    pub display_name: String,
    /// The language of its pages.
    pub locale: Locale,
    /// What it is paid in.
    pub currency: Currency,
    /// Where its days begin.
    pub time_zone: Tz,
}

impl Model {
    /// The caller's own full record, for its receipts and settings.
    ///
    /// # Errors
    /// When there is none, or the database does not answer.
    pub async fn find(db: &impl Connection, id: Uuid) -> ModelResult<Model> {
        or_not_found(readable::one(Entity::find_by_id(id), db).await?)
    }
}

impl Entity {
    /// Whether there is no stringer at all yet.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_empty(db: &impl Connection) -> Result<bool, DbErr> {
        let any = Self::find().select_only().column(Column::Id).limit(1).into_tuple::<Uuid>();
        Ok(any.one(db).await?.is_none())
    }

    /// Whether somebody with this address strings here, or did.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn strings_here(db: &impl Connection, email: &str) -> Result<bool, DbErr> {
        let known = Self::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::Email.eq(normalise_email(email)));
        Ok(known.into_tuple::<Uuid>().one(db).await?.is_some())
    }

    /// Makes the first admin. Of two at once one fails, by the unique key on
    /// `is_founder`.
    ///
    /// # Errors
    /// When there is a founder already, or the database does not answer.
    pub async fn create_founder(db: &impl Connection, founder: Founder) -> Result<Uuid, DbErr> {
        let id = Uuid::now_v7();
        let stringer = Self::fresh(id, founder, Role::Admin, Some(true));
        Self::insert(stringer).exec_without_returning(db).await?;
        Ok(id)
    }

    /// Makes a further stringer.
    ///
    /// # Errors
    /// When the identity has one already, or the database does not answer.
    pub async fn create(db: &impl Connection, newcomer: Founder) -> Result<Uuid, DbErr> {
        let id = Uuid::now_v7();
        let stringer = Self::fresh(id, newcomer, Role::Stringer, None);
        Self::insert(stringer).exec_without_returning(db).await?;
        Ok(id)
    }

    fn fresh(id: Uuid, founder: Founder, role: Role, is_founder: Option<bool>) -> ActiveModel {
        let now = Utc::now();
        ActiveModel {
            id: Set(id),
            subject: Set(founder.subject),
            email: Set(founder.email),
            role: Set(role),
            display_name: Set(founder.display_name),
            default_locale: Set(founder.locale),
            time_zone: Set(founder.time_zone.name().to_owned()),
            currency: Set(founder.currency),
            tension_unit: Set(TensionUnit::Kg),
            standard_labor: Set(0),
            is_founder: Set(is_founder),
            created_at: Set(now.into()),
            updated_at: Set(now.into()),
            ..Default::default()
        }
    }
}
