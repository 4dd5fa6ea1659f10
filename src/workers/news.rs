//! Tells stringers by mail that there is news, who want it: once a day at the most, and only where
//! there is something since the last mail.

use loco_rs::app::AppContext;
use sea_orm::prelude::Uuid;
use sea_orm_tenancy::{Scope, TenantId};

use crate::auth::authenticator::Authenticator;
use crate::database;
use crate::models::purposes::{FIND_STRINGER, TELL};
use crate::models::stringers::{self, Member};
use crate::models::{notifications, orders};
use crate::values::MailKind;
use crate::web::AppError;

/// So many at a time; the rest comes with the next look.
const AT_ONCE: u64 = 50;

/// Tells those who are due.
///
/// # Errors
/// When the database does not answer.
pub async fn tell(ctx: &AppContext) -> Result<(), AppError> {
    let Some(auth) = ctx.shared_store.get::<Authenticator>() else { return Ok(()) };
    if !auth.mails.can_mail() {
        return Ok(());
    }
    let due = {
        let db = database::scoped_db(ctx, Scope::System(&TELL))?;
        stringers::Entity::to_tell(&db, AT_ONCE).await?
    };
    for stringer in due {
        if let Err(error) = tell_one(ctx, &auth, stringer).await {
            tracing::error!(?error, %stringer, "a stringer was not told; again later");
        }
    }
    Ok(())
}

async fn tell_one(ctx: &AppContext, auth: &Authenticator, stringer: Uuid) -> Result<(), AppError> {
    let me =
        Member::find(&database::scoped_db(ctx, Scope::System(&FIND_STRINGER))?, stringer).await?;
    let db = database::scoped_db(ctx, Scope::Tenant(TenantId::from(stringer)))?;
    let since = stringers::Entity::told_at(&db, stringer).await?;
    // What had waited too long by then was told then.
    let then = me.on(me.day_of(since)).overdue();
    let is_any = notifications::Entity::is_any_since(&db, since).await?
        || orders::Entity::is_overdue_since(&db, me.overdue(), then).await?;
    if !stringers::Entity::take_to_tell(&db, stringer).await? || !is_any {
        return Ok(());
    }
    let asked = auth.mails.ask(MailKind::News, &me.email, me.locale(), None).await;
    if asked.is_err() {
        stringers::Entity::not_told(&db, stringer, since).await?;
    }
    asked?;
    Ok(())
}
