//! Shows an admin who used the bypass, and why.

use loco_rs::prelude::*;
use sea_orm_tenancy::{BypassReason, Scope, TenantId};

use crate::database;
use crate::models::admin_audit_log;
use crate::models::purposes::{FIND_STRINGER, READ_AUDIT_LOG};
use crate::models::stringers::Member;
use crate::web::AppError;

/// `rbo task audit_log admin:stefan@example.ch reason:"who looked at my book?"`: the
/// latest uses of the bypass, this one the first of them.
pub struct AuditLog;

/// A page on a terminal.
const SHOWN: u64 = 50;

#[async_trait]
impl Task for AuditLog {
    fn task(&self) -> TaskInfo {
        TaskInfo {
            name: "audit_log".to_owned(),
            detail: "Show who looked across all stringers, and why (admin:EMAIL reason:WHY)"
                .to_owned(),
        }
    }

    async fn run(&self, ctx: &AppContext, vars: &task::Vars) -> Result<()> {
        database::open_once(ctx).await?;
        let (email, reason) = (vars.cli_arg("admin")?, vars.cli_arg("reason")?);
        let entries = read(ctx, email, reason).await.map_err(Error::wrap)?;
        for entry in entries {
            println!(
                "{}  {}  {}  {}  {}",
                entry.at.format("%Y-%m-%d %H:%M:%S"),
                entry.admin_id,
                entry.act,
                entry.outcome.as_deref().unwrap_or("opened"),
                entry.reason,
            );
        }
        Ok(())
    }
}

async fn read(
    ctx: &AppContext,
    email: &str,
    reason: &str,
) -> std::result::Result<Vec<admin_audit_log::Model>, AppError> {
    let finder = database::scoped_db(ctx, Scope::System(&FIND_STRINGER))?;
    let admin = Member::find_by_email(&finder, email).await?.ok_or(AppError::NotFound)?;
    let reason =
        BypassReason { admin: TenantId::from(admin.id), text: reason.to_owned(), request_id: None };
    let unbound = database::scoped_db(ctx, Scope::Unbound)?;
    let entries = unbound
        .bypass(reason, &READ_AUDIT_LOG, |db| Box::pin(admin_audit_log::Entity::recent(db, SHOWN)));
    Ok(entries.await?)
}
