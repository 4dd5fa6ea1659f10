//! Takes up what was left: a job is only a nudge, and a crash may swallow it.

use loco_rs::app::AppContext;
use sea_orm_tenancy::Scope;

use super::render_receipt;
use crate::database;
use crate::models::purposes::SWEEP;
use crate::models::receipt_emissions;
use crate::web::AppError;

/// So many at a time; the rest comes with the next look.
const AT_ONCE: u64 = 20;

/// Renders what is owed and due.
///
/// # Errors
/// When the database does not answer.
pub async fn sweep(ctx: &AppContext) -> Result<(), AppError> {
    let owed = {
        let db = database::scoped_db(ctx, Scope::System(&SWEEP))?;
        receipt_emissions::Entity::owed(&db, AT_ONCE).await?
    };
    for emission in owed {
        // One stringer's trouble is not the next one's.
        if let Err(error) = render_receipt::render(ctx, emission.into()).await {
            tracing::error!(?error, emission = %emission.id, "owed receipt not rendered");
        }
    }
    Ok(())
}
