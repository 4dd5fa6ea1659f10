//! The one binary: server, workers, scheduler, migrations and tasks.

use loco_rs::cli;
use migration::Migrator;
use rbo::app::App;

#[tokio::main]
async fn main() -> loco_rs::Result<()> {
    cli::main::<App, Migrator>().await
}
