//! The bypass: an admin's leave to look across all tenants, written down first.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use sea_orm::DbErr;

use super::connection::{Db, ScopedHandle as _};
use super::error::TenancyError;
use super::scope::{Purpose, Scope, TenantId};

/// What one use of the bypass is for. Only [`Db::bypass`] makes one, and it ends with
/// the work that it was made for, for every copy of it.
#[derive(Debug, Clone)]
pub struct BypassSession {
    reason: Arc<BypassReason>,
    act: &'static Purpose,
    ended: Arc<AtomicBool>,
}

/// Who wants to look across all tenants, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct BypassReason {
    /// The admin.
    pub admin: TenantId,
    /// In the admin's words.
    pub text: String,
    /// The request that it serves, as the log lines name it.
    pub request_id: Option<String>,
}

impl PartialEq for BypassSession {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.ended, &other.ended)
    }
}

impl BypassSession {
    /// Who looks, and why.
    #[must_use]
    pub fn reason(&self) -> &BypassReason {
        &self.reason
    }

    /// What for. Reading needs no grant; what is written, the act must grant.
    #[must_use]
    pub fn act(&self) -> &'static Purpose {
        self.act
    }

    /// Whether nothing may be written.
    pub(super) fn is_read_only(&self) -> bool {
        self.act.grants.is_empty()
    }

    /// Whether its work is done, and it opens nothing any more.
    pub(super) fn has_ended(&self) -> bool {
        self.ended.load(Ordering::Acquire)
    }
}

/// How a use of the bypass ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// As it was meant to.
    Done,
    /// With an error; what was read is read all the same.
    Failed,
}

/// Where each use of the bypass is written down. The registry holds it, so that a use
/// cannot bring one of its own.
#[async_trait]
pub trait BypassLog: std::fmt::Debug + Send + Sync {
    /// Reads the admin's role again and commits the entry, on a handle that is bound to
    /// nobody. Where this fails, nothing is read.
    ///
    /// # Errors
    /// When the caller is no admin (any more), or the entry cannot be written.
    async fn open(&self, unbound: &Db, session: &BypassSession) -> Result<Entry, DbErr>;

    /// Commits how it ended, as an entry of its own.
    ///
    /// # Errors
    /// When it cannot be written.
    async fn close(
        &self,
        unbound: &Db,
        session: &BypassSession,
        entry: Entry,
        outcome: Outcome,
    ) -> Result<(), DbErr>;
}

/// The key of a log's entry.
pub type Entry = sea_orm::prelude::Uuid;

/// What is done through the bypass.
pub type BypassWork<'d, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'd>>;

impl Db {
    /// Looks across all tenants, once. The entry stands before the first statement, the
    /// handle is a fresh one that ends with the work, and an outcome follows.
    ///
    /// # Errors
    /// The work's own; and when there is no log, the caller is no admin, or the
    /// entry or its outcome cannot be written.
    pub async fn bypass<T, E>(
        &self,
        reason: BypassReason,
        act: &'static Purpose,
        work: impl for<'d> FnOnce(&'d Self) -> BypassWork<'d, T, E> + Send,
    ) -> Result<T, E>
    where
        T: Send,
        E: From<DbErr> + Send,
    {
        let speaks_for = match self.scope() {
            Scope::Unbound => true,
            Scope::Tenant(who) => *who == reason.admin,
            Scope::Person(_) | Scope::System(_) | Scope::Bypass(_) => false,
        };
        if !speaks_for || reason.text.trim().is_empty() {
            return Err(DbErr::from(TenancyError::NoReason).into());
        }
        let unbound = self.bind(Scope::Unbound);
        let session = BypassSession { reason: reason.into(), act, ended: Arc::default() };
        let log = self.bypass_log()?;
        let entry = log.open(&unbound, &session).await?;
        // Ends also where the work panics or is dropped in the middle.
        let end = End(Arc::clone(&session.ended));
        let result = work(&self.bind(Scope::Bypass(session.clone()))).await;
        drop(end);
        let outcome = if result.is_ok() { Outcome::Done } else { Outcome::Failed };
        log.close(&unbound, &session, entry, outcome).await?;
        result
    }
}

struct End(Arc<AtomicBool>);

impl Drop for End {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}
