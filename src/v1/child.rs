//! The process in which an unknown workbook is read: what it holds is said an item a line.

use std::io::{self, BufWriter, Read as _, Write as _};
use std::panic::{self, AssertUnwindSafe};

use serde::{Deserialize, Serialize};

use super::{Item, Limits, Refused, read, table};
use crate::confined;

/// What the program is called with to be such a process.
pub const COMMAND: &str = "read-workbook";

/// What is said besides, where the file may be a table of any shape.
pub const TABLE: &str = "table";

/// Memory that the reading may ask for, in bytes. 50,000 orders take less than 256 MB; the
/// rest is what the allocator sets aside.
const MEMORY: u64 = 1 << 29;
/// Seconds of computing.
const SECONDS: u64 = 30;

/// A line that the process says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Line {
    /// Of the workbook.
    Item(Box<Item>),
    /// The file cannot be read at all. Nothing comes after it.
    Refused(Refused),
    /// All was said. What ends without it ended early.
    End,
}

/// Reads a workbook from standard input, and says on standard output what it holds.
///
/// # Errors
/// When nobody listens, or the limits cannot be set: nothing was read then.
pub fn run(is_table: bool) -> io::Result<()> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    confined::limit(MEMORY, SECONDS)?;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut broken = None;
    let mut tell = |item| {
        if broken.is_none() {
            broken = say(&mut out, &Line::Item(Box::new(item))).err();
        }
    };
    let read = if is_table { table::cells } else { read };
    // The format's reader stops hard at what no program writes: a column of thirteen letters.
    let reading = AssertUnwindSafe(|| read(&bytes, Limits::default(), &mut tell));
    let last = match panic::catch_unwind(reading).unwrap_or(Err(Refused::Damaged)) {
        Ok(()) => Line::End,
        Err(refused) => Line::Refused(refused),
    };
    if let Some(error) = broken {
        return Err(error);
    }
    say(&mut out, &last)?;
    out.flush()
}

fn say(out: &mut impl io::Write, line: &Line) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}
