//! Whose turn it is to write on SQLite, which lets one writer in at a time.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::{ConnAcquireErr, ConnectionTrait, DbBackend, DbErr};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::connection::Db;

/// Longer than the longest turn, an older book of 50,000 orders that is taken over as a whole,
/// and shorter than a browser is let wait.
const PATIENCE: Duration = Duration::from_secs(15);

/// The writers of this process, first come, first served, and before they take a connection:
/// SQLite's own waiting is a row of ever longer sleeps, with a connection of the pool held.
/// The last of 32 writers waited for 0.4 s where 0.1 s were enough (`benches/pages`).
#[derive(Debug, Clone)]
pub(super) struct Writers(Arc<Semaphore>);

/// A turn, which ends when the last of its transaction's handles is dropped.
#[derive(Debug, Clone)]
pub(super) struct Turn {
    _permit: Arc<OwnedSemaphorePermit>,
}

impl Writers {
    pub(super) fn one_at_a_time() -> Self {
        Self(Arc::new(Semaphore::new(1)))
    }

    pub(super) async fn turn(&self) -> Result<Turn, DbErr> {
        match tokio::time::timeout(PATIENCE, Arc::clone(&self.0).acquire_owned()).await {
            Ok(Ok(permit)) => Ok(Turn { _permit: Arc::new(permit) }),
            Ok(Err(_)) | Err(_) => Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)),
        }
    }
}

impl Db {
    /// The turn that a statement outside of a transaction needs, where it may write.
    pub(super) async fn turn_to_write(&self) -> Result<Option<Turn>, DbErr> {
        match ConnectionTrait::get_database_backend(self) {
            DbBackend::Sqlite => Ok(Some(self.shared.writers.turn().await?)),
            _ => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_turn_ends_with_its_last_handle_and_nobody_waits_for_ever() {
        let writers = Writers::one_at_a_time();
        let first = writers.turn().await.expect("free");
        let savepoint = first.clone();
        drop(first);
        assert!(writers.turn().await.is_err());
        drop(savepoint);
        assert!(writers.turn().await.is_ok());
    }
}
