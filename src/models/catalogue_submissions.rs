//! What stringers offer to everybody: the admins' queue, and what became of it.

pub use super::_entities::catalogue_submissions::{ActiveModel, Column, Entity, Model};
use chrono::Utc;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{
    QueryOrder as _, QuerySelect as _, QueryTrait as _, TransactionSession as _,
    TransactionTrait as _,
};
use sea_orm_tenancy::{Connection, Db, Policy};

use super::catalogue::{self, Entry, Kind, Visibility, Wanted};
use super::notifications::{self, NotificationKind};
use super::{ModelError, ModelResult, is_unique_violation, or_not_found, owned, readable, says};
use crate::values::stored_words;

impl ActiveModelBehavior for ActiveModel {}

stored_words! {
    "snake_case";

    /// What became of an offer.
    pub enum SubmissionState {
        /// The admins have not decided.
        Pending,
        /// It is everybody's, or what stands for it is.
        Accepted,
        /// It stays its stringer's own.
        Rejected,
    }
}

/// Of an entry that only I see.
const MY_OWN: &str = "this.created_by_stringer_id = :me \
     AND this.visibility = 'catalogue_private' AND this.merged_into IS NULL";

/// Mine. I offer and take back; an admin decides, through the bypass.
#[must_use]
pub fn policy() -> Policy {
    owned::<Entity>()
        .append_only()
        .not_insertable(&["state", "reason", "decided_by", "decided_at"])
        .reference("racket_id", "rackets", MY_OWN)
        .reference("string_id", "strings", MY_OWN)
        .delete("this.stringer_id = :me AND this.state = 'pending'")
}

/// Offers in the queue of the admins.
const QUEUE: u64 = 50;

/// Shared entries that resemble one.
const ALIKE: usize = 3;

/// An offer that waits for a decision.
#[derive(Debug, Clone)]
pub struct Offer {
    /// It.
    pub submission: Model,
    /// What is offered, as it is now.
    pub entry: Entry,
    /// What everybody has already and is called nearly so.
    pub alike: Vec<Entry>,
}

/// What an admin says of an offer.
#[derive(Debug, Clone)]
pub enum Decision {
    /// Everybody shall have it.
    Accept,
    /// Everybody has it already: this one.
    Merge(Uuid),
    /// It stays as it is, for this reason.
    Reject(String),
}

impl Model {
    fn entry(&self) -> ModelResult<(Kind, Uuid)> {
        let racket = self.racket_id.map(|id| (Kind::Rackets, id));
        or_not_found(racket.or(self.string_id.map(|id| (Kind::Strings, id))))
    }
}

fn of_entry(entry: &Entry) -> Expr {
    match entry {
        Entry::Racket(racket) => Column::RacketId.eq(racket.id),
        Entry::String(string) => Column::StringId.eq(string.id),
    }
}

