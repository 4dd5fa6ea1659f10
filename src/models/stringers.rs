//! The tenants.

pub use super::_entities::stringers::{ActiveModel, Column, Entity, Model};
use chrono::{NaiveDate, Utc};
use chrono_tz::Tz;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, IntoCondition};
use sea_orm::{FromQueryResult, QueryOrder, QuerySelect};
use sea_orm_tenancy::{Connection, Policy};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::{ModelResult, or_not_found, readable};
use crate::i18n::{Locale, Region};
use crate::units::{Currency, Money, TensionUnit};
use crate::values::normalise_email;

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
        "tax_regime",
        "restring_by",
        "restring_days",
        "restring_loss",
        "updated_at",
    ])
}

/// What a stringer may do.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    EnumString,
    IntoStaticStr,
    VariantArray,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Keeps a book.
    Stringer,
    /// Moderates the catalogue as well, invites, and may open the bypass.
    Admin,
}

/// The tax note that a stringer's receipts carry (RULES 3).
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    EnumString,
    IntoStaticStr,
    VariantArray,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum TaxRegime {
    /// Below the threshold, as most are.
    NotRegistered,
}

/// By which rule a stringer wants a racket restrung.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    EnumString,
    IntoStaticStr,
    VariantArray,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum RestringBy {
    /// So many days after it was strung.
    Days,
    /// As often as its jobs came so far.
    Usual,
    /// When the stringbed has lost so many percent of its stiffness (DT).
    Loss,
}

/// A stringer as the pages need it: who it is, and how it writes and counts.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Member {
    /// The tenant's key.
    pub id: Uuid,
    /// The identity at the provider.
    pub subject: String,
    /// Its address.
    pub email: String,
    /// What it may do.
    pub role: Role,
    /// How it is called.
    pub display_name: String,
    default_locale: Locale,
    time_zone: String,
    currency: Currency,
    tension_unit: TensionUnit,
    standard_labor: i64,
    deactivated_at: Option<DateTimeWithTimeZone>,
    /// A civil date to act on instead of today; see [`Member::on`].
    #[sea_orm(skip)]
    as_of: Option<NaiveDate>,
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

/// When a stringer wants a racket restrung.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Restring {
    /// So many days after it was strung.
    Days(i64),
    /// As often as its jobs came so far.
    Usual,
    /// When the stringbed has lost so many percent of its stiffness (DT).
    Loss(i64),
}

/// What a stringer says of its workshop, and how it wants to work.
#[derive(Debug)]
pub struct Workshop {
    /// How it is called.
    pub display_name: String,
    /// Its name on receipts, where it is another.
    pub business_name: Option<String>,
    /// Where other stringers find it.
    pub town: Option<String>,
    /// On receipts.
    pub phone: Option<String>,
    /// On receipts, line by line.
    pub business_address: Option<String>,
    /// On receipts.
    pub thanks: Option<String>,
    /// The language of its pages.
    pub locale: Locale,
    /// What new orders are paid in.
    pub currency: Currency,
    /// Where its days begin.
    pub time_zone: Tz,
    /// What its machine is set to.
    pub tension_unit: TensionUnit,
    /// What it takes for stringing, without strings.
    pub standard_labor: Money,
    /// Which of the three counts.
    pub restring_by: RestringBy,
    /// For [`Restring::Days`].
    pub restring_days: i64,
    /// For [`Restring::Loss`], in percent.
    pub restring_loss: i64,
}

/// A stringer in the admin's list.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Listed {
    /// The tenant's key.
    pub id: Uuid,
    /// How it is called.
    pub display_name: String,
    /// Its address.
    pub email: String,
    /// What it may do.
    pub role: Role,
    /// Its identity, whose sessions end with it.
    pub subject: String,
    /// Since when.
    pub created_at: DateTimeWithTimeZone,
    /// When it was deactivated.
    pub deactivated_at: Option<DateTimeWithTimeZone>,
}

impl Member {
    fn columns() -> [Column; 11] {
        [
            Column::Id,
            Column::Subject,
            Column::Email,
            Column::Role,
            Column::DisplayName,
            Column::DefaultLocale,
            Column::TimeZone,
            Column::Currency,
            Column::TensionUnit,
            Column::StandardLabor,
            Column::DeactivatedAt,
        ]
    }

