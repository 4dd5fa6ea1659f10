//! Human beings, known at most once on the platform.

pub mod address;
pub mod dealings;
pub mod erasing;
pub mod joining;
pub mod known;
pub mod portrait;
mod scrubbing;

pub use self::address::{At, Candidate};
pub use super::_entities::persons::{ActiveModel, Column, Entity, Model};
use chrono::Utc;
use sea_orm::ActiveValue::Set;
use sea_orm::FromQueryResult;
use sea_orm::entity::prelude::*;
use sea_orm_tenancy::{Connection, Policy};

use super::{ModelResult, NO_ROW, or_not_found};
use crate::i18n::Locale;
use crate::values::normalise_email;

impl ActiveModelBehavior for ActiveModel {}

/// Whom a stringer may have a new file on: somebody that it has just made.
pub(super) const MADE_BY_ME: &str =
    "this.created_by = :me AND this.merged_into IS NULL AND this.deleted_at IS NULL";

/// Those with a profile of mine, and those I made that have none yet. They change
/// while unclaimed and mine alone. Who somebody is and whether an e-mail is
/// verified is for the person to say, not for a stringer.
#[must_use]
pub fn policy() -> Policy {
    Policy::of::<Entity>()
        .blind(&["subject"])
        .clears("email", "email_verified_at")
        .clears("email_normalised", "email_verified_at")
        .forbid("id", NO_ROW)
        .read(
            "EXISTS (SELECT 1 FROM client_profiles AS p WHERE p.person_id = this.id \
             AND p.stringer_id = :me) \
             OR (this.created_by = :me AND NOT EXISTS (SELECT 1 FROM client_profiles AS p \
             WHERE p.person_id = this.id))",
        )
        .insert()
        .stamp("created_by")
        .not_insertable(&[
            "subject",
            "email_verified_at",
            "merged_into",
            "deleted_at",
            "scrubbed_at",
        ])
        .update(
            "this.subject IS NULL AND this.deleted_at IS NULL AND this.scrubbed_at IS NULL \
             AND EXISTS (SELECT 1 FROM client_profiles AS p WHERE p.person_id = this.id \
             AND p.stringer_id = :me) \
             AND NOT EXISTS (SELECT 1 FROM client_profiles AS p WHERE p.person_id = this.id \
             AND p.stringer_id <> :me)",
        )
        .only_settable(&[
            "email",
            "email_normalised",
            "display_first_name",
            "display_last_name",
            "default_locale",
            "notification_prefs",
            "updated_at",
        ])
}

/// A person in its own matters: itself, less who it is at the provider.
#[must_use]
pub fn policy_for_persons() -> Policy {
    Policy::of::<Entity>()
        .blind(&["subject"])
        .read("this.id = :me")
        .update("this.id = :me AND this.deleted_at IS NULL AND this.merged_into IS NULL")
        .only_settable(&[
            "display_first_name",
            "display_last_name",
            "default_locale",
            "notification_prefs",
            "updated_at",
        ])
}

/// What a stringer types about somebody new.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewPerson {
    /// First name.
    pub first_name: String,
    /// Last name; may be empty.
    pub last_name: String,
    /// Unverified until the person says so.
    pub email: Option<String>,
    /// The language of mails and receipts; the stringer's where unset.
    pub locale: Option<Locale>,
}

impl NewPerson {
    /// `Sara Frei`.
    #[must_use]
    pub fn name(&self) -> String {
        full_name(&self.first_name, &self.last_name)
    }

    /// What a search among a stringer's clients looks into.
    pub(super) fn search_key(&self, nickname: Option<&str>) -> String {
        let names = [self.first_name.as_str(), &self.last_name];
        super::search_key(names.into_iter().chain(nickname))
    }
}

impl Entity {
    /// A draft person, linked to nobody: no resemblance ever links (RULES 4).
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn add(db: &impl Connection, person: &NewPerson) -> Result<Uuid, DbErr> {
        let (id, now) = (Uuid::now_v7(), Utc::now());
        let row = ActiveModel {
            id: Set(id),
            email: Set(person.email.clone()),
            email_normalised: Set(person.email.as_deref().map(normalise_email)),
            display_first_name: Set(person.first_name.clone()),
            display_last_name: Set(person.last_name.clone()),
            default_locale: Set(person.locale),
            notification_prefs: Set("{}".to_owned()),
            created_at: Set(now.into()),
            updated_at: Set(now.into()),
            ..Default::default()
        };
        Self::insert(row).exec_without_returning(db).await?;
        Ok(id)
    }
}

