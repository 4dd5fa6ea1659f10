//! What this process is at, and how far.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
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

/// An upload that this process is at.
#[derive(Debug)]
struct Busy {
    progress: Arc<Progress>,
    is_asked_again: bool,
}

impl Busy {
    fn new() -> Self {
        Self { progress: Arc::new(Progress::new()), is_asked_again: false }
    }
}

/// What this process is at. One at a time: each takes as much memory as its file has rows.
#[derive(Debug, Clone)]
pub struct Running {
    at: Arc<Mutex<HashMap<Uuid, Busy>>>,
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
        running.lock().get(&id).map(|busy| Arc::clone(&busy.progress))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Uuid, Busy>> {
        self.at.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins, unless it is at it already: then who is at it looks once more when it is done.
    pub(super) fn begin(&self, id: Uuid) -> Option<Begun> {
        match self.lock().entry(id) {
            Entry::Occupied(mut busy) => {
                busy.get_mut().is_asked_again = true;
                None
            }
            Entry::Vacant(free) => {
                let progress = Arc::clone(&free.insert(Busy::new()).progress);
                Some(Begun { running: self.clone(), id, progress })
            }
        }
    }
}

/// Ends also where the work is dropped in the middle.
pub(super) struct Begun {
    running: Running,
    id: Uuid,
    pub(super) progress: Arc<Progress>,
}

impl Begun {
    /// Whether somebody asked meanwhile: a dry run may be approved before those who were at it
    /// have put it away, and that nudge would be lost. Where nobody did, it has ended.
    pub(super) fn goes_on(&mut self) -> bool {
        let mut at = self.running.lock();
        let goes_on = at.get(&self.id).is_some_and(|busy| busy.is_asked_again);
        if goes_on {
            let busy = Busy::new();
            self.progress = Arc::clone(&busy.progress);
            at.insert(self.id, busy);
        } else {
            at.remove(&self.id);
        }
        goes_on
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        let mut at = self.running.lock();
        // Where it has ended by itself, somebody else may be at it.
        if at.get(&self.id).is_some_and(|busy| Arc::ptr_eq(&busy.progress, &self.progress)) {
            at.remove(&self.id);
        }
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

    #[test]
    fn who_asks_while_it_is_at_work_is_heard_when_that_is_done() {
        let (running, id) = (Running::default(), Uuid::now_v7());
        let mut begun = running.begin(id).expect("begun");
        assert!(begun.progress.at(2, 2));
        assert!(running.begin(id).is_none() && running.begin(id).is_none());
        assert!(begun.goes_on());
        assert_eq!(begun.progress.so_far().0, 0);
        assert!(running.begin(Uuid::now_v7()).is_some());
        // Both were heard at once, and it has ended: what follows is no affair of this one.
        assert!(!begun.goes_on());
        let next = running.begin(id).expect("begun again");
        drop(begun);
        assert!(running.begin(id).is_none());
        drop(next);
        assert!(running.begin(id).is_some());
    }
}
