//! The connection that the application holds, and its way to the database.

#![expect(clippy::disallowed_types, reason = "this is the one wrapper around them")]

use std::sync::Arc;

use async_trait::async_trait;
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    ExecResult, QueryResult, Statement, StreamTrait, TransactionOptions, TransactionTrait,
};

use super::bypass::BypassLog;
use super::error::TenancyError;
use super::plan::before_query;
use super::registry::Registry;
use super::scope::Scope;
use super::turn::{Turn, Writers};

/// A connection or a transaction with a [`Scope`], and no way to what it wraps.
#[derive(Debug)]
pub struct Scoped<C> {
    pub(super) inner: C,
    pub(super) shared: Arc<Shared>,
    scope: Scope,
    /// Held by whoever may write, on SQLite.
    pub(super) turn: Option<Turn>,
}

/// The pool, bound to a scope.
pub type Db = Scoped<DatabaseConnection>;

/// A transaction; it keeps the scope that it began with.
pub type Txn = Scoped<DatabaseTransaction>;

/// What all handles of a process have in common.
#[derive(Debug)]
pub(super) struct Shared {
    registry: Registry,
    row_level_security: RowLevelSecurity,
    pub(super) writers: Writers,
}

/// How PostgreSQL's row-level security, the second wall, is told who is calling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowLevelSecurity {
    /// The settings that the policies read.
    pub settings: SessionSettings,
    /// The restricted role, where the login is not that role itself but owns the tables:
    /// each transaction steps down first, so that a single URL is enough on a developer's
    /// machine.
    pub step_down: Option<&'static str>,
    /// The role that the bypass speaks as.
    pub bypass: &'static str,
}

/// The names of the settings by which a transaction says on whose behalf it runs, with
/// their prefix, as `app.tenant_id`. Each ends with its transaction, so that a pooled
/// connection keeps nobody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionSettings {
    /// Takes the tenant's key; empty for every other scope.
    pub tenant: &'static str,
    /// Takes the person's key.
    pub person: &'static str,
    /// Takes the name of the system's purpose, or of the bypass's act.
    pub purpose: &'static str,
}

/// What the application may do with a [`Db`] or a [`Txn`]; nothing else is one.
pub trait Connection:
    ConnectionTrait + TransactionTrait<Transaction = Txn> + StreamTrait + ScopedHandle
{
}

impl<C> Connection for C where
    C: ConnectionTrait + TransactionTrait<Transaction = Txn> + StreamTrait + ScopedHandle
{
}

/// Closed: [`Scoped`] handles alone lead to the database.
pub trait ScopedHandle: sealed::Sealed {
    /// On whose behalf this handle speaks.
    fn scope(&self) -> &Scope;
}

mod sealed {
    pub trait Sealed {}
    impl<C> Sealed for super::Scoped<C> {}
}

impl<C> ScopedHandle for Scoped<C> {
    fn scope(&self) -> &Scope {
        &self.scope
    }
}

impl Db {
    /// The process's one handle, bound to nobody: it refuses everything.
    #[must_use]
    pub fn unbound(
        inner: DatabaseConnection,
        registry: Registry,
        row_level_security: RowLevelSecurity,
    ) -> Self {
        Self {
            inner,
            shared: Arc::new(Shared {
                registry,
                row_level_security,
                writers: Writers::one_at_a_time(),
            }),
            scope: Scope::Unbound,
            turn: None,
        }
    }

    /// A copy that speaks for `scope`.
    #[must_use]
    pub fn bind(&self, scope: Scope) -> Self {
        Self { inner: self.inner.clone(), shared: Arc::clone(&self.shared), scope, turn: None }
    }

    /// A read-only transaction, for a page with several reads: one snapshot, and one
    /// announcement to the second wall instead of one for each statement.
    ///
    /// # Errors
    /// When the handle is unbound or the database does not answer.
    pub async fn reading(&self) -> Result<Txn, DbErr> {
        self.begin_with_config(None, Some(AccessMode::ReadOnly)).await
    }

    /// The statements that the process has sent for tenants so far, as they came to the
    /// chokepoint and without values: what a review of indexes, or a test, wants to know.
    #[must_use]
    pub fn statements(&self) -> Vec<String> {
        self.shared.registry.plans.texts()
    }

    /// Whether the database answers at all; it reads nothing of anybody.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), DbErr> {
        self.inner.ping().await
    }

    /// Where uses of the bypass are written down.
    pub(super) fn bypass_log(&self) -> Result<&dyn BypassLog, DbErr> {
        let log = self.shared.registry.bypass_log.as_deref();
        Ok(log.ok_or(TenancyError::NoBypassLog)?)
    }
}

