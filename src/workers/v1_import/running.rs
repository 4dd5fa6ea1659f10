//! What this process is at, and how far.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use loco_rs::app::AppContext;
use sea_orm::prelude::Uuid;
use tokio::sync::Semaphore;

use crate::models::v1_imports::Watch;

/// How far an upload is, for its page. In the memory of the process that is at it: on SQLite
/// nobody can write it down while the one writer is at work.
#[derive(Debug)]
pub struct Progress {
    begun: Instant,
    done: AtomicUsize,
    of: AtomicUsize,
    is_called_off: AtomicBool,
}

impl Progress {
    fn new() -> Self {
        let nought = AtomicUsize::default;
        Self { begun: Instant::now(), done: nought(), of: nought(), is_called_off: false.into() }
    }

    /// Rows that are written, of how many; and for how long.
    #[must_use]
    pub fn so_far(&self) -> (usize, usize, Duration) {
        let [done, of] = [&self.done, &self.of].map(|number| number.load(Ordering::Relaxed));
        (done, of, self.begun.elapsed())
    }

    /// Ends it before its next rows.
    pub fn call_off(&self) {
        self.is_called_off.store(true, Ordering::Relaxed);
    }
}

impl Watch for Progress {
    fn at(&self, done: usize, of: usize) -> bool {
        self.done.store(done, Ordering::Relaxed);
        self.of.store(of, Ordering::Relaxed);
        !self.is_called_off.load(Ordering::Relaxed)
    }
}

/// What this process is at. One at a time: each takes as much memory as its file has rows.
#[derive(Debug, Clone)]
pub struct Running {
    at: Arc<Mutex<HashMap<Uuid, Arc<Progress>>>>,
    pub(super) turn: Arc<Semaphore>,
}

impl Default for Running {
    fn default() -> Self {
        Self { at: Arc::default(), turn: Arc::new(Semaphore::new(1)) }
    }
}

impl Running {
    /// What this process has of an upload.
    #[must_use]
    pub fn progress(ctx: &AppContext, id: Uuid) -> Option<Arc<Progress>> {
        let running = ctx.shared_store.get::<Self>()?;
        running.lock().get(&id).cloned()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Uuid, Arc<Progress>>> {
        self.at.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins, unless it is at it already.
    pub(super) fn begin(&self, id: Uuid) -> Option<Begun> {
        let mut at = self.lock();
        if at.contains_key(&id) {
            return None;
        }
        let progress = Arc::new(Progress::new());
        at.insert(id, Arc::clone(&progress));
        Some(Begun { running: self.clone(), id, progress })
    }
}

/// Ends also where the work is dropped in the middle.
pub(super) struct Begun {
    running: Running,
    id: Uuid,
    pub(super) progress: Arc<Progress>,
}

impl Drop for Begun {
    fn drop(&mut self) {
        self.running.lock().remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_upload_is_begun_once_and_ends_with_its_work() {
        let (running, id) = (Running::default(), Uuid::now_v7());
        let begun = running.begin(id).expect("begun");
        assert!(running.begin(id).is_none() && running.begin(Uuid::now_v7()).is_some());
        assert!(begun.progress.at(1, 2));
        begun.progress.call_off();
        assert!(!begun.progress.at(2, 2));
        drop(begun);
        assert!(running.begin(id).is_some());
    }
}
