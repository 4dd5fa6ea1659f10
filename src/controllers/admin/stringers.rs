//! Who strings here, and who is deactivated.

use axum::Form;
use axum::extract::{Path, Query};
use loco_rs::prelude::*;

use super::FlashQuery;
use crate::auth::authenticator::Authenticator;
use crate::controllers::Answer;
use crate::forms::ReasonForm;
use crate::models::purposes::{DEACTIVATE_STRINGER, HAND_OVER_LINK, LIST_STRINGERS};
use crate::models::stringers::{self, Listed};
use crate::settings::Settings;
use crate::views::admin::Stringers;
use crate::web::{AppError, CurrentAdmin, see_other};

pub(super) async fn index(
    auth: Authenticator,
    admin: CurrentAdmin,
    Query(flash): Query<FlashQuery>,
) -> Answer {
    let all = listed(&admin).await?;
    let page = Stringers::new(&admin.0.me, &all, auth.provider.can_mail());
    admin.0.render("admin/stringers.html", page.done(flash.done.as_deref()))
}

pub(super) async fn close(
    auth: Authenticator,
    admin: CurrentAdmin,
    Path(id): Path<Uuid>,
    Form(form): Form<ReasonForm>,
) -> Answer {
    // Whoever deactivates the own account finds nobody to undo it.
    if id == admin.0.me.id {
        return Err(AppError::Unusable("problem-own-account"));
    }
    let reason = match form.check() {
        Ok(reason) => reason,
        Err(errors) => {
            let all = listed(&admin).await?;
            let page =
                Stringers::new(&admin.0.me, &all, auth.provider.can_mail()).with(id, form, errors);
            return admin.0.refuse("admin/stringers.html", page);
        }
    };
    let subject = deactivate(&admin, id, reason, true).await?;
    auth.provider.end_all_sessions(&subject).await?;
    Ok(see_other("/admin/stringers?done=closed"))
}

pub(super) async fn open(
    admin: CurrentAdmin,
    Path(id): Path<Uuid>,
    Form(form): Form<ReasonForm>,
) -> Answer {
    let reason = form.check().unwrap_or_else(|_| "opened again".to_owned());
    deactivate(&admin, id, reason, false).await?;
    Ok(see_other("/admin/stringers?done=opened"))
}

/// For who forgot the password, where no mail can be sent.
pub(super) async fn hand_over(
    auth: Authenticator,
    admin: CurrentAdmin,
    Path(id): Path<Uuid>,
) -> Answer {
    let reason = format!("a link for stringer {id}");
    let all = admin.bypass(&HAND_OVER_LINK, &reason, |db| {
        Box::pin(async move { Ok(stringers::Entity::listed(db).await?) })
    });
    let all = all.await?;
    let whose = all.iter().find(|one| one.id == id && one.deactivated_at.is_none());
    let subject = &whose.ok_or(AppError::NotFound)?.subject;
    let link = auth.provider.hand_over(subject).await?.ok_or(AppError::Stale)?;
    let url = link.url(&Settings::from_context(&admin.0.ctx)?.public_url);
    let page = Stringers::new(&admin.0.me, &all, auth.provider.can_mail());
    admin.0.render("admin/stringers.html", page.by_hand(url))
}

/// The identity of the stringer, whose sessions the provider ends.
async fn deactivate(
    admin: &CurrentAdmin,
    id: Uuid,
    reason: String,
    is_closed: bool,
) -> Result<String, AppError> {
    let changed = admin.bypass(&DEACTIVATE_STRINGER, &reason, |db| {
        Box::pin(async move {
            match is_closed {
                true => stringers::Entity::deactivate(db, id).await?,
                false => stringers::Entity::reactivate(db, id).await?,
            }
            let all = stringers::Entity::listed(db).await?;
            let changed = all.into_iter().find(|stringer| stringer.id == id);
            changed.map(|stringer| stringer.subject).ok_or(AppError::NotFound)
        })
    });
    changed.await
}

async fn listed(admin: &CurrentAdmin) -> Result<Vec<Listed>, AppError> {
    let all = admin.bypass(&LIST_STRINGERS, "the list of stringers", |db| {
        Box::pin(async move { Ok(stringers::Entity::listed(db).await?) })
    });
    all.await
}
