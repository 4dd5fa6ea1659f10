//! What was asked for under the law of data protection, and each act that followed. Append-only:
//! how a request stands is what its last row says.

pub use super::_entities::dsar_log::{ActiveModel, Column, Entity, Model};
use chrono::{Duration, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Query;
use sea_orm::{QueryOrder as _, TransactionSession as _};
use sea_orm_tenancy::{Connection, Policy};

use super::persons::joining::Decision;
use super::{ModelError, ModelResult, is_unique_violation, readable, says};
use crate::values::stored_words;

impl ActiveModelBehavior for ActiveModel {}

/// A request is answered within so many days: article 18 of the Swiss data protection ordinance,
/// and a month in the GDPR's article 12.
pub const ANSWERED_WITHIN_DAYS: i64 = 30;

/// Requests on a page.
pub const PAGE: u64 = 50;

stored_words! {
    "snake_case";

    /// What is asked for.
    pub enum RequestKind {
        /// All that is known of the person, as one document.
        Access,
        /// That nothing is.
        Erasure,
    }
}

stored_words! {
    "snake_case";

    /// What happened with a request.
    pub enum RequestEvent {
        /// The person asked, or an admin wrote down that it had.
        Asked,
        /// The document was made.
        HandedOut,
        /// Done.
        Answered,
        /// Not done, for a reason.
        Refused,
        /// The person is erased; that can still be undone.
        Deleted,
        /// It was undone.
        Restored,
        /// Nothing names the person any more.
        Scrubbed,
    }
}

impl RequestEvent {
    /// After which nothing follows.
    const ENDS: [Self; 3] = [Self::Answered, Self::Refused, Self::Scrubbed];
}

/// Closed to every stringer; an admin reads it by the bypass.
#[must_use]
pub fn policy() -> Policy {
    Policy::of::<Entity>()
}

/// A person asks for itself, and reads how that stands.
#[must_use]
pub fn policy_for_persons() -> Policy {
    Policy::of::<Entity>()
        .read("this.person_id = :me")
        .insert()
        .stamp("person_id")
        .not_insertable(&["admin_id", "reason"])
        .insert_only_if("concerns", "this.event = 'asked' AND this.concerns = this.id")
        .append_only()
}

/// A request, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its key: that of the row that asked.
    pub id: Uuid,
    /// Who asked.
    pub person_id: Uuid,
    /// For what.
    pub kind: RequestKind,
    /// All that happened, the latest last; it begins with the asking.
    pub events: Vec<Model>,
}

impl Request {
    /// When it was asked.
    #[must_use]
    pub fn asked_at(&self) -> Option<DateTimeUtc> {
        self.events.first().map(|event| event.at.to_utc())
    }

    /// By when it is to be answered.
    #[must_use]
    pub fn due_at(&self) -> Option<DateTimeUtc> {
        self.asked_at().map(|at| at + Duration::days(ANSWERED_WITHIN_DAYS))
    }

    /// What happened last.
    #[must_use]
    pub fn stands_at(&self) -> Option<RequestEvent> {
        self.events.last().map(|event| event.event)
    }

    /// Whether the person is erased, and that was not undone; whatever else happened since.
    #[must_use]
    pub fn is_erased(&self) -> bool {
        let turns = [RequestEvent::Deleted, RequestEvent::Restored];
        let last = self.events.iter().rev().map(|row| row.event).find(|it| turns.contains(it));
        last == Some(RequestEvent::Deleted)
    }

    /// Whether something is still to be done.
    #[must_use]
    pub fn is_open(&self) -> bool {
        // Whatever came after its end at the same instant: it has ended.
        !self.events.iter().any(|row| RequestEvent::ENDS.contains(&row.event))
    }
}

/// Rows as requests, the one that was asked last first.
fn requests(rows: Vec<Model>) -> Vec<Request> {
    let mut requests: Vec<Request> = Vec::new();
    for row in rows {
        match requests.iter_mut().find(|request| request.id == row.concerns) {
            Some(request) => request.events.push(row),
            None => requests.push(Request {
                id: row.concerns,
                person_id: row.person_id,
                kind: row.kind,
                events: vec![row],
            }),
        }
    }
    requests.sort_by_key(|request| std::cmp::Reverse(request.asked_at()));
    requests
}