impl Entity {
    /// The latest offer of an entry, decided or not.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn latest(db: &impl Connection, entry: &Entry) -> Result<Option<Model>, DbErr> {
        let latest = Self::find().filter(of_entry(entry)).order_by_desc(Column::CreatedAt);
        readable::one(latest.order_by_desc(Column::Id).limit(1), db).await
    }

    /// Offers an entry of one's own to everybody; an offer that waits is offer enough.
    ///
    /// # Errors
    /// When it is not one's own.
    pub async fn offer(db: &impl Connection, entry: &Entry) -> ModelResult<()> {
        let (racket, string) = match entry {
            Entry::Racket(racket) => (Some(racket.id), None),
            Entry::String(string) => (None, Some(string.id)),
        };
        let offer = ActiveModel {
            id: Set(Uuid::now_v7()),
            racket_id: Set(racket),
            string_id: Set(string),
            created_at: Set(Utc::now().into()),
            ..Default::default()
        };
        match Self::insert(offer).exec_without_returning(db).await {
            Err(error) if !is_unique_violation(&error) => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Takes back what nobody has decided yet.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn take_back(db: &impl Connection, entry: &Entry) -> Result<(), DbErr> {
        Self::delete_many()
            .filter(of_entry(entry))
            .filter(Column::State.eq(SubmissionState::Pending))
            .exec(db)
            .await
            .map(drop)
    }

    /// How many wait for a decision, for who looks after the platform.
    pub(super) fn waiting() -> sea_orm::sea_query::SelectStatement {
        Self::find()
            .select_only()
            .expr(Column::Id.count())
            .filter(says(Column::State, &[SubmissionState::Pending]))
            .into_query()
    }

    /// What waits for a decision, the longest first, and whether there is more; for the bypass.
    ///
    /// # Errors
    /// When the caller may not read it, or the database does not answer.
    pub async fn queue(db: &impl Connection) -> ModelResult<(Vec<Offer>, bool)> {
        let pending = Self::find()
            .filter(says(Column::State, &[SubmissionState::Pending]))
            .order_by_asc(Column::CreatedAt)
            .order_by_asc(Column::Id);
        let (pending, more) = readable::page(pending, 0, QUEUE, db).await?;
        let mut offers = Vec::with_capacity(pending.len());
        for submission in pending {
            let submission: Model = submission;
            let (kind, id) = submission.entry()?;
            let entry = catalogue::find(db, kind, id).await?;
            let alike = alike(db, &entry).await?;
            offers.push(Offer { submission, entry, alike });
        }
        Ok((offers, more))
    }

    /// Decides about an offer, and tells its stringer; all of it or nothing. `seen` is asked
    /// whether the entry is still what the admin has looked at.
    ///
    /// # Errors
    /// When there is none that waits, or the entry was changed meanwhile.
    pub async fn decide(
        db: &Db,
        admin: Uuid,
        id: Uuid,
        decision: Decision,
        seen: impl Fn(&Entry) -> bool + Send,
    ) -> ModelResult<()> {
        let txn = db.begin().await?;
        let submission: Option<Model> = readable::one(Self::find_by_id(id), &txn).await?;
        let submission = or_not_found(submission)?;
        let (kind, entry) = submission.entry()?;
        let entry = catalogue::find(&txn, kind, entry).await?;
        if !seen(&entry) {
            return Err(ModelError::Stale);
        }
        let (state, reason) = match &decision {
            Decision::Accept | Decision::Merge(_) => (SubmissionState::Accepted, None),
            Decision::Reject(reason) => (SubmissionState::Rejected, Some(reason.clone())),
        };
        let decided = Self::update_many()
            .col_expr(Column::State, Expr::value(state))
            .col_expr(Column::Reason, Expr::value(reason))
            .col_expr(Column::DecidedBy, Expr::value(admin))
            .col_expr(Column::DecidedAt, Expr::value(Utc::now()))
            .filter(Column::Id.eq(id))
            .filter(Column::State.eq(SubmissionState::Pending));
        if decided.exec(&txn).await?.rows_affected == 0 {
            return Err(ModelError::Stale);
        }
        match decision {
            Decision::Accept => catalogue::share(&txn, &entry).await?,
            Decision::Merge(into) => catalogue::merge(&txn, &entry, into).await?,
            Decision::Reject(_) => {}
        }
        let told = notifications::ActiveModel {
            id: Set(Uuid::now_v7()),
            stringer_id: Set(submission.stringer_id),
            actor_id: Set(Some(admin)),
            kind: Set(NotificationKind::CatalogueSubmissionDecided),
            at: Set(Utc::now().into()),
            ..Default::default()
        };
        notifications::Entity::insert(told).exec_without_returning(&txn).await?;
        Ok(txn.commit().await?)
    }
}

/// What everybody has, of the sport, with the maker and the model's first word in its name.
async fn alike(db: &impl Connection, entry: &Entry) -> Result<Vec<Entry>, DbErr> {
    let (manufacturer, model) = match entry {
        Entry::Racket(racket) => (&racket.manufacturer, &racket.model),
        Entry::String(string) => (&string.manufacturer, &string.model),
    };
    let wanted = Wanted {
        words: catalogue::likely_words(manufacturer, model),
        sport: Some(entry.sport()),
        visibility: Some(Visibility::CatalogueShared),
        ..Wanted::default()
    };
    let (found, _) = catalogue::browse(db, entry.kind(), &wanted).await?;
    Ok(found.into_iter().filter(|other| other.id() != entry.id()).take(ALIKE).collect())
}
