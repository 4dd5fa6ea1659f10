//! Transactions and streams of a scoped handle: each keeps the scope that it began with.

#![expect(clippy::disallowed_types, reason = "the other half of the one wrapper around them")]

use std::pin::Pin;

use async_trait::async_trait;
use futures_util::{Stream, StreamExt};
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, IsolationLevel,
    QueryResult, SqliteTransactionMode, Statement, StreamTrait, TransactionError,
    TransactionOptions, TransactionSession, TransactionTrait,
};
use tracing::Instrument as _;

use super::connection::{Db, Scoped, ScopedHandle as _, Txn};

type Rows<'a> = Pin<Box<dyn Stream<Item = Result<QueryResult, DbErr>> + Send + 'a>>;
type Opening<'a, S> = Pin<Box<dyn Future<Output = Result<S, DbErr>> + Send + 'a>>;

impl Db {
    /// The transaction that a single statement needs on PostgreSQL, where the
    /// settings for the second wall must not outlive it (poolers share sessions).
    pub(super) async fn announced(&self) -> Result<Option<DatabaseTransaction>, DbErr> {
        match self.inner.get_database_backend() {
            DbBackend::Postgres => {
                Ok(Some(self.begun(self.for_scope(TransactionOptions::default())).await?))
            }
            _ => Ok(None),
        }
    }

    /// A transaction on PostgreSQL that says for whom it is.
    ///
    /// In a task of its own: the driver takes a connection whose `BEGIN` was cut short for one
    /// that never began (sqlx issue 4393), and the pool would hand it on inside an open
    /// transaction. Whoever goes away while this runs leaves a whole transaction, which is
    /// rolled back when the task drops it.
    pub(super) async fn begun(
        &self,
        options: TransactionOptions,
    ) -> Result<DatabaseTransaction, DbErr> {
        let handle = self.bind(self.scope().clone());
        // Said with the announcement, which saves the driver's own statement for it.
        let is_read_only = matches!(options.access_mode, Some(AccessMode::ReadOnly));
        let options = TransactionOptions {
            access_mode: options.access_mode.filter(|_| !is_read_only),
            ..options
        };
        let begin = async move {
            let txn = handle.inner.begin_with_options(options).await?;
            handle.announce(&txn, is_read_only).await?;
            Ok(txn)
        };
        match tokio::spawn(begin.in_current_span()).await {
            Ok(begun) => begun,
            Err(ended) => match ended.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(ended) => Err(DbErr::Custom(ended.to_string())),
            },
        }
    }
}

impl<C: Sync> Scoped<C> {
    /// Rows until the bypass that they come by has ended.
    fn while_bound<'a>(
        &'a self,
        rows: impl Stream<Item = Result<QueryResult, DbErr>> + Send + 'a,
    ) -> Rows<'a> {
        Box::pin(rows.map(|row| self.bound().and(row)))
    }
}

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

impl Txn {
    /// Has PostgreSQL make its plans anew from here on; SQLite, which plans each statement as it
    /// is, has nothing to do.
    ///
    /// For work that fills tables in one transaction. The look-ups of foreign keys are planned
    /// once for a connection, and where a table was small then, any index that begins with the
    /// tenant is as good as the one that has the key: each row that is written afterwards walks
    /// through all of the tenant's. Statistics would have the plans made again, but nobody
    /// gathers them inside of a transaction.
    ///
    /// # Errors
    /// When the bypass has ended, or the database does not answer.
    pub async fn plan_anew(&self) -> Result<(), DbErr> {
        self.bound()?;
        match ConnectionTrait::get_database_backend(&self.inner) {
            DbBackend::Postgres => self.inner.execute_unprepared("DISCARD PLANS").await.map(drop),
            _ => Ok(()),
        }
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
                let is_read_only = matches!(options.access_mode, Some(AccessMode::ReadOnly));
                // A transaction that may write begins when it is its turn.
                let turn = if is_read_only { None } else { self.turn_to_write().await? };
                let begun = self.inner.begin_with_options(for_sqlite(options)).await?;
                Ok(self.wrap(begun, turn))
            }
            _ => Ok(self.wrap(self.begun(options).await?, None)),
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
        Ok(self.wrap(self.inner.begin().await?, self.turn.clone()))
    }

    async fn begin_with_config(
        &self,
        isolation_level: Option<IsolationLevel>,
        access_mode: Option<AccessMode>,
    ) -> Result<Self, DbErr> {
        let begun = self.inner.begin_with_config(isolation_level, access_mode).await?;
        Ok(self.wrap(begun, self.turn.clone()))
    }

    async fn begin_with_options(&self, options: TransactionOptions) -> Result<Self, DbErr> {
        Ok(self.wrap(self.inner.begin_with_options(options).await?, self.turn.clone()))
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