impl<C: Sync> Scoped<C> {
    pub(super) fn rewritten(&self, statement: Statement) -> Result<Statement, DbErr> {
        Ok(before_query(&self.shared.registry, &self.scope, statement)?)
    }

    pub(super) fn bound(&self) -> Result<(), DbErr> {
        match &self.scope {
            Scope::Unbound => Err(TenancyError::Unbound.into()),
            Scope::Bypass(session) if session.has_ended() => Err(TenancyError::Ended.into()),
            Scope::Tenant(_) | Scope::Person(_) | Scope::System(_) | Scope::Bypass(_) => Ok(()),
        }
    }

    /// Tells PostgreSQL's policies who is calling, until the transaction ends; and that it
    /// only reads, where it does.
    pub(super) async fn announce(
        &self,
        txn: &DatabaseTransaction,
        is_read_only: bool,
    ) -> Result<(), DbErr> {
        let nobody = String::new;
        let (tenant, person, purpose) = match &self.scope {
            Scope::Unbound => return Err(TenancyError::Unbound.into()),
            Scope::Tenant(id) => (id.text(), nobody(), ""),
            Scope::Person(id) => (nobody(), id.text(), ""),
            Scope::System(purpose) => (nobody(), nobody(), purpose.name),
            Scope::Bypass(session) => (nobody(), nobody(), session.act().name),
        };
        let mut values = vec![tenant.into(), person.into(), purpose.into()];
        let RowLevelSecurity { settings, step_down, bypass } = self.shared.row_level_security;
        let role = match &self.scope {
            Scope::Bypass(_) => Some(bypass),
            _ => step_down,
        };
        let become_role = if role.is_some() { ", set_config('role', $4, true)" } else { "" };
        values.extend(role.map(Into::into));
        let reads =
            if is_read_only { ", set_config('transaction_read_only', 'on', true)" } else { "" };
        let sql = format!(
            "SELECT set_config('{}', $1, true), set_config('{}', $2, true), \
             set_config('{}', $3, true){become_role}{reads}",
            settings.tenant, settings.person, settings.purpose
        );
        let announcement = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
        txn.execute_raw(announcement).await.map(drop)
    }

    /// The bypass reads only, unless its act writes.
    pub(super) fn for_scope(&self, options: TransactionOptions) -> TransactionOptions {
        match &self.scope {
            Scope::Bypass(session) if session.is_read_only() => {
                TransactionOptions { access_mode: Some(AccessMode::ReadOnly), ..options }
            }
            _ => options,
        }
    }

    pub(super) fn wrap(&self, inner: DatabaseTransaction, turn: Option<Turn>) -> Txn {
        let (shared, scope) = (Arc::clone(&self.shared), self.scope.clone());
        Scoped { inner, shared, scope, turn }
    }
}

#[async_trait]
impl ConnectionTrait for Db {
    fn get_database_backend(&self) -> DbBackend {
        ConnectionTrait::get_database_backend(&self.inner)
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        let statement = self.rewritten(statement)?;
        match self.announced().await? {
            None => {
                let _turn = self.turn_to_write().await?;
                self.inner.execute_raw(statement).await
            }
            Some(txn) => {
                let result = txn.execute_raw(statement).await?;
                txn.commit().await?;
                Ok(result)
            }
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.execute_raw(Statement::from_string(ConnectionTrait::get_database_backend(self), sql))
            .await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let statement = self.rewritten(statement)?;
        match self.announced().await? {
            None => self.inner.query_one_raw(statement).await,
            Some(txn) => {
                let row = txn.query_one_raw(statement).await?;
                txn.commit().await?;
                Ok(row)
            }
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let statement = self.rewritten(statement)?;
        match self.announced().await? {
            None => self.inner.query_all_raw(statement).await,
            Some(txn) => {
                let rows = txn.query_all_raw(statement).await?;
                txn.commit().await?;
                Ok(rows)
            }
        }
    }

    fn support_returning(&self) -> bool {
        self.inner.support_returning()
    }
}

#[async_trait]
impl ConnectionTrait for Txn {
    fn get_database_backend(&self) -> DbBackend {
        ConnectionTrait::get_database_backend(&self.inner)
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.inner.execute_raw(self.rewritten(statement)?).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.execute_raw(Statement::from_string(ConnectionTrait::get_database_backend(self), sql))
            .await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.inner.query_one_raw(self.rewritten(statement)?).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.inner.query_all_raw(self.rewritten(statement)?).await
    }

    fn support_returning(&self) -> bool {
        self.inner.support_returning()
    }
}
