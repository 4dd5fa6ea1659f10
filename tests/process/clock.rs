//! Another time than the machine's for the programs that are started, so that a year turns while
//! a test runs.

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{DateTime, Datelike as _, Duration, NaiveDate, NaiveTime, Utc};
use tempfile::TempDir;
use tokio::sync::watch;

/// Half hours of a year's last day, by UTC, before and after the year turns in Auckland (11 hours),
/// Zurich (23), and Honolulu (34).
const HALF_HOURS: [i32; 6] = [21, 23, 45, 47, 67, 69];

/// What programs are shown.
pub struct Clock {
    object: PathBuf,
    _folder: TempDir,
}

impl Clock {
    /// By the compiler that links this test; Linux alone has programs load what they did not ask
    /// for.
    pub fn make() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let object = folder.path().join("clock.so");
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/process/clock.c");
        let mut compiler = Command::new("cc");
        compiler.args(["-O1", "-shared", "-fPIC", source, "-o"]).arg(&object);
        assert!(compiler.status().expect("a C compiler").success(), "the clock is made");
        Self { object, _folder: folder }
    }

    /// The moments before and after this year's turn, one after the other.
    pub fn moments() -> [DateTime<Utc>; 6] {
        let last = NaiveDate::from_ymd_opt(Utc::now().year(), 12, 31).expect("a day");
        let midnight = last.and_time(NaiveTime::MIN).and_utc();
        HALF_HOURS.map(|half_hours| midnight + Duration::minutes(30) * half_hours)
    }

    /// What a program is told that begins now, at a moment.
    pub fn settings(&self, moment: DateTime<Utc>) -> [(&'static str, String); 2] {
        let ahead = (moment - Utc::now()).num_seconds();
        [
            ("LD_PRELOAD", self.object.display().to_string()),
            ("RBO_TEST_SECONDS_AHEAD", ahead.to_string()),
        ]
    }
}

/// Which of its moments the year's turn has come to, and what is done at each.
#[derive(Clone)]
pub struct Turn {
    now: watch::Sender<usize>,
    done: Arc<AtomicUsize>,
    moments: usize,
    /// What each hand does in all.
    each: usize,
}

impl Turn {
    pub fn new(moments: usize, each: usize) -> Self {
        Self { now: watch::Sender::new(0), done: Arc::default(), moments, each }
    }

    /// When a hand does what it does: as much at each moment.
    const fn moment_of(&self, nth: usize) -> usize {
        nth * self.moments / self.each
    }

    /// Waits for that moment.
    pub async fn comes_to(&self, nth: usize) {
        let moment = self.moment_of(nth);
        self.now.subscribe().wait_for(|now| *now >= moment).await.expect("a turn");
    }

    /// A hand has done something.
    pub fn is_done(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// The next moment, once half of a crew is through with what it does before.
    pub fn is_due(&self, crew: usize) -> Option<usize> {
        let next = *self.now.borrow() + 1;
        let before = (0..self.each).filter(|nth| self.moment_of(*nth) < next).count();
        let is_through = self.done.load(Ordering::Relaxed) + crew / 2 >= before * crew;
        (next < self.moments && is_through).then_some(next)
    }

    pub fn to(&self, moment: usize) {
        self.now.send_replace(moment);
    }
}
