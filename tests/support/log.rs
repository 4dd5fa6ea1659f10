//! A log that a test reads.

use std::io::Write;
use std::sync::{Arc, Mutex};

use tracing::{Dispatch, Level};

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

pub struct Log {
    pub subscriber: Dispatch,
    lines: Lines,
    /// With one subscriber alone, what another thread, which has none, says first is
    /// never asked for again.
    _another: Dispatch,
}

impl Log {
    /// As a server writes it, at a level.
    pub fn at(level: Level) -> Self {
        let lines = Lines::default();
        let writer = lines.clone();
        let subscriber = tracing_subscriber::fmt()
            .json()
            .with_max_level(level)
            .with_writer(move || writer.clone())
            .finish();
        let another = tracing_subscriber::fmt().with_max_level(level).finish();
        Self { _another: Dispatch::new(another), subscriber: Dispatch::new(subscriber), lines }
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.lines.0.lock().unwrap().clone()).expect("text")
    }
}
