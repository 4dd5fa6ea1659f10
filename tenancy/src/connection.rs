//! The connection that the application holds, and its way to the database.

#![expect(clippy::disallowed_types, reason = "this is the one wrapper around them")]

use std::pin::Pin;
use std::sync::Arc;

use async_trait::async_trait;
use futures_util::{Stream, StreamExt};
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    ExecResult, IsolationLevel, QueryResult, SqliteTransactionMode, Statement, StreamTrait,
    TransactionError, TransactionOptions, TransactionSession, TransactionTrait,
};

use super::bypass::BypassLog;
use super::error::TenancyError;
use super::plan::before_query;
use super::policy::Registry;
use super::scope::Scope;

/// A connection or a transaction with a [`Scope`], and no way to what it wraps.
#[derive(Debug)]
pub struct Scoped<C> {
    inner: C,
    shared: Arc<Shared>,
    scope: Scope,
}

/// The pool, bound to a scope.
pub type Db = Scoped<DatabaseConnection>;

/// A transaction; it keeps the scope that it began with.
pub type Txn = Scoped<DatabaseTransaction>;

/// What all handles of a process have in common.
#[derive(Debug)]
struct Shared {
    registry: Registry,
    row_level_security: RowLevelSecurity,
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
            shared: Arc::new(Shared { registry, row_level_security }),
            scope: Scope::Unbound,
        }
    }

    /// A copy that speaks for `scope`.
    #[must_use]
    pub fn bind(&self, scope: Scope) -> Self {
        Self { inner: self.inner.clone(), shared: Arc::clone(&self.shared), scope }
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
        Ok(self.shared.registry.keeper().ok_or(TenancyError::NoBypassLog)?)
    }

    /// The transaction that a single statement needs on PostgreSQL, where the
    /// settings for the second wall must not outlive it (poolers share sessions).
    async fn announced(&self) -> Result<Option<DatabaseTransaction>, DbErr> {
        match self.inner.get_database_backend() {
            DbBackend::Postgres => {
                let options = self.for_scope(TransactionOptions::default());
                let txn = self.inner.begin_with_options(options).await?;
                self.announce(&txn).await?;
                Ok(Some(txn))
            }
            _ => Ok(None),
        }
    }
}

impl<C: Sync> Scoped<C> {
    fn rewritten(&self, statement: Statement) -> Result<Statement, DbErr> {
        Ok(before_query(&self.shared.registry, &self.scope, statement)?)
    }

    fn bound(&self) -> Result<(), DbErr> {
        match &self.scope {
            Scope::Unbound => Err(TenancyError::Unbound.into()),
            Scope::Bypass(session) if session.has_ended() => Err(TenancyError::Ended.into()),
            Scope::Tenant(_) | Scope::Person(_) | Scope::System(_) | Scope::Bypass(_) => Ok(()),
        }
    }

    /// Tells PostgreSQL's policies who is calling, until the transaction ends.
    async fn announce(&self, txn: &DatabaseTransaction) -> Result<(), DbErr> {
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
        let sql = format!(
            "SELECT set_config('{}', $1, true), set_config('{}', $2, true), \
             set_config('{}', $3, true){become_role}",
            settings.tenant, settings.person, settings.purpose
        );
        let announcement = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
        txn.execute_raw(announcement).await.map(drop)
    }

    /// The bypass reads only, unless its act writes.
    fn for_scope(&self, options: TransactionOptions) -> TransactionOptions {
        match &self.scope {
            Scope::Bypass(session) if session.is_read_only() => {
                TransactionOptions { access_mode: Some(AccessMode::ReadOnly), ..options }
            }
            _ => options,
        }
    }

    /// Rows until the bypass that they come by has ended.
    fn while_bound<'a>(
        &'a self,
        rows: impl Stream<Item = Result<QueryResult, DbErr>> + Send + 'a,
    ) -> Rows<'a> {
        Box::pin(rows.map(|row| self.bound().and(row)))
    }

    fn wrap(&self, inner: DatabaseTransaction) -> Txn {
        Scoped { inner, shared: Arc::clone(&self.shared), scope: self.scope.clone() }
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
            None => self.inner.execute_raw(statement).await,
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

type Rows<'a> = Pin<Box<dyn Stream<Item = Result<QueryResult, DbErr>> + Send + 'a>>;
type Opening<'a, S> = Pin<Box<dyn Future<Output = Result<S, DbErr>> + Send + 'a>>;

impl StreamTrait for Db {
    type Stream<'a> = Rows<'a>;

    fn get_database_backend(&self) -> DbBackend {
        ConnectionTrait::get_database_backend(&self.inner)
    }

    fn stream_raw<'a>(&'a self, statement: Statement) -> Opening<'a, Rows<'a>> {
        Box::pin(async move {
            let statement = self.rewritten(statement)?;
            let rows: Rows<'a> = match self.announced().await? {
                None => self.while_bound(self.inner.stream_raw(statement).await?),
                // The stream holds its own transaction until it is read or dropped.
                Some(txn) => Box::pin(async_stream::try_stream! {
                    {
                        let mut rows = txn.stream_raw(statement).await?;
                        while let Some(row) = rows.next().await {
                            self.bound()?;
                            yield row?;
                        }
                    }
                    txn.commit().await?;
                }),
            };
            Ok(rows)
        })
    }
}

impl StreamTrait for Txn {
    type Stream<'a> = Rows<'a>;