/// A row that asks.
fn asking(kind: RequestKind) -> ActiveModel {
    let id = Uuid::now_v7();
    ActiveModel {
        id: Set(id),
        concerns: Set(id),
        kind: Set(kind),
        event: Set(RequestEvent::Asked),
        at: Set(Utc::now().into()),
        ..Default::default()
    }
}

impl Entity {
    /// A person asks. What it has asked for already, it has asked for.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn ask(db: &impl Connection, kind: RequestKind) -> ModelResult<()> {
        let txn = db.begin().await?;
        let known = requests(readable::all(Self::find().order_by_asc(Column::Id), &txn).await?);
        if !known.iter().any(|request| request.kind == kind && request.is_open()) {
            Self::insert(asking(kind)).exec_without_returning(&txn).await?;
        }
        Ok(txn.commit().await?)
    }

    /// What a person has asked for.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of_person(db: &impl Connection, person: Uuid) -> Result<Vec<Request>, DbErr> {
        let rows = Self::find().filter(Column::PersonId.eq(person)).order_by_asc(Column::Id);
        Ok(requests(readable::all(rows, db).await?))
    }

    /// A page of requests that wait for somebody, the one that was asked first first; and whether
    /// there are more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open(db: &impl Connection, page: u64) -> Result<(Vec<Request>, bool), DbErr> {
        let ended = Query::select()
            .column(Column::Concerns)
            .from(Self)
            .and_where(says(Column::Event, &RequestEvent::ENDS))
            .take();
        let asked = Self::find()
            .filter(says(Column::Event, &[RequestEvent::Asked]))
            .filter(Column::Id.not_in_subquery(ended))
            .order_by_asc(Column::Id);
        let (asked, more): (Vec<Model>, bool) = readable::page(asked, page, PAGE, db).await?;
        if asked.is_empty() {
            return Ok((Vec::new(), more));
        }
        let keys: Vec<Uuid> = asked.iter().map(|row| row.id).collect();
        let rows = Self::find().filter(Column::Concerns.is_in(keys)).order_by_asc(Column::Id);
        let mut open = requests(readable::all(rows, db).await?);
        open.reverse();
        Ok((open, more))
    }

    /// One request.
    ///
    /// # Errors
    /// When there is none.
    pub async fn one(db: &impl Connection, id: Uuid) -> ModelResult<Request> {
        let rows = Self::find().filter(Column::Concerns.eq(id)).order_by_asc(Column::Id);
        let mut found = requests(readable::all(rows, db).await?);
        found.pop().ok_or(ModelError::NotFound)
    }

    /// An admin writes down what a person has asked for by another way; the key of the request.
    ///
    /// # Errors
    /// When there is no such person.
    pub async fn write_down(
        db: &impl Connection,
        person: Uuid,
        kind: RequestKind,
        decision: &Decision,
    ) -> ModelResult<Uuid> {
        let known = Self::of_person(db, person).await?;
        if let Some(open) = known.iter().find(|one| one.kind == kind && one.is_open()) {
            return Ok(open.id);
        }
        let row = ActiveModel { person_id: Set(person), ..by(asking(kind), decision) };
        let Set(id) = row.id else { return Err(ModelError::NotFound) };
        Self::insert(row).exec_without_returning(db).await?;
        Ok(id)
    }

    /// An admin's act about a request that is open.
    ///
    /// # Errors
    /// [`ModelError::Stale`] where it is over.
    pub async fn note(
        db: &impl Connection,
        id: Uuid,
        event: RequestEvent,
        decision: &Decision,
    ) -> ModelResult<Request> {
        let request = Self::one(db, id).await?;
        if !request.is_open() {
            return Err(ModelError::Stale);
        }
        let row = ActiveModel {
            id: Set(Uuid::now_v7()),
            concerns: Set(id),
            person_id: Set(request.person_id),
            event: Set(event),
            ..by(asking(request.kind), decision)
        };
        match Self::insert(row).exec_without_returning(db).await {
            // Of two who end it at once, one has.
            Err(error) if is_unique_violation(&error) => Err(ModelError::Stale),
            noted => Ok(noted.map(|_| request)?),
        }
    }
}

fn by(row: ActiveModel, decision: &Decision) -> ActiveModel {
    ActiveModel {
        admin_id: Set(Some(decision.admin)),
        reason: Set(Some(decision.reason.clone())),
        request_id: Set(decision.request_id.clone()),
        ..row
    }
}
