//! A process for bytes that nobody knows: the same program, by a hidden command, without an
//! environment, with limits of memory and time. What it takes is taken from nobody else, and if it
//! dies, it dies alone. Bytes come in by its standard input; what it finds goes out by its standard
//! output.

use std::io;
use std::path::Path;
use std::process::Stdio;

use rlimit::Resource;
use tokio::process::{Child, Command};

/// Starts such a process.
///
/// # Errors
/// When there is no such program.
pub fn start(program: &Path, args: &[&str]) -> io::Result<Child> {
    Command::new(program)
        .args(args)
        // It needs no secret of ours.
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
}

/// From now on this process takes no more: so many bytes of memory, so many seconds of computing,
/// and no file.
///
/// # Errors
/// When the system sets no such limits.
pub fn limit(memory: u64, seconds: u64) -> io::Result<()> {
    for (resource, limit) in [
        (Resource::AS, memory),
        (Resource::CPU, seconds),
        (Resource::FSIZE, 0),
        (Resource::CORE, 0),
    ] {
        rlimit::setrlimit(resource, limit, limit)?;
    }
    Ok(())
}
