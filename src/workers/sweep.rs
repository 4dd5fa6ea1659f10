//! Takes up what was left: a job is only a nudge, and a crash may swallow it. And forgets what
//! nobody needs any longer.

use loco_rs::app::AppContext;
use sea_orm::prelude::Uuid;
use sea_orm_tenancy::{Db, Scope, TenantId};

use super::{export, render_receipt, v1_import};
use crate::auth::authenticator::Authenticator;
use crate::database;
use crate::models::purposes::{FORGET, SWEEP};
use crate::models::{drafts, exports, receipt_emissions, submissions, v1_imports};
use crate::web::AppError;

/// So many at a time; the rest comes with the next look.
const AT_ONCE: u64 = 20;

/// Renders and takes over what is owed and due.
///
/// # Errors
/// When the database does not answer.
pub async fn sweep(ctx: &AppContext) -> Result<(), AppError> {
    let owed = tokio::join!(render_owed(ctx), import_owed(ctx), export_owed(ctx));
    owed.0.and(owed.1).and(owed.2)
}

async fn export_owed(ctx: &AppContext) -> Result<(), AppError> {
    let owed = {
        let db = database::scoped_db(ctx, Scope::System(&SWEEP))?;
        exports::Entity::owed(&db, AT_ONCE).await?
    };
    for export in owed {
        if let Err(error) = export::run(ctx, export.into()).await {
            tracing::error!(?error, export = %export.id, "owed export not made");
            let db = of_anybody(ctx, export.stringer_id)?;
            exports::Entity::postpone(&db, export.id).await?;
        }
    }
    Ok(())
}

async fn import_owed(ctx: &AppContext) -> Result<(), AppError> {
    let owed = {
        let db = database::scoped_db(ctx, Scope::System(&SWEEP))?;
        v1_imports::Entity::owed(&db, AT_ONCE).await?
    };
    for import in owed {
        if let Err(error) = v1_import::run(ctx, import.into()).await {
            tracing::error!(?error, import = %import.id, "owed upload not read");
            let db = of_anybody(ctx, import.stringer_id)?;
            v1_imports::Entity::postpone(&db, import.id).await?;
        }
    }
    Ok(())
}

async fn render_owed(ctx: &AppContext) -> Result<(), AppError> {
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

/// Forgets old leftovers of forms, and of the embedded provider; another one's are its own
/// affair.
///
/// # Errors
/// When the database does not answer.
pub async fn forget(ctx: &AppContext) -> Result<(), AppError> {
    let db = database::scoped_db(ctx, Scope::System(&FORGET))?;
    submissions::Entity::forget(&db).await?;
    drafts::Entity::forget(&db).await?;
    forget_uploads(ctx).await?;
    forget_exports(ctx).await?;
    match ctx.shared_store.get::<Authenticator>().and_then(|auth| auth.embedded) {
        Some(embedded) => Ok(embedded.forget().await?),
        None => Ok(()),
    }
}

/// A handle for a stringer, active or not: what is forgotten, is forgotten in its own name.
fn of_anybody(ctx: &AppContext, stringer: Uuid) -> Result<Db, AppError> {
    Ok(database::scoped_db(ctx, Scope::Tenant(TenantId::from(stringer)))?)
}

async fn forget_uploads(ctx: &AppContext) -> Result<(), AppError> {
    loop {
        let outdated = {
            let db = database::scoped_db(ctx, Scope::System(&SWEEP))?;
            v1_imports::Entity::outdated(&db, AT_ONCE).await?
        };
        if outdated.is_empty() {
            return Ok(());
        }
        for upload in outdated {
            let db = of_anybody(ctx, upload.stringer_id)?;
            v1_imports::Entity::forget_file(&db, upload.id).await?;
        }
    }
}

async fn forget_exports(ctx: &AppContext) -> Result<(), AppError> {
    loop {
        let outdated = {
            let db = database::scoped_db(ctx, Scope::System(&SWEEP))?;
            exports::Entity::outdated(&db, AT_ONCE).await?
        };
        if outdated.is_empty() {
            return Ok(());
        }
        for export in outdated {
            let db = of_anybody(ctx, export.stringer_id)?;
            exports::Entity::forget(&db, export.id).await?;
        }
    }
}
