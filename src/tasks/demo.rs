//! Fills a small world to look at.

use loco_rs::prelude::*;

use crate::app::open_database;
use crate::demo;
use crate::initializers::database;
use crate::models::purposes::SEED;
use crate::starter;
use crate::tenancy::Scope;

/// `cargo loco task demo`: two stringers, a dozen clients, two years of orders.
pub struct Demo;

#[async_trait]
impl Task for Demo {
    fn task(&self) -> TaskInfo {
        TaskInfo {
            name: "demo".to_owned(),
            detail: "Fill an empty database with two stringers and two years of orders".to_owned(),
        }
    }

    async fn run(&self, ctx: &AppContext, _vars: &task::Vars) -> Result<()> {
        open_database(ctx).await?;
        let door = |scope| database::door(ctx, scope).map_err(Error::wrap);
        starter::fill(&door(Scope::System(&SEED))?).await?;
        let filled = demo::fill(&door(Scope::Unbound)?, chrono::Utc::now().date_naive()).await?;
        if filled {
            println!("Sign in as {} or {} with {}", demo::STEFAN, demo::MARCO, demo::PASSWORD);
        } else {
            println!("This book is in use; the demo world only fills an empty one.");
        }
        Ok(())
    }
}