    fn get_database_backend(&self) -> DbBackend {
        ConnectionTrait::get_database_backend(&self.inner)
    }

    fn stream_raw<'a>(&'a self, statement: Statement) -> Opening<'a, Rows<'a>> {
        Box::pin(async move {
            Ok(self.while_bound(self.inner.stream_raw(self.rewritten(statement)?).await?))
        })
    }
}

type Work<'c, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'c>>;

#[async_trait]
impl TransactionTrait for Db {
    type Transaction = Txn;

    async fn begin(&self) -> Result<Txn, DbErr> {
        self.begin_with_options(TransactionOptions::default()).await
    }

    async fn begin_with_config(
        &self,
        isolation_level: Option<IsolationLevel>,
        access_mode: Option<AccessMode>,
    ) -> Result<Txn, DbErr> {
        let options = TransactionOptions { isolation_level, access_mode, ..Default::default() };
        self.begin_with_options(options).await
    }

    async fn begin_with_options(&self, options: TransactionOptions) -> Result<Txn, DbErr> {
        self.bound()?;
        let options = self.for_scope(options);
        match self.inner.get_database_backend() {
            DbBackend::Sqlite => {
                let options = for_sqlite(options);
                Ok(self.wrap(self.inner.begin_with_options(options).await?))
            }
            _ => {
                let txn = self.inner.begin_with_options(options).await?;
                self.announce(&txn).await?;
                Ok(self.wrap(txn))
            }
        }
    }

    async fn transaction<F, T, E>(&self, callback: F) -> Result<T, TransactionError<E>>
    where
        F: for<'c> FnOnce(&'c Txn) -> Work<'c, T, E> + Send,
        T: Send,
        E: std::fmt::Display + std::fmt::Debug + Send,
    {
        run(self.begin().await, callback).await
    }

    async fn transaction_with_config<F, T, E>(
        &self,
        callback: F,
        isolation_level: Option<IsolationLevel>,
        access_mode: Option<AccessMode>,
    ) -> Result<T, TransactionError<E>>
    where
        F: for<'c> FnOnce(&'c Txn) -> Work<'c, T, E> + Send,
        T: Send,
        E: std::fmt::Display + std::fmt::Debug + Send,
    {
        run(self.begin_with_config(isolation_level, access_mode).await, callback).await
    }
}

/// A deferred transaction that reads and then writes fails as busy without waiting,
/// so whoever may write takes the lock at once.
fn for_sqlite(options: TransactionOptions) -> TransactionOptions {
    let mode = match options.access_mode {
        Some(AccessMode::ReadOnly) => SqliteTransactionMode::Deferred,
        Some(AccessMode::ReadWrite) | None => SqliteTransactionMode::Immediate,
    };
    TransactionOptions {
        isolation_level: None,
        access_mode: None,
        sqlite_transaction_mode: Some(mode),
    }
}

#[async_trait]
impl TransactionTrait for Txn {
    type Transaction = Self;

    /// A savepoint: the outer transaction has announced its scope.
    async fn begin(&self) -> Result<Self, DbErr> {
        Ok(self.wrap(self.inner.begin().await?))
    }

    async fn begin_with_config(
        &self,
        isolation_level: Option<IsolationLevel>,
        access_mode: Option<AccessMode>,
    ) -> Result<Self, DbErr> {
        Ok(self.wrap(self.inner.begin_with_config(isolation_level, access_mode).await?))
    }

    async fn begin_with_options(&self, options: TransactionOptions) -> Result<Self, DbErr> {
        Ok(self.wrap(self.inner.begin_with_options(options).await?))
    }

    async fn transaction<F, T, E>(&self, callback: F) -> Result<T, TransactionError<E>>
    where
        F: for<'c> FnOnce(&'c Self) -> Work<'c, T, E> + Send,
        T: Send,
        E: std::fmt::Display + std::fmt::Debug + Send,
    {
        run(self.begin().await, callback).await
    }

    async fn transaction_with_config<F, T, E>(
        &self,
        callback: F,
        isolation_level: Option<IsolationLevel>,
        access_mode: Option<AccessMode>,
    ) -> Result<T, TransactionError<E>>
    where
        F: for<'c> FnOnce(&'c Self) -> Work<'c, T, E> + Send,
        T: Send,
        E: std::fmt::Display + std::fmt::Debug + Send,
    {
        run(self.begin_with_config(isolation_level, access_mode).await, callback).await
    }
}

async fn run<F, T, E>(begun: Result<Txn, DbErr>, callback: F) -> Result<T, TransactionError<E>>
where
    F: for<'c> FnOnce(&'c Txn) -> Work<'c, T, E> + Send,
    T: Send,
    E: std::fmt::Display + std::fmt::Debug + Send,
{
    let txn = begun.map_err(TransactionError::Connection)?;
    match callback(&txn).await {
        Ok(done) => {
            txn.commit().await.map_err(TransactionError::Connection)?;
            Ok(done)
        }
        Err(error) => {
            txn.rollback().await.map_err(TransactionError::Connection)?;
            Err(TransactionError::Transaction(error))
        }
    }
}

#[async_trait]
impl TransactionSession for Txn {
    async fn commit(self) -> Result<(), DbErr> {
        self.bound()?;
        self.inner.commit().await
    }

    async fn rollback(self) -> Result<(), DbErr> {
        self.inner.rollback().await
    }
}
