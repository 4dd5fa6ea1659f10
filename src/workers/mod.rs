//! Background work: each rebuilds its scope from its arguments, loads by key and
//! calls one model method. Each may run twice.

pub mod render_receipt;

use loco_rs::app::AppContext;
use uuid::Uuid;

use crate::errors::AppError;
use crate::initializers::database;
use crate::models::purposes::FIND_STRINGER;
use crate::models::stringers::Member;
use sea_orm_tenancy::{Db, Scope, TenantId};

/// The door of a stringer that is still active.
///
/// # Errors
/// When there is none (any more).
pub(crate) async fn door_of(ctx: &AppContext, stringer_id: Uuid) -> Result<Db, AppError> {
    let finder = database::door(ctx, Scope::System(&FIND_STRINGER))?;
    let member = Member::find(&finder, stringer_id).await?;
    database::door(ctx, Scope::Tenant(TenantId::from(member.id)))
}
