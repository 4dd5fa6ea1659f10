//! Every use of the bypass: who, when, why, which act, and how it ended. Append-only.

pub use super::_entities::admin_audit_log::{ActiveModel, Column, Entity, Model};
use async_trait::async_trait;
use chrono::Utc;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};
use sea_orm_tenancy::{
    BypassLog, BypassReason, BypassSession, Connection, Db, Entry, Outcome, Policy, Scope, TenantId,
};

use super::purposes::KEEP_BYPASS_LOG;
use super::stringers::{self, Role};

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

impl Entity {
    /// The latest entries.
    ///
    /// # Errors
    /// When the caller may not read them, or the database does not answer.
    pub async fn recent(db: &impl Connection, limit: u64) -> Result<Vec<Model>, DbErr> {
        Self::find().order_by_desc(Column::At).order_by_desc(Column::Id).limit(limit).all(db).await
    }
}
