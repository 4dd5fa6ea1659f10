//! An empty catalogue would make the first stringjob a typing exercise.

use async_trait::async_trait;
use loco_rs::Result;
use loco_rs::app::{AppContext, Initializer};
use sea_orm_tenancy::Scope;

use crate::models::purposes::SEED;
use crate::{database, starter};

/// Fills the shared catalogue once.
pub struct StarterCatalogue;

#[async_trait]
impl Initializer for StarterCatalogue {
    fn name(&self) -> String {
        "starter-catalogue".to_owned()
    }

    async fn before_run(&self, ctx: &AppContext) -> Result<()> {
        starter::fill(&database::scoped_db(ctx, Scope::System(&SEED))?).await
    }
}
