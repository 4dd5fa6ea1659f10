//! The one binary: server, workers, scheduler, migrations and tasks.

use std::ffi::OsString;
use std::os::unix::process::CommandExt as _;
use std::process::Command;

use loco_rs::cli;
use loco_rs::environment::{Environment, resolve_from_env};
use migration::Migrator;
use rbo::app::App;

#[tokio::main]
async fn main() -> loco_rs::Result<()> {
    if let Some(args) = meant(std::env::args_os().skip(1).collect()) {
        return Err(Command::new(std::env::current_exe()?).args(args).exec().into());
    }
    cli::main::<App, Migrator>().await
}

/// On a developer's machine a plain `start` means `start --all`: a server whose
/// receipts never come would be a riddle to a newcomer. loco reads the arguments
/// itself, so the program starts itself again with them.
fn meant(args: Vec<OsString>) -> Option<Vec<OsString>> {
    let is_plain = matches!(args.as_slice(), [only] if only == "start" || only == "s");
    let is_development = resolve_from_env() == Environment::Development.to_string();
    (is_plain && is_development).then(|| vec!["start".into(), "--all".into()])
}
