//! Makes the PDF that an emission owes.

use loco_rs::prelude::*;
use serde::{Deserialize, Serialize};

use super::scoped_db_of;
use crate::models::{Owed, receipt_emissions};
use crate::web::AppError;

/// The worker.
pub struct RenderReceipt {
    ctx: AppContext,
}

/// Which emission of whom.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct RenderReceiptArgs {
    /// The stringer.
    pub stringer_id: Uuid,
    /// The emission.
    pub emission_id: Uuid,
}

impl From<Owed> for RenderReceiptArgs {
    fn from(owed: Owed) -> Self {
        Self { stringer_id: owed.stringer_id, emission_id: owed.id }
    }
}

#[async_trait]
impl BackgroundWorker<RenderReceiptArgs> for RenderReceipt {
    fn build(ctx: &AppContext) -> Self {
        Self { ctx: ctx.clone() }
    }

    async fn perform(&self, args: RenderReceiptArgs) -> Result<()> {
        render(&self.ctx, args).await.map_err(|error| Error::string(&format!("{error:?}")))
    }
}

/// Renders it now.
///
/// # Errors
/// When the stringer or the emission is not there, or the database does not answer.
pub async fn render(ctx: &AppContext, args: RenderReceiptArgs) -> Result<(), AppError> {
    let db = scoped_db_of(ctx, args.stringer_id).await?;
    Ok(receipt_emissions::Entity::render(&db, args.emission_id).await?)
}

impl RenderReceipt {
    /// Nudges the queue, after the commit. Whether it takes the nudge does not
    /// matter: what is owed stands in a row, and the sweeper reads it.
    pub async fn later(ctx: &AppContext, stringer_id: Uuid, emission_id: Uuid) {
        let args = RenderReceiptArgs { stringer_id, emission_id };
        if let Err(error) = Self::perform_later(ctx, args).await {
            tracing::warn!(%error, emission = %emission_id, "not nudged; the sweeper will find it");
        }
    }
}
