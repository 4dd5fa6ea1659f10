//! Fills a small world to look at.

use loco_rs::prelude::*;

/// `cargo loco task demo`.
pub struct Demo;

#[async_trait]
impl Task for Demo {
    fn task(&self) -> TaskInfo {
        TaskInfo { name: "demo".to_owned(), detail: "Fill a small world to look at".to_owned() }
    }

    async fn run(&self, _ctx: &AppContext, _vars: &task::Vars) -> Result<()> {
        Ok(())
    }
}
