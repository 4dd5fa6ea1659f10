//! A stringer as the pages need it.

use chrono::{Duration, NaiveDate, NaiveTime, TimeZone as _, Utc};
use chrono_tz::Tz;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, IntoCondition};
use sea_orm::{ExprTrait as _, FromQueryResult, QuerySelect, QueryTrait as _};
use sea_orm_tenancy::Connection;

use super::{Column, Entity, Role};
use crate::i18n::{Locale, Region};
use crate::models::{ModelResult, or_not_found, readable, sessions};
use crate::units::{Currency, Money, TensionUnit};
use crate::values::normalise_email;

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
    nudge_ready_days: Option<i64>,
    nudge_unpaid_days: Option<i64>,
    deactivated_at: Option<DateTimeWithTimeZone>,
    /// A civil date to act on instead of today; see [`Member::on`].
    #[sea_orm(skip)]
    as_of: Option<NaiveDate>,
}

/// The last days of stringing of what has waited too long.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Overdue {
    /// To be collected.
    pub ready: Option<NaiveDate>,
    /// To be paid.
    pub unpaid: Option<NaiveDate>,
}

impl Member {
    fn columns() -> [Column; 13] {
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
            Column::NudgeReadyDays,
            Column::NudgeUnpaidDays,
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

    /// The same, as long as this sign-in of the embedded provider goes on: one statement
    /// tells both.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn recognise(
        db: &impl Connection,
        subject: &str,
        session: Uuid,
    ) -> Result<Option<Self>, DbErr> {
        let Ok(user) = subject.parse::<Uuid>() else { return Ok(None) };
        let is_open = sessions::Entity::find()
            .select_only()
            .column(sessions::Column::Id)
            .filter(sessions::Column::Id.eq(session))
            .filter(sessions::Column::UserId.eq(user))
            .filter(sessions::is_open());
        let which = Column::Subject.eq(subject).and(Expr::exists(is_open.into_query()));
        Self::one(which, db).await
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

    /// What is strung up to this day, and was neither collected nor paid since, has waited too
    /// long; where it wants to be told of either.
    #[must_use]
    pub fn overdue(&self) -> Overdue {
        let up_to = |days: Option<i64>| {
            days.and_then(Duration::try_days).and_then(|days| self.today().checked_sub_signed(days))
        };
        Overdue { ready: up_to(self.nudge_ready_days), unpaid: up_to(self.nudge_unpaid_days) }
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
        self.as_of.unwrap_or_else(|| self.day_of(Utc::now()))
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

    /// The civil date of a moment where it works.
    #[must_use]
    pub fn day_of(&self, at: DateTimeUtc) -> NaiveDate {
        at.with_timezone(&self.zone()).date_naive()
    }

    /// When a day begins by its clock.
    #[must_use]
    pub fn begins(&self, day: NaiveDate) -> DateTimeUtc {
        let midnight = day.and_time(NaiveTime::MIN);
        // Some zones set their clocks at midnight: the day begins with its first hour there.
        let moments = [midnight, midnight + Duration::hours(1)];
        let mut local =
            moments.iter().filter_map(|it| self.zone().from_local_datetime(it).earliest());
        local.next().map_or_else(|| midnight.and_utc(), |local| local.to_utc())
    }

    fn zone(&self) -> Tz {
        self.time_zone.parse().unwrap_or(Tz::Europe__Zurich)
    }
}
