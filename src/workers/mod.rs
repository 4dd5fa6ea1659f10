//! Background work: each rebuilds its scope from its arguments, loads by key and
//! calls one model method. Each may run twice.

pub mod check_receipts;
pub mod export;
pub mod mail_receipts;
pub mod news;
pub mod render_receipt;
pub mod sweep;
pub mod v1_import;
pub mod workbook;

use loco_rs::app::AppContext;
use sea_orm_tenancy::{Db, Scope, TenantId};
use uuid::Uuid;

use crate::database;
use crate::models::purposes::FIND_STRINGER;
use crate::models::stringers::Member;
use crate::web::AppError;

/// A handle for a stringer that is still active.
///
/// # Errors
/// When there is none (any more).
pub(crate) async fn scoped_db_of(ctx: &AppContext, stringer_id: Uuid) -> Result<Db, AppError> {
    Ok(at_work(ctx, stringer_id).await?.1)
}

/// The same, with the stringer.
///
/// # Errors
/// When there is none (any more).
pub(crate) async fn at_work(ctx: &AppContext, stringer_id: Uuid) -> Result<(Member, Db), AppError> {
    let finder = database::scoped_db(ctx, Scope::System(&FIND_STRINGER))?;
    let member = Member::find(&finder, stringer_id).await?;
    let db = database::scoped_db(ctx, Scope::Tenant(TenantId::from(member.id)))?;
    Ok((member, db))
}
