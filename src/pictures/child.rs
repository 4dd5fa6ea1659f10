//! The process in which an unknown picture is read.

use std::io::{self, Read as _, Write as _};
use std::panic;

use super::{Picture, Unusable, drawing, pixels};
use crate::confined;

/// What the program is called with to be such a process.
pub const COMMAND: &str = "read-picture";

/// Memory that the reading may ask for, in bytes: the most that a picture may unpack to, the same
/// once more where it is turned, the file, and what the allocator sets aside.
const MEMORY: u64 = 256 << 20;
/// Seconds of computing. The largest photograph takes less than one.
const SECONDS: u64 = 4;

/// Reads a picture from standard input, and says on standard output what came of it.
///
/// # Errors
/// When nobody listens, or the limits cannot be set: nothing was read then.
pub fn run() -> io::Result<()> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    confined::limit(MEMORY, SECONDS)?;
    let read = panic::catch_unwind(|| read(&bytes)).unwrap_or(Err(Unusable::Damaged));
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, &read)?;
    out.flush()
}

/// Makes a picture anew, as paper takes it.
///
/// # Errors
/// When it is none that is taken.
pub fn read(bytes: &[u8]) -> Result<Picture, Unusable> {
    let seen = match drawing::of(bytes) {
        Some(svg) => drawing::draw(svg)?,
        None => pixels::decode(bytes)?,
    };
    pixels::print(seen)
}
