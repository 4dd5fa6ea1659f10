//! Takes up what was left: a job is only a nudge, and a crash may swallow it. And forgets what
//! nobody needs any longer.

use loco_rs::app::AppContext;
use sea_orm::prelude::Uuid;
use sea_orm_tenancy::{Db, Scope, TenantId};

use super::{export, render_receipt, v1_import};
use crate::auth::authenticator::Authenticator;
use crate::database;
use crate::models::purposes::{FORGET, SWEEP};
use crate::models::v1_imports;
use crate::models::{Kept, Owed, Owing};
use crate::models::{drafts, exports, person_claims, receipt_emissions, submissions};
use crate::web::AppError;

/// So many at a time; the rest comes with the next look.
const AT_ONCE: u64 = 20;

/// Renders, takes over and makes what is owed and due.
///
/// # Errors
/// When the database does not answer.
pub async fn sweep(ctx: &AppContext) -> Result<(), AppError> {
    let owed = tokio::join!(
        take_up::<receipt_emissions::Entity, _>(ctx, |row| render_receipt::render(ctx, row.into())),
        take_up::<v1_imports::Entity, _>(ctx, |row| v1_import::run(ctx, row.into())),
        take_up::<exports::Entity, _>(ctx, |row| export::run(ctx, row.into())),
    );
    owed.0.and(owed.1).and(owed.2)
}

/// Does the work of what a table owes, row by row: one stringer's trouble is not the next one's.
async fn take_up<E, W>(ctx: &AppContext, work: impl Fn(Owed) -> W + Send) -> Result<(), AppError>
where
    E: Owing,
    W: Future<Output = Result<(), AppError>> + Send,
{
    let owed = {
        let db = database::scoped_db(ctx, Scope::System(&SWEEP))?;
        E::owed(&db, AT_ONCE).await?
    };
    for row in owed {
        if let Err(error) = work(row).await {
            let table = E::default().as_str().to_owned();
            tracing::error!(?error, table, row = %row.id, "what is owed was not done");
            E::leave_alone(&of_anybody(ctx, row.stringer_id)?, row.id).await?;
        }
    }
    Ok(())
}

/// Forgets old leftovers of forms, of mails, and of the embedded provider; another one's are its
/// own affair.
///
/// # Errors
/// When the database does not answer.
pub async fn forget(ctx: &AppContext) -> Result<(), AppError> {
    let db = database::scoped_db(ctx, Scope::System(&FORGET))?;
    submissions::Entity::forget(&db).await?;
    drafts::Entity::forget(&db).await?;
    person_claims::Entity::forget(&db).await?;
    forget_old::<v1_imports::Entity>(ctx).await?;
    forget_old::<exports::Entity>(ctx).await?;
    let Some(auth) = ctx.shared_store.get::<Authenticator>() else { return Ok(()) };
    auth.mails.forget().await?;
    if let Some(embedded) = auth.embedded {
        embedded.forget().await?;
    }
    // Last, so that what was just forgotten leaves the file as well.
    database::wipe(ctx).await.map_err(AppError::internal)
}

/// A handle for a stringer, active or not: what is forgotten, is forgotten in its own name.
fn of_anybody(ctx: &AppContext, stringer: Uuid) -> Result<Db, AppError> {
    Ok(database::scoped_db(ctx, Scope::Tenant(TenantId::from(stringer)))?)
}

/// Forgets what a table has kept long enough.
async fn forget_old<E: Kept>(ctx: &AppContext) -> Result<(), AppError> {
    loop {
        let outdated = {
            let db = database::scoped_db(ctx, Scope::System(&SWEEP))?;
            E::outdated(&db, AT_ONCE).await?
        };
        if outdated.is_empty() {
            return Ok(());
        }
        for row in outdated {
            E::forget(&of_anybody(ctx, row.stringer_id)?, row.id).await?;
        }
    }
}