    /// The stringer of an identity, active or not.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_by_subject(
        db: &impl Connection,
        subject: &str,
    ) -> Result<Option<Self>, DbErr> {
        Self::one(Column::Subject.eq(subject), db).await
    }

    /// The active stringer with this address.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_by_email(db: &impl Connection, email: &str) -> Result<Option<Self>, DbErr> {
        Self::active(Column::Email.eq(normalise_email(email)), db).await
    }

    /// The active stringer with this key.
    ///
    /// # Errors
    /// When there is none (any more), or the database does not answer.
    pub async fn find(db: &impl Connection, id: Uuid) -> ModelResult<Self> {
        or_not_found(Self::active(Column::Id.eq(id), db).await?)
    }

    async fn active(
        which: impl IntoCondition,
        db: &impl Connection,
    ) -> Result<Option<Self>, DbErr> {
        Ok(Self::one(which, db).await?.filter(Self::is_active))
    }

    async fn one(which: impl IntoCondition, db: &impl Connection) -> Result<Option<Self>, DbErr> {
        let rows = Entity::find().select_only().columns(Self::columns()).filter(which);
        readable::one(rows, db).await
    }

    /// Whether it may sign in and work.
    #[must_use]
    pub const fn is_active(&self) -> bool {
        self.deactivated_at.is_none()
    }

    /// Whether it moderates, invites, and may open the bypass.
    #[must_use]
    pub fn is_admin(&self) -> bool {
        self.role == Role::Admin
    }

    /// The language of its pages.
    #[must_use]
    pub fn locale(&self) -> Locale {
        self.default_locale
    }

    /// How it writes numbers and dates.
    #[must_use]
    pub fn region(&self) -> Region {
        Region::new(self.locale(), self.currency())
    }

    /// What it is paid in.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// The unit that its machine is set to.
    #[must_use]
    pub fn tension_unit(&self) -> TensionUnit {
        self.tension_unit
    }

    /// What it takes for stringing, without strings.
    #[must_use]
    pub fn standard_labor(&self) -> Money {
        Money::from_minor(self.standard_labor, self.currency())
    }

    /// The same stringer on another day: imports and demo data write the past as it
    /// was, with numbers of its own year.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> Self {
        Self { as_of: Some(day), ..self.clone() }
    }

    /// The civil date where it works.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.as_of.unwrap_or_else(|| Utc::now().with_timezone(&self.zone()).date_naive())
    }

    /// A moment as its clock shows it: `20 Nov, 18:02`.
    #[must_use]
    pub fn moment(&self, at: DateTimeUtc) -> String {
        let local = at.with_timezone(&self.zone());
        format!(
            "{}, {}",
            self.region().date(local.date_naive(), self.today()),
            local.format("%H:%M")
        )
    }

    fn zone(&self) -> Tz {
        self.time_zone.parse().unwrap_or(Tz::Europe__Zurich)
    }
}

impl Model {
    /// The caller's own full record, for its receipts and settings.
    ///
    /// # Errors
    /// When there is none, or the database does not answer.
    pub async fn find(db: &impl Connection, id: Uuid) -> ModelResult<Model> {
        or_not_found(Entity::find_by_id(id).one(db).await?)
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
            tax_regime: Set(TaxRegime::NotRegistered),
            is_founder: Set(is_founder),
            created_at: Set(now.into()),
            updated_at: Set(now.into()),
            ..Default::default()
        }
    }

    /// All stringers, for the admin's list; by the bypass alone.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn listed(db: &impl Connection) -> Result<Vec<Listed>, DbErr> {
        Self::find()
            .select_only()
            .columns([
                Column::Id,
                Column::DisplayName,
                Column::Email,
                Column::Role,
                Column::Subject,
                Column::CreatedAt,
                Column::DeactivatedAt,
            ])
            .order_by_asc(Column::DisplayName)
            .into_model()
            .all(db)
            .await
    }

    /// Deactivates a stringer, or undoes that; by the bypass alone. Nothing of what
    /// is its own changes.
    ///
    /// # Errors
    /// When there is no such stringer, or the database does not answer.
    pub async fn deactivate(db: &impl Connection, id: Uuid, is_closed: bool) -> ModelResult<()> {
        let now = Utc::now();
        let changed = Self::update_many()
            .col_expr(Column::DeactivatedAt, Expr::value(is_closed.then_some(now)))
            .col_expr(Column::UpdatedAt, Expr::value(now))
            .filter(Column::Id.eq(id))
            .exec(db)
            .await?;
        or_not_found((changed.rows_affected == 1).then_some(()))
    }

    /// Keeps what a stringer says of its workshop.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn describe(db: &impl Connection, id: Uuid, workshop: Workshop) -> Result<(), DbErr> {
        let change = ActiveModel {
            display_name: Set(workshop.display_name),
            business_name: Set(workshop.business_name),
            town: Set(workshop.town),
            phone: Set(workshop.phone),
            business_address: Set(workshop.business_address),
            receipt_thankyou_text: Set(workshop.thanks),
            default_locale: Set(workshop.locale),
            currency: Set(workshop.currency),
            time_zone: Set(workshop.time_zone.name().to_owned()),
            tension_unit: Set(workshop.tension_unit),
            standard_labor: Set(workshop.standard_labor.minor()),
            restring_by: Set(workshop.restring_by),
            restring_days: Set(workshop.restring_days),
            restring_loss: Set(workshop.restring_loss),
            updated_at: Set(Utc::now().into()),
            ..Default::default()
        };
        Self::update_many().set(change).filter(Column::Id.eq(id)).exec(db).await.map(drop)
    }
}

impl Model {
    /// When it wants a racket restrung.
    #[must_use]
    pub fn restring(&self) -> Restring {
        match self.restring_by {
            RestringBy::Days => Restring::Days(self.restring_days),
            RestringBy::Usual => Restring::Usual,
            RestringBy::Loss => Restring::Loss(self.restring_loss),
        }
    }
}
