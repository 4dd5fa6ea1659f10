//! Looks once for what is owed.

use loco_rs::prelude::*;

use crate::database;
use crate::workers::sweep;

/// `cargo loco task sweep`: what the process's own sweeper does every few seconds,
/// by hand or by the clock, for a deployment whose server does nothing else.
pub struct Sweep;

#[async_trait]
impl Task for Sweep {
    fn task(&self) -> TaskInfo {
        TaskInfo { name: "sweep".to_owned(), detail: "Make the receipts that are owed".to_owned() }
    }

    async fn run(&self, ctx: &AppContext, _vars: &task::Vars) -> Result<()> {
        database::open_once(ctx).await?;
        sweep::sweep(ctx).await.map_err(Error::wrap)
    }
}