/// What a person says of itself.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Own {
    /// The language of its pages, mails and receipts, where chosen.
    pub default_locale: Option<Locale>,
    /// See [`Own::prefers`].
    pub notification_prefs: String,
}

/// By which ways a person is told (RULES 4), and what each is where nothing was said.
pub const WAYS: [(&str, bool); 5] = [
    ("email", true),
    ("sms", false),
    ("whatsapp", false),
    ("telegram", false),
    ("signoff_opt_out", false),
];

type Prefs = serde_json::Map<String, serde_json::Value>;

impl Own {
    fn prefs(&self) -> Prefs {
        serde_json::from_str(&self.notification_prefs).unwrap_or_default()
    }

    /// Whether a way is wanted; what is no yes and no reads as what is usual.
    #[must_use]
    pub fn prefers(&self, way: &str) -> bool {
        let usual = WAYS.iter().find(|(known, _)| *known == way).is_some_and(|(_, usual)| *usual);
        self.prefs().get(way).and_then(serde_json::Value::as_bool).unwrap_or(usual)
    }

    /// With another word for a way; those that nobody here knows are kept.
    #[must_use]
    pub fn preferring(mut self, way: &str, wanted: bool) -> Self {
        let mut prefs = self.prefs();
        prefs.insert(way.to_owned(), wanted.into());
        self.notification_prefs = serde_json::Value::Object(prefs).to_string();
        self
    }
}

impl Entity {
    /// Keeps what a person says of itself, in its own scope.
    ///
    /// # Errors
    /// When it is gone.
    pub async fn say(db: &impl Connection, id: Uuid, own: Own) -> ModelResult<()> {
        let change = ActiveModel {
            default_locale: Set(own.default_locale),
            notification_prefs: Set(own.notification_prefs),
            updated_at: Set(Utc::now().into()),
            ..Default::default()
        };
        let changed = Self::update_many().set(change).filter(Column::Id.eq(id)).exec(db).await?;
        or_not_found((changed.rows_affected == 1).then_some(()))
    }

    /// A person has proven its address, and nobody else says who it is from now on. The provider
    /// of identities knows no clients, so what stands for it is its own key.
    /// `false` where the address is not its own any more.
    pub(super) async fn speaks_for_itself(
        db: &impl Connection,
        id: Uuid,
        address: &str,
    ) -> Result<bool, DbErr> {
        let now = Utc::now();
        let proven = ActiveModel {
            subject: Set(Some(format!("person:{id}"))),
            email_verified_at: Set(Some(now.into())),
            updated_at: Set(now.into()),
            ..Default::default()
        };
        let own = address::at(address).add(Column::Id.eq(id)).add(Column::Subject.is_null());
        let proven = Self::update_many().set(proven).filter(own).exec(db).await?;
        Ok(proven.rows_affected == 1)
    }

    /// Keeps what a stringer says of a person; `false` where that is not the stringer's to
    /// say (any more): the person speaks for itself, or others know it as well. An e-mail
    /// that stays the same stays verified.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn describe(
        db: &impl Connection,
        id: Uuid,
        person: &NewPerson,
        has_new_email: bool,
    ) -> Result<bool, DbErr> {
        let mut change = ActiveModel {
            display_first_name: Set(person.first_name.clone()),
            display_last_name: Set(person.last_name.clone()),
            default_locale: Set(person.locale),
            updated_at: Set(Utc::now().into()),
            ..Default::default()
        };
        if has_new_email {
            change.email = Set(person.email.clone());
            change.email_normalised = Set(person.email.as_deref().map(normalise_email));
        }
        let changed = Self::update_many().set(change).filter(Column::Id.eq(id)).exec(db).await?;
        Ok(changed.rows_affected == 1)
    }
}

/// `Sara Frei`, of a person that may be nobody: the stringer itself, whom the page names.
#[must_use]
pub fn name_of(first: Option<&str>, last: Option<&str>) -> Option<String> {
    first.map(|first| full_name(first, last.unwrap_or_default()))
}

/// `Sara Frei`, from parts that may be empty.
#[must_use]
pub fn full_name(first: &str, last: &str) -> String {
    format!("{first} {last}").trim().to_owned()
}
