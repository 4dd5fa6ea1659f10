//! Every use of the bypass: who, when, why, which act, and how it ended. Append-only.

pub use super::_entities::admin_audit_log::{ActiveModel, Column, Entity, Model};
use std::collections::HashMap;

use async_trait::async_trait;
use chrono::Utc;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect, Select};
use sea_orm_tenancy::{
    BypassLog, BypassReason, BypassSession, Connection, Db, Entry, Outcome, Policy, Scope, TenantId,
};

use super::purposes::KEEP_BYPASS_LOG;
use super::stringers::{self, Role};
use super::{contains_folded, readable};

impl ActiveModelBehavior for ActiveModel {}

/// Closed to every stringer; an admin reads it as it reads everything, by a use of the
/// bypass that stands in it.
#[must_use]
pub fn policy() -> Policy {
    Policy::of::<Entity>()
}

/// The log that the registry holds.
#[derive(Debug)]
pub struct AuditLog;

#[async_trait]
impl BypassLog for AuditLog {
    async fn open(&self, unbound: &Db, session: &BypassSession) -> Result<Entry, DbErr> {
        let db = unbound.bind(Scope::System(&KEEP_BYPASS_LOG));
        let BypassReason { admin, .. } = session.reason();
        if !is_admin(&db, admin).await? {
            return Err(DbErr::RecordNotFound("an admin".to_owned()));
        }
        write(&db, session, None).await
    }

    async fn close(
        &self,
        unbound: &Db,
        session: &BypassSession,
        entry: Entry,
        outcome: Outcome,
    ) -> Result<(), DbErr> {
        let db = unbound.bind(Scope::System(&KEEP_BYPASS_LOG));
        let outcome = match outcome {
            Outcome::Done => "done",
            Outcome::Failed => "failed",
        };
        write(&db, session, Some((entry, outcome))).await.map(drop)
    }
}

/// The role as it is now, whatever the caller's session remembers.
async fn is_admin(db: &Db, who: &TenantId) -> Result<bool, DbErr> {
    let admins = stringers::Entity::find()
        .select_only()
        .column(stringers::Column::Id)
        .filter(stringers::Column::Id.eq(who.value().clone()))
        .filter(stringers::Column::Role.eq(Role::Admin))
        .filter(stringers::Column::DeactivatedAt.is_null());
    Ok(admins.into_tuple::<Uuid>().one(db).await?.is_some())
}

/// A single statement, which commits by itself.
async fn write(
    db: &Db,
    session: &BypassSession,
    ends: Option<(Entry, &str)>,
) -> Result<Entry, DbErr> {
    let BypassReason { admin, text, request_id } = session.reason();
    let id = Uuid::now_v7();
    let mut entry = ActiveModel {
        id: Set(id),
        at: Set(Utc::now().into()),
        act: Set(session.act().name.to_owned()),
        reason: Set(text.clone()),
        request_id: Set(request_id.clone()),
        ends: Set(ends.map(|(entry, _)| entry)),
        outcome: Set(ends.map(|(_, outcome)| outcome.to_owned())),
        ..Default::default()
    };
    entry.try_set(Column::AdminId, admin.value().clone())?;
    Entity::insert(entry).exec_without_returning(db).await?;
    Ok(id)
}

/// What the log is asked for; all of it where nothing is said.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// By the name of its purpose.
    pub act: Option<String>,
    /// By one admin.
    pub admin: Option<Uuid>,
    /// From this moment on.
    pub from: Option<DateTimeUtc>,
    /// Before this one.
    pub until: Option<DateTimeUtc>,
    /// In its reason, or the name of its request.
    pub words: String,
    /// Which page, counted from nought.
    pub page: u64,
}

/// A use of the bypass, with its end.
#[derive(Debug, Clone)]
pub struct Use {
    /// Its entry, which says `None` about the end.
    pub entry: Model,
    /// `done` or `failed`; `None` while it goes on, or where the process died in it.
    pub outcome: Option<String>,
}

impl Wanted {
    /// What was asked for, the latest first, without how it ended.
    #[must_use]
    pub fn begun(&self) -> Select<Entity> {
        let begun = Entity::find().filter(self.condition());
        begun.order_by_desc(Column::At).order_by_desc(Column::Id)
    }

    fn condition(&self) -> Condition {
        let words = self.words.trim();
        let of_words = (!words.is_empty())
            .then(|| contains_folded(Column::Reason, words).add(Column::RequestId.eq(words)));
        Condition::all()
            // A use, and no end of one. The ends are unique, and SQLite takes their index for that
            // of a few rows: it sorted half of the log for a page.
            .add(Column::Outcome.is_null())
            .add_option(self.act.as_ref().map(|act| Column::Act.eq(act)))
            .add_option(self.admin.map(|admin| Column::AdminId.eq(admin)))
            .add_option(self.from.map(|from| Column::At.gte(from)))
            .add_option(self.until.map(|until| Column::At.lt(until)))
            .add_option(of_words)
    }
}

impl Entity {
    /// A page of uses, the latest first, and whether there are more.
    ///
    /// # Errors
    /// When the caller may not read them, or the database does not answer.
    pub async fn uses(
        db: &impl Connection,
        wanted: &Wanted,
        at_most: u64,
    ) -> Result<(Vec<Use>, bool), DbErr> {
        let (begun, more): (Vec<Model>, bool) =
            readable::page(wanted.begun(), wanted.page, at_most, db).await?;
        // Of one stretch of keys, which follow the moments: thousands of values cost more.
        let keys = begun.iter().map(|entry| entry.id);
        let Some((first, last)) = keys.clone().min().zip(keys.max()) else {
            return Ok((Vec::new(), more));
        };
        let ends: Vec<(Option<Uuid>, Option<String>)> = Self::find()
            .select_only()
            .columns([Column::Ends, Column::Outcome])
            .filter(Column::Ends.between(first, last))
            .into_tuple()
            .all(db)
            .await?;
        let mut ends: HashMap<Uuid, String> =
            ends.into_iter().filter_map(|(begun, outcome)| begun.zip(outcome)).collect();
        let uses = begun.into_iter().map(|entry| Use { outcome: ends.remove(&entry.id), entry });
        Ok((uses.collect(), more))
    }

    /// The latest entries.
    ///
    /// # Errors
    /// When the caller may not read them, or the database does not answer.
    pub async fn recent(db: &impl Connection, limit: u64) -> Result<Vec<Model>, DbErr> {
        Self::find().order_by_desc(Column::At).order_by_desc(Column::Id).limit(limit).all(db).await
    }
}
