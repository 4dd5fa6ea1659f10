//! A server as its machine sees it: started, signed out of memory and CPU, ended.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use tokio::process::{Child, Command};

/// A running server.
pub struct Program {
    child: Child,
    /// `http://localhost:PORT`.
    pub base: String,
    /// From the start to the first answer.
    pub started: Duration,
}

impl Program {
    /// This program on a book, in a folder with its configuration. A pooler is no way for an
    /// owner: what is migrated, is migrated past it.
    pub async fn start(exe: &Path, folder: &Path, database: &str, owner: &str) -> Self {
        configure(folder);
        let mut command = Command::new(exe);
        command.args(["start", "--all"]).current_dir(folder).env("DATABASE_URL", database);
        command.env("MIGRATION_DATABASE_URL", owner);
        Self::answering(command, "/healthz").await
    }

    /// Any server that listens at `$PORT`, once it answers.
    pub async fn answering(mut command: Command, path: &str) -> Self {
        let port = free_port();
        let base = format!("http://localhost:{port}");
        let begun = Instant::now();
        let child = command
            .env("PORT", port.to_string())
            .env("PUBLIC_URL", &base)
            .env("LOCO_ENV", "development")
            .env("LOG_LEVEL", "warn")
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("a server");
        let client = reqwest::Client::new();
        while client.get(format!("{base}{path}")).send().await.is_err() {
            assert!(begun.elapsed() < Duration::from_secs(90), "no answer from {base}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Self { child, base, started: begun.elapsed() }
    }

    /// Its process and all that came out of it.
    fn family(&self) -> Vec<u32> {
        let mut family: Vec<u32> = self.child.id().into_iter().collect();
        let mut at = 0;
        while let Some(parent) = family.get(at).copied() {
            family.extend(children(parent));
            at += 1;
        }
        family
    }

    /// CPU time so far.
    pub fn cpu(&self) -> Duration {
        self.family().into_iter().map(|id| spent(id, false)).sum()
    }

    /// Resident memory in bytes.
    pub fn memory(&self) -> u64 {
        self.family().into_iter().map(resident).sum()
    }

    /// As an operator ends it.
    pub async fn stop(&mut self) {
        if let Some(id) = self.child.id() {
            let _ended = Command::new("kill").arg(id.to_string()).status().await;
        }
        let _ended = tokio::time::timeout(Duration::from_secs(30), self.child.wait()).await;
    }
}

/// Puts the configuration where a program looks for it.
pub fn configure(folder: &Path) {
    let config = folder.join("config");
    fs::create_dir_all(&config).expect("a folder");
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/development.yaml");
    fs::copy(ours, config.join("development.yaml")).expect("a configuration");
}

/// The process that a process came out of.
pub fn parent(id: u32) -> Option<u32> {
    stat(id)?.get(1).and_then(|parent| u32::try_from(*parent).ok())
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

fn stat(id: u32) -> Option<Vec<u64>> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let after_name = stat.rsplit_once(')')?.1;
    // The state is a letter; what is asked for are the numbers behind it.
    Some(after_name.split_whitespace().map(|field| field.parse().unwrap_or(0)).collect())
}

/// CPU time of a process, with that of its children that have ended.
pub fn spent(id: u32, and_ended: bool) -> Duration {
    const TICK: Duration = Duration::from_millis(10);
    let Some(fields) = stat(id) else { return Duration::ZERO };
    let counted = if and_ended { 11..15 } else { 11..13 };
    let ticks: u64 = fields.get(counted).map_or(0, |ticks| ticks.iter().sum());
    TICK * u32::try_from(ticks).unwrap_or(u32::MAX)
}

/// The processes that came out of one.
pub fn children(parent: u32) -> Vec<u32> {
    let all = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = all.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let is_child = |id: &u32| stat(*id).is_some_and(|stat| stat.get(1) == Some(&parent.into()));
    ids.filter(is_child).collect()
}

fn resident(id: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) << 10
}
