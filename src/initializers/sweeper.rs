//! Takes up what was left: a job is only a nudge, and a crash may swallow it.
//!
//! It runs inside the process, since loco's scheduler would start the whole program
//! again for each look. Several processes may sweep at once: rendering does its
//! work once, whoever calls.

use std::time::Duration;

use async_trait::async_trait;
use loco_rs::Result;
use loco_rs::app::{AppContext, Initializer};
use tokio::task::AbortHandle;

use crate::settings::Settings;
use crate::workers;
use crate::workers::v1_import::Running;

/// What nobody needs any more is looked for now and then.
const FORGETTING: Duration = Duration::from_secs(3600);

/// Starts the sweeper.
pub struct Sweeper;

/// Stops it with the server.
#[derive(Clone)]
pub struct SweeperHandle(AbortHandle);

impl SweeperHandle {
    /// At once; what it was at is still owed, and found again.
    pub fn stop(&self) {
        self.0.abort();
    }
}

#[async_trait]
impl Initializer for Sweeper {
    fn name(&self) -> String {
        "sweeper".to_owned()
    }

    async fn before_run(&self, ctx: &AppContext) -> Result<()> {
        let pause = Duration::from_secs(Settings::from_context(ctx)?.sweep_every_seconds);
        ctx.shared_store.insert(Running::default());
        let inner = ctx.clone();
        let task = tokio::spawn(async move {
            let mut ticks = every(pause);
            let mut hours = every(FORGETTING);
            loop {
                tokio::select! {
                    _ = ticks.tick() => if let Err(error) = workers::sweep::sweep(&inner).await {
                        tracing::error!(?error, "sweeping failed; trying again later");
                    },
                    _ = hours.tick() => {
                        if let Err(error) = workers::sweep::forget(&inner).await {
                            tracing::error!(?error, "forgetting failed; trying again later");
                        }
                        if let Err(error) = workers::news::tell(&inner).await {
                            tracing::error!(?error, "telling failed; trying again later");
                        }
                    }
                }
            }
        });
        ctx.shared_store.insert(SweeperHandle(task.abort_handle()));
        Ok(())
    }
}

fn every(pause: Duration) -> tokio::time::Interval {
    let mut ticks = tokio::time::interval(pause);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    ticks
}
