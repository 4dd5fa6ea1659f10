//! Fills a small world to look at.

use loco_rs::prelude::*;
use migration::{Migrator, MigratorTrait};
use sea_orm_tenancy::Scope;

use crate::models::purposes::SEED;
use crate::{database, demo, starter};

/// `cargo loco task demo`: two stringers, a dozen clients, two years of orders.
pub struct Demo;

/// A server migrates when it starts; a task that is the first to come has to.
#[expect(clippy::disallowed_fields, reason = "the migrating owner's own connection")]
async fn migrate(ctx: &AppContext) -> Result<()> {
    if ctx.config.database.auto_migrate {
        Migrator::up(&ctx.db, None).await?;
    }
    Ok(())
}

#[async_trait]
impl Task for Demo {
    fn task(&self) -> TaskInfo {
        TaskInfo {
            name: "demo".to_owned(),
            detail: "Fill an empty database with two stringers and two years of orders".to_owned(),
        }
    }

    async fn run(&self, ctx: &AppContext, _vars: &task::Vars) -> Result<()> {
        migrate(ctx).await?;
        database::open_once(ctx).await?;
        let db = |scope| database::scoped_db(ctx, scope);
        starter::fill(&db(Scope::System(&SEED))?).await?;
        let filled = demo::fill(&db(Scope::Unbound)?, chrono::Utc::now().date_naive()).await?;
        if filled {
            println!("Sign in as {} or {} with {}", demo::STEFAN, demo::MARCO, demo::PASSWORD);
        } else {
            println!("This book is in use; the demo world only fills an empty one.");
        }
        Ok(())
    }
}
