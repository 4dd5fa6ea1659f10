//! The one binary: server, workers, scheduler, migrations and tasks.

use std::ffi::OsString;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, ExitCode};

use loco_rs::cli;
use loco_rs::environment::{Environment, resolve_from_env};
use migration::Migrator;
use rbo::app::App;
use rbo::{pictures, settings, v1};

/// One made for servers, for SQLite's own memory as well: with the system's, threads keep
/// what they once needed, and after a minute of load that was more than all the rest
/// (`benches/pages`). How it is set up stands in `.cargo/config.toml`.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().skip(1).collect();
    if let [command, rest @ ..] = args.as_slice()
        && let Some(read) = read_unknown(command, rest)
    {
        return if read.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    match run(args).await {
        Ok(()) => ExitCode::SUCCESS,
        // The sentence alone: `Termination` would print the error's inside.
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// What the program is when it reads what nobody knows, and nothing else then.
fn read_unknown(command: &OsString, rest: &[OsString]) -> Option<io::Result<()>> {
    match command.to_str()? {
        v1::child::COMMAND => Some(v1::child::run(rest == [v1::child::TABLE])),
        pictures::child::COMMAND => Some(pictures::child::run()),
        _ => None,
    }
}

async fn run(args: Vec<OsString>) -> loco_rs::Result<()> {
    let environment = Environment::from(resolve_from_env());
    if environment == Environment::Production && !asks_for_help(&args) {
        settings::require(|name| std::env::var(name).ok())?;
    }
    if environment == Environment::Development
        && let Some(args) = meant(&args)
    {
        return Err(Command::new(std::env::current_exe()?).args(args).exec().into());
    }
    cli::main::<App, Migrator>().await
}

fn asks_for_help(args: &[OsString]) -> bool {
    let words = ["help", "--help", "-h", "version", "--version", "-V"];
    args.is_empty() || args.iter().any(|arg| words.iter().any(|word| arg == word))
}

/// On a developer's machine a plain `start` means `start --all`: a server whose
/// receipts never come would be a riddle to a newcomer. loco reads the arguments
/// itself, so the program starts itself again with them.
fn meant(args: &[OsString]) -> Option<[&'static str; 2]> {
    let is_plain = matches!(args, [only] if only == "start" || only == "s");
    is_plain.then_some(["start", "--all"])
}
