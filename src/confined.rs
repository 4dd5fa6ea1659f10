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

/// From now on this process takes no more: so many bytes of memory beside those that it has, so
/// many seconds of computing, and it writes no file. Where the system runs out of memory, it is the
/// first to go.
///
/// # Errors
/// When the system sets no such limits.
pub fn limit(memory: u64, seconds: u64) -> io::Result<()> {
    // Not every system has such a word.
    let _first_to_go = std::fs::write("/proc/self/oom_score_adj", "1000");
    for (resource, limit) in [
        (Resource::AS, mapped() + memory),
        (Resource::CPU, seconds),
        (Resource::FSIZE, 0),
        (Resource::CORE, 0),
    ] {
        rlimit::setrlimit(resource, limit, limit)?;
    }
    Ok(())
}

/// What this process has of addresses: its program above all.
fn mapped() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmSize:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    // Where nothing is told, no program of ours is larger.
    kilobytes.map_or(1 << 30, |kilobytes| kilobytes * 1_024)
}
