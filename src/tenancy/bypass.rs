//! The bypass: an admin's leave to look across all tenants, written down first.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use sea_orm::DbErr;

use super::connection::{Db, Doorway as _};
use super::error::TenancyError;
use super::scope::{Purpose, Scope, TenantId};

/// What one use of the bypass is for. Only [`Db::bypass`] makes one, and it ends with
/// the errand that it was made for, for every copy of it.
#[derive(Debug, Clone)]
pub struct Warrant {
    occasion: Arc<Occasion>,
    act: &'static Purpose,
    ended: Arc<AtomicBool>,
}

/// Who wants to look across all tenants, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Occasion {
    /// The admin.
    pub admin: TenantId,
    /// In the admin's words.
    pub reason: String,
    /// The request that it serves, as the log lines name it.
    pub request_id: Option<String>,
}

impl PartialEq for Warrant {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.ended, &other.ended)
    }
}

impl Warrant {
    /// Who looks, and why.
    #[must_use]
    pub fn occasion(&self) -> &Occasion {
        &self.occasion
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

    /// Whether its errand is done, and it opens nothing any more.
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
pub trait Ledger: std::fmt::Debug + Send + Sync {
    /// Reads the admin's role again and commits the entry, on a handle that is bound to
    /// nobody. Where this fails, nothing is read.
    ///
    /// # Errors
    /// When the caller is no admin (any more), or the entry cannot be written.
    async fn open(&self, unbound: &Db, warrant: &Warrant) -> Result<Entry, DbErr>;

    /// Commits how it ended, as an entry of its own.
    ///
    /// # Errors
    /// When it cannot be written.
    async fn close(
        &self,
        unbound: &Db,
        warrant: &Warrant,
        entry: Entry,
        outcome: Outcome,
    ) -> Result<(), DbErr>;
}

/// The key of a ledger's entry.
pub type Entry = sea_orm::prelude::Uuid;

/// What is done through the bypass.
pub type Errand<'d, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'd>>;

impl Db {
    /// Looks across all tenants, once. The entry stands before the first statement, the
    /// handle is a fresh one that ends with the errand, and an outcome follows.
    ///
    /// # Errors
    /// The errand's own; and when there is no ledger, the caller is no admin, or the
    /// entry or its outcome cannot be written.
    pub async fn bypass<T, E>(
        &self,
        occasion: Occasion,
        act: &'static Purpose,
        errand: impl for<'d> FnOnce(&'d Self) -> Errand<'d, T, E> + Send,
    ) -> Result<T, E>
    where
        T: Send,
        E: From<DbErr> + Send,
    {
        let speaks_for = match self.scope() {
            Scope::Unbound => true,
            Scope::Stringer(who) => *who == occasion.admin,
            Scope::Person(_) | Scope::System(_) | Scope::Bypass(_) => false,
        };
        if !speaks_for || occasion.reason.trim().is_empty() {
            return Err(DbErr::from(TenancyError::NoOccasion).into());
        }
        let unbound = self.bind(Scope::Unbound);
        let warrant = Warrant { occasion: occasion.into(), act, ended: Arc::default() };
        let ledger = self.ledger()?;
        let entry = ledger.open(&unbound, &warrant).await?;
        // Ends also where the errand panics or is dropped in the middle.
        let end = End(Arc::clone(&warrant.ended));
        let result = errand(&self.bind(Scope::Bypass(warrant.clone()))).await;
        drop(end);
        let outcome = if result.is_ok() { Outcome::Done } else { Outcome::Failed };
        ledger.close(&unbound, &warrant, entry, outcome).await?;
        result
    }
}

struct End(Arc<AtomicBool>);

impl Drop for End {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}
